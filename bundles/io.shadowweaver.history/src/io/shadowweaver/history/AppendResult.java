// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

/**
 * What became of appended samples. What is stored is on disk.
 *
 * @param stored  samples that were stored; gaps do not count
 * @param refused samples that were refused since the time of their series did not advance
 * @param problem a sentence about the refused ones; empty when there are none
 */
public record AppendResult(long stored, long refused, String problem) {
	/** Whether everything was stored. */
	public boolean isComplete() {
		return refused == 0;
	}
}
