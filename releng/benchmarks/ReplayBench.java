// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.bench.Installed;
import io.shadowweaver.bench.Traces;
import io.shadowweaver.bench.Traces.Trace;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/**
 * Capacity over public traces: ours without hindsight, the rivals tuned with it, at equal violations; how much of the cost between the best
 * reactive rule and the clairvoyant is closed; violations and slack on Bitbrains; quantile loss beside single models.
 */
public final class ReplayBench {
	private static final List<Policy> REACTIVE = List.of(Policy.LAST, Policy.MAX6, Policy.TRACKING, Policy.HPA);
	private static final double[] TARGETS = { .003, .01, .03 };
	private static final double[] PENALTIES = { 10, 30, 100 };
	private static final int RESAMPLES = 1000;
	private static final Metric DEMAND = Metric.REQUESTS;
	/** Bitbrains is judged from day 20 on. */
	private static final int DAYS_BEFORE = 19;

	private final List<Candidate> models;
	private final boolean full;

	private ReplayBench(List<Candidate> models, boolean full) {
		this.models = models;
		this.full = full;
	}

	/** {@code [--full]}: web traces by the minute too, and every machine instead of each tenth. */
	public static void main(String[] arguments) throws Exception {
		if (!Traces.present()) {
			System.out.println("replay: not measured, the traces are absent");
			return;
		}
		List<Candidate> models = LiveModels.quick(Installed.models());
		System.out.println("replay.models: " + String.join(", ", models.stream().map(Candidate::id).toList()));
		new ReplayBench(models, arguments.length > 0 && arguments[0].equals("--full")).run();
	}

	private void run() throws Exception {
		List<Trace> traces = new ArrayList<>();
		for (Trace web : Traces.web()) {
			traces.add(web.every(5));
		}
		traces.add(Traces.alibaba());
		if (full) {
			Traces.web().forEach(web -> traces.add(new Trace(web.name() + "-1m", web.series())));
		}
		System.out.println("trace           lead  target policy        violations  over      shortfall  longest  changes/day");
		for (Trace trace : traces) {
			for (int minutes : new int[] { 10, 60 }) {
				capacity(trace, Duration.ofMinutes(minutes));
			}
		}
		for (String kind : new String[] { "cpu_pct", "mem_kb" }) {
			bitbrains(kind, Traces.bitbrains(kind, full ? 1 : 10));
		}
		List<Trace> judged = new ArrayList<>(traces.subList(0, 3));
		judged.addAll(Traces.bitbrains("cpu_pct", full ? 10 : 50));
		judged.addAll(Traces.bitbrains("mem_kb", full ? 10 : 50));
		quantileLoss(judged);
	}

	private void capacity(Trace trace, Duration lead) {
		Series series = trace.series();
		double[] demand = series.values();
		int ahead = Replay.steps(lead, series.step());
		int first = Replay.warmUp(demand.length);
		SeriesId id = new SeriesId(trace.name(), DEMAND.id());
		LiveForecasts forecasts = LiveForecasts.run(models, id, DEMAND, series, ahead, Progress.NONE);
		Rivals rivals = new Rivals(demand, ahead, series.step(), new Units(0));
		double[][] ours = forecasts.capacities(series, TARGETS, 0);
		for (int target = 0; target < TARGETS.length; target++) {
			for (Policy policy : Policy.values()) {
				double[] capacity = policy == Policy.SHADOW ? ours[target] : policy == Policy.CLAIRVOYANT ? rivals.clairvoyant()
						: tuned(rivals.of(policy), demand, first, TARGETS[target]);
				Outcome outcome = Outcome.of(demand, capacity, first, series.step());
				System.out.printf(Locale.ROOT, "%-15s %3dm  %5.1f%% %-12s  %.4f      %7.4f   %.4f     %5dm   %6.0f%n", trace.name(), lead.toMinutes(),
						TARGETS[target] * 100, policy.id(), outcome.violations(), outcome.overProvision(), outcome.shortfall(),
						outcome.longestBreach().toMinutes(), outcome.changesPerDay());
			}
		}
		double[] shares = Arrays.stream(PENALTIES).map(penalty -> 1 / (1 + penalty)).toArray();
		double[][] atCost = forecasts.capacities(series, shares, 0);
		for (int p = 0; p < PENALTIES.length; p++) {
			gap(trace, lead, rivals, atCost[p], PENALTIES[p], first);
		}
	}

	private static double[] tuned(Rival rival, double[] demand, int first, double violations) {
		return rival.decide(Hindsight.tune(rival, violations, capacity -> Outcome.violations(demand, capacity, first)));
	}

	/** The share of the cost between the best reactive rule, at our violations, and the clairvoyant, which costs nothing without units. */
	private static void gap(Trace trace, Duration lead, Rivals rivals, double[] ours, double penalty, int first) {
		double[] demand = trace.series().values();
		double violations = Outcome.violations(demand, ours, first);
		double[] own = costs(demand, ours, penalty, first);
		double[] best = null;
		Policy named = null;
		for (Policy policy : REACTIVE) {
			double[] costs = costs(demand, tuned(rivals.of(policy), demand, first, violations), penalty, first);
			if (best == null || Arrays.stream(costs).sum() < Arrays.stream(best).sum()) {
				best = costs;
				named = policy;
			}
		}
		int day = (int) (86_400_000 / trace.series().step().toMillis());
		double[] closed = new double[RESAMPLES];
		Random random = new Random(1);
		for (int r = 0; r < RESAMPLES; r++) {
			double ourSum = 0;
			double bestSum = 0;
			for (int drawn = 0; drawn < own.length; drawn += day) {
				int from = random.nextInt(Math.max(1, own.length - day));
				for (int t = from; t < Math.min(own.length, from + day); t++) {
					ourSum += own[t];
					bestSum += best[t];
				}
			}
			closed[r] = 1 - ourSum / bestSum;
		}
		Arrays.sort(closed);
		System.out.printf(Locale.ROOT, "replay.gap.%s.%dm.%.0f: %.3f closed (%.3f to %.3f, blocks of a day), violations %.4f, best reactive rule: %s%n", trace.name(),
				lead.toMinutes(), penalty, 1 - Arrays.stream(own).sum() / Arrays.stream(best).sum(), closed[RESAMPLES / 40], closed[RESAMPLES - RESAMPLES / 40],
				violations, named.id());
	}

	private static double[] costs(double[] demand, double[] capacity, double penalty, int first) {
		double[] costs = new double[demand.length - first];
		for (int t = first; t < demand.length; t++) {
			double over = capacity[t] - demand[t];
			costs[t - first] = Double.isNaN(over) ? 0 : over > 0 ? over : -over * penalty;
		}
		return costs;
	}

	/** Ten minutes, one per cent, from day 20 on, beside the maximum of a day tuned with hindsight. */
	private void bitbrains(String kind, List<Trace> machines) {
		double target = .01;
		int first = DAYS_BEFORE * 288;
		double[][] results = machines.parallelStream().map(machine -> {
			Series series = machine.series();
			double[] demand = series.values();
			double[] ours = LiveForecasts.run(models, new SeriesId(machine.name(), DEMAND.id()), DEMAND, series, 2, Progress.NONE).capacities(series,
					new double[] { target }, 0)[0];
			Outcome outcome = Outcome.of(demand, ours, first, series.step());
			Outcome day = Outcome.of(demand, tuned(Rival.headroom(dayMaximum(demand, 2)), demand, first, target), first, series.step());
			return new double[] { outcome.violations(), outcome.slack(), day.violations(), day.slack() };
		}).filter(result -> !Double.isNaN(result[0])).toArray(double[][]::new);
		double[] violations = Arrays.stream(results).mapToDouble(result -> result[0]).sorted().toArray();
		long within = Arrays.stream(violations).filter(share -> Math.abs(share - target) <= .2 * target + 1e-12).count();
		String name = "replay.bitbrains." + kind;
		System.out.printf(Locale.ROOT, "%s.machines: %d%n", name, results.length);
		System.out.printf(Locale.ROOT, "%s.within: %.1f %% of them have violations of 1 ± .2 %%%n", name, 100. * within / results.length);
		System.out.printf(Locale.ROOT, "%s.violations: %.4f %.4f %.4f %.4f %.4f (least, .05, median, .95, largest)%n", name, violations[0],
				violations[violations.length / 20], violations[violations.length / 2], violations[violations.length * 19 / 20], violations[violations.length - 1]);
		System.out.printf(Locale.ROOT, "%s.slack: %.1f %% mean, %.1f %% median%n", name, 100 * Arrays.stream(results).mapToDouble(result -> result[1]).average().orElse(0),
				100 * Arrays.stream(results).mapToDouble(result -> result[1]).sorted().toArray()[results.length / 2]);
		System.out.printf(Locale.ROOT, "%s.day-maximum: %.1f %% slack at %.4f violations, its headroom tuned with hindsight%n", name,
				100 * Arrays.stream(results).mapToDouble(result -> result[3]).average().orElse(0), Arrays.stream(results).mapToDouble(result -> result[2]).average().orElse(0));
	}

	private static double[] dayMaximum(double[] demand, int lead) {
		double[] maximum = new double[demand.length];
		for (int t = 0; t < maximum.length; t++) {
			for (int back = lead; back < lead + 288 && back <= t; back++) {
				maximum[t] = Math.max(maximum[t], Double.isNaN(demand[t - back]) ? 0 : demand[t - back]);
			}
		}
		return maximum;
	}

	/** Weighted quantile loss over the last quarter of three weeks, mean over the series, of what is chosen and of single models. */
	private void quantileLoss(List<Trace> traces) throws Exception {
		List<Duration> leads = List.of(Duration.ofMinutes(10), Duration.ofHours(1));
		for (Duration lead : leads) {
			Map<String, double[]> byModel = new TreeMap<>();
			int judged = 0;
			for (Trace trace : traces) {
				Map<String, Double> losses = losses(trace, lead);
				if (losses.containsKey("chosen")) {
					judged++;
					losses.forEach((model, loss) -> {
						double[] sum = byModel.computeIfAbsent(model, key -> new double[2]);
						sum[0] += loss;
						sum[1]++;
					});
				}
			}
			int all = judged;
			Map<String, Double> means = new LinkedHashMap<>();
			byModel.forEach((model, sum) -> {
				if (sum[1] == all) {
					means.put(model, sum[0] / sum[1]);
				}
			});
			String best = means.keySet().stream().filter(model -> !model.equals("chosen") && !model.equals("reference"))
					.min((one, other) -> Double.compare(means.get(one), means.get(other))).orElse("reference");
			System.out.printf(Locale.ROOT, "replay.loss.%dm: %.4f weighted quantile loss over %d series; seasonal naive %.4f, ets %.4f, best single model %s %.4f: %.1f %% better%n",
					lead.toMinutes(), means.get("chosen"), all, means.getOrDefault("reference", Double.NaN), means.getOrDefault("ets", Double.NaN), best,
					means.get(best), 100 * (1 - means.get("chosen") / means.get(best)));
		}
	}

	private Map<String, Double> losses(Trace trace, Duration lead) {
		Series series = trace.series();
		SeriesId id = new SeriesId(trace.name(), DEMAND.id());
		ForecastSettings settings = ForecastSettings.defaults(series.step());
		Instant end = series.end();
		Map<String, Double> losses = new TreeMap<>();
		try (Forecaster forecaster = new Forecaster(models, (of, from, to) -> part(series, from, to), settings, Runnable::run)) {
			forecaster.register(id, DEMAND);
			BackTestReport report = forecaster.backTest(id, end, new BackTestRequest(List.of(lead), 0, Duration.ZERO, java.util.Set.of()), Progress.NONE).join();
			for (BackTestReport.Result result : report.results()) {
				if (!result.leads().isEmpty() && Double.isFinite(result.leads().getFirst().pinball())) {
					String name = result.kind() == BackTestReport.Kind.SINGLE ? result.model() : result.kind().name().toLowerCase(Locale.ROOT);
					losses.put(name, result.leads().getFirst().pinball());
				}
			}
		}
		return losses;
	}

	private static Series part(Series series, Instant from, Instant to) {
		int first = Math.clamp(series.indexOf(from.plus(series.step()).minusMillis(1)), 0, series.length());
		int end = Math.clamp(series.indexOf(to.plus(series.step()).minusMillis(1)), 0, series.length());
		return first >= end ? Series.empty(from, series.step(), "no samples in this span")
				: Series.of(series.time(first), series.step(), Arrays.copyOfRange(series.values(), first, end));
	}
}
