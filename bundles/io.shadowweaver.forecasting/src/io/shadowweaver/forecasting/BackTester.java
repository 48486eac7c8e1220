// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/** Judges all candidates on one series for a person who wants to see it: makes a {@link BackTestReport}. Any thread; it uses models of its own. */
final class BackTester {
	private static final String REFERENCE = "seasonal naive";
	private static final int MOST_ORIGINS = 2016;

	private final Trainer.Parts parts;
	private final SeriesId id;
	private final Metric metric;
	private final String inUse;
	private final BackTestRequest request;
	private final LeadPlan plan;

	/**
	 * @param inUse the name of what the series is forecast with; empty for nothing
	 * @throws IllegalArgumentException when no lead is as long as the step
	 */
	BackTester(Trainer.Parts parts, SeriesId id, Metric metric, String inUse, BackTestRequest request) {
		this.parts = parts;
		this.id = id;
		this.metric = metric;
		this.inUse = inUse;
		this.request = request;
		ForecastSettings usual = parts.settings();
		plan = request.leads().isEmpty() ? parts.plan()
				: new LeadPlan(new ForecastSettings(usual.step(), request.leads(), usual.trainingSpan(), usual.retrainEvery(), usual.pinnedModels(), usual.seed()));
	}

	/** Where the parts of history begin, as indices of blocks. */
	private record Cut(int first, int report, int[] judged) {
	}

	/**
	 * Judges.
	 *
	 * @param at the end of history
	 * @throws CancellationException when the progress is cancelled
	 */
	BackTestReport run(Instant at, Progress progress) {
		long end = Math.floorDiv(at.toEpochMilli() + plan.step, plan.block) - 1;
		Instant to = Instant.ofEpochMilli((end + 1) * plan.block);
		Series history = parts.history().range(id, to.minus(parts.settings().trainingSpan()), to);
		List<Integer> seasons = parts.tailor().seasons(id, plan);
		Past whole = new Past(plan, history, end, parts.tailor().transform(id), seasons);
		int report = whole.coarse.length == 0 ? 0 : reporting(whole.coarse.length);
		Past before = new Past(plan, history, end - report, whole.transform, seasons);
		if (report <= 0 || before.blocks() < Trainer.LEAST_BLOCKS) {
			return nothing(whole.count == 0 ? history.cause().isEmpty() ? "There is no history." : history.cause()
					: "There are " + whole.blocks() + " steps of " + Trainer.text(plan.blockDuration()) + ", too few for a part that trains and one that reports.");
		}
		if (before.isConstant() || !whole.fits()) {
			return nothing(before.isConstant() ? "All samples before the report are equal." : "The values are too large for a model.");
		}
		Past past = whole.with(before.seasons);
		int first = past.coarse.length - report;
		int test = BackTest.testPart(plan, before) + report;
		BackTest backTest = new BackTest(plan, past, test, parts.candidates().size() + 1, Math.max(1, test / MOST_ORIGINS),
				Windows.ofReport(past.coarse.length - test, test, report));
		Telling telling = new Telling(parts, plan, end);
		String[] notes = new String[parts.candidates().size()];
		long[] cpu = new long[notes.length];
		for (int candidate = 0; candidate < notes.length; candidate++) {
			progress.report(candidate / (notes.length + 1.), parts.candidates().get(candidate).id());
			if (progress.isCancelled()) {
				throw new CancellationException("The back-test was cancelled.");
			}
			if (request.models().isEmpty() || request.models().contains(parts.candidates().get(candidate).id())) {
				long from = Costs.now();
				notes[candidate] = run(telling, backTest, candidate, progress);
				cpu[candidate] = Costs.now() - from;
			}
		}
		telling.drive(id, backTest, candidate -> parts.candidates().get(candidate).factory().create(parts.candidates().get(candidate).settings()), progress,
				(candidate, nanos) -> cpu[candidate] += nanos);
		backTest.runReference(notes.length);
		progress.report(notes.length / (notes.length + 1.), "judging");
		return report(new Cut(first, report, judged(backTest, first, report)), backTest, notes, cpu, Selection.naiveError(before));
	}

	private BackTestReport nothing(String why) {
		return new BackTestReport(id, parts.settings().step(), List.of(), Series.empty(Instant.EPOCH, parts.settings().step(), why), leads(), List.of(), why);
	}

	private List<Duration> leads() {
		return Arrays.stream(plan.leads).mapToObj(Duration::ofMillis).toList();
	}

	private int longest() {
		return (int) Math.ceilDiv(plan.leads[plan.leads.length - 1], plan.block);
	}

	private int stride() {
		long wanted = request.stride().isZero() ? Math.max(1, longest() / 4) : Math.max(1, Math.ceilDiv(request.stride().toMillis(), plan.block));
		return (int) Math.min(wanted, Integer.MAX_VALUE / 4);
	}

	/** How many blocks at the end are the report. */
	private int reporting(int length) {
		if (request.origins() == 0) {
			return BackTest.reportPart(plan, length);
		}
		return (int) Math.min(length, longest() + (request.origins() - 1L) * stride());
	}

	/** The origins that are judged, as indices into those of the back-test. */
	private int[] judged(BackTest backTest, int first, int report) {
		List<Integer> judged = new ArrayList<>();
		for (int o = 0; o < backTest.origins.length; o++) {
			int after = backTest.origins[o] + 1 - first;
			boolean wanted = after >= 0 && (request.origins() == 0 || after <= report - longest() && after % stride() == 0);
			if (wanted) {
				judged.add(o);
			}
		}
		return judged.stream().mapToInt(Integer::intValue).toArray();
	}

	/** Trains a candidate and moves it through the test; says why it could not, or nothing. */
	private String run(Telling telling, BackTest backTest, int candidate, Progress progress) {
		int until = backTest.until();
		Candidate of = parts.candidates().get(candidate);
		ModelNeeds needs = of.factory().needs();
		Past past = backTest.past;
		String lacking = Trainer.lacking(needs, past, until);
		if (!lacking.isEmpty()) {
			return lacking;
		}
		if (plan.block != parts.plan().block && parts.cohorts().isShared(candidate)) {
			return "It has learned on steps of " + Trainer.text(parts.plan().blockDuration()) + ", and these leads want others.";
		}
		List<Cause> events = telling.events(candidate, id, past, until);
		TrainingSeries series = telling.training(id, past, 0, needs, until, events);
		try (ForecastModel model = of.factory().create(of.settings())) {
			List<ForecastModel.Refusal> refused = Trainer.trainForTest(parts.cohorts().of(id.metric(), candidate), model, List.of(series), progress);
			if (!refused.isEmpty()) {
				return refused.getFirst().reason();
			}
			backTest.run(candidate, model, 0, needs.toleratesGaps(), telling.told(id, past, events, Map.of()));
			return backTest.answered(candidate) ? "" : BackTest.SILENT;
		} catch (PluginException | IOException | RuntimeException e) {
			return e.getMessage() == null ? e.toString() : e.getMessage();
		}
	}

	private BackTestReport report(Cut cut, BackTest backTest, String[] notes, long[] cpu, double naiveError) {
		Judge judge = new Judge(backTest, parts.tailor().judging(id, plan));
		ReportReplay replay = new ReportReplay(backTest, id, metric, cut.first, cut.judged, naiveError);
		List<BackTestReport.Result> results = new ArrayList<>();
		Set<Integer> reference = Set.of(notes.length);
		for (int candidate = 0; candidate < notes.length; candidate++) {
			String name = parts.candidates().get(candidate).id();
			if (notes[candidate] != null && !notes[candidate].isEmpty()) {
				results.add(new BackTestReport.Result(name, BackTestReport.Kind.SINGLE, false, notes[candidate], List.of(), List.of(), Duration.ofNanos(cpu[candidate])));
			} else if (notes[candidate] != null) {
				Trial trial = Trial.of(candidate);
				results.add(replay.result(name, BackTestReport.Kind.SINGLE, name.equals(inUse), trial, trial, Duration.ofNanos(cpu[candidate])));
			}
		}
		List<Trial> near = judge.trials(0, plan.nearLeads, reference);
		if (!near.isEmpty()) {
			List<Trial> far = plan.nearLeads == plan.leads.length ? List.of() : judge.trials(plan.nearLeads, plan.leads.length, reference);
			Trial later = far.isEmpty() || !Double.isFinite(far.getFirst().relative()) ? near.getFirst() : far.getFirst();
			String name = parts.selection().name(near.getFirst(), later);
			long nanos = 0;
			for (int candidate = 0; candidate < notes.length; candidate++) {
				nanos += near.getFirst().has(candidate) || later.has(candidate) ? cpu[candidate] : 0;
			}
			results.add(replay.result(name, BackTestReport.Kind.CHOSEN, name.equals(inUse), near.getFirst(), later, Duration.ofNanos(nanos)));
		}
		Trial naive = Trial.of(notes.length);
		results.add(replay.result(REFERENCE, BackTestReport.Kind.REFERENCE, false, naive, naive, Duration.ZERO));
		results.sort(Comparator.comparingDouble(BackTester::order));
		return new BackTestReport(id, parts.settings().step(), backTest.past.seasons.stream().map(season -> plan.blockDuration().multipliedBy(season)).toList(),
				replay.actual(), leads(), results, "");
	}

	private static double order(BackTestReport.Result result) {
		return result.leads().stream().mapToDouble(BackTestReport.LeadResult::mase).filter(Double::isFinite).average().orElse(Double.MAX_VALUE);
	}
}
