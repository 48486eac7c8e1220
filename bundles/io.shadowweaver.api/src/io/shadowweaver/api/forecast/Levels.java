// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.forecast;

/** The quantile levels of every forecast. */
public final class Levels {
	private static final double[] ALL = { .01, .025, .05, .1, .25, .5, .75, .9, .95, .975, .99 };
	/** The number of levels. */
	public static final int COUNT = ALL.length;
	/** The index of the median. */
	public static final int MEDIAN = 5;

	private Levels() {
	}

	/** The level of an index, ascending. */
	public static double level(int index) {
		return ALL[index];
	}

	/** The levels, ascending; a copy. */
	public static double[] all() {
		return ALL.clone();
	}
}
