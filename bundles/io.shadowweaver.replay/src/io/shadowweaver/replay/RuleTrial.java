// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.replay.RuleTrialResult.Action;
import io.shadowweaver.replay.RuleTrialResult.Rule;
import io.shadowweaver.replay.RuleTrialResult.Verdict;

/** Tries a rule on the past of a demand, from whatever source that past comes. Without state; takes a second or so a month of five minutes. */
public final class RuleTrial {
	private static final double UNITS = 10;

	private RuleTrial() {
	}

	/**
	 * Tries a rule: capacity in whole units, decided by {@link io.shadowweaver.forecasting.capacity.CapacityPolicy} one lead ahead from what was
	 * known then. Automatic mode does not decide by it: it sizes by a quantile of the forecast. The first tenth of the past is warm-up.
	 *
	 * @param candidates the models to forecast with
	 * @param id         whose demand it is
	 * @param metric     what it measures
	 * @param demand     what was measured, not negative
	 * @param before     the capacity that was there, on the same steps; empty where it is not known
	 * @param rule       how
	 * @param progress   told how much of the past is done, and asked at each of its steps whether to go on
	 * @return how it would have acted; without an outcome, and with a cause in its demand, where nothing can be tried
	 * @throws CancellationException when the progress is cancelled
	 */
	public static RuleTrialResult run(List<Candidate> candidates, SeriesId id, Metric metric, Series demand, Series before, Rule rule, Progress progress) {
		String wrong = Replay.unusable(demand);
		int first = Replay.warmUp(demand.length());
		int lead = Replay.steps(rule.lead(), demand.step());
		if (wrong.isEmpty() && first <= lead) {
			wrong = "The past is too short for a lead of " + rule.lead().toMinutes() + " minutes.";
		}
		if (!wrong.isEmpty()) {
			Series none = Series.empty(demand.start(), demand.step(), wrong);
			return new RuleTrialResult(id, rule, none, none, none, Optional.empty(), Optional.empty(), List.of(), List.of());
		}
		double unit = rule.unit() > 0 ? rule.unit() : Arrays.stream(demand.values(), 0, first).filter(value -> value >= 0).max().orElse(0) / UNITS;
		LiveForecasts forecasts = LiveForecasts.run(candidates, id, metric, demand, lead, progress);
		double[] capacity = forecasts.capacities(demand, new double[] { rule.target() }, unit)[0];
		List<Action> actions = actions(demand, capacity, first, lead, rule);
		double[] known = before.length() == 0 ? null : on(before, demand);
		return new RuleTrialResult(id, rule, part(demand.values(), demand, first), part(capacity, demand, first),
				known == null ? Series.empty(demand.time(first), demand.step(), before.cause()) : part(known, demand, first),
				Optional.of(Outcome.of(demand.values(), capacity, first, demand.step())),
				Optional.ofNullable(known).map(there -> Outcome.of(bounded(demand.values(), there), filled(there), first, demand.step())), actions,
				missed(demand, capacity, first, lead));
	}

	private static Series part(double[] values, Series like, int first) {
		return Series.of(like.time(first), like.step(), Arrays.copyOfRange(values, first, values.length));
	}

	/** A series on the steps of another; {@code NaN} where it has nothing. */
	private static double[] on(Series from, Series to) {
		double[] values = new double[to.length()];
		for (int t = 0; t < values.length; t++) {
			int at = from.indexOf(to.time(t));
			values[t] = at >= 0 && at < from.length() ? from.values()[at] : Double.NaN;
		}
		return values;
	}

	/** The demand where the capacity is known. */
	private static double[] bounded(double[] demand, double[] capacity) {
		double[] values = demand.clone();
		for (int t = 0; t < values.length; t++) {
			values[t] = Double.isNaN(capacity[t]) ? Double.NaN : values[t];
		}
		return values;
	}

	private static double[] filled(double[] capacity) {
		double[] values = capacity.clone();
		for (int t = 0; t < values.length; t++) {
			values[t] = Double.isNaN(values[t]) ? t == 0 ? 0 : values[t - 1] : values[t];
		}
		return values;
	}

	static List<Action> actions(Series demand, double[] capacity, int first, int lead, Rule rule) {
		int horizon = Replay.steps(rule.horizon(), demand.step());
		List<Action> actions = new ArrayList<>();
		for (int t = first; t < capacity.length; t++) {
			if (capacity[t] > capacity[t - 1]) {
				int excess = excess(demand.values(), capacity[t - 1], t - lead + 1, Math.min(capacity.length, t + horizon));
				Verdict verdict = excess < 0 ? Verdict.IN_VAIN : excess < t ? Verdict.LATE : Verdict.RIGHT;
				actions.add(new Action(demand.time(t - lead), demand.time(t), capacity[t - 1], capacity[t], verdict));
			}
		}
		return actions;
	}

	/** The first step of a span with more demand than capacity; −1 for none. */
	private static int excess(double[] demand, double capacity, int from, int to) {
		for (int t = Math.max(0, from); t < to; t++) {
			if (demand[t] > capacity) {
				return t;
			}
		}
		return -1;
	}

	/** The beginnings of runs of excess with no rise from their beginning to one lead after their end. */
	static List<Instant> missed(Series demand, double[] capacity, int first, int lead) {
		List<Instant> missed = new ArrayList<>();
		double[] values = demand.values();
		int t = first;
		while (t < values.length) {
			if (!(values[t] > capacity[t])) {
				t++;
				continue;
			}
			int begin = t;
			while (t < values.length && values[t] > capacity[t]) {
				t++;
			}
			boolean answered = false;
			for (int at = begin; at < Math.min(values.length, t + lead); at++) {
				answered |= at > 0 && capacity[at] > capacity[at - 1];
			}
			if (!answered) {
				missed.add(demand.time(begin));
			}
		}
		return missed;
	}

	/** The usual horizon: an hour, or the lead where that is longer. */
	public static Duration usualHorizon(Duration lead) {
		return lead.compareTo(Duration.ofHours(1)) > 0 ? lead : Duration.ofHours(1);
	}
}
