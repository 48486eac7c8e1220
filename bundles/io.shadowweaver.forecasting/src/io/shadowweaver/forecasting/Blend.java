// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which members of a choice are combined, and how. Immutable.
 *
 * @param places  their places among the members of the choice
 * @param weights of each, positive; they need not add up to 1
 * @param median  whether they combine by their weighted median instead of their weighted mean
 */
record Blend(int[] places, double[] weights, boolean median) {
	static final Blend NONE = new Blend(new int[0], new double[0], false);
	private static final double ROUNDING = 1e-9;

	/**
	 * Combines what members say of one time.
	 *
	 * @param answers by place, then node; {@code null} where a member gave none
	 * @param node    which node
	 * @return {@code NaN} when none of its members answered
	 */
	double of(double[][] answers, int node) {
		double[] at = new double[places.length];
		double[] by = new double[places.length];
		int count = 0;
		for (int i = 0; i < places.length; i++) {
			if (answers[places[i]] != null) {
				by[count] = weights[i];
				at[count++] = answers[places[i]][node];
			}
		}
		return combine(at, by, count, median);
	}

	/** The share of a place in the mean of those that answered; of the median, as if it were the mean. */
	double share(int place, double[][] answers) {
		double all = 0;
		double own = 0;
		for (int i = 0; i < places.length; i++) {
			if (answers[places[i]] != null) {
				all += weights[i];
				own += places[i] == place ? weights[i] : 0;
			}
		}
		return all > 0 ? own / all : 0;
	}

	/** The weighted mean or median of the first values; {@code NaN} of none. Sorts both arrays. */
	static double combine(double[] values, double[] weights, int count, boolean median) {
		if (count < 2) {
			return count == 0 ? Double.NaN : values[0];
		}
		double sum = 0;
		double all = 0;
		for (int i = 0; i < count; i++) {
			sum += weights[i] * values[i];
			all += weights[i];
		}
		return median ? median(values, weights, count, all / 2) : sum / all;
	}

	private static double median(double[] values, double[] weights, int count, double half) {
		for (int i = 1; i < count; i++) {
			double value = values[i];
			double weight = weights[i];
			int to = i;
			for (; to > 0 && values[to - 1] > value; to--) {
				values[to] = values[to - 1];
				weights[to] = weights[to - 1];
			}
			values[to] = value;
			weights[to] = weight;
		}
		double below = 0;
		for (int i = 0; i < count - 1; i++) {
			below += weights[i];
			if (below > half * (1 + ROUNDING)) {
				return values[i];
			}
			if (below >= half * (1 - ROUNDING)) {
				return (values[i] + values[i + 1]) / 2;
			}
		}
		return values[count - 1];
	}

	/** The same without a place; the places behind it move up. */
	Blend without(int gone) {
		int[] left = IntStream.range(0, places.length).filter(i -> places[i] != gone).toArray();
		return new Blend(Arrays.stream(left).map(i -> places[i] > gone ? places[i] - 1 : places[i]).toArray(),
				Arrays.stream(left).mapToDouble(i -> weights[i]).toArray(), median);
	}

	boolean isEmpty() {
		return places.length == 0;
	}
}
