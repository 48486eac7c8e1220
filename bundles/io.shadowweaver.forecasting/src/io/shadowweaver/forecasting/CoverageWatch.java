// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

/**
 * Finds out that the band from .1 to .9 has lately covered far less than it says. Bands adapt by themselves; where they cannot follow, something
 * has changed that only a training takes in. A band that covers too much is no such sign: a series that rests is always inside.
 */
final class CoverageWatch {
	/** What the sums keep at each score: some two hundred scores count, of which those of one time are alike. */
	private static final float MEMORY = .995f;
	private static final float ENOUGH = 120;
	/** Four standard deviations of forty independent scores below .8. */
	private static final double LEAST = .55;

	private float weight;
	private float inside;

	/** Takes whether a value fell into the band that was issued for it. */
	void take(boolean hit) {
		weight = weight * MEMORY + 1;
		inside = inside * MEMORY + (hit ? 1 : 0);
	}

	/** The recent coverage; {@code NaN} while there is too little to say. */
	double share() {
		return weight < ENOUGH ? Double.NaN : inside / weight;
	}

	/** Whether the recent coverage is far below .8. */
	boolean isBreached() {
		return share() < LEAST;
	}

	/** Begins anew, as after a training. */
	void reset() {
		weight = 0;
		inside = 0;
	}
}
