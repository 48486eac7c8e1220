// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

import java.util.Arrays;

import io.shadowweaver.api.forecast.Levels;

/**
 * Decides how much capacity one demand needs one lead ahead, so that a target share of steps exceeds it, with no more capacity than that
 * takes. Online: it learns from each step that ends and knows nothing of later ones.
 *
 * <p>Forecasts, the newest values, recent maxima and the demand's own distribution are thirteen references ({@link Reference}); each gives a
 * capacity that is calibrated on its own past errors. They are averaged with weights by what they would have cost lately, steeply, so that
 * the best few count: a forecast where there is a course to follow, the reactive ones after a shift and where there is none, the
 * distribution where bursts come out of nothing. {@link ViolationBudget} holds the share of violations of what is decided in the end.
 *
 * <p>Everything is relative to the demand, so that units do not matter. A demand that is not met is a violation of a step however little
 * is missing. One object is for one demand and one thread; a decision costs some ten microseconds a target, the memory is up to two
 * megabytes.
 */
public final class CapacityPolicy {
	private static final int REFERENCES = 13;
	/** How steeply weights fall with the cost. */
	private static final double STEEPNESS = 4;
	/** Ratios are taken of values that are raised by this part of the level, so that nothing is divided by zero. */
	private static final double RAISED = .02;
	/** Errors are taken to be at least this part of that. */
	private static final double SMALL = .1;
	/** What is decided before there is anything to learn from, in parts of the recent maximum. */
	private static final double UNLEARNED = 1.5;
	/** So much of a unit that a capacity may be above a whole number and still counts as it: what arithmetic leaves. */
	private static final double ROUNDING = 1e-9;
	/** No capacity is believed that is more than so many times the largest demand there ever was. */
	private static final double BELIEVED = 3;
	/** Scores of so many days are kept, within the bounds. */
	private static final int DAYS = 10;
	private static final int LEAST_SCORES = 1000;
	private static final int MOST_SCORES = 10_000;
	private static final int NINETY_FIVE = 8;

	private final double[] targets;
	private final int lead;
	private final double unit;
	private final RecentDemand recent;
	private final ForecastErrors errors;
	private final Reference[] references = new Reference[REFERENCES];
	private final ViolationBudget[] budgets;
	private final double[][] wanted;
	private final double[][] decided;
	private int step = -1;

	/**
	 * @param targets the shares of steps that may exceed their capacity, each over 0 and under 1; one decision is made for each
	 * @param lead    how many steps ahead is decided, at least 1
	 * @param day     how many steps a day has, at least 1
	 * @param unit    capacity comes in multiples of it, and goes down only after a lead in which less was enough; 0 where it is continuous
	 * @throws IllegalArgumentException when one is not so
	 */
	public CapacityPolicy(double[] targets, int lead, int day, double unit) {
		for (double target : targets) {
			if (!(target > 0 && target < 1)) {
				throw new IllegalArgumentException("a target must be over 0 and under 1: " + target);
			}
		}
		if (lead < 1 || day < 1 || !(unit >= 0) || Double.isInfinite(unit)) {
			throw new IllegalArgumentException("lead " + lead + " and day " + day + " must be at least 1, the unit not negative: " + unit);
		}
		this.targets = targets.clone();
		this.lead = lead;
		this.unit = unit;
		recent = new RecentDemand(lead, day);
		errors = new ForecastErrors(lead, day);
		int window = Math.clamp((long) DAYS * day, LEAST_SCORES, MOST_SCORES);
		Arrays.setAll(references, i -> new Reference(targets.length, lead, window));
		budgets = Arrays.stream(targets).mapToObj(ViolationBudget::new).toArray(ViolationBudget[]::new);
		wanted = new double[lead][targets.length];
		decided = new double[lead][targets.length];
		for (int slot = 0; slot < lead; slot++) {
			Arrays.fill(wanted[slot], Double.NaN);
			Arrays.fill(decided[slot], Double.NaN);
		}
	}

	/**
	 * Takes the demand of the step that has just ended and decides for the step one lead after it.
	 *
	 * @param demand    not negative; {@code NaN} when it was not measured
	 * @param quantiles what is forecast for the step that is decided, one value a level of {@link Levels}; {@code null} where there is no
	 *                  forecast
	 * @return the capacity for each target; {@code NaN} as long as there was no demand at all
	 */
	public double[] next(double demand, double[] quantiles) {
		step++;
		int slot = step % lead;
		recent.add(demand);
		if (!Double.isNaN(demand)) {
			learn(slot, demand);
		}
		double[] row = decided[slot];
		if (recent.isEmpty()) {
			Arrays.fill(row, Double.NaN);
		} else {
			refer(slot, quantiles);
			for (int target = 0; target < row.length; target++) {
				wanted[slot][target] = whole(decide(slot, target));
				row[target] = unit == 0 ? wanted[slot][target] : held(target);
			}
		}
		return row.clone();
	}

	private void learn(int slot, double demand) {
		double scale = Math.max(recent.level(), Double.MIN_NORMAL);
		errors.learn(slot, step, demand, raised());
		for (Reference reference : references) {
			reference.learn(slot, demand, targets, scale);
		}
		for (int target = 0; target < targets.length; target++) {
			if (!Double.isNaN(decided[slot][target])) {
				budgets[target].book(demand > decided[slot][target]);
			}
		}
	}

	private void refer(int slot, double[] quantiles) {
		double raised = raised();
		double median = quantiles == null ? Double.NaN : Math.max(0, quantiles[Levels.MEDIAN]);
		double band = quantiles == null ? Double.NaN : Math.max(quantiles[NINETY_FIVE] - median, SMALL * RAISED * (median + raised));
		double high = quantiles == null ? Double.NaN : Math.max(0, quantiles[Levels.COUNT - 1]);
		references[0].refer(slot, median, band);
		ratio(slot, 1, median, raised);
		ratio(slot, 2, recent.newest(), raised);
		ratio(slot, 3, recent.smoothed(), raised);
		ratio(slot, 4, recent.maximumOfSix(), raised);
		ratio(slot, 5, recent.maximumOfDay(), raised);
		references[6].refer(slot, 0, 1);
		ratio(slot, 7, recent.dayBefore(), raised);
		ratio(slot, 8, Math.max(median, recent.newest()), raised);
		ratio(slot, 9, high, raised);
		references[10].refer(slot, median, errors.recent(raised * SMALL));
		references[11].refer(slot, median, errors.atTimeOf(step + (long) lead) + raised * SMALL);
		ratio(slot, 12, Math.max(median, recent.weekBefore()), raised);
		errors.expect(slot, median);
	}

	private double raised() {
		return RAISED * recent.level() + Double.MIN_NORMAL;
	}

	/** What is in proportion to a value. */
	private void ratio(int slot, int reference, double value, double raised) {
		references[reference].refer(slot, -raised, value + raised);
	}

	private double decide(int slot, int target) {
		double share = budgets[target].share();
		double largest = Math.min(Double.MAX_VALUE, BELIEVED * recent.largest());
		double least = Double.POSITIVE_INFINITY;
		for (Reference reference : references) {
			if (!Double.isNaN(reference.decide(slot, target, share, largest))) {
				least = Math.min(least, reference.cost(target));
			}
		}
		double weights = 0;
		double sum = 0;
		for (Reference reference : references) {
			double capacity = reference.capacity(slot, target);
			if (!Double.isNaN(capacity)) {
				double weight = Math.pow((least + Double.MIN_NORMAL) / (reference.cost(target) + Double.MIN_NORMAL), STEEPNESS);
				weights += weight;
				sum += weight * capacity;
			}
		}
		double floor = Double.isNaN(recent.maximumOfSix()) ? recent.newest() : recent.maximumOfSix();
		return weights > 0 ? sum / weights : UNLEARNED * floor;
	}

	/** Units are given back only when they were not wanted for a lead: what takes so long to come is not sent away to be called again. */
	private double held(int target) {
		double most = 0;
		for (double[] row : wanted) {
			most = row[target] > most ? row[target] : most;
		}
		return most;
	}

	private double whole(double capacity) {
		return unit == 0 ? capacity : Math.max(0, Math.ceil(capacity / unit - ROUNDING)) * unit;
	}
}
