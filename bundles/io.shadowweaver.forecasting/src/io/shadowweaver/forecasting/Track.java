// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;

/**
 * What is kept of one series between ticks: its curve, how far it is from it now, how large its errors are, and the block that
 * is being filled. Used under the forecaster's lock.
 */
final class Track {
	/** With fewer samples nothing is said. */
	static final int LEAST = 12;
	private static final double SMOOTHING = .4;
	private static final double FAST = .15;
	private static final double CALMEST = .75;
	private static final double WILDEST = 8;

	final SeriesId id;
	final Metric metric;
	final LeadPlan plan;
	final Lane lane;
	final int slot;
	final Calibration calibration;

	/** What the last training chose; {@code null} before. */
	Choice choice;
	/** From models; {@code null} while there are none. */
	private Curve curve;
	/** How many samples were seen or read, gaps not counted. */
	long samples;
	/** The newest sample, in steps since the epoch. */
	long newest = Long.MIN_VALUE;
	private double level = Double.NaN;
	private double deviation;
	private double correcting = .3;
	private double slow;
	private double fast;
	private double exponent;
	private double reference = 1;
	/** The least value that there can be. */
	double lower;

	private long block = Long.MIN_VALUE;
	private double blockSum;
	private int blockCount;
	private int blockSeen;

	final Drift drift = new Drift();
	/** When it is to be trained, in milliseconds; it is not asked for before. */
	long trainAt = Long.MIN_VALUE;
	boolean training;
	/** Why it will be trained next, or was last. */
	String cause = "first training";
	String lastChange = "";
	/** Whether its models come from a file and do not know what happened since. */
	boolean restored;

	Track(SeriesId id, Metric metric, LeadPlan plan, Lane lane, int slot) {
		this.id = id;
		this.metric = metric;
		this.plan = plan;
		this.lane = lane;
		this.slot = slot;
		calibration = new Calibration(plan);
	}

	/** The expected value at a time before the correction by the present deviation. */
	double centre(double millis) {
		return curve != null ? Math.max(lower, curve.at(millis)) : level;
	}

	/** The expected value now: what stands for a value that is known to be a lower bound only. */
	double expected(long sample) {
		double millis = sample * (double) plan.step;
		return Math.max(lower, centre(millis) + (curve == null ? 0 : deviation));
	}

	/** How far the series is from its curve. */
	double deviation() {
		return curve == null ? 0 : deviation;
	}

	/** The scale of errors where the series is at a level: larger while errors are larger than usual. */
	double scale(double at) {
		return Math.max(slow * Math.clamp(slow > 0 ? fast / slow : 1, CALMEST, WILDEST) * levelFactor(at), floor());
	}

	/** The usual scale, without what is happening now. */
	double usualScale(double at) {
		return Math.max(slow * levelFactor(at), floor());
	}

	/** How much larger the scale is at one level than at another. */
	double relativeScale(double from, double to) {
		return levelFactor(to) / levelFactor(from);
	}

	private double floor() {
		return floor(Double.isNaN(level) ? 0 : level);
	}

	/** The least scale of errors of a series at a level. */
	static double floor(double level) {
		return 1e-4 * Math.max(Math.abs(level), 1e-6);
	}

	private double levelFactor(double at) {
		return exponent == 0 ? 1 : Math.pow(Math.clamp(at / reference, .1, 10), exponent);
	}

	/** Moves on by a sample that was measured. */
	void take(long sample, double value) {
		if (Double.isNaN(level)) {
			level = value;
		}
		double millis = sample * (double) plan.step;
		double centre = centre(millis);
		double error = value - centre;
		double size = Math.abs(error) / levelFactor(centre);
		if (samples < 2) {
			slow = size;
			fast = size;
		} else {
			double bounded = slow > 0 ? Math.min(size, 10 * slow) : size;
			slow += (bounded - slow) * Math.max(1. / samples, 1. / 1500);
			fast += (size - fast) * FAST;
		}
		deviation += correcting * (error - deviation);
		level += SMOOTHING * (value - level);
		if (value < lower) {
			lower = Double.NEGATIVE_INFINITY;
		}
		samples++;
		newest = sample;
	}

	/**
	 * Adds a sample to its block.
	 *
	 * @param value {@code NaN} for a gap
	 * @return whether that completes the block, whose number and value are {@link #completed} and {@link #completedValue}
	 */
	boolean fill(long sample, double value) {
		long number = Math.floorDiv(sample, (long) plan.factor);
		boolean complete = false;
		if (number != block) {
			if (block != Long.MIN_VALUE && blockSeen > 0) {
				close();
				complete = true;
			}
			block = number;
			blockSum = 0;
			blockCount = 0;
			blockSeen = 0;
		}
		blockSeen++;
		if (Double.isFinite(value)) {
			blockSum += value;
			blockCount++;
		}
		if (sample - number * plan.factor == plan.factor - 1) {
			close();
			blockSeen = 0;
			return true;
		}
		return complete;
	}

	/** The number of the last complete block. */
	long completed = Long.MIN_VALUE;
	/** Its mean; {@code NaN} when less than half of it was there. */
	double completedValue;

	private void close() {
		completed = block;
		completedValue = blockCount * 2 >= plan.factor ? blockSum / blockCount : Double.NaN;
	}

	/** The models' new curve: the deviation starts anew, since they have seen what made it. */
	void curve(Curve newer) {
		curve = newer;
		deviation = 0;
	}

	Curve curve() {
		return curve;
	}

	/** Sets what a back-test found of the size of errors. */
	void start(Start start) {
		slow = start.usual();
		fast = start.usual();
		exponent = start.exponent();
		reference = start.reference();
		correcting = start.correcting();
		for (int lead = 0; lead < plan.leads.length; lead++) {
			if (start.quantiles()[lead] != null) {
				calibration.start(lead, start.quantiles()[lead], start.gains()[lead]);
			}
		}
	}

	/** Starts from history read at once, where there is no back-test. */
	void warm(double[] values, long firstSample) {
		for (int i = 0; i < values.length; i++) {
			if (Double.isFinite(values[i]) && firstSample + i > newest) {
				take(firstSample + i, values[i]);
			}
		}
	}

	/** How many {@link #numbers} there are. */
	static final int NUMBERS = 10;

	/** The state as numbers, for saving. */
	double[] numbers() {
		return new double[] { samples, newest, level, deviation, slow, fast, exponent, reference, lower, correcting };
	}

	/** Takes the numbers of {@link #numbers}. */
	void numbers(double[] from) {
		samples = (long) from[0];
		newest = (long) from[1];
		level = from[2];
		deviation = from[3];
		slow = from[4];
		fast = from[5];
		exponent = from[6];
		reference = from[7];
		lower = from[8];
		correcting = from[9];
	}
}
