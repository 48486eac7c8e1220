// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

/**
 * What a history holds.
 *
 * @param series  the number of series
 * @param samples the number of samples as they came, roll-ups not counted
 * @param bytes   bytes on disk, roll-ups and log included
 */
public record HistoryStats(int series, long samples, long bytes) {
	/** Bytes on disk for a sample; {@code NaN} while there is none. */
	public double bytesPerSample() {
		return samples == 0 ? Double.NaN : (double) bytes / samples;
	}
}
