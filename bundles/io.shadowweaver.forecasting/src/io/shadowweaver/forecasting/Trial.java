// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Arrays;

/**
 * A candidate, or several combined, and what it reached.
 *
 * @param members  indices of candidates, ascending
 * @param weights  one a member
 * @param median   whether they combine by their weighted median
 * @param relative mean absolute error ÷ that of seasonal naive, a mean over leads; infinite when it could not be judged
 */
record Trial(int[] members, double[] weights, boolean median, double relative) {
	/** One candidate by itself. */
	static Trial of(int candidate) {
		return new Trial(new int[] { candidate }, new double[] { 1 }, false, Double.NaN);
	}

	/** What a choice combines at near or far leads. */
	static Trial of(Choice choice, Blend blend) {
		return new Trial(Arrays.stream(blend.places()).map(place -> choice.members()[place]).toArray(), blend.weights(), blend.median(), Double.NaN);
	}

	Trial reaching(double error) {
		return new Trial(members, weights, median, error);
	}

	/** Whether it is the same combination; its weights may differ. */
	boolean isLike(Trial other) {
		return median == other.median && Arrays.equals(members, other.members);
	}

	boolean isSingle(int candidate) {
		return members.length == 1 && members[0] == candidate;
	}

	boolean has(int candidate) {
		return Arrays.binarySearch(members, candidate) >= 0;
	}

	/** As part of a choice of these members, ascending. */
	Blend blend(int[] all) {
		return new Blend(Arrays.stream(members).map(member -> Arrays.binarySearch(all, member)).toArray(), weights, median);
	}
}
