// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

/**
 * A series with its values by time.
 *
 * @param labels with its name
 * @param times  in milliseconds of the epoch, ascending
 * @param values one a time, none is {@code NaN}
 */
record Samples(java.util.SortedMap<String, String> labels, long[] times, double[] values) {
	/** The number of values at or before a time. */
	int upTo(long time) {
		int found = java.util.Arrays.binarySearch(times, time);
		return found >= 0 ? found + 1 : -found - 1;
	}
}
