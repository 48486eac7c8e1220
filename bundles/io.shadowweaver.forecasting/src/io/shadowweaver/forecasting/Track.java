// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.ToDoubleFunction;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;

/**
 * What is kept of one series between ticks: its curve, how far it is from it now, how large its errors are, and the block that
 * is being filled. Used under the forecaster's lock.
 */
final class Track {
	/** With fewer samples nothing is said. */
	static final int LEAST = 10;
	/** The usual cause of a training. */
	static final String SCHEDULE = "schedule";
	private static final long RECENT_DEPLOYMENT = 86_400_000;
	/** So many live forecasts at a lead are enough to tell how wide its bands must be. */
	private static final int ENOUGH = 30;
	private static final double SMOOTHING = .4;

	final SeriesId id;
	final Metric metric;
	final LeadPlan plan;
	final Lane lane;
	final int slot;
	Volatility volatility;
	Calibration calibration;
	private volatile Transform transform = Transform.NONE;
	/** All that was decided on its forecast but the model, when its models were made. */
	String tailored = "";
	/** What was decided then. */
	Tailoring decided = Tailoring.NONE;
	/** Paths of which breaches are told: always of a group, whose demand capacity is decided on; else {@code null} while nobody asks. */
	Breaches breaches;

	/** What the last training chose; {@code null} before. */
	volatile Choice choice;
	/** From models; {@code null} while there are none. */
	private volatile Curve curve;
	/** How many samples were seen or read, gaps not counted. */
	long samples;
	/** The newest sample, in steps since the epoch. */
	long newest = Long.MIN_VALUE;
	private double level = Double.NaN;
	private double deviation;
	private double correcting = .3;
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
	/** Why it is to be trained again as soon as the training ends that runs; {@code null} when it is not. */
	String again;
	/** Changes of model, newest first. */
	final Deque<Quality.Change> changes = new ArrayDeque<>();
	/** After which there is to be a training; {@code null} for none. */
	Event deployed;
	/** When the newest deployment was that is known. */
	Instant lastDeployment = Instant.EPOCH;
	/** Whether its models come from a file and do not know what happened since. */
	boolean restored;

	Track(SeriesId id, Metric metric, LeadPlan plan, Lane lane, int slot) {
		this.id = id;
		this.metric = metric;
		this.plan = plan;
		this.lane = lane;
		this.slot = slot;
		volatility = new Volatility(plan.step);
		calibration = new Calibration(plan, volatility);
		breaches = id.isGroup() ? new Breaches(plan, 0) : null;
	}

	/** In what its models, errors and samples here are. */
	Transform transform() {
		return transform;
	}

	/** Goes over to another transform: nothing of what was learnt in the other holds. */
	void transform(Transform other) {
		if (other != transform) {
			transform = other;
			volatility = new Volatility(plan.step);
			calibration = new Calibration(plan, volatility);
			calibration.transform = other;
			lower = other == Transform.LOG ? Double.NEGATIVE_INFINITY : 0;
			curve = null;
			level = Double.NaN;
			deviation = 0;
			newest = Long.MIN_VALUE;
			block = Long.MIN_VALUE;
			blockSeen = 0;
		}
	}

	/** It is to be trained at a time if not before; the cause is that of what is first. */
	void trainBy(long millis, String why) {
		if (millis < trainAt) {
			trainAt = millis;
			cause = why;
		}
	}

	/** Whether nothing was known of a deployment, and it is not long past. */
	boolean isNewDeployment(Event event) {
		long from = choice == null ? Long.MIN_VALUE : choice.trainedAt().toEpochMilli() - RECENT_DEPLOYMENT;
		return event.time().isAfter(lastDeployment) && event.time().toEpochMilli() > from;
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

	/** Scores the forecasts that were made for a sample; before {@link #take}. */
	void score(long sample, double value) {
		for (int lead = 0; lead < plan.steps.length; lead++) {
			calibration.score(lead, sample, value, lower);
		}
	}

	/** Keeps the forecasts of now for scoring. */
	void issue(long sample) {
		double millis = sample * (double) plan.step;
		for (int lead = 0; lead < plan.steps.length; lead++) {
			if (sample % plan.stride[lead] == 0) {
				calibration.issue(lead, sample, centre(millis + plan.steps[lead] * (double) plan.step), deviation());
			}
		}
	}

	/** Begins the paths that begin now, as long as somebody asks for breaches. */
	void beginPaths(long sample, BandMaker bands, Instant now) {
		if (breaches != null && !id.isGroup() && breaches.idle(sample)) {
			breaches = null;
		} else if (breaches != null) {
			breaches.issue(sample, () -> bands.standard(this, now));
		}
	}

	/** The probability that a limit is exceeded by a time. */
	BreachRisk breach(Bands made, ToDoubleFunction<Instant> limit, Instant until) {
		if (!until.isAfter(made.origin())) {
			return BreachRisk.UNKNOWN;
		}
		if (breaches == null) {
			breaches = new Breaches(plan, newest);
		}
		return breaches.risk(newest, made, limit, until);
	}

	/** Moves on by a sample that was measured. */
	void take(long sample, double value) {
		follow(sample, value);
		if (breaches != null) {
			breaches.take(sample, transform.from(value));
		}
	}

	private void follow(long sample, double value) {
		if (Double.isNaN(level)) {
			level = value;
		}
		double millis = sample * (double) plan.step;
		double centre = centre(millis);
		double error = value - centre;
		volatility.take(sample, value, centre, lower >= 0);
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

	/**
	 * Sets what a back-test found of the errors of a model that the series had not before. Where enough live forecasts were scored,
	 * these tell more of the errors to come than the windows of the test do, whatever the model.
	 */
	void start(Start start) {
		correcting = start.correcting();
		if (calibration.coverage.scored(0) < ENOUGH) {
			volatility.start(start.usual(), start.exponent(), start.exponent() > 0 ? start.reference() : 0);
		}
		for (int lead = 0; lead < plan.leads.length; lead++) {
			if (start.quantiles()[lead] != null) {
				calibration.spread.startGain(lead, start.gains()[lead]);
				if (calibration.coverage.scored(lead) < ENOUGH) {
					calibration.spread.start(lead, start.quantiles()[lead], start.usual() / Math.max(volatility.usual(), volatility.floor()));
				}
			}
		}
	}

	/**
	 * Starts from history read at once, where there is no back-test. A series that has hardly been seen begins anew with it, up to its newest sample; of others only what
	 * is newer counts.
	 */
	void warm(double[] values, long firstSample) {
		long seen = newest;
		if (samples < LEAST && values.length > samples) {
			newest = Long.MIN_VALUE;
			samples = 0;
			level = Double.NaN;
			volatility.restart();
		}
		for (int i = 0; i < values.length; i++) {
			if (Double.isFinite(values[i]) && firstSample + i > newest) {
				follow(firstSample + i, values[i]);
			}
		}
		newest = Math.max(newest, seen);
	}

	/** How many {@link #numbers} there are. */
	static final int NUMBERS = 7 + Volatility.NUMBERS;

	/** The state as numbers, for saving. */
	double[] numbers() {
		double[] numbers = Arrays.copyOf(new double[] { samples, newest, level, deviation, lower, correcting, transform.ordinal() }, NUMBERS);
		System.arraycopy(volatility.numbers(), 0, numbers, NUMBERS - Volatility.NUMBERS, Volatility.NUMBERS);
		return numbers;
	}

	/** Takes the numbers of {@link #numbers}. */
	void numbers(double[] from) {
		samples = (long) from[0];
		newest = (long) from[1];
		level = from[2];
		deviation = from[3];
		lower = from[4];
		correcting = from[5];
		transform = Transform.values()[(int) from[6]];
		calibration.transform = transform;
		volatility.numbers(Arrays.copyOfRange(from, NUMBERS - Volatility.NUMBERS, NUMBERS));
	}
}
