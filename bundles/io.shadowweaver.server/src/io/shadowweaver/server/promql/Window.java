// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.util.Locale;

/** Functions of the values in a window of time, by their names in PromQL. */
enum Window {
	LAST_OVER_TIME {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			return samples.values()[to - 1];
		}
	},
	COUNT_OVER_TIME {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			return to - from;
		}
	},
	SUM_OVER_TIME {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			return sum(samples.values(), from, to);
		}
	},
	AVG_OVER_TIME {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			return sum(samples.values(), from, to) / (to - from);
		}
	},
	MIN_OVER_TIME {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			double least = samples.values()[from];
			for (int i = from + 1; i < to; i++) {
				least = Math.min(least, samples.values()[i]);
			}
			return least;
		}
	},
	MAX_OVER_TIME {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			double most = samples.values()[from];
			for (int i = from + 1; i < to; i++) {
				most = Math.max(most, samples.values()[i]);
			}
			return most;
		}
	},
	RATE(2) {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			return increase(samples, from, to, start, end, true) / ((end - start) / 1e3);
		}
	},
	INCREASE(2) {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			return increase(samples, from, to, start, end, true);
		}
	},
	DELTA(2) {
		@Override
		double apply(Samples samples, int from, int to, long start, long end) {
			return increase(samples, from, to, start, end, false);
		}
	};

	private static final double NEAR = 1.1;

	private final int least;

	Window() {
		this(1);
	}

	Window(int least) {
		this.least = least;
	}

	/** The function with a name, which {@link Parser#OVER_TIME} has. */
	static Window of(String function) {
		return valueOf(function.toUpperCase(Locale.ROOT));
	}

	/**
	 * Applies it to at least one value, of which there are enough.
	 *
	 * @param from  the index of the first value
	 * @param to    the index behind the last
	 * @param start of the window, in milliseconds
	 * @param end   of the window
	 */
	abstract double apply(Samples samples, int from, int to, long start, long end);

	/**
	 * Applies it at each time to the values that are in the window before that.
	 *
	 * @param samples in the span of all windows, or more
	 * @param ends    of the windows, ascending, in milliseconds; the ends belong to them, the starts do not
	 * @param range   how long a window is, in milliseconds
	 * @param values  takes one value a window
	 * @param is      takes whether there is one: whether the window holds enough
	 * @return whether there is any
	 */
	boolean slide(Samples samples, long[] ends, long range, double[] values, boolean[] is) {
		long[] times = samples.times();
		int from = 0;
		int to = 0;
		boolean any = false;
		for (int i = 0; i < ends.length; i++) {
			while (to < samples.size() && times[to] <= ends[i]) {
				to++;
			}
			while (from < to && times[from] <= ends[i] - range) {
				from++;
			}
			is[i] = to - from >= least;
			any |= is[i];
			values[i] = is[i] ? apply(samples, from, to, ends[i] - range, ends[i]) : Double.NaN;
		}
		return any;
	}

	private static double sum(double[] values, int from, int to) {
		double sum = 0;
		for (int i = from; i < to; i++) {
			sum += values[i];
		}
		return sum;
	}

	/**
	 * The increase over the window, from that between its first and last value: extrapolated to an end of the window that is not further
	 * away than 1.1 mean distances of values, by half a distance otherwise, and never below zero of a counter; as Prometheus documents it.
	 */
	private static double increase(Samples samples, int from, int to, long start, long end, boolean counter) {
		double[] values = samples.values();
		double increase = values[to - 1] - values[from];
		for (int i = from + 1; counter && i < to; i++) {
			if (values[i] < values[i - 1]) {
				increase += values[i - 1];
			}
		}
		double between = (samples.times()[to - 1] - samples.times()[from]) / 1e3;
		double mean = between / (to - from - 1);
		double before = (samples.times()[from] - start) / 1e3;
		double after = (end - samples.times()[to - 1]) / 1e3;
		before = before >= mean * NEAR ? mean / 2 : before;
		after = after >= mean * NEAR ? mean / 2 : after;
		if (counter && increase > 0 && values[from] >= 0) {
			before = Math.min(before, between * values[from] / increase);
		}
		return increase * (between + before + after) / between;
	}
}
