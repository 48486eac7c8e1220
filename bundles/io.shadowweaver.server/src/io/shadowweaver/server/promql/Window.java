// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.promql;

import java.util.Set;

/** Functions of the values in a window of time. */
final class Window {
	private static final Set<String> OF_TWO = Set.of("rate", "increase", "delta");
	private static final double NEAR = 1.1;

	private Window() {
	}

	/** How many values a function needs. */
	static int least(String function) {
		return OF_TWO.contains(function) ? 2 : 1;
	}

	/**
	 * Applies a function.
	 *
	 * @param from  the index of the first value
	 * @param to    the index behind the last
	 * @param start of the window, in milliseconds
	 * @param end   of the window
	 * @return {@code NaN} where there are too few values
	 */
	static double apply(String function, Samples samples, int from, int to, long start, long end) {
		if (to - from < least(function)) {
			return Double.NaN;
		}
		double[] values = samples.values();
		return switch (function) {
		case "last_over_time" -> values[to - 1];
		case "count_over_time" -> to - from;
		case "sum_over_time" -> sum(values, from, to);
		case "avg_over_time" -> sum(values, from, to) / (to - from);
		case "min_over_time" -> {
			double least = values[from];
			for (int i = from; i < to; i++) {
				least = Math.min(least, values[i]);
			}
			yield least;
		}
		case "max_over_time" -> {
			double most = values[from];
			for (int i = from; i < to; i++) {
				most = Math.max(most, values[i]);
			}
			yield most;
		}
		default -> extrapolated(function, samples, from, to, start, end);
		};
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
	private static double extrapolated(String function, Samples samples, int from, int to, long start, long end) {
		boolean counter = !function.equals("delta");
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
		double whole = increase * (between + before + after) / between;
		return function.equals("rate") ? whole / ((end - start) / 1e3) : whole;
	}
}
