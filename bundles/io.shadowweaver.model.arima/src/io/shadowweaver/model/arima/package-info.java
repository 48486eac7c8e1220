// SPDX-License-Identifier: Apache-2.0
/** Seasonal ARIMA with automatic choice of its orders, after Box and Jenkins. */
package io.shadowweaver.model.arima;
