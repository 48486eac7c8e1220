// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestReport.Kind;
import io.shadowweaver.forecasting.BackTestReport.LeadResult;
import io.shadowweaver.forecasting.BackTestReport.Result;
import io.shadowweaver.forecasting.IntervalQuality;
import io.shadowweaver.replay.Outcome;
import io.shadowweaver.replay.RuleTrialResult;

/** Back-tests and parts of forecasts, made by hand: a daily wave that 'ets' knows, 'naive' follows late, and 'arima' refuses. */
public final class BackTested {
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final int DAY = 288;
	private static final List<Duration> LEADS = List.of(Duration.ofMinutes(10), Duration.ofHours(1));

	private BackTested() {
	}

	static double wave(long step) {
		return .5 + .3 * Math.sin(2 * Math.PI * step / DAY);
	}

	/** Two days up to a time. */
	public static BackTestReport report(SeriesId id, Instant now, Set<String> models) {
		Instant start = now.minus(STEP.multipliedBy(2L * DAY));
		double[] values = new double[2 * DAY];
		for (int i = 0; i < values.length; i++) {
			values[i] = wave(i) + .02 * Math.sin(i * 7.3);
		}
		List<Result> results = new ArrayList<>();
		if (models.isEmpty() || models.contains("ets")) {
			results.add(result("ets", Kind.SINGLE, true, start, 0, .04, 12));
		}
		if (models.isEmpty() || models.contains("naive")) {
			results.add(result("naive", Kind.SINGLE, false, start, 12, .01, 1));
		}
		results.add(result("seasonal-naive", Kind.REFERENCE, false, start, 3, .05, 0));
		if (models.isEmpty() || models.contains("arima")) {
			results.add(new Result("arima", Kind.SINGLE, false, "It does not converge.", List.of(), List.of(), Duration.ofMillis(1200)));
		}
		return new BackTestReport(id, STEP, List.of(Duration.ofDays(1)), Series.of(start, STEP, values), LEADS, results, "");
	}

	private static Result result(String model, Kind kind, boolean inUse, Instant start, int late, double width, int millis) {
		List<Bands> curves = new ArrayList<>();
		for (int origin = 0; origin < 2 * DAY - 12; origin += 2) {
			float[] values = new float[LEADS.size() * Levels.COUNT];
			for (int lead = 0; lead < LEADS.size(); lead++) {
				long at = origin + LEADS.get(lead).dividedBy(STEP);
				for (int level = 0; level < Levels.COUNT; level++) {
					values[lead * Levels.COUNT + level] = (float) (wave(at - late) + (level - Levels.MEDIAN) * width / 2);
				}
			}
			curves.add(new Bands(start.plus(STEP.multipliedBy(origin)), LEADS.stream().mapToLong(Duration::toMillis).toArray(), values));
		}
		List<LeadResult> leads = LEADS.stream().map(lead -> new LeadResult(lead, .02 + .01 * late, .3 + .1 * late, .02 + .008 * late,
				List.of(.97, .94, .9, late > 3 ? .4 : .82, .5), .4 - .1 * late, curves.size())).toList();
		return new Result(model, kind, inUse, "", leads, curves, Duration.ofMillis(millis));
	}

	/** Two days of a wave, a capacity that follows it, and six cores before; one rise of each kind, and one that was missed. */
	public static RuleTrialResult trial(SeriesId id, RuleTrialResult.Rule rule, Instant now) {
		Instant start = now.minus(STEP.multipliedBy(2L * DAY));
		double[] demand = new double[2 * DAY];
		double[] capacity = new double[demand.length];
		double[] before = new double[demand.length];
		for (int i = 0; i < demand.length; i++) {
			demand[i] = 6 * wave(i);
			capacity[i] = Math.ceil(demand[i]);
			before[i] = 6;
		}
		List<RuleTrialResult.Action> actions = new ArrayList<>();
		for (RuleTrialResult.Verdict verdict : RuleTrialResult.Verdict.values()) {
			Instant ready = start.plus(Duration.ofHours(3L + verdict.ordinal()));
			actions.add(new RuleTrialResult.Action(ready.minus(rule.lead()), ready, 3, 4, verdict));
		}
		return new RuleTrialResult(id, rule, Series.of(start, STEP, demand), Series.of(start, STEP, capacity), Series.of(start, STEP, before),
				Optional.of(Outcome.of(demand, capacity, 0, STEP)), Optional.of(Outcome.of(demand, before, 0, STEP)), actions, List.of(start.plus(Duration.ofHours(9))));
	}

	/** Bands that are good at five minutes, too narrow at an hour, and worst in the morning. */
	static IntervalQuality intervals() {
		List<List<Double>> hours = new ArrayList<>();
		for (int hour = 0; hour < 24; hour++) {
			hours.add(List.of(.98, .95, .9, hour == 8 ? .5 : .8, .5));
		}
		return new IntervalQuality(List.of(new IntervalQuality.Lead(Duration.ofMinutes(5), 900, List.of(.98, .95, .9, .81, .5), List.of(.9, .85, .8, .7, .4), .02),
				new IntervalQuality.Lead(Duration.ofHours(1), 800, List.of(.9, .8, .7, .6, .3), List.of(.8, .7, .6, .4, .2), .06)), hours,
				List.of(new IntervalQuality.Breach(Duration.ofHours(1), .03, .04, .08, .05, 700)));
	}

	/** A level, a daily wave and a launch an hour ahead. */
	static List<Part> parts(List<Duration> leads) {
		double[] trend = new double[leads.size()];
		double[] daily = new double[leads.size()];
		double[] launch = new double[leads.size()];
		double[] rest = new double[leads.size()];
		for (int i = 0; i < leads.size(); i++) {
			long at = leads.get(i).dividedBy(STEP);
			trend[i] = .5 + .0005 * at;
			daily[i] = wave(at) - .5;
			launch[i] = at >= 12 && at < 48 ? .06 : 0;
			rest[i] = -.02 * Math.exp(-at / 20.);
		}
		return List.of(new Part(Part.Kind.TREND, "trend", trend), new Part(Part.Kind.SEASON, "daily", daily), new Part(Part.Kind.EVENT, "launch", launch),
				new Part(Part.Kind.REST, "rest", rest));
	}
}
