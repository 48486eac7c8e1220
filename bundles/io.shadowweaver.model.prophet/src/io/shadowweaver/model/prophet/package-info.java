// SPDX-License-Identifier: Apache-2.0
/** Trend, seasons and events that add up: the model of Taylor and Letham. */
package io.shadowweaver.model.prophet;
