// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

/**
 * Values by time.
 *
 * @param times  in milliseconds of the epoch, ascending
 * @param values one a time, none is {@code NaN}
 * @param size   how many there are: what is behind them in both arrays is nothing
 */
record Samples(long[] times, double[] values, int size) {
}
