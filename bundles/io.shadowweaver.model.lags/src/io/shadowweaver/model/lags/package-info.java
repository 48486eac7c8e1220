// SPDX-License-Identifier: Apache-2.0
/** Regression on lagged values. */
package io.shadowweaver.model.lags;
