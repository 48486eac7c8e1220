// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.Candidate;

/**
 * Decides capacity over a recorded demand by our policy and by its rivals, at equal violations. {@link Policy#SHADOW} is given a target and
 * nothing else; each rival's parameter is tuned with hindsight to the same target ({@link Hindsight}). Immutable; threads may share it.
 *
 * <p>At a step only samples up to one lead before are known. The first tenth of the steps is warm-up and does not count; neither do steps
 * without a sample.
 */
public final class Replay {
	private static final int WARM_UP = 10;

	private final List<Candidate> candidates;
	private final Duration lead;
	private final double[] targets;
	private final Units units;
	private final Set<Policy> policies;

	/**
	 * What one policy reached.
	 *
	 * @param policy   the policy
	 * @param target   the share of violations that was aimed at
	 * @param outcome  what came of it
	 * @param capacity the capacity of each step; not copied
	 */
	public record Row(Policy policy, double target, Outcome outcome, double[] capacity) {
	}

	/**
	 * @param candidates the models that {@link Policy#SHADOW} forecasts with
	 * @param lead       from a decision until capacity is ready; rounded up to whole steps, at least one
	 * @param targets    shares of violations, each over 0 and under 1
	 * @param unit       capacity comes in multiples of it, in the unit of the demand; 0 where it is continuous
	 * @param policies   which to try
	 * @throws IllegalArgumentException when one is not so
	 */
	public Replay(List<Candidate> candidates, Duration lead, Collection<Double> targets, double unit, Set<Policy> policies) {
		if (lead.isNegative() || lead.isZero()) {
			throw new IllegalArgumentException("the lead must be positive: " + lead);
		}
		for (double target : targets) {
			if (!(target > 0 && target < 1)) {
				throw new IllegalArgumentException("a target must be over 0 and under 1: " + target);
			}
		}
		this.candidates = List.copyOf(candidates);
		this.lead = lead;
		this.targets = targets.stream().mapToDouble(Double::doubleValue).toArray();
		this.units = new Units(unit);
		this.policies = Set.copyOf(policies);
	}

	/** Why nothing can be decided over a demand; empty where it can. */
	public static String unusable(Series demand) {
		if (demand.count() == 0) {
			return "It has no sample.";
		}
		for (double value : demand.values()) {
			if (value < 0 || Double.isInfinite(value)) {
				return "A demand must be finite and not negative: " + value + ".";
			}
		}
		return "";
	}

	/** How many of so many steps are warm-up. */
	static int warmUp(int steps) {
		return steps / WARM_UP;
	}

	/** A time in whole steps, rounded up, at least one. */
	static int steps(Duration time, Duration step) {
		return (int) Math.max(1, Math.ceilDiv(time.toMillis(), step.toMillis()));
	}

	/**
	 * Replays one demand.
	 *
	 * @param id     whose it is
	 * @param metric what it measures
	 * @param demand what was measured
	 * @return by target, then by policy in their order
	 * @throws IllegalArgumentException when it is {@linkplain #unusable unusable} or shorter than twice the lead
	 */
	public List<Row> run(SeriesId id, Metric metric, Series demand) {
		String wrong = unusable(demand);
		int ahead = steps(lead, demand.step());
		int first = Math.max(warmUp(demand.length()), ahead);
		if (!wrong.isEmpty() || demand.length() <= 2 * ahead) {
			throw new IllegalArgumentException(wrong.isEmpty() ? "It has " + demand.length() + " steps; a lead of " + ahead + " needs more than twice as many."
					: wrong);
		}
		double[] values = demand.values();
		Rivals rivals = new Rivals(values, ahead, demand.step(), units);
		double[][] ours = policies.contains(Policy.SHADOW)
				? LiveForecasts.run(candidates, id, metric, demand, ahead, Progress.NONE).capacities(demand, targets, units.size())
				: new double[targets.length][];
		List<Row> rows = new ArrayList<>();
		for (int target = 0; target < targets.length; target++) {
			for (Policy policy : Policy.values()) {
				if (policies.contains(policy)) {
					double[] capacity = switch (policy) {
					case SHADOW -> ours[target];
					case CLAIRVOYANT -> rivals.clairvoyant();
					default -> tuned(rivals.of(policy), targets[target], demand, first);
					};
					rows.add(new Row(policy, targets[target], Outcome.of(values, capacity, first, demand.step()), capacity));
				}
			}
		}
		return rows;
	}

	private double[] tuned(Rival rival, double target, Series demand, int first) {
		Rival whole = generosity -> units.up(rival.decide(generosity));
		return whole.decide(Hindsight.tune(whole, target, capacity -> Outcome.violations(demand.values(), capacity, first)));
	}
}
