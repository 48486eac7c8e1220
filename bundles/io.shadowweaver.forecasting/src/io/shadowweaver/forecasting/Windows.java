// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

/**
 * Which forecasts of a test part choose and which only report, by the time that they are of. In a training a quarter only reports: the last quarter of a
 * short test part, in one of a week every fourth of {@value #PARTS} parts, so that both have seen all kinds of days.
 */
final class Windows {
	/** Windows of the test part, of which one only reports. */
	static final int COUNT = 4;
	private static final int PARTS = 16;
	private static final long DAY = 86_400_000;
	/** What an error counts that lies the whole test part back. */
	private static final double OLDEST = .5;

	private final int first;
	private final int test;
	private final boolean interleaved;
	private final int reporting;

	private Windows(int first, int test, boolean interleaved, int reporting) {
		this.first = first;
		this.test = test;
		this.interleaved = interleaved;
		this.reporting = reporting;
	}

	/**
	 * Those of a training.
	 *
	 * @param first the index of the first block of the test part
	 * @param test  how many blocks it has
	 */
	static Windows ofTraining(LeadPlan plan, int first, int test) {
		return new Windows(first, test, test * plan.block >= 6 * DAY && test >= 8 * PARTS, test / COUNT);
	}

	/** Those of a report over the last blocks of a test part. */
	static Windows ofReport(int first, int test, int reporting) {
		return new Windows(first, test, false, reporting);
	}

	/** Whether forecasts of a block choose. */
	boolean choose(long block) {
		return block >= first && block < first + (long) test && !report(block);
	}

	/** Whether forecasts of a block only report. */
	boolean report(long block) {
		if (block < first || block >= first + (long) test) {
			return false;
		}
		return interleaved ? (block - first) * PARTS / test % COUNT == COUNT - 1 : block >= first + test - (long) reporting;
	}

	/** Whether what is measured at an origin may go into bands that are then reported on. */
	boolean precedesReport(int origin) {
		return interleaved || origin < first + test - reporting;
	}

	/** What an error at a block counts, recent ones more: 1 at the end. */
	double weight(long block) {
		return Math.pow(OLDEST, (double) (first + test - block) / test);
	}
}
