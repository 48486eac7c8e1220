// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.CohortModel;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/** Trains a batch of series of one lane: back-test of all candidates, choice, then the chosen ones on all there is. */
final class Trainer {
	/** The id under which a series is forecast that no model can be trained for. */
	static final String FALLBACK = "naive";
	/** Fewer blocks than this are for the fallback. */
	static final int LEAST_BLOCKS = 12;

	/** What a training found out for one series. */
	record Result(Job job, Curve curve, double[] tail, long tailStart) {
		Track track() {
			return job.track;
		}

		Choice choice() {
			return job.choice;
		}

		/** What the bands start from; {@code null} where the series has no curve. */
		Start start() {
			return curve == null ? null : job.start;
		}
	}

	private static final Logger LOG = System.getLogger(Trainer.class.getName());
	private static final int TAIL = 2000;
	/** After what share of the usual time a series is trained again for which not all was tried. */
	private static final double SOONEST = .25;
	/** Microseconds of CPU that a series must be allowed for what may drive it to be tried. */
	private static final double DRIVING = 1e6;

	private final Parts parts;
	private final Progress progress;
	private Telling telling;

	/** What trainings of one forecaster share. */
	record Parts(List<Candidate> candidates, SeriesReader history, ForecastSettings settings, LeadPlan plan, Tailor tailor, CauseBook causes, Budget budget, Costs costs,
			Cohorts cohorts, Selection selection, Lane.Listener health) {
	}

	Trainer(Parts parts, Progress progress) {
		this.parts = parts;
		this.progress = progress;
	}

	/**
	 * Trains; runs inside the lane.
	 *
	 * @param lane      whose live models are trained
	 * @param tracks    the series
	 * @param endBlock  the last block that is complete
	 * @param allowance what it may cost
	 * @param now       the estate's time
	 * @return one a series
	 */
	List<Result> train(Lane lane, List<Track> tracks, long endBlock, Budget.Allowance allowance, Instant now) {
		long end = tracks.stream().mapToLong(track -> lane.fed(track.slot)).reduce(endBlock, Math::max);
		List<Job> jobs = new ArrayList<>();
		for (Track track : tracks) {
			Past past = read(track, end);
			boolean modelled = past.blocks() >= LEAST_BLOCKS && !past.isConstant() && past.fits();
			int test = modelled ? BackTest.testPart(parts.plan, past) : 0;
			jobs.add(new Job(track, past, test, parts.candidates.size(), allowance.of(track.id)));
		}
		telling = new Telling(parts, parts.plan, end);
		backTest(lane, jobs, now);
		for (Job job : jobs) {
			parts.selection.decide(job, lane.choice(job.track.slot), now);
		}
		fitChosen(lane, jobs, end, now);
		return jobs.stream().map(job -> result(lane, job, end)).toList();
	}

	private Past read(Track track, long end) {
		return read(parts.history, parts.settings, parts.plan, parts.tailor, track.id, end);
	}

	/** What a training reads of a series, up to a block; nothing, and a warning, where it cannot be read. */
	static Past read(SeriesReader history, ForecastSettings settings, LeadPlan plan, Tailor tailor, SeriesId id, long end) {
		Instant to = Instant.ofEpochMilli((end + 1) * plan.block);
		Instant from = to.minus(settings.trainingSpan());
		try {
			return new Past(plan, history.range(id, from, to), end, tailor.transform(id), tailor.seasons(id, plan));
		} catch (RuntimeException e) {
			LOG.log(Level.WARNING, "The history of " + id + " cannot be read: " + e);
			return new Past(plan, Series.empty(from, settings.step(), String.valueOf(e.getMessage())), end);
		}
	}

	private void backTest(Lane lane, List<Job> jobs, Instant now) {
		Map<Integer, List<Job>> byTest = jobs.stream().filter(job -> job.test > 0)
				.collect(Collectors.groupingBy(job -> job.test, TreeMap::new, Collectors.toList()));
		for (List<Job> group : byTest.values()) {
			for (Job job : group) {
				job.backTest = new BackTest(parts.plan, job.past, job.test, parts.candidates.size());
			}
			for (int candidate = 0; candidate < parts.candidates.size(); candidate++) {
				backTest(lane, candidate, group, now);
			}
			for (Job job : group) {
				if (job.allowance.micros() >= DRIVING && (job.track.id.isGroup() || job.allowance == Budget.Allowance.EVERYTHING)) {
					job.driven.putAll(telling.drive(job.track.id, job.backTest, lane::create, progress, (candidate, nanos) -> charge(candidate, List.of(job), nanos, now)));
				}
			}
		}
	}

	private void backTest(Lane lane, int candidate, List<Job> group, Instant now) {
		ModelNeeds needs = needs(candidate);
		Map<Integer, Job> bySlot = new HashMap<>();
		List<TrainingSeries> series = new ArrayList<>();
		for (Job job : group) {
			Optional<String> pinned = parts.tailor.of(job.track.id).model();
			if (pinned.isPresent() && !pinned.get().equals(parts.candidates.get(candidate).id())) {
				continue;
			}
			int blocks = job.past.coarse.length - job.test;
			String lacking = lacking(needs, job.past, blocks);
			if (lacking.isEmpty() && pinned.isEmpty() && !parts.cohorts.isShared(candidate)
					&& !parts.budget.affords(candidate, blocks, job.allowance)) {
				lacking = parts.budget.refusal(candidate, blocks, job.allowance);
				job.cut = true;
			}
			if (lacking.isEmpty()) {
				bySlot.put(series.size(), job);
				series.add(telling.training(job.track.id, job.past, series.size(), needs, blocks, eventsBefore(job, candidate)));
			} else {
				job.refused.put(candidate, lacking);
			}
		}
		if (series.isEmpty() || progress.isCancelled()) {
			return;
		}
		ForecastModel created;
		try {
			created = lane.create(candidate);
		} catch (PluginException e) {
			bySlot.values().forEach(job -> job.refused.put(candidate, e.getMessage()));
			return;
		}
		long from = Costs.now();
		List<Job> all = List.copyOf(bySlot.values());
		try (ForecastModel scratch = created) {
			for (ForecastModel.Refusal refusal : trainForTest(lane.cohort(candidate), scratch, series, progress)) {
				Job job = bySlot.remove(refusal.slot());
				if (job != null) {
					job.refused.put(candidate, refusal.reason());
				}
			}
			bySlot.forEach((slot, job) -> test(job, candidate, scratch, slot));
			if (!bySlot.isEmpty()) {
				boolean failed = bySlot.values().stream().allMatch(job -> job.refused.containsKey(candidate));
				parts.health.health(candidate, false, failed ? bySlot.values().iterator().next().refused.get(candidate) : "");
			}
		} catch (PluginException | IOException | RuntimeException e) {
			bySlot.values().forEach(job -> job.refused.put(candidate, e.getMessage() == null ? e.toString() : e.getMessage()));
			parts.health.health(candidate, false, "Training failed: " + e.getMessage());
		}
		charge(candidate, all, Costs.now() - from, now);
	}

	/** Moves a candidate through the test of one series; what fails there is its refusal of this series alone. */
	private void test(Job job, int candidate, ForecastModel model, int slot) {
		try {
			job.backTest.run(candidate, model, slot, needs(candidate).toleratesGaps(),
					telling.told(job.track.id, job.past, eventsBefore(job, candidate), Map.of()));
			if (!job.backTest.answered(candidate)) {
				job.refused.put(candidate, BackTest.SILENT);
			}
		} catch (RuntimeException e) {
			LOG.log(Level.DEBUG, () -> parts.candidates.get(candidate).id() + " failed in the back-test of " + job.track.id, e);
			job.refused.put(candidate, "It failed in the back-test: " + e);
		}
	}

	/** Trains what is to be judged; parameters that are shared must not have seen the test part. */
	static List<ForecastModel.Refusal> trainForTest(Cohort cohort, ForecastModel scratch, List<TrainingSeries> series, Progress progress)
			throws PluginException, IOException {
		if (!(scratch instanceof CohortModel shared)) {
			return scratch.train(series, progress);
		}
		Optional<Cohort.Snapshot> known = cohort.before(series.getFirst().values().end());
		if (known.isEmpty()) {
			String waits = "It learns from all series of this metric together, and has not yet without what is tested.";
			return series.stream().map(one -> new ForecastModel.Refusal(one.slot(), waits)).toList();
		}
		known.get().into(shared);
		return shared.attach(series);
	}

	private void charge(int candidate, List<Job> jobs, long nanos, Instant now) {
		jobs.forEach(job -> job.cpu[candidate] += nanos / jobs.size());
		parts.costs.add(candidate, jobs.size(), jobs.stream().mapToLong(job -> job.past.coarse.length).sum(), nanos, now);
	}

	private ModelNeeds needs(int candidate) {
		return parts.candidates.get(candidate).factory().needs();
	}

	static String lacking(ModelNeeds needs, Past past, int blocks) {
		if (blocks < needs.minSamples()) {
			return "It needs " + needs.minSamples() + " steps and has " + blocks + ".";
		}
		if (needs.minSeasons() > 0 && past.seasons.isEmpty()) {
			return "The series has no season.";
		}
		if (needs.minSeasons() > 0 && blocks < (long) needs.minSeasons() * past.seasons.getFirst()) {
			return "It needs " + needs.minSeasons() + " seasons of " + past.seasons.getFirst() + " steps and has " + blocks + " steps.";
		}
		return "";
	}

	/** What a candidate is told of in life. */
	private List<Cause> causes(Job job, int candidate) {
		return Stream.concat(telling.events(candidate, job.track.id, job.past, job.past.coarse.length).stream(),
				job.driven.getOrDefault(candidate, List.of()).stream()).toList();
	}

	private List<Cause> eventsBefore(Job job, int candidate) {
		return telling.events(candidate, job.track.id, job.past, job.past.coarse.length - job.test);
	}

	/** The first blocks of a series as a model gets them. */
	static TrainingSeries training(Past past, int slot, ModelNeeds needs, int until) {
		return new TrainingSeries(slot, past.blocks(until, needs.toleratesGaps()), past.seasons, past.lower(), Double.POSITIVE_INFINITY, List.of());
	}

	/** Trains the live models; a member that refuses now is dropped from the choice. */
	private void fitChosen(Lane lane, List<Job> jobs, long end, Instant now) {
		for (int candidate = 0; candidate < parts.candidates.size(); candidate++) {
			int member = candidate;
			Map<Integer, Job> bySlot = new HashMap<>();
			List<TrainingSeries> series = new ArrayList<>();
			for (Job job : jobs) {
				if (job.choice.place(member) >= 0) {
					bySlot.put(job.track.slot, job);
					List<Cause> causes = causes(job, member);
					lane.causes(member, job.track.slot, causes);
					series.add(telling.training(job.track.id, job.past, job.track.slot, needs(member), job.past.coarse.length, causes));
				}
			}
			if (series.isEmpty()) {
				continue;
			}
			long from = Costs.now();
			try {
				for (ForecastModel.Refusal refusal : lane.model(candidate).train(series, progress)) {
					Job job = bySlot.get(refusal.slot());
					if (job != null) {
						parts.selection.drop(job, member, refusal.reason());
					}
				}
			} catch (PluginException | RuntimeException e) {
				bySlot.values().forEach(job -> parts.selection.drop(job, member, String.valueOf(e.getMessage())));
				parts.health.health(candidate, false, "Training failed: " + e.getMessage());
			}
			charge(candidate, List.copyOf(bySlot.values()), Costs.now() - from, now);
		}
		for (Job job : jobs) {
			double last = job.past.filled.length == 0 ? Double.NaN : job.past.filled[job.past.filled.length - 1];
			lane.trained(job.track, job.choice, job.past.transform, end, last);
		}
	}

	private Result result(Lane lane, Job job, long end) {
		Past past = job.past;
		int from = Math.max(0, past.fine.length - TAIL);
		Curve curve = null;
		if (job.choice.members().length > 0) {
			curve = lane.curve(job.track, parts.plan.nodes);
			if (curve == null) {
				job.choice = parts.selection.fallback(job, job.choice.trainedAt(), job.choice.model() + " gave no finite forecast.");
				lane.trained(job.track, job.choice, job.past.transform, end, Double.NaN);
			}
		}
		return new Result(job, curve, Arrays.copyOfRange(past.fine, from, past.fine.length), past.firstSample + from);
	}

	/** When to train a series again, in milliseconds: sooner while it is young, or when not all was tried; not all at once. */
	static long next(Track track, Job job, ForecastSettings settings) {
		LeadPlan plan = track.plan;
		Choice choice = job.choice;
		double seen = Math.max(track.samples, 1) * (double) plan.step;
		double wait = Math.min(settings.retrainEvery().toMillis(), Math.max(seen / 2, 6. * plan.block));
		if (choice.members().length == 0) {
			double missing = LEAST_BLOCKS * (double) plan.block - seen;
			wait = missing > 0 ? missing + 2 * plan.block : wait;
		}
		double share = (Long.hashCode(track.id.hashCode() * 0x9E3779B97F4A7C15L ^ settings.seed()) & 1023) / 1023.;
		long from = choice.trainedAt().toEpochMilli();
		if (job.cut && job.allowance.first()) {
			return from + (long) (wait * (SOONEST + (1 - SOONEST) * share));
		}
		long next = from + (long) (wait * (1 + .1 * share));
		// a step that more history brings is taken when it is there, some blocks apart from other series of the same age
		long step = choice.next() == null ? Long.MAX_VALUE : choice.next().at().toEpochMilli() + (long) ((1 + 5 * share) * plan.block);
		return Math.min(next, Math.max(step, from + plan.block));
	}

	static String text(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds == 0) {
			return duration.toMillis() + " ms";
		}
		if (seconds % 86400 == 0) {
			return seconds / 86400 + " d";
		}
		if (seconds % 3600 == 0) {
			return seconds / 3600 + " h";
		}
		return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
	}
}
