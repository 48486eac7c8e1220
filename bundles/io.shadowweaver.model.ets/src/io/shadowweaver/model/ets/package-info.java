// SPDX-License-Identifier: Apache-2.0
/** Exponential smoothing after Holt and Winters. */
package io.shadowweaver.model.ets;
