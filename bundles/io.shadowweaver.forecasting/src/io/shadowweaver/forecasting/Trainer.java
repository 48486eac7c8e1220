// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.kit.series.Differences;

/** Trains a batch of series of one lane: back-test of all candidates, choice, then the chosen ones on all there is. */
final class Trainer {
	/** The id under which a series is forecast that no model can be trained for. */
	static final String FALLBACK = "naive";
	/** Fewer blocks than this are for the fallback. */
	static final int LEAST_BLOCKS = 24;

	/** What a training found out for one series. */
	record Result(Track track, Choice choice, Start start, Curve curve, double[] tail, long tailStart, long count, double lower) {
	}

	private static final int TAIL = 2000;
	/** The model that goes by the week. */
	private static final String WEEKLY = "weekly";
	private static final long DAY = 86_400_000;
	private static final long WEEK = 7 * DAY;
	/** How much worse the weekly model may look in a test without a change of days. */
	private static final double FAVOUR = 1.5;

	private final List<Candidate> candidates;
	private final SeriesReader history;
	private final ForecastSettings settings;
	private final LeadPlan plan;
	private final Lane.Listener health;
	private final Progress progress;

	Trainer(List<Candidate> candidates, SeriesReader history, ForecastSettings settings, LeadPlan plan, Lane.Listener health,
			BooleanSupplier cancelled) {
		this.candidates = candidates;
		this.history = history;
		this.settings = settings;
		this.plan = plan;
		this.health = health;
		progress = new Progress() {
			@Override
			public void report(double fraction, String what) {
				// a training is short; nobody watches one
			}

			@Override
			public boolean isCancelled() {
				return cancelled.getAsBoolean();
			}
		};
	}

	private static final class Job {
		final Track track;
		final Past past;
		final int test;
		final Map<Integer, String> refused = new TreeMap<>();
		BackTest backTest;
		Choice choice;
		Start start;

		Job(Track track, Past past, int test) {
			this.track = track;
			this.past = past;
			this.test = test;
		}
	}

	/**
	 * Trains; runs inside the lane.
	 *
	 * @param lane     whose live models are trained
	 * @param tracks   the series
	 * @param endBlock the last block that is complete
	 * @param now      the estate's time
	 * @return one a series
	 */
	List<Result> train(Lane lane, List<Track> tracks, long endBlock, Instant now) {
		long end = tracks.stream().mapToLong(track -> lane.fed(track.slot)).reduce(endBlock, Math::max);
		List<Job> jobs = new ArrayList<>();
		for (Track track : tracks) {
			Past past = read(track, end);
			boolean modelled = past.blocks() >= LEAST_BLOCKS && !past.isConstant() && past.fits();
			jobs.add(new Job(track, past, modelled ? BackTest.testPart(plan, past) : 0));
		}
		backTest(lane, jobs);
		for (Job job : jobs) {
			decide(job, now);
		}
		fitChosen(lane, jobs, end);
		return jobs.stream().map(job -> result(lane, job, end)).toList();
	}

	private Past read(Track track, long end) {
		Instant to = Instant.ofEpochMilli((end + 1) * plan.block);
		Instant from = to.minus(settings.trainingSpan());
		try {
			return new Past(plan, history.range(track.id, from, to), end);
		} catch (RuntimeException e) {
			System.getLogger(Trainer.class.getName()).log(System.Logger.Level.WARNING, "The history of " + track.id + " cannot be read", e);
			return new Past(plan, Series.empty(from, settings.step(), String.valueOf(e.getMessage())), end);
		}
	}

	private void backTest(Lane lane, List<Job> jobs) {
		Map<Integer, List<Job>> byTest = jobs.stream().filter(job -> job.test > 0)
				.collect(Collectors.groupingBy(job -> job.test, TreeMap::new, Collectors.toList()));
		for (List<Job> group : byTest.values()) {
			for (Job job : group) {
				job.backTest = new BackTest(plan, job.past, job.test, candidates.size());
			}
			for (int candidate = 0; candidate < candidates.size(); candidate++) {
				backTest(lane, candidate, group);
			}
		}
	}

	private void backTest(Lane lane, int candidate, List<Job> group) {
		String pinnedOnly = candidates.get(candidate).id();
		ModelNeeds needs = candidates.get(candidate).factory().needs();
		Map<Integer, Job> bySlot = new HashMap<>();
		List<TrainingSeries> series = new ArrayList<>();
		for (Job job : group) {
			String pinned = settings.pinnedModels().get(job.track.id);
			if (pinned != null && !pinned.equals(pinnedOnly)) {
				continue;
			}
			String lacking = lacking(needs, job.past, job.past.coarse.length - job.test);
			if (lacking.isEmpty()) {
				bySlot.put(series.size(), job);
				series.add(training(job, series.size(), needs, job.past.coarse.length - job.test));
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
		try (ForecastModel scratch = created) {
			for (ForecastModel.Refusal refusal : scratch.train(series, progress)) {
				Job job = bySlot.remove(refusal.slot());
				if (job != null) {
					job.refused.put(candidate, refusal.reason());
				}
			}
			bySlot.forEach((slot, job) -> job.backTest.run(candidate, scratch, slot, needs.toleratesGaps()));
			health.health(candidate, false, "");
		} catch (PluginException | RuntimeException e) {
			bySlot.values().forEach(job -> job.refused.put(candidate, e.getMessage() == null ? e.toString() : e.getMessage()));
			health.health(candidate, false, "Training failed: " + e.getMessage());
		}
	}

	private static String lacking(ModelNeeds needs, Past past, int blocks) {
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

	private TrainingSeries training(Job job, int slot, ModelNeeds needs, int until) {
		return new TrainingSeries(slot, job.past.blocks(until, needs.toleratesGaps()), job.past.seasons, lower(job),
				Double.POSITIVE_INFINITY, List.of());
	}

	private static double lower(Job job) {
		return job.past.hasNegatives() ? Double.NEGATIVE_INFINITY : 0;
	}

	private void decide(Job job, Instant now) {
		String pinned = settings.pinnedModels().get(job.track.id);
		if (job.backTest == null) {
			String why = job.past.count == 0 ? "There is no history."
					: job.past.isConstant() ? "All samples are equal."
							: !job.past.fits() ? "The values are too large for a model."
									: "Models need " + LEAST_BLOCKS + " steps of " + text(plan.blockDuration()) + ", there are "
											+ job.past.blocks() + ".";
			job.choice = fallback(job, now, why);
			return;
		}
		Judge judge = new Judge(job.backTest);
		List<Trial> trials = judge.trials(0, plan.leads.length);
		if (trials.isEmpty()) {
			String why = pinned == null ? "No model could be trained." : "The pinned model " + pinned + " could not be trained: "
					+ job.refused.values().stream().findFirst().orElse("it is not installed.");
			job.choice = fallback(job, now, why);
			return;
		}
		Trial near = best(trials, judge.trials(0, plan.nearLeads));
		Trial far = plan.nearLeads == plan.leads.length ? near : best(List.of(near), judge.trials(plan.nearLeads, plan.leads.length));
		int weekly = pinned == null ? youngWeek(job) : -1;
		if (weekly >= 0 && !job.refused.containsKey(weekly)) {
			far = favoured(weekly, far, judge.trials(plan.nearLeads, plan.leads.length));
		}
		Judge.Report report = judge.report(near, far);
		job.start = new Starts(job.backTest).all(near, far);
		boolean unheard = job.refused.containsKey(weekly);
		if (unheard) {
			// its errors are not known yet: those of what was judged, which knows no week, are not smaller, but their bias is not its own
			job.start.unbias(plan.nearLeads);
			far = Trial.of(weekly);
			Arrays.fill(report.skill(), plan.nearLeads, plan.leads.length, Double.NaN);
			Arrays.fill(report.wape(), plan.nearLeads, plan.leads.length, Double.NaN);
		}
		int[] members = IntStream.concat(Arrays.stream(near.members()), Arrays.stream(far.members())).distinct().sorted().toArray();
		Blend ofNear = near.blend(members);
		Blend ofFar = far.blend(members);
		String why = "Pinned.";
		if (pinned == null) {
			why = "The least error of " + trials.size() + " candidates and combinations on the windows of choice: "
					+ number(near.relative()) + " of seasonal naive's up to " + text(Duration.ofMillis(plan.leads[plan.nearLeads - 1]))
					+ (unheard ? "; at longer leads the week, since days differ." : Double.isFinite(far.relative()) && far != near
							? ", " + number(far.relative()) + " at longer leads."
							: ".");
		}
		job.choice = new Choice(name(members, ofNear, ofFar), members, ofNear, ofFar, version(now), now, job.past.seasons,
				job.past.count, report.skill(), report.coverage(), report.wape(), report.scored(), naiveError(job.past), scores(job, trials), why);
	}

	/** The weekly model where days differ and there are one to two weeks, so that the test has hardly a change of days; else -1. */
	private int youngWeek(Job job) {
		long length = job.past.coarse.length * plan.block;
		if (plan.nearLeads < plan.leads.length && length >= WEEK && length < 2 * WEEK - DAY && job.past.daysDiffer()) {
			for (int candidate = 0; candidate < candidates.size(); candidate++) {
				if (candidates.get(candidate).id().equals(WEEKLY)) {
					return candidate;
				}
			}
		}
		return -1;
	}

	/** A candidate by itself, unless the test speaks clearly against it. */
	private static Trial favoured(int candidate, Trial best, List<Trial> trials) {
		return trials.stream().filter(trial -> trial.isSingle(candidate)
				&& !(trial.relative() > FAVOUR * best.relative())).findFirst().orElse(best);
	}

	/** The best of some trials, or of those before where these say nothing. */
	private static Trial best(List<Trial> otherwise, List<Trial> trials) {
		return trials.isEmpty() || !Double.isFinite(trials.getFirst().relative()) ? otherwise.getFirst() : trials.getFirst();
	}

	private List<Quality.Score> scores(Job job, List<Trial> trials) {
		List<Quality.Score> scores = new ArrayList<>();
		for (Trial trial : trials) {
			double relative = Double.isFinite(trial.relative()) ? trial.relative() : Double.NaN;
			scores.add(new Quality.Score(name(trial.members(), trial.median()), relative, ""));
		}
		job.refused.forEach((candidate, reason) -> scores.add(new Quality.Score(candidates.get(candidate).id(), Double.NaN, reason)));
		return scores;
	}

	private static double naiveError(Past past) {
		return Differences.meanAbsolute(past.coarse, past.seasons.isEmpty() ? 1 : past.seasons.getFirst());
	}

	private Choice fallback(Job job, Instant now, String why) {
		double[] nothing = new double[plan.leads.length];
		Arrays.fill(nothing, Double.NaN);
		List<Quality.Score> scores = new ArrayList<>();
		job.refused.forEach((candidate, reason) -> scores.add(new Quality.Score(candidates.get(candidate).id(), Double.NaN, reason)));
		return new Choice(FALLBACK, new int[0], Blend.NONE, Blend.NONE, version(now), now, job.past.seasons, job.past.count, nothing, nothing, nothing, 0,
				naiveError(job.past), scores, why);
	}

	private static String version(Instant now) {
		return now.toString();
	}

	private String name(int[] members, Blend near, Blend far) {
		String first = name(Arrays.stream(near.places()).map(place -> members[place]).toArray(), near.median());
		String second = name(Arrays.stream(far.places()).map(place -> members[place]).toArray(), far.median());
		return first.equals(second) ? first : first + " / " + second;
	}

	private String name(int[] members, boolean median) {
		if (members.length == 1) {
			return candidates.get(members[0]).id();
		}
		return Arrays.stream(members).mapToObj(member -> candidates.get(member).id()).sorted()
				.collect(Collectors.joining("+", median ? "median(" : "mean(", ")"));
	}

	/** Trains the live models; a member that refuses now is dropped from the choice. */
	private void fitChosen(Lane lane, List<Job> jobs, long end) {
		for (int candidate = 0; candidate < candidates.size(); candidate++) {
			int member = candidate;
			Map<Integer, Job> bySlot = new HashMap<>();
			List<TrainingSeries> series = new ArrayList<>();
			ModelNeeds needs = candidates.get(candidate).factory().needs();
			for (Job job : jobs) {
				if (Arrays.stream(job.choice.members()).anyMatch(m -> m == member)) {
					bySlot.put(job.track.slot, job);
					series.add(training(job, job.track.slot, needs, job.past.coarse.length));
				}
			}
			if (series.isEmpty()) {
				continue;
			}
			try {
				for (ForecastModel.Refusal refusal : lane.model(candidate).train(series, progress)) {
					drop(bySlot.get(refusal.slot()), member, refusal.reason());
				}
			} catch (PluginException | RuntimeException e) {
				bySlot.values().forEach(job -> drop(job, member, e.getMessage()));
				health.health(candidate, false, "Training failed: " + e.getMessage());
			}
		}
		for (Job job : jobs) {
			double last = job.past.filled.length == 0 ? Double.NaN : job.past.filled[job.past.filled.length - 1];
			lane.trained(job.track.slot, job.choice, end, last);
		}
	}

	private void drop(Job job, int member, String reason) {
		if (job == null) {
			return;
		}
		Choice was = job.choice;
		int[] left = Arrays.stream(was.members()).filter(m -> m != member).toArray();
		String why = candidates.get(member).id() + " refused the whole history: " + reason;
		if (left.length == 0) {
			job.choice = fallback(job, was.trainedAt(), why);
			job.start = null;
		} else {
			int gone = was.place(member);
			Blend near = was.near().without(gone);
			Blend far = was.far().without(gone);
			Blend ofNear = near.isEmpty() ? far : near;
			Blend ofFar = far.isEmpty() ? near : far;
			job.choice = new Choice(name(left, ofNear, ofFar), left, ofNear, ofFar, was.version(), was.trainedAt(), was.seasons(), was.samples(),
					was.skill(), was.coverage(), was.wape(), was.heldOut(), was.naiveError(), was.scores(), why);
		}
	}

	private Result result(Lane lane, Job job, long end) {
		Past past = job.past;
		int from = Math.max(0, past.fine.length - TAIL);
		Curve curve = null;
		if (job.choice.members().length > 0) {
			curve = lane.curve(job.track, plan.nodes);
			if (curve == null) {
				job.choice = fallback(job, job.choice.trainedAt(), job.choice.model() + " gave no finite forecast.");
				lane.trained(job.track.slot, job.choice, end, Double.NaN);
			}
		}
		return new Result(job.track, job.choice, curve == null ? null : job.start, curve,
				Arrays.copyOfRange(past.fine, from, past.fine.length), past.firstSample + from, past.count, lower(job));
	}

	/** When to train a series again, in milliseconds: sooner while it is young; not all at once. */
	static long next(Track track, Choice choice, ForecastSettings settings) {
		LeadPlan plan = track.plan;
		double seen = Math.max(track.samples, 1) * (double) plan.step;
		double wait = Math.min(settings.retrainEvery().toMillis(), Math.max(seen / 2, 6. * plan.block));
		if (choice.members().length == 0) {
			double missing = LEAST_BLOCKS * (double) plan.block - seen;
			wait = missing > 0 ? missing + 2 * plan.block : wait;
		}
		double jitter = 1 + .1 * ((Long.hashCode(track.id.hashCode() * 0x9E3779B97F4A7C15L ^ settings.seed()) & 1023) / 1023.);
		return choice.trainedAt().toEpochMilli() + (long) (wait * jitter);
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

	private static String number(double value) {
		return String.format(java.util.Locale.ROOT, "%.3f", value);
	}
}
