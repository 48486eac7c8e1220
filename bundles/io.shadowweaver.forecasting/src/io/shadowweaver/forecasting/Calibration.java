// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import io.shadowweaver.api.forecast.Levels;

/**
 * Keeps forecasts until their time has come and learns from each how wide the bands must be. By lead and level a quantile of the
 * scaled errors moves against its misses, up by {@code η α} and down by {@code η (1 − α)}, so that each level is missed as often as
 * it says in the long run whatever the series does: adaptive conformal inference (Gibbs and Candès, Adaptive Conformal Inference
 * Under Distribution Shift, 2021) in the form of quantile tracking (Angelopoulos, Candès and Tibshirani, Conformal PID Control for
 * Time Series Prediction, 2023). A miss is mostly one of the quantile that was issued, which is what the guarantee speaks of, and
 * for a part one of the present quantile, which keeps the delay between issue and outcome from making it swing.
 */
final class Calibration {
	private static final double RATE = .04;
	private static final double FASTEST_RATE = .3;
	/** What the step grows by for each scale that a quantile lies away from the middle: misses of the tails are rare. */
	private static final double TAIL = .5;
	private static final double ISSUED = .7;
	private static final float LARGEST = 100;
	/** Halves of a forecast that waits: the parts of its scale but the constant, whether it follows a shift, its quantiles. */
	private static final int HALVES = Spread.PARTS + Levels.COUNT;
	private static final int SHIFT = Spread.PARTS - 1;

	final Spread spread;
	final Coverage coverage;
	/** In what the values here are; what is counted is in the unit of the series. */
	Transform transform = Transform.NONE;
	private final LeadPlan plan;
	// forecasts whose time has not come: median without correction, correction, scale
	private final float[] waiting;
	private final short[] halves;
	private final long[] due;
	private final int[] first;
	private final double[] row = new double[Levels.COUNT];
	private final double[] parts = new double[Spread.PARTS];

	Calibration(LeadPlan plan, Volatility volatility) {
		this.plan = plan;
		spread = new Spread(plan, volatility);
		coverage = new Coverage(plan);
		first = new int[plan.leads.length + 1];
		for (int lead = 0; lead < plan.leads.length; lead++) {
			first[lead + 1] = first[lead] + waiting(lead);
		}
		int all = first[plan.leads.length];
		waiting = new float[all * 3];
		halves = new short[all * HALVES];
		due = new long[all];
		Arrays.fill(due, Long.MIN_VALUE);
	}

	/** How many forecasts at a lead wait at most. */
	private int waiting(int lead) {
		return Math.min(plan.waiting[lead], plan.steps[lead] / plan.stride[lead] + 1);
	}

	private int place(int lead, long issued) {
		return first[lead] + (int) Math.floorMod(issued / plan.stride[lead], (long) waiting(lead));
	}

	/** Keeps a forecast, the correction of whose median is the present deviation, until its time has come. */
	void issue(int lead, long sample, double centre, double deviation) {
		if (sample % plan.stride[lead] != 0) {
			return;
		}
		int place = place(lead, sample);
		due[place] = sample + plan.steps[lead];
		double[] of = spread.parts(lead, centre);
		waiting[place * 3] = (float) centre;
		waiting[place * 3 + 1] = (float) deviation;
		waiting[place * 3 + 2] = (float) spread.scale(lead, of);
		int half = place * HALVES;
		for (int part = 1; part < Spread.PARTS; part++) {
			halves[half + part - 1] = Float.floatToFloat16((float) of[part]);
		}
		halves[half + SHIFT] = (short) (spread.volatility.shifted(sample) ? 1 : 0);
		for (int level = 0; level < Levels.COUNT; level++) {
			halves[half + Spread.PARTS + level] = Float.floatToFloat16(spread.quantiles[lead * Levels.COUNT + level]);
		}
	}

	/**
	 * Scores the forecast made for a sample at a lead, if one was kept.
	 *
	 * @param lower the least value that there can be: bands were cut off there
	 */
	void score(int lead, long sample, double value, double lower) {
		long issued = sample - plan.steps[lead];
		if (issued % plan.stride[lead] != 0) {
			return;
		}
		int place = place(lead, issued);
		if (due[place] != sample) {
			return;
		}
		due[place] = Long.MIN_VALUE;
		double centre = waiting[place * 3];
		double deviation = waiting[place * 3 + 1];
		double scale = waiting[place * 3 + 2];
		double median = centre + spread.gain(lead) * deviation;
		double rest = (value - median) / scale;
		int half = place * HALVES;
		for (int level = 0; level < Levels.COUNT; level++) {
			row[level] = Math.max(lower, median + scale * Float.float16ToFloat(halves[half + Spread.PARTS + level]));
		}
		parts[0] = 1;
		for (int part = 1; part < Spread.PARTS; part++) {
			parts[part] = Float.float16ToFloat(halves[half + part - 1]);
		}
		double measured = transform.from(value);
		coverage.count(lead, sample * plan.step, measured, transform.from(row), measured - transform.from(Math.max(lower, median)), halves[half + SHIFT] != 0);
		spread.learnGain(lead, deviation / scale, (value - centre) / scale);
		track(lead, value, rest);
		spread.learn(lead, coverage.scored(lead), Math.abs(rest), parts);
	}

	/** Moves the quantiles of a lead by what they missed: {@link #row} were the issued ones. */
	private void track(int lead, double value, double rest) {
		int at = lead * Levels.COUNT;
		double rate = spread.rate(lead, coverage.scored(lead), RATE, FASTEST_RATE);
		float before = -LARGEST;
		for (int level = 0; level < Levels.COUNT; level++) {
			double missed = ISSUED * (value < row[level] ? 1 : 0) + (1 - ISSUED) * (rest < quantile(at + level) ? 1 : 0);
			double step = rate * (1 + TAIL * Math.abs(quantile(at + level))) * (Levels.level(level) - missed);
			if (level == Levels.MEDIAN) {
				// errors of forecasts that overlap tell one thing several times, which would move the forecast itself to and fro with the delay of its lead
				step /= Math.sqrt(plan.overlap(lead));
			}
			before = Math.clamp(quantile(at + level) + (float) step, before, LARGEST);
			spread.quantiles[at + level] = before;
		}
	}

	private float quantile(int at) {
		return spread.quantiles[at];
	}

	void save(DataOutput out) throws IOException {
		spread.save(out);
		coverage.save(out);
	}

	void load(DataInput in) throws IOException {
		spread.load(in);
		coverage.load(in);
	}
}
