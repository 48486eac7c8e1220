// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Compares candidates and their combinations over a back-test, relative to seasonal naive. A combination weighs its members by the inverse of their
 * recent error (Bates and Granger, The Combination of Forecasts, 1969), shrunk towards equal weights, since weights from few errors are themselves
 * uncertain (Stock and Watson, Combination Forecasts of Output Growth, 2004); members far behind the best are left out.
 */
final class Judge {
	/** Errors below this share of the values are rounding. */
	private static final double EXACT = 1e-6;
	private static final int LEAST_SCORED = 6;
	/** How much worse than the best by itself a member of a mean may be. */
	private static final double ADMITTED = 1.5;
	/** The same of a median, which a poor member moves less. */
	private static final double ADMITTED_TO_MEDIAN = 2;
	/** How much of a weight comes from errors; the rest is equal. */
	private static final double TRUST = .75;
	/** The power of the inverse error in a weight: of inverse squares the members beside the best keep too much. */
	private static final double POWER = 4;
	/** Combining is worth so much by itself: it fails less where the future differs from the windows. */
	private static final double WORTH = .97;
	private static final double LARGEST = 1e6;

	private final BackTest test;
	private final LeadPlan plan;
	private final int least;
	private final boolean[] judging;
	/** Whether errors count by their squares: most often 0, a series is best guessed as 0 by absolute errors, and capacity is for the rest. */
	private final boolean squared;
	/** By origin, then lead; {@code NaN} where nothing was measured. */
	private final double[][] actual;
	private final double[][] naive;
	/** What an error counts in the choice; 0 where it does not choose. */
	private final double[][] counting;
	/** By candidate, then origin, then lead; {@code null} for those not judged. */
	private final double[][][] said;

	/** Judges by all leads. */
	Judge(BackTest test) {
		this(test, null);
	}

	/** @param judging which leads choose; {@code null} for all */
	Judge(BackTest test, boolean[] judging) {
		this.test = test;
		this.judging = judging;
		squared = test.past.isIntermittent();
		plan = test.plan;
		least = Math.clamp(test.origins.length / 4, 2, LEAST_SCORED);
		int leads = plan.leads.length;
		actual = new double[test.origins.length][leads];
		naive = new double[test.origins.length][leads];
		counting = new double[test.origins.length][leads];
		for (int o = 0; o < test.origins.length; o++) {
			for (int lead = 0; lead < leads; lead++) {
				long sample = test.target(o, lead);
				long block = test.block(sample);
				actual[o][lead] = test.past.sample(sample);
				naive[o][lead] = Math.abs(actual[o][lead] - test.past.seasonalNaive(test.origins[o], sample * (double) plan.step));
				counting[o][lead] = test.windows.choose(block) ? test.windows.weight(block) : 0;
			}
		}
		said = new double[test.candidates()][][];
		for (int candidate = 0; candidate < said.length; candidate++) {
			said[candidate] = test.answered(candidate) ? at(Trial.of(candidate)) : null;
		}
	}

	private double[][] at(Trial trial) {
		double[][] at = new double[test.origins.length][plan.leads.length];
		for (int o = 0; o < at.length; o++) {
			Curve curve = test.curve(trial, trial, o);
			for (int lead = 0; lead < plan.leads.length; lead++) {
				at[o][lead] = curve.at(test.target(o, lead) * (double) plan.step);
			}
		}
		return at;
	}

	/**
	 * The candidates and their combinations that could be judged, best first; empty when none could.
	 *
	 * @param from the first lead to judge by
	 * @param to   behind the last
	 */
	List<Trial> trials(int from, int to) {
		return trials(from, to, Set.of());
	}

	/** The same without some candidates. */
	List<Trial> trials(int from, int to, Set<Integer> without) {
		List<Trial> single = new ArrayList<>();
		for (int candidate = 0; candidate < said.length; candidate++) {
			if (said[candidate] != null && !without.contains(candidate)) {
				single.add(judged(Trial.of(candidate), from, to));
			}
		}
		single.sort(Comparator.comparingDouble(Trial::relative));
		List<Trial> all = new ArrayList<>(single);
		if (single.size() > 1 && Double.isFinite(single.getFirst().relative())) {
			all.addAll(combinations(single).stream().map(trial -> judged(trial, from, to)).toList());
		}
		all.sort(Comparator.comparingDouble(Judge::preference));
		return all;
	}

	/** The weighted mean of what is near the best, of the best two, and the weighted median, which bursts do not move. */
	private static List<Trial> combinations(List<Trial> single) {
		List<Trial> made = new ArrayList<>();
		List<Trial> near = within(single, ADMITTED);
		if (near.size() > 1) {
			made.add(combined(near, false));
		}
		if (near.size() > 2) {
			made.add(combined(near.subList(0, 2), false));
		}
		List<Trial> wide = within(single, ADMITTED_TO_MEDIAN);
		if (wide.size() > 2) {
			made.add(combined(wide, true));
		}
		return made;
	}

	private static List<Trial> within(List<Trial> single, double factor) {
		return single.stream().filter(trial -> trial.relative() <= single.getFirst().relative() * factor + EXACT).toList();
	}

	private static Trial combined(List<Trial> members, boolean median) {
		List<Trial> ordered = members.stream().sorted(Comparator.comparingInt(trial -> trial.members()[0])).toList();
		double[] weights = ordered.stream().mapToDouble(trial -> Math.pow(Math.max(trial.relative(), EXACT), median ? -POWER / 2 : -POWER)).toArray();
		double sum = Arrays.stream(weights).sum();
		double equal = 1. / weights.length;
		return new Trial(ordered.stream().mapToInt(trial -> trial.members()[0]).toArray(),
				Arrays.stream(weights).map(weight -> equal + (weight / sum - equal) * TRUST).toArray(), median, Double.NaN);
	}

	/** By what trials are ordered: the error, less for combinations. */
	static double preference(Trial trial) {
		return trial.members().length > 1 ? trial.relative() * WORTH : trial.relative();
	}

	/** Whether all members of a trial could be judged. */
	boolean knows(Trial trial) {
		return Arrays.stream(trial.members()).allMatch(member -> said[member] != null);
	}

	/** A trial with what it reached where forecasts choose: the mean over leads of the mean absolute error ÷ that of seasonal naive. */
	Trial judged(Trial trial, int from, int to) {
		return trial.reaching(ratio(trial, from, to, (o, lead) -> counting[o][lead], least));
	}

	/** The same over all windows, each error counted alike; {@code NaN} when too few could be judged. */
	double overall(Trial trial, int from, int to) {
		double ratio = ratio(trial, from, to, (o, lead) -> counting[o][lead] > 0 || reports(o, lead) ? 1 : 0, LEAST_SCORED);
		return Double.isFinite(ratio) ? ratio : Double.NaN;
	}

	private boolean reports(int origin, int lead) {
		return test.windows.report(test.block(test.target(origin, lead)));
	}

	/** What an error counts. */
	private interface Counting {
		double of(int origin, int lead);
	}

	/** The same where forecasts only report; {@code NaN} when too few could be judged. */
	double reported(Trial trial, int from, int to) {
		double ratio = ratio(trial, from, to, (o, lead) -> reports(o, lead) ? 1 : 0, LEAST_SCORED);
		return Double.isFinite(ratio) ? ratio : Double.NaN;
	}

	/** Whether a lead counts among some: where none of those is named, all do. */
	private boolean counts(int lead, int from, int to) {
		return judging == null || judging[lead] || IntStream.range(from, to).noneMatch(other -> judging[other]);
	}

	private double ratio(Trial trial, int from, int to, Counting counted, int enough) {
		double sum = 0;
		int leads = 0;
		for (int lead = from; lead < to; lead++) {
			if (!counts(lead, from, to)) {
				continue;
			}
			double error = 0;
			double reference = 0;
			int count = 0;
			for (int o = 0; o < actual.length; o++) {
				double by = counted.of(o, lead);
				if (by > 0 && !Double.isNaN(actual[o][lead])) {
					error += by * loss(actual[o][lead] - say(trial, o, lead));
					reference += by * loss(naive[o][lead]);
					count++;
				}
			}
			if (count >= enough) {
				double ratio = reference > 0 ? error / reference : error > 0 ? LARGEST : 1;
				sum += Math.min(squared ? Math.sqrt(ratio) : ratio, LARGEST);
				leads++;
			}
		}
		return leads == 0 ? Double.POSITIVE_INFINITY : sum / leads;
	}

	private double loss(double error) {
		return squared ? error * error : Math.abs(error);
	}

	private double say(Trial trial, int origin, int lead) {
		if (trial.members().length == 1) {
			return said[trial.members()[0]][origin][lead];
		}
		double[] at = new double[trial.members().length];
		for (int i = 0; i < at.length; i++) {
			at[i] = said[trial.members()[i]][origin][lead];
		}
		return Blend.combine(at, trial.weights().clone(), at.length, trial.median());
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
		Transform transform = test.past.transform;
		Start known = new Starts(test).beforeReport(near, far);
		double[] errors = new double[leads];
		double[] naives = new double[leads];
		double[] values = new double[leads];
		int[] inside = new int[leads];
		int[] counts = new int[leads];
		for (int o = 0; o < actual.length; o++) {
			Curve curve = test.curve(near, far, o);
			for (int lead = 0; lead < leads; lead++) {
				double error = test.error(curve, o, lead);
				if (Double.isNaN(error) || !test.windows.report(test.block(test.target(o, lead)))) {
					continue;
				}
				double measured = transform.from(actual[o][lead]);
				double naively = test.past.seasonalNaive(test.origins[o], test.target(o, lead) * (double) plan.step);
				errors[lead] += Math.abs(measured - transform.from(actual[o][lead] - error));
				naives[lead] += Math.abs(measured - transform.from(naively));
				values[lead] += Math.abs(measured);
				counts[lead]++;
				inside[lead] += known.covers(lead, error, actual[o][lead] - error) ? 1 : 0;
			}
		}
		double[] skill = new double[leads];
		double[] coverage = new double[leads];
		double[] wape = new double[leads];
		int scored = 0;
		for (int lead = 0; lead < leads; lead++) {
			boolean enough = counts[lead] >= LEAST_SCORED;
			// where seasonal naive is exact, no method can be judged by a ratio to it
			boolean judged = enough && naives[lead] > EXACT * values[lead];
			skill[lead] = judged ? 1 - errors[lead] / naives[lead] : Double.NaN;
			coverage[lead] = enough && known.quantiles()[lead] != null ? (double) inside[lead] / counts[lead] : Double.NaN;
			wape[lead] = enough && values[lead] > 0 ? errors[lead] / values[lead] : Double.NaN;
			scored += counts[lead];
		}
		return new Report(skill, coverage, wape, scored);
	}
}
