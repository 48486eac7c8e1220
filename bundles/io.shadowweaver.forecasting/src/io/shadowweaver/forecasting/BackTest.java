// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.Regressors;
import io.shadowweaver.kit.series.Scale;

/**
 * Judges candidates on one series by rolling origin: each was trained on what lies before the test part and is then moved
 * through it block by block, forecasting on the way. A quarter of the test part only reports, the rest chooses: the last
 * quarter of a short test part, in one of a week every fourth of {@value #PARTS} parts, so that both have seen all kinds of days.
 */
final class BackTest {
	/** Errors below this share of the values are rounding. */
	private static final double EXACT = 1e-6;
	/** Windows of the test part, of which one only reports. */
	static final int WINDOWS = 4;
	private static final int PARTS = 16;
	private static final long DAY = 86_400_000;
	private static final int ORIGINS = 192;
	private static final int LEAST_SCORED = 6;
	private static final double WORTH = .99;
	private static final double ADMITTED = 1.25;
	private static final double[] CORRECTING = { .3, .6, 1 };

	private final LeadPlan plan;
	private final Past past;
	private final int test;
	private final int[] origins;
	/** By candidate, then origin: what it said at the nodes; {@code null} where it was refused or failed. */
	private final float[][][] said;
	private final boolean interleaved;
	private double[][] naiveErrors;

	/**
	 * @param test       how many blocks at the end are the test part
	 * @param candidates how many candidates there are
	 */
	BackTest(LeadPlan plan, Past past, int test, int candidates) {
		this.plan = plan;
		this.past = past;
		this.test = test;
		interleaved = test * plan.block >= 6 * DAY && test >= 8 * PARTS;
		int stride = Math.max(1, test / ORIGINS);
		int first = past.coarse.length - test - 1;
		origins = new int[(test - 1) / stride + 1];
		for (int i = 0; i < origins.length; i++) {
			origins[i] = first + i * stride;
		}
		said = new float[candidates][][];
	}

	/** How many blocks of a series are its test part; 0 when it is too short for one. */
	static int testPart(LeadPlan plan, Past past) {
		int length = past.coarse.length;
		if (past.blocks() < 20) {
			return 0;
		}
		int day = Math.max(12, past.seasons.isEmpty() ? (int) (86_400_000 / plan.block) : past.seasons.getFirst());
		int test = Math.min((int) (length * .35), WINDOWS * day);
		long blockDay = Math.max(1, DAY / plan.block);
		int week = DAY * 7 % plan.block == 0 ? (int) Math.min(DAY * 7 / plan.block, Integer.MAX_VALUE) : 0;
		if (week > 0 && length > week + blockDay) {
			// what knows the week needs one; with two, the test sees each change from one kind of day to another
			boolean two = length > 2 * week - blockDay;
			test = Math.min(two ? Math.max(test, week) : test, length - week);
		}
		return test - test % WINDOWS;
	}

	/** Moves a trained candidate through the test part. */
	void run(int candidate, ForecastModel model, int slot, boolean toleratesGaps) {
		float[][] answers = new float[origins.length][];
		int[] slots = { slot };
		double[] value = new double[1];
		int next = 0;
		double[] values = toleratesGaps ? past.coarse : past.filled;
		int first = past.coarse.length - test;
		for (int block = first - 1; block < past.coarse.length && next < origins.length; block++) {
			if (block >= first) {
				value[0] = values[block];
				model.update(slots, value, Regressors.NONE);
			}
			if (origins[next] == block) {
				int at = next++;
				model.forecast(slots, plan.nodes, Regressors.NONE, (s, median, quantiles) -> answers[at] = floats(median));
				if (answers[at] == null) {
					return;
				}
			}
		}
		said[candidate] = answers;
	}

	private static float[] floats(double[] values) {
		float[] floats = new float[values.length];
		for (int i = 0; i < values.length; i++) {
			floats[i] = (float) values[i];
			if (!Float.isFinite(floats[i])) {
				return null;
			}
		}
		return floats;
	}

	/** What a set of members reached. */
	record Trial(int[] members, boolean median, double relative) {
	}

	/**
	 * The candidates and their combinations that could be judged, best first; empty when none could.
	 *
	 * @param from the first lead to judge by
	 * @param to   behind the last
	 */
	List<Trial> judge(int from, int to) {
		List<Trial> single = new ArrayList<>();
		for (int candidate = 0; candidate < said.length; candidate++) {
			if (said[candidate] != null) {
				int[] members = { candidate };
				single.add(new Trial(members, false, relative(members, false, from, to)));
			}
		}
		single.sort(Comparator.comparingDouble(Trial::relative));
		List<Trial> all = new ArrayList<>(single);
		if (single.size() > 1 && Double.isFinite(single.getFirst().relative)) {
			double best = single.getFirst().relative;
			int[] near = single.stream().filter(trial -> trial.relative <= best * ADMITTED).mapToInt(trial -> trial.members[0]).toArray();
			for (int size = 2; size <= Math.min(3, near.length); size++) {
				int[] members = Arrays.copyOf(near, size);
				all.add(new Trial(members, false, relative(members, false, from, to) / WORTH));
			}
			if (near.length > 2) {
				all.add(new Trial(near, true, relative(near, true, from, to) / WORTH));
			}
		}
		all.sort(Comparator.comparingDouble(Trial::relative));
		return all;
	}

	/** The curve of a trial for near leads and one for far leads, mixed as in use. */
	private Curve curve(Trial near, Trial far, int origin) {
		float[] values = new float[plan.nodes.length];
		double[] at = new double[Math.max(near.members.length, far.members.length)];
		for (int node = 0; node < values.length; node++) {
			double share = near == far ? 0 : plan.farShare(plan.nodes[node] * (double) plan.block);
			double value = share == 1 ? 0 : say(near, origin, node, at) * (1 - share);
			values[node] = (float) (share == 0 ? value : value + share * say(far, origin, node, at));
		}
		return new Curve(plan, past.firstBlock + origins[origin], past.filled[origins[origin]], plan.nodes, values);
	}

	private double say(Trial trial, int origin, int node, double[] at) {
		for (int i = 0; i < trial.members.length; i++) {
			at[i] = said[trial.members[i]][origin][node];
		}
		return Blend.combine(at, trial.members.length, trial.median);
	}

	/** Whether the time that was forecast lies in a part that chooses. */
	private boolean chooses(int origin, int lead) {
		long part = part(target(origin, lead));
		return part < PARTS && !reports(part);
	}

	private boolean reports(long part) {
		return interleaved ? part < PARTS && part % WINDOWS == WINDOWS - 1 : part >= PARTS - PARTS / WINDOWS && part < PARTS;
	}

	private long part(long sample) {
		return (Math.floorDiv(sample, (long) plan.factor) - past.firstBlock - (past.coarse.length - test)) * PARTS / test;
	}

	/** Mean over the leads of the mean absolute error ÷ that of seasonal naive, on the windows that choose. */
	private double relative(int[] members, boolean median, int from, int to) {
		Trial trial = new Trial(members, median, 0);
		double[][] naive = naiveErrors();
		double[] sums = new double[plan.leads.length];
		double[] naiveSums = new double[plan.leads.length];
		int[] counts = new int[plan.leads.length];
		for (int o = 0; o < origins.length; o++) {
			Curve curve = curve(trial, trial, o);
			for (int lead = from; lead < to; lead++) {
				double error = error(curve, o, lead);
				if (!Double.isNaN(error) && chooses(o, lead)) {
					sums[lead] += Math.abs(error);
					naiveSums[lead] += naive[o][lead];
					counts[lead]++;
				}
			}
		}
		double sum = 0;
		int leads = 0;
		for (int lead = from; lead < to; lead++) {
			if (counts[lead] >= LEAST_SCORED) {
				sum += ratio(sums[lead], naiveSums[lead]);
				leads++;
			}
		}
		return leads == 0 ? Double.POSITIVE_INFINITY : sum / leads;
	}

	private static double ratio(double sum, double naive) {
		return naive > 0 ? Math.min(sum / naive, 1e6) : sum > 0 ? 1e6 : 1;
	}

	private double[][] naiveErrors() {
		if (naiveErrors == null) {
			naiveErrors = new double[origins.length][plan.leads.length];
			for (int o = 0; o < origins.length; o++) {
				for (int lead = 0; lead < plan.leads.length; lead++) {
					long sample = target(o, lead);
					naiveErrors[o][lead] = Math.abs(past.sample(sample) - past.seasonalNaive(origins[o], sample * (double) plan.step));
				}
			}
		}
		return naiveErrors;
	}

	private long target(int origin, int lead) {
		return past.lastSampleOf(origins[origin]) + plan.steps[lead];
	}

	private double error(Curve curve, int origin, int lead) {
		long sample = target(origin, lead);
		return past.sample(sample) - curve.at(sample * (double) plan.step);
	}

	/**
	 * What the bands start from.
	 *
	 * @param quantiles of the errors in scales, by lead and level; {@code null} at leads where nothing was measured
	 * @param gains     what is left of a deviation, by lead
	 * @param usual     the usual size of errors right after a block
	 * @param exponent  how it grows with the level, 0 to 1
	 * @param reference the level where it is the usual one
	 * @param correcting how fast the deviation from the curve follows the samples, 0 to 1
	 */
	record Start(double[][] quantiles, double[] gains, double usual, double exponent, double reference, double correcting) {
		/** Moves the median of the errors to 0 at leads from one on, where nothing of the present deviation stays. */
		void unbias(int from) {
			for (int lead = from; lead < quantiles.length; lead++) {
				gains[lead] = 0;
				if (quantiles[lead] != null) {
					double bias = quantiles[lead][Levels.MEDIAN];
					quantiles[lead] = Arrays.stream(quantiles[lead]).map(quantile -> quantile - bias).toArray();
				}
			}
		}
	}

	/** Measures errors and scales of the chosen members over all windows. */
	Start start(Trial near, Trial far) {
		return start(near, far, true);
	}

	private Start start(Trial near, Trial far, boolean all) {
		int used = all || interleaved ? origins.length : origins.length * (WINDOWS - 1) / WINDOWS;
		Curve[] curves = new Curve[used];
		double[] atOnce = new double[used];
		double[] levels = new double[used];
		for (int o = 0; o < used; o++) {
			curves[o] = curve(near, far, o);
			double sum = 0;
			int count = 0;
			long first = past.lastSampleOf(origins[o]) + 1;
			boolean counts = all || !reports(part(first));
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
		usual = counted == 0 ? 0 : Math.max(usual / counted, Track.floor(Scale.mean(levels)));
		double correcting = plan.factor > 1 ? correcting(curves) : CORRECTING[0];
		double[][] quantiles = new double[plan.leads.length][];
		double[] gains = new double[plan.leads.length];
		for (int lead = 0; lead < plan.leads.length && usual > 0; lead++) {
			double[] scaled = new double[used];
			double xy = 0;
			double xx = 1e-9;
			for (int o = 0; o < used; o++) {
				double at = target(o, lead) * (double) plan.step;
				scaled[o] = all || chooses(o, lead)
						? error(curves[o], o, lead) / (usual * factor(curves[o].at(at), reference, exponent))
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
			quantiles[lead] = sorted.length < LEAST_SCORED ? stretched(quantiles, lead) : levels(sorted);
		}
		return new Start(quantiles, gains, usual, exponent, reference, correcting);
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
		long sample = target(origin, lead) + plan.factor - 1;
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

	private static double factor(double level, double reference, double exponent) {
		return exponent == 0 ? 1 : Math.pow(Math.clamp(level / reference, .1, 10), exponent);
	}

	/** The levels' quantiles; few errors say little of the tails, so those are drawn out a little. */
	private static double[] levels(double[] sorted) {
		double[] quantiles = new double[Levels.COUNT];
		double middle = Scale.quantile(sorted, .5);
		for (int l = 0; l < Levels.COUNT; l++) {
			double away = Math.abs(Levels.level(l) - .5) * 2;
			quantiles[l] = middle + (Scale.quantile(sorted, Levels.level(l)) - middle) * (1 + away * 5 / sorted.length);
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

	/**
	 * What the last window says of the chosen members, by lead; {@code NaN} where nothing was measured.
	 *
	 * @param skill    1 − error ÷ error of seasonal naive
	 * @param coverage share inside the band from .1 to .9 that the other windows give
	 * @param wape     absolute errors ÷ absolute values
	 * @param scored   over all leads
	 */
	record Report(double[] skill, double[] coverage, double[] wape, int scored) {
	}

	/** Reports on the window that did not choose. */
	Report report(Trial near, Trial far) {
		int leads = plan.leads.length;
		Start known = start(near, far, false);
		double[] errors = new double[leads];
		double[] naive = new double[leads];
		double[] values = new double[leads];
		int[] inside = new int[leads];
		int[] counts = new int[leads];
		for (int o = 0; o < origins.length; o++) {
			Curve curve = curve(near, far, o);
			for (int lead = 0; lead < leads; lead++) {
				double error = error(curve, o, lead);
				if (Double.isNaN(error) || !reports(part(target(o, lead)))) {
					continue;
				}
				double value = past.sample(target(o, lead));
				errors[lead] += Math.abs(error);
				naive[lead] += naiveErrors()[o][lead];
				values[lead] += Math.abs(value);
				counts[lead]++;
				if (known.quantiles[lead] != null) {
					double scaled = error / (known.usual * factor(value - error, known.reference, known.exponent));
					inside[lead] += scaled >= known.quantiles[lead][3] && scaled <= known.quantiles[lead][7] ? 1 : 0;
				}
			}
		}
		double[] skill = new double[leads];
		double[] coverage = new double[leads];
		double[] wape = new double[leads];
		int scored = 0;
		for (int lead = 0; lead < leads; lead++) {
			boolean enough = counts[lead] >= LEAST_SCORED;
			// where seasonal naive is exact, no method can be judged by a ratio to it
			boolean judged = enough && naive[lead] > EXACT * values[lead];
			skill[lead] = judged ? 1 - errors[lead] / naive[lead] : Double.NaN;
			coverage[lead] = enough && known.quantiles[lead] != null ? (double) inside[lead] / counts[lead] : Double.NaN;
			wape[lead] = enough && values[lead] > 0 ? errors[lead] / values[lead] : Double.NaN;
			scored += counts[lead];
		}
		return new Report(skill, coverage, wape, scored);
	}
}
