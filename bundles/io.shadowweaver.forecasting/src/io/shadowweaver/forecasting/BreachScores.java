// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores probabilities of breaches by Brier's score (Brier, Verification of Forecasts Expressed in Terms of Probability, 1950):
 * the mean squared distance of the probability from what came, 1 or 0. The limits are values that the series exceeds a tenth and a
 * hundredth of the time. The reference is climatology: how often such a limit was exceeded within the same span so far.
 */
final class BreachScores {
	/** What share of the time the standard limits are exceeded. */
	static final double[] SHARES = { .1, .01 };
	private static final double LIMIT_RATE = .02;
	private static final double SPREAD_RATE = .01;
	private static final int WARM = 500;
	private static final double MEMORY = .9995;

	private final int[] spans;
	private final double[] limits = new double[SHARES.length];
	private final double[] brier;
	private final double[] reference;
	private final double[] frequency;
	private final double[] weight;
	private final int[] scored;
	private double middle;
	private double spread;
	private long seen;

	/** Says how probable it is that a limit is exceeded within a number of samples. */
	@FunctionalInterface
	interface Odds {
		double of(double limit, int span);
	}

	/** What was said at one origin, by span and limit. */
	static final class Issued {
		private final double[] limits;
		private final float[] probabilities;
		private double largest = Double.NEGATIVE_INFINITY;
		private int scored;

		Issued(double[] limits, float[] probabilities) {
			this.limits = limits;
			this.probabilities = probabilities;
		}
	}

	/** @param spans ascending, in samples */
	BreachScores(int[] spans) {
		this.spans = spans;
		int count = spans.length * SHARES.length;
		brier = new double[count];
		reference = new double[count];
		frequency = new double[count];
		weight = new double[count];
		scored = new int[count];
	}

	/** Moves the standard limits, as quantiles are tracked. */
	void learn(double value) {
		seen++;
		middle = seen == 1 ? value : middle + (value - middle) * Math.max(1. / seen, 1e-3);
		spread += (Math.abs(value - middle) - spread) * Math.max(1. / seen, SPREAD_RATE);
		double rate = Math.max(LIMIT_RATE, 2. / seen) * spread;
		for (int i = 0; i < limits.length; i++) {
			limits[i] = seen == 1 ? value : limits[i] + rate * ((value > limits[i] ? 1 : 0) - SHARES[i]);
		}
	}

	/** Keeps what is said of the standard limits; nothing as long as these are not known. */
	Issued issue(Odds odds) {
		if (seen < WARM) {
			return null;
		}
		float[] probabilities = new float[spans.length * SHARES.length];
		for (int i = 0; i < probabilities.length; i++) {
			probabilities[i] = (float) odds.of(limits[i % SHARES.length], spans[i / SHARES.length]);
		}
		return new Issued(limits.clone(), probabilities);
	}

	/** Moves on by a sample so many after the origin, and scores what is over. */
	void take(Issued issued, long ahead, double value) {
		if (issued == null) {
			return;
		}
		while (issued.scored < spans.length && ahead > spans[issued.scored]) {
			score(issued);
		}
		issued.largest = Math.max(issued.largest, value);
		while (issued.scored < spans.length && ahead == spans[issued.scored]) {
			score(issued);
		}
	}

	private void score(Issued issued) {
		for (int limit = 0; limit < SHARES.length; limit++) {
			int at = issued.scored * SHARES.length + limit;
			double outcome = issued.largest > issued.limits[limit] ? 1 : 0;
			double said = weight[at] == 0 ? .5 : frequency[at] / weight[at];
			double error = issued.probabilities[at] - outcome;
			brier[at] = brier[at] * MEMORY + error * error;
			reference[at] = reference[at] * MEMORY + (said - outcome) * (said - outcome);
			frequency[at] = frequency[at] * MEMORY + outcome;
			weight[at] = weight[at] * MEMORY + 1;
			scored[at]++;
		}
		issued.scored++;
	}

	/** What came of them; spans without a score are left out. */
	List<IntervalQuality.Breach> report(long step) {
		List<IntervalQuality.Breach> all = new ArrayList<>();
		for (int at = 0; at < scored.length; at++) {
			if (scored[at] > 0) {
				all.add(new IntervalQuality.Breach(Duration.ofMillis(spans[at / SHARES.length] * step), SHARES[at % SHARES.length],
						brier[at] / weight[at], reference[at] / weight[at], frequency[at] / weight[at], scored[at]));
			}
		}
		return all;
	}
}
