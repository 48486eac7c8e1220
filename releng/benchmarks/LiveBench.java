// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;

/**
 * The whole forecaster live over public traces at five minutes: it reads fourteen days, then sees three more sample by sample, trains again on its schedule and is
 * asked at each. By group of traces, geometric means over its series of the error ÷ that of the last value and ÷ that of the same time a day before, and the share
 * inside the band from .1 to .9, all by lead; and the weighted quantile loss over all leads.
 */
public final class LiveBench {
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final int DAY = 288;
	private static final int HISTORY = 14 * DAY;
	private static final int ALL = 17 * DAY;
	private static final int VMS = 24;
	private static final String EACH = "--series";
	private static final int LOW = 3;
	private static final int HIGH = Levels.COUNT - 1 - LOW;

	private final Map<SeriesId, double[]> values = new LinkedHashMap<>();
	private final Map<SeriesId, String> groups = new HashMap<>();
	private final Map<SeriesId, Sums> sums = new LinkedHashMap<>();
	private final boolean each;
	private int known;

	/** Sums over the live part, by lead. */
	private record Sums(double[] error, double[] naive, double[] seasonal, double[] inside, double[] count, double[] loss) {
		static Sums of(int leads) {
			return new Sums(new double[leads], new double[leads], new double[leads], new double[leads], new double[leads], new double[2]);
		}
	}

	private LiveBench(boolean each) {
		this.each = each;
	}

	/** Runs with all installed models, or with those whose ids are the arguments; with {@code --series} among them, each series is printed too. */
	public static void main(String[] args) throws Exception {
		if (!Traces.present()) {
			System.out.println("live: not measured, the traces are not there");
			return;
		}
		List<String> wanted = Arrays.stream(args).filter(arg -> !arg.equals(EACH)).toList();
		LiveBench bench = new LiveBench(List.of(args).contains(EACH));
		bench.read();
		bench.run(Installed.models().stream().filter(candidate -> wanted.isEmpty() || wanted.contains(candidate.id())).toList());
	}

	private void read() {
		for (Traces.Trace trace : Traces.web()) {
			double[] of = trace.every(5).series().values();
			int apart = trace.name().equals("nasa") ? 12 : 13;
			for (int day = trace.name().equals("nasa") ? 0 : 10; (day + 17) * DAY <= of.length && day < 66; day += apart) {
				add(trace.name(), trace.name() + day, Arrays.copyOfRange(of, day * DAY, day * DAY + ALL));
			}
		}
		add("alibaba", "alibaba", Traces.alibaba().series().values());
		List<Traces.Trace> machines = Traces.bitbrains("cpu_pct", 10);
		for (int i = 0; i < Math.min(VMS, machines.size()); i++) {
			add("bitbrains", machines.get(i).name(), Arrays.copyOf(machines.get(i).series().values(), ALL));
		}
	}

	/** Adds a series; a short one begins later. */
	private void add(String group, String name, double[] of) {
		double[] padded = new double[ALL];
		Arrays.fill(padded, Double.NaN);
		System.arraycopy(of, Math.max(0, of.length - ALL), padded, Math.max(0, ALL - of.length), Math.min(ALL, of.length));
		SeriesId id = new SeriesId(name, "demand");
		values.put(id, padded);
		groups.put(id, group);
	}

	private static Instant time(int sample) {
		return START.plus(STEP.multipliedBy(sample));
	}

	private Series history(SeriesId id, Instant from, Instant to) {
		int first = (int) Math.max(0, Duration.between(START, from).dividedBy(STEP));
		int last = (int) Math.min(known, Duration.between(START, to).dividedBy(STEP));
		return last <= first ? Series.empty(from, STEP, "There are no samples.") : Series.of(time(first), STEP, Arrays.copyOfRange(values.get(id), first, last));
	}

	private void run(List<Candidate> candidates) {
		List<SeriesId> ids = List.copyOf(values.keySet());
		long begun = Figures.threadCpu();
		try (Forecaster forecaster = new Forecaster(candidates, this::history, ForecastSettings.defaults(STEP), Runnable::run)) {
			ids.forEach(id -> forecaster.register(id, Metric.REQUESTS));
			for (int sample = HISTORY; sample < ALL; sample++) {
				known = sample + 1;
				int at = sample;
				forecaster.observe(new Tick(time(sample), ids, ids.stream().mapToDouble(id -> values.get(id)[at]).toArray()), new BitSet());
				for (Forecast forecast : forecaster.forecast(ids, time(sample))) {
					forecast.bands().ifPresent(bands -> score(forecast.series(), bands, at));
				}
			}
			if (each) {
				ids.forEach(id -> System.out.println("live.series." + id.subject() + ": " + forecaster.quality(id).model()));
			}
		}
		Figures.print("live.cpu", (Figures.threadCpu() - begun) / 1e9, "CPU-s");
		groups.values().stream().distinct().sorted().forEach(this::print);
	}

	private void score(SeriesId id, Bands bands, int sample) {
		double[] of = values.get(id);
		Sums sum = sums.computeIfAbsent(id, any -> Sums.of(bands.leads()));
		for (int lead = 0; lead < bands.leads(); lead++) {
			int ahead = (int) (bands.leadMillis(lead) / STEP.toMillis());
			int target = sample + ahead;
			double seasonal = ahead > DAY || target >= ALL ? Double.NaN : of[target - DAY];
			if (target >= ALL || Double.isNaN(of[target] + of[sample] + seasonal)) {
				continue;
			}
			sum.error[lead] += Math.abs(of[target] - bands.value(lead, Levels.MEDIAN));
			sum.naive[lead] += Math.abs(of[target] - of[sample]);
			sum.seasonal[lead] += Math.abs(of[target] - seasonal);
			sum.inside[lead] += of[target] >= bands.value(lead, LOW) && of[target] <= bands.value(lead, HIGH) ? 1 : 0;
			sum.count[lead]++;
			for (int level = 0; level < Levels.COUNT; level++) {
				double off = of[target] - bands.value(lead, level);
				sum.loss[0] += 2 * Math.max(Levels.level(level) * off, (Levels.level(level) - 1) * off) / Levels.COUNT;
			}
			sum.loss[1] += Math.abs(of[target]);
		}
	}

	private void print(String group) {
		List<Sums> of = new ArrayList<>();
		for (Map.Entry<SeriesId, Sums> entry : sums.entrySet()) {
			Sums sum = entry.getValue();
			boolean judged = Arrays.stream(sum.naive).allMatch(v -> v > 0) && Arrays.stream(sum.seasonal).allMatch(v -> v > 0) && Arrays.stream(sum.error).allMatch(v -> v > 0);
			if (judged && groups.get(entry.getKey()).equals(group)) {
				of.add(sum);
				if (each) {
					row("series." + entry.getKey().subject(), sum.naive.length, lead -> sum.error[lead] / sum.naive[lead]);
				}
			}
		}
		int leads = of.getFirst().error.length;
		row(group + ".naive", leads, lead -> geometric(of, sum -> sum.error[lead] / sum.naive[lead]));
		row(group + ".seasonal", leads, lead -> geometric(of, sum -> sum.error[lead] / sum.seasonal[lead]));
		row(group + ".coverage", leads, lead -> of.stream().mapToDouble(sum -> sum.inside[lead] / sum.count[lead]).average().orElse(Double.NaN));
		Figures.print("live." + group + ".wql", geometric(of, sum -> sum.loss[0] / sum.loss[1]), "of the values, geometric mean of " + of.size() + " series");
	}

	private static double geometric(List<Sums> of, ToDoubleFunction<Sums> figure) {
		return Math.exp(of.stream().mapToDouble(sum -> Math.log(figure.applyAsDouble(sum))).average().orElse(Double.NaN));
	}

	private static void row(String name, int leads, IntToDoubleFunction figure) {
		StringBuilder row = new StringBuilder("live." + name + ":");
		for (int lead = 0; lead < leads; lead++) {
			row.append(String.format(Locale.ROOT, " %.3f", figure.applyAsDouble(lead)));
		}
		System.out.println(row);
	}
}
