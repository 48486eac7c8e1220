// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Arrays;

/**
 * Which members of a choice are combined, and how. Immutable.
 *
 * @param places their places among the members of the choice
 * @param median whether they combine by their median instead of their mean
 */
record Blend(int[] places, boolean median) {
	static final Blend NONE = new Blend(new int[0], false);

	/**
	 * Combines what members say of one time.
	 *
	 * @param answers by place, then node; {@code null} where a member gave none
	 * @param node    which node
	 * @return {@code NaN} when none of its members answered
	 */
	double of(double[][] answers, int node) {
		double[] at = new double[places.length];
		int count = 0;
		for (int place : places) {
			if (answers[place] != null) {
				at[count++] = answers[place][node];
			}
		}
		return combine(at, count, median);
	}

	/** The mean or median of the first values; {@code NaN} of none. Sorts them. */
	static double combine(double[] values, int count, boolean median) {
		if (count < 2) {
			return count == 0 ? Double.NaN : values[0];
		}
		if (median) {
			Arrays.sort(values, 0, count);
			return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
		}
		double sum = 0;
		for (int i = 0; i < count; i++) {
			sum += values[i];
		}
		return sum / count;
	}

	/** The same without a place; the places behind it move up. */
	Blend without(int gone) {
		return new Blend(Arrays.stream(places).filter(place -> place != gone).map(place -> place > gone ? place - 1 : place).toArray(), median);
	}

	boolean isEmpty() {
		return places.length == 0;
	}
}
