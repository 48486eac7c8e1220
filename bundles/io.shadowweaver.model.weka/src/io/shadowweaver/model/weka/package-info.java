// SPDX-License-Identifier: Apache-2.0
/** Any regressor of Weka on lagged values. */
package io.shadowweaver.model.weka;
