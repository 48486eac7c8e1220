// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far a value is out of what its series is used to: the rarities of several statistics of the residuals added up, as
 * Fisher's method adds logarithms of probabilities (Fisher, 1932). They are the residual itself, and over windows of several
 * lengths the mean residual, the mean absolute residual, the distance of the level from the long one, and how much more or less
 * than usual the residuals and the values themselves vary; and for how long the value has not moved at all. A short window beside a long past is the idea of Numenta's anomaly likelihood (Ahmad et al.,
 * Unsupervised real-time anomaly detection for streaming data, Neurocomputing 2017).
 */
final class Evidence {
	/** What stands out. */
	enum Sign {
		/** One value. */
		SPIKE("It is far from what was expected"),
		/** Several values on one side. */
		DRIFT("Several values in a row were off to one side"),
		/** Several values on any side. */
		NOISE("The last values were harder to foresee than usual"),
		/** The level. */
		LEVEL("The level has moved"),
		/** How much it varies. */
		SPREAD("It varies more, or less, than it used to"),
		/** That it does not vary at all. */
		STUCK("It has not moved for longer than usual"),
		/** The pattern of the last values. */
		PATTERN("The last values form a pattern not seen before");

		final String sentence;

		Sign(String sentence) {
			this.sentence = sentence;
		}
	}

	private static final int[] WINDOWS = { 5, 10, 20, 30 };
	private static final double SPIKE_WEIGHT = .8;
	private static final double LEVEL_WEIGHT = 1.2;
	private static final double SPREAD_WEIGHT = .25;
	/** Weight of the newest value in the long means. */
	private static final double LONG = .002;
	private static final double STUCK_WEIGHT = 1.2;
	/** Runs of equal values up to this length are never looked at. */
	private static final int SHORT_RUN = 8;
	/** The least excess of a run, in doublings. */
	private static final double LEAST_RUN = 1;
	/** Of what is usual: what is added on both sides of a ratio, so that silence is a finite one. */
	private static final double FLOOR = .2;
	/** Of the size of values: smaller excesses are rounding. */
	private static final double ROUNDING = 1e-6;
	private static final double LEAST_RATIO = 1e-3;

	private final Tail residual = new Tail();
	private final Tail stuck = new Tail();
	private final Tail[][] tails = new Tail[5][WINDOWS.length];
	private final double[] drift = new double[WINDOWS.length];
	private final double[] noise = new double[WINDOWS.length];
	private final double[] activity = new double[WINDOWS.length];
	private final double[] level = new double[WINDOWS.length];
	private double longLevel;
	private double longNoise;
	private double longActivity;
	private double last;
	private long run;
	private double size;
	private long samples;
	private Sign sign = Sign.SPIKE;
	private double strongest;

	Evidence() {
		for (Tail[] row : tails) {
			for (int i = 0; i < row.length; i++) {
				row[i] = new Tail();
			}
		}
	}

	/** What stood out most in the last value. */
	Sign sign() {
		return sign;
	}

	/** How much that was of the evidence. */
	double strongest() {
		return strongest;
	}

	/**
	 * Scores a value and takes it in.
	 *
	 * @param value    the value
	 * @param expected what was expected
	 * @return 0 for usual; decades of rarity, of all statistics together
	 */
	double of(double value, double expected) {
		samples++;
		if (samples == 1) {
			Arrays.fill(level, value);
			longLevel = value;
			last = value;
		}
		double r = value - expected;
		double slowly = Math.max(1.0 / samples, LONG);
		size += slowly * (Math.abs(value) - size);
		longNoise += slowly * (Math.abs(r) - longNoise);
		double step = Math.abs(value - last);
		last = value;
		run = step == 0 ? run + 1 : 1;
		longActivity += slowly * (step - longActivity);
		double least = ROUNDING * size + Double.MIN_NORMAL;
		double[] sums = new double[Sign.values().length];
		sums[Sign.SPIKE.ordinal()] = SPIKE_WEIGHT * rarity(residual, Math.abs(r), least);
		sums[Sign.STUCK.ordinal()] = STUCK_WEIGHT * rarity(stuck, Math.max(0, Math.log((double) run / SHORT_RUN) / Math.log(2)), LEAST_RUN);
		for (int i = 0; i < WINDOWS.length; i++) {
			double weight = 1.0 / WINDOWS[i];
			drift[i] += weight * (r - drift[i]);
			noise[i] += weight * (Math.abs(r) - noise[i]);
			activity[i] += weight * (step - activity[i]);
			level[i] += weight * (value - level[i]);
			double share = 1.0 / WINDOWS.length;
			sums[Sign.DRIFT.ordinal()] += share * rarity(tails[0][i], Math.abs(drift[i]), least);
			sums[Sign.NOISE.ordinal()] += share * rarity(tails[1][i], noise[i], least);
			sums[Sign.LEVEL.ordinal()] += share * LEVEL_WEIGHT * rarity(tails[2][i], Math.abs(level[i] - longLevel), least);
			sums[Sign.SPREAD.ordinal()] += share * SPREAD_WEIGHT * (rarity(tails[3][i], ratio(noise[i], longNoise, least), LEAST_RATIO)
					+ rarity(tails[4][i], ratio(activity[i], longActivity, least), LEAST_RATIO));
		}
		longLevel += slowly * (value - longLevel);
		double sum = 0;
		strongest = 0;
		for (Sign each : Sign.values()) {
			double part = sums[each.ordinal()];
			sum += part;
			if (part > strongest) {
				strongest = part;
				sign = each;
			}
		}
		return sum;
	}

	private static double ratio(double now, double usually, double least) {
		double floor = FLOOR * usually + least;
		return Math.abs(Math.log((now + floor) / (usually + floor)));
	}

	private static double rarity(Tail tail, double value, double least) {
		double rarity = tail.rarity(value, least);
		tail.add(value, least);
		return rarity;
	}

	void save(DataOutput out) throws IOException {
		residual.save(out);
		stuck.save(out);
		out.writeLong(run);
		for (int i = 0; i < WINDOWS.length; i++) {
			for (Tail[] row : tails) {
				row[i].save(out);
			}
			out.writeDouble(drift[i]);
			out.writeDouble(noise[i]);
			out.writeDouble(activity[i]);
			out.writeDouble(level[i]);
		}
		out.writeDouble(longActivity);
		out.writeDouble(last);
		out.writeDouble(longLevel);
		out.writeDouble(longNoise);
		out.writeDouble(size);
		out.writeLong(samples);
	}

	void load(DataInput in) throws IOException {
		residual.load(in);
		stuck.load(in);
		run = in.readLong();
		for (int i = 0; i < WINDOWS.length; i++) {
			for (Tail[] row : tails) {
				row[i].load(in);
			}
			drift[i] = in.readDouble();
			noise[i] = in.readDouble();
			activity[i] = in.readDouble();
			level[i] = in.readDouble();
		}
		longActivity = in.readDouble();
		last = in.readDouble();
		longLevel = in.readDouble();
		longNoise = in.readDouble();
		size = in.readDouble();
		samples = in.readLong();
	}
}
