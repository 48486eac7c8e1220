// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.kit.series.Scale;

/** Measures what the bands of a choice start from: errors and scales over the windows of a back-test. */
final class Starts {
	private static final int LEAST_SCORED = 6;
	/**
	 * How far tails are drawn out: so much ÷ the number of errors, and so much ÷ the number of those that do not overlap. Besides that few errors say
	 * little, what was chosen did best in the very windows that the errors are from.
	 */
	private static final double FEW = 5;
	private static final double OVERLAP = 4;
	private static final double[] CORRECTING = { .3, .6, 1 };

	private final BackTest test;
	private final LeadPlan plan;
	private final Past past;
	private final int[] origins;

	Starts(BackTest test) {
		this.test = test;
		plan = test.plan;
		past = test.past;
		origins = test.origins;
	}

	/** Over all windows. */
	Start all(Trial near, Trial far) {
		return start(near, far, true);
	}

	/** Without the window that reports, and, where that is the last, without what comes after it. */
	Start beforeReport(Trial near, Trial far) {
		return start(near, far, false);
	}

	private Start start(Trial near, Trial far, boolean all) {
		int used = all ? origins.length : used();
		Curve[] curves = new Curve[used];
		double[] atOnce = new double[used];
		double[] levels = new double[used];
		for (int o = 0; o < used; o++) {
			curves[o] = test.curve(near, far, o);
			double sum = 0;
			int count = 0;
			long first = past.lastSampleOf(origins[o]) + 1;
			boolean counts = all || !test.windows.report(test.block(first));
			for (long sample = first; counts && sample < first + plan.factor; sample++) {
				double error = past.sample(sample) - curves[o].at(sample * (double) plan.step);
				if (!Double.isNaN(error)) {
					sum += Math.abs(error);
					count++;
				}
			}
			atOnce[o] = count == 0 ? Double.NaN : sum / count;
			levels[o] = curves[o].at(first * (double) plan.step);
		}
		double exponent = past.hasNegatives() ? 0 : exponent(atOnce, levels);
		double reference = exponent == 0 ? 1 : Scale.mean(levels);
		double usual = 0;
		int counted = 0;
		for (int o = 0; o < used; o++) {
			if (!Double.isNaN(atOnce[o])) {
				usual += atOnce[o] / factor(levels[o], reference, exponent);
				counted++;
			}
		}
		// not below what a track takes for its least scale: errors in scales of nothing would later be multiplied by something
		usual = counted == 0 ? 0 : Math.max(usual / counted, Volatility.floor(Scale.mean(levels)));
		double correcting = plan.factor > 1 ? correcting(curves) : CORRECTING[0];
		double[][] quantiles = new double[plan.leads.length][];
		double[] gains = new double[plan.leads.length];
		for (int lead = 0; lead < plan.leads.length && usual > 0; lead++) {
			double[] scaled = new double[used];
			double xy = 0;
			double xx = 1e-9;
			for (int o = 0; o < used; o++) {
				double at = test.target(o, lead) * (double) plan.step;
				scaled[o] = all || test.windows.choose(test.block(test.target(o, lead)))
						? test.error(curves[o], o, lead) / (usual * factor(curves[o].at(at), reference, exponent))
						: Double.NaN;
				if (plan.factor > 1) {
					double deviation = deviation(curves[o], o, correcting);
					double later = laterError(curves[o], o, lead);
					if (!Double.isNaN(deviation * later)) {
						xy += deviation * later;
						xx += deviation * deviation;
					}
				}
			}
			gains[lead] = Math.clamp(xy / xx, 0, 1);
			double[] sorted = Scale.sorted(scaled);
			quantiles[lead] = sorted.length < LEAST_SCORED ? stretched(quantiles, lead) : levels(sorted, independent(lead, used));
		}
		return new Start(quantiles, gains, usual, exponent, reference, correcting);
	}

	private int used() {
		int used = origins.length;
		while (used > 0 && !test.windows.precedesReport(origins[used - 1])) {
			used--;
		}
		return used;
	}

	/** The speed with which the deviation explains most of the errors at the shortest lead. */
	private double correcting(Curve[] curves) {
		double best = CORRECTING[0];
		double most = 0;
		for (double speed : CORRECTING) {
			double xy = 0;
			double xx = 1e-12;
			for (int o = 0; o < curves.length; o++) {
				double deviation = deviation(curves[o], o, speed);
				double later = laterError(curves[o], o, 0);
				if (!Double.isNaN(deviation * later)) {
					xy += deviation * later;
					xx += deviation * deviation;
				}
			}
			double explained = xy > 0 ? xy * xy / xx : 0;
			if (explained > most) {
				most = explained;
				best = speed;
			}
		}
		return best;
	}

	/** How far the series is from the curve when a block is nearly over, as {@link Track} measures it. */
	private double deviation(Curve curve, int origin, double correcting) {
		double deviation = 0;
		long first = past.lastSampleOf(origins[origin]) + 1;
		for (long sample = first; sample < first + plan.factor - 1; sample++) {
			double error = past.sample(sample) - curve.at(sample * (double) plan.step);
			if (!Double.isNaN(error)) {
				deviation += correcting * (error - deviation);
			}
		}
		return deviation;
	}

	private double laterError(Curve curve, int origin, int lead) {
		long sample = test.target(origin, lead) + plan.factor - 1;
		double millis = sample * (double) plan.step;
		return curve.reaches(millis) ? past.sample(sample) - curve.at(millis) : Double.NaN;
	}

	/** The exponent with which errors grow with the level, from the halves below and above the median level. */
	private static double exponent(double[] near, double[] levels) {
		double middle = Scale.median(levels);
		double[] sums = new double[4];
		int[] counts = new int[2];
		for (int o = 0; o < near.length; o++) {
			if (Double.isFinite(near[o]) && levels[o] > 0) {
				int half = levels[o] > middle ? 1 : 0;
				sums[half] += near[o];
				sums[2 + half] += levels[o];
				counts[half]++;
			}
		}
		if (counts[0] < 10 || counts[1] < 10 || !(sums[0] > 0)) {
			return 0;
		}
		double ofErrors = sums[1] / counts[1] / (sums[0] / counts[0]);
		double ofLevels = sums[3] / counts[1] / (sums[2] / counts[0]);
		return ofLevels < 1.25 ? 0 : Math.clamp(Math.log(ofErrors) / Math.log(ofLevels), 0, 1);
	}

	static double factor(double level, double reference, double exponent) {
		return exponent == 0 ? 1 : Math.pow(Math.clamp(level / reference, .1, 10), exponent);
	}

	/** How many of the forecasts at a lead do not overlap: the others tell little more. */
	private double independent(int lead, int used) {
		double blocks = used < 2 ? 0 : origins[used - 1] - origins[0];
		return 1 + blocks * plan.block / plan.leads[lead];
	}

	/** The levels' quantiles, the further drawn out the further from the middle. */
	private static double[] levels(double[] sorted, double independent) {
		double[] quantiles = new double[Levels.COUNT];
		double middle = Scale.quantile(sorted, .5);
		double out = FEW / sorted.length + OVERLAP / independent;
		for (int l = 0; l < Levels.COUNT; l++) {
			double away = Math.abs(Levels.level(l) - .5) * 2;
			quantiles[l] = middle + (Scale.quantile(sorted, Levels.level(l)) - middle) * (1 + away * out);
		}
		return quantiles;
	}

	/** The quantiles of the lead before, wider by the root of the time between, as for a random walk. */
	private double[] stretched(double[][] quantiles, int lead) {
		if (lead == 0 || quantiles[lead - 1] == null) {
			return null;
		}
		double[] wider = quantiles[lead - 1].clone();
		double middle = wider[Levels.MEDIAN];
		double by = Math.sqrt((double) plan.leads[lead] / plan.leads[lead - 1]);
		for (int l = 0; l < wider.length; l++) {
			wider[l] = middle + (wider[l] - middle) * by;
		}
		return wider;
	}
}
