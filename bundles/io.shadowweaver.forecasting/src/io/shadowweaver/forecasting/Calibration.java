// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.shadowweaver.api.forecast.Levels;

/**
 * Turns a median into quantiles and learns from each forecast whose time has come. By lead it keeps the quantiles of the
 * errors divided by their scale, moved after each error by online quantile tracking, and the logarithm of a width for the side
 * below and the side above, moved as adaptive conformal inference moves its level (Gibbs and Candès, Adaptive Conformal Inference
 * Under Distribution Shift, 2021): by {@code γ (miss − .1)}. So the band from .1 to .9 covers 80 % in the long run whatever the
 * series does. The quantiles are those of what was measured, not symmetric.
 */
final class Calibration {
	private static final int LOW = 3;
	private static final int HIGH = 7;
	/** How fast the quantiles of the errors move, in their own spread. */
	private static final float TRACKING = .02f;
	/** γ of the shortest lead; longer ones have correlated errors and move slower. */
	private static final float GAMMA = .05f;
	private static final float WIDEST = 2.3f;
	/** What the sums behind coverage keep at each score: half a week of scores at a minute counts. */
	private static final float MEMORY = .9998f;
	static final double[] NORMAL = { -2.326, -1.96, -1.645, -1.282, -.674, 0, .674, 1.282, 1.645, 1.96, 2.326 };

	private final int leads;
	private final int[] stride;
	private final float[] quantiles;
	private final float[] low;
	private final float[] high;
	private final float[] gainXY;
	private final float[] gainXX;
	private final float[] weight;
	private final float[] covered;
	private final float[] absolute;
	private final float[] level;
	private final int[] scored;
	// forecasts whose time has not come: median without correction, correction, scale, low, high
	private final float[] waiting;
	private final long[] due;

	Calibration(LeadPlan plan) {
		leads = plan.leads.length;
		stride = plan.stride;
		quantiles = new float[leads * Levels.COUNT];
		low = new float[leads];
		high = new float[leads];
		gainXY = new float[leads];
		gainXX = new float[leads];
		weight = new float[leads];
		covered = new float[leads];
		absolute = new float[leads];
		level = new float[leads];
		scored = new int[leads];
		waiting = new float[leads * LeadPlan.WAITING * 5];
		due = new long[leads * LeadPlan.WAITING];
		java.util.Arrays.fill(due, Long.MIN_VALUE);
		for (int lead = 0; lead < leads; lead++) {
			for (int l = 0; l < Levels.COUNT; l++) {
				quantiles[lead * Levels.COUNT + l] = (float) (NORMAL[l] * 1.5 * Math.sqrt(1 + .25 * plan.steps[lead]));
			}
		}
	}

	/** Sets what a back-test found: the quantiles of the scaled errors at a lead, ascending, and the gain of the correction. */
	void start(int lead, double[] errorQuantiles, double gain) {
		for (int l = 0; l < Levels.COUNT; l++) {
			quantiles[lead * Levels.COUNT + l] = (float) errorQuantiles[l];
		}
		low[lead] = 0;
		high[lead] = 0;
		gainXX[lead] = 1;
		gainXY[lead] = (float) gain;
	}

	/** What share of the present deviation from the curve is still there at a lead, learned; 0 to 1. */
	double gain(int lead) {
		return gainXX[lead] > 0 ? Math.clamp(gainXY[lead] / gainXX[lead], 0, 1) : 0;
	}

	/**
	 * The distance of a quantile from the curve in scales.
	 *
	 * @param lead  the index of the lead
	 * @param level the index of the level
	 */
	double deviation(int lead, int level) {
		int at = lead * Levels.COUNT;
		double middle = quantiles[at + Levels.MEDIAN];
		double away = quantiles[at + level] - middle;
		if (level < Levels.MEDIAN) {
			return middle + away * Math.exp(low[lead]);
		}
		return level > Levels.MEDIAN ? middle + away * Math.exp(high[lead]) : middle;
	}

	/** Keeps a forecast until its time has come. The scale of the errors is over 0. */
	void issue(int lead, long sample, int steps, double median, double correction, double scale) {
		if (sample % stride[lead] != 0) {
			return;
		}
		int place = lead * LeadPlan.WAITING + (int) (sample / stride[lead] % LeadPlan.WAITING);
		due[place] = sample + steps;
		double centre = median + gain(lead) * correction;
		waiting[place * 5] = (float) median;
		waiting[place * 5 + 1] = (float) correction;
		waiting[place * 5 + 2] = (float) scale;
		waiting[place * 5 + 3] = (float) (centre + scale * deviation(lead, LOW));
		waiting[place * 5 + 4] = (float) (centre + scale * deviation(lead, HIGH));
	}

	/** Scores the forecast made for this sample at a lead, if one was kept. */
	void score(int lead, long sample, int steps, double value) {
		long issued = sample - steps;
		if (issued < 0 || issued % stride[lead] != 0) {
			return;
		}
		int place = lead * LeadPlan.WAITING + (int) (issued / stride[lead] % LeadPlan.WAITING);
		if (due[place] != sample) {
			return;
		}
		due[place] = Long.MIN_VALUE;
		int w = place * 5;
		double gain = gain(lead);
		float correction = waiting[w + 1];
		double error = value - waiting[w];
		float scale = waiting[w + 2];
		learnGain(lead, correction / scale, Math.clamp(error / scale, -8, 8));
		double rest = error - gain * correction;
		boolean below = value < waiting[w + 3];
		boolean above = value > waiting[w + 4];
		track(lead, rest / scale);
		float gamma = GAMMA / (float) Math.sqrt(Math.sqrt(Math.max(1, steps / stride[lead])));
		low[lead] = Math.clamp(low[lead] + gamma * ((below ? 1 : 0) - .1f), -1.5f, WIDEST);
		high[lead] = Math.clamp(high[lead] + gamma * ((above ? 1 : 0) - .1f), -1.5f, WIDEST);
		weight[lead] = weight[lead] * MEMORY + 1;
		covered[lead] = covered[lead] * MEMORY + (below || above ? 0 : 1);
		absolute[lead] = absolute[lead] * MEMORY + (float) Math.abs(rest);
		level[lead] = level[lead] * MEMORY + (float) Math.abs(value);
		scored[lead]++;
	}

	private void learnGain(int lead, double x, double y) {
		double bounded = Math.clamp(x, -8, 8);
		gainXX[lead] = (float) (gainXX[lead] * .998 + .002 * bounded * bounded);
		gainXY[lead] = (float) (gainXY[lead] * .998 + .002 * bounded * y);
	}

	private void track(int lead, double scaled) {
		int at = lead * Levels.COUNT;
		float spread = Math.max(quantiles[at + HIGH] - quantiles[at + LOW], 1e-3f);
		float move = TRACKING * spread;
		float value = (float) scaled;
		for (int l = 0; l < Levels.COUNT; l++) {
			quantiles[at + l] += move * ((float) Levels.level(l) - (value < quantiles[at + l] ? 1 : 0));
		}
		for (int l = 1; l < Levels.COUNT; l++) {
			if (quantiles[at + l] < quantiles[at + l - 1]) {
				quantiles[at + l] = quantiles[at + l - 1];
			}
		}
	}

	/** How many live forecasts at a lead were scored. */
	int scored(int lead) {
		return scored[lead];
	}

	/** The share of them inside the band from .1 to .9, the recent ones counting more; {@code NaN} for none. */
	double coverage(int lead) {
		return scored[lead] == 0 ? Double.NaN : covered[lead] / weight[lead];
	}

	/** Their mean absolute error; {@code NaN} for none. */
	double meanAbsoluteError(int lead) {
		return scored[lead] == 0 ? Double.NaN : absolute[lead] / weight[lead];
	}

	/** Their absolute errors ÷ the absolute values; {@code NaN} for none. */
	double weightedError(int lead) {
		return scored[lead] == 0 || level[lead] == 0 ? Double.NaN : absolute[lead] / level[lead];
	}

	void save(DataOutput out) throws IOException {
		for (float[] array : floats()) {
			for (float value : array) {
				out.writeFloat(value);
			}
		}
		for (int value : scored) {
			out.writeInt(value);
		}
	}

	void load(DataInput in) throws IOException {
		for (float[] array : floats()) {
			for (int i = 0; i < array.length; i++) {
				array[i] = in.readFloat();
			}
		}
		for (int i = 0; i < leads; i++) {
			scored[i] = in.readInt();
		}
	}

	private float[][] floats() {
		return new float[][] { quantiles, low, high, gainXY, gainXX, weight, covered, absolute, level };
	}
}
