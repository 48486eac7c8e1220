// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.shadowweaver.kit.series.Differences;

/**
 * Decides what a series is forecast with, for near and for far leads. The champion, which is in use, stays unless a challenger is better by
 * {@value #MARGIN} on the windows that choose; what wins gives way to seasonal naive where it is worse than that on the window that only reports
 * and over all windows too: one window alone is little evidence.
 */
final class Selection {
	/** By what share a challenger must be better. */
	static final double MARGIN = .02;
	/** The model that goes by the week. */
	private static final String WEEKLY = "weekly";
	private static final String SEASONAL = "seasonal-naive";
	private static final String NAIVE = "naive";
	private static final long DAY = 86_400_000;
	private static final long WEEK = 7 * DAY;
	/** How much worse the weekly model may look in a test without a change of days. */
	private static final double FAVOUR = 1.5;

	private final List<Candidate> candidates;
	private final LeadPlan plan;
	private final Tailor tailor;
	private final Ladder ladder;

	Selection(List<Candidate> candidates, LeadPlan plan, Tailor tailor) {
		this.candidates = candidates;
		this.plan = plan;
		this.tailor = tailor;
		ladder = new Ladder(candidates, plan);
	}

	/** What won at some leads, and what there is to say about it. */
	private record Winner(Trial trial, String said) {
	}

	/**
	 * Decides; sets the choice, the start of the bands, and the change.
	 *
	 * @param champion what is in use; {@code null} for nothing
	 */
	void decide(Job job, Choice champion, Instant now) {
		choose(job, champion, now);
		job.choice = job.choice.saying(job.past.untransformed).saying(job.choice.members().length > 0 && job.past.isIntermittent()
				? " Errors count by their squares, since " + Math.round(100 * job.past.zeros()) + " % of its steps are 0." : "");
		if (champion != null && !champion.model().equals(job.choice.model())) {
			Judge judge = job.backTest == null ? null : new Judge(job.backTest, tailor.judging(job.track.id, plan));
			job.change = new Quality.Change(now, "", champion.model(), job.choice.model(), error(judge, champion), error(judge, job.choice));
		}
	}

	private double error(Judge judge, Choice choice) {
		if (judge == null || choice.members().length == 0) {
			return Double.NaN;
		}
		double near = error(judge, Trial.of(choice, choice.near()), 0, plan.nearLeads);
		double far = error(judge, Trial.of(choice, choice.far()), plan.nearLeads, plan.leads.length);
		return Double.isNaN(near) || Double.isNaN(far) ? Double.isNaN(near) ? far : near : (near + far) / 2;
	}

	private static double error(Judge judge, Trial trial, int from, int to) {
		double error = from < to && trial.members().length > 0 && judge.knows(trial) ? judge.judged(trial, from, to).relative() : Double.NaN;
		return Double.isFinite(error) ? error : Double.NaN;
	}

	private void choose(Job job, Choice champion, Instant now) {
		Optional<String> pinned = tailor.of(job.track.id).model();
		if (job.backTest == null) {
			job.choice = fallback(job, now, unmodelled(job.past));
			return;
		}
		Judge judge = new Judge(job.backTest, tailor.judging(job.track.id, plan));
		List<Trial> trials = judge.trials(0, plan.leads.length);
		if (trials.isEmpty()) {
			job.choice = fallback(job, now, pinned.isEmpty() ? "No model could be trained." : "The pinned model " + pinned.get() + " could not be trained: "
					+ job.refused.values().stream().findFirst().orElse("it is not installed."));
			return;
		}
		boolean free = pinned.isEmpty();
		Winner near = winner(job, judge, trials, champion == null ? null : Trial.of(champion, champion.near()), 0, plan.nearLeads, free);
		Winner far = plan.nearLeads == plan.leads.length ? near
				: winner(job, judge, List.of(near.trial), champion == null ? null : Trial.of(champion, champion.far()), plan.nearLeads, plan.leads.length, free);
		int weekly = free ? youngWeek(job.past) : -1;
		if (weekly >= 0 && !job.refused.containsKey(weekly)) {
			far = new Winner(favoured(weekly, far.trial, judge.trials(plan.nearLeads, plan.leads.length)), far.said);
		}
		Judge.Report report = judge.report(near.trial, far.trial);
		job.start = new Starts(job.backTest).all(near.trial, far.trial);
		boolean unheard = job.refused.containsKey(weekly);
		if (unheard) {
			// its errors are not known yet: those of what was judged, which knows no week, are not smaller, but their bias is not its own
			job.start.unbias(plan.nearLeads);
			far = new Winner(Trial.of(weekly), " At longer leads the week, since days differ.");
			Arrays.fill(report.skill(), plan.nearLeads, plan.leads.length, Double.NaN);
			Arrays.fill(report.wape(), plan.nearLeads, plan.leads.length, Double.NaN);
		}
		int[] members = IntStream.concat(Arrays.stream(near.trial.members()), Arrays.stream(far.trial.members())).distinct().sorted().toArray();
		Blend ofNear = near.trial.blend(members);
		Blend ofFar = far.trial.blend(members);
		job.choice = new Choice(name(members, ofNear, ofFar), members, ofNear, ofFar, now.toString(), now, job.past.seasons, job.past.count,
				report.skill(), report.coverage(), report.wape(), report.scored(), naiveError(job.past), scores(job, trials),
				free ? why(trials.size(), near, far, unheard) : "Pinned.", ladder.next(job.past).orElse(null));
	}

	private String unmodelled(Past past) {
		if (past.count == 0) {
			return "There is no history.";
		}
		if (past.isConstant()) {
			return "All samples are equal.";
		}
		return !past.fits() ? "The values are too large for a model."
				: "Models need " + Trainer.LEAST_BLOCKS + " steps of " + Trainer.text(plan.blockDuration()) + ", there are " + past.blocks() + ".";
	}

	/** What wins at some leads: the challenger, or the champion that stays; seasonal naive where that one is worse on the window that reports. */
	private Winner winner(Job job, Judge judge, List<Trial> otherwise, Trial champion, int from, int to, boolean free) {
		List<Trial> trials = judge.trials(from, to);
		if (trials.isEmpty() || !Double.isFinite(trials.getFirst().relative())) {
			return new Winner(otherwise.getFirst(), "");
		}
		Trial best = trials.getFirst();
		if (!free) {
			return new Winner(best, "");
		}
		String said = "";
		if (champion != null && champion.members().length > 0 && judge.knows(champion)) {
			Trial present = trials.stream().filter(champion::isLike).findFirst().orElseGet(() -> judge.judged(champion, from, to));
			if (Double.isFinite(present.relative()) && !(Judge.preference(best) < Judge.preference(present) * (1 - MARGIN))) {
				said = best.isLike(present) ? "" : " " + name(present) + " stays: " + name(best) + " is not better by " + Math.round(100 * MARGIN) + " %.";
				best = present;
			}
		}
		double reported = judge.reported(best, from, to);
		int naive = candidate(job.past.seasons.isEmpty() ? NAIVE : SEASONAL);
		if (reported > 1 && naive >= 0 && !job.refused.containsKey(naive) && !best.isSingle(naive) && judge.knows(Trial.of(naive))) {
			double overall = judge.overall(best, from, to);
			String worse = " " + name(best) + " came to " + number(reported) + " of seasonal naive's error on the window that only reports";
			if (overall > 1) {
				return new Winner(judge.judged(Trial.of(naive), from, to),
						worse + " and to " + number(overall) + " over all windows, so " + candidates.get(naive).id() + " is used.");
			}
			said += worse + ", but to " + number(overall) + " over all windows, so it is used.";
		}
		return new Winner(best, said);
	}

	private int candidate(String id) {
		for (int candidate = 0; candidate < candidates.size(); candidate++) {
			if (candidates.get(candidate).id().equals(id)) {
				return candidate;
			}
		}
		return -1;
	}

	private String why(int trials, Winner near, Winner far, boolean unheard) {
		String error = !Double.isFinite(near.trial.relative()) ? "There is too little to judge by yet"
				: "The least error of " + trials + " candidates and combinations on the windows of choice: " + number(near.trial.relative())
						+ " of seasonal naive's up to " + Trainer.text(Duration.ofMillis(plan.leads[plan.nearLeads - 1]));
		String later = !unheard && far != near && Double.isFinite(far.trial.relative()) ? ", " + number(far.trial.relative()) + " at longer leads." : ".";
		return error + later + near.said + (far == near || far.said.equals(near.said) ? "" : far.said);
	}

	/** The weekly model where days differ and there are one to two weeks, so that the test has hardly a change of days; else -1. */
	private int youngWeek(Past past) {
		long length = past.coarse.length * plan.block;
		boolean young = plan.nearLeads < plan.leads.length && length >= WEEK && length < 2 * WEEK - DAY && past.daysDiffer();
		return young ? candidate(WEEKLY) : -1;
	}

	/** A candidate by itself, unless the test speaks clearly against it. */
	private static Trial favoured(int candidate, Trial best, List<Trial> trials) {
		return trials.stream().filter(trial -> trial.isSingle(candidate) && !(trial.relative() > FAVOUR * best.relative())).findFirst().orElse(best);
	}

	private List<Quality.Score> scores(Job job, List<Trial> trials) {
		List<Quality.Score> scores = new ArrayList<>();
		for (Trial trial : trials) {
			double relative = Double.isFinite(trial.relative()) ? trial.relative() : Double.NaN;
			scores.add(new Quality.Score(name(trial), relative, "", cpu(job, trial)));
		}
		scores.addAll(refused(job));
		return scores;
	}

	private static Duration cpu(Job job, Trial trial) {
		return trial.members().length == 1 ? Duration.ofNanos(job.cpu[trial.members()[0]]) : Duration.ZERO;
	}

	private List<Quality.Score> refused(Job job) {
		return job.refused.entrySet().stream().map(entry -> new Quality.Score(candidates.get(entry.getKey()).id(), Double.NaN, entry.getValue(),
				Duration.ofNanos(job.cpu[entry.getKey()]))).toList();
	}

	static double naiveError(Past past) {
		return Differences.meanAbsolute(past.transform.from(past.coarse), past.seasons.isEmpty() ? 1 : past.seasons.getFirst());
	}

	/** The choice of a series that no model can be trained for. */
	Choice fallback(Job job, Instant now, String why) {
		double[] nothing = new double[plan.leads.length];
		Arrays.fill(nothing, Double.NaN);
		return new Choice(Trainer.FALLBACK, new int[0], Blend.NONE, Blend.NONE, now.toString(), now, job.past.seasons, job.past.count, nothing, nothing,
				nothing, 0, naiveError(job.past), refused(job), why, ladder.next(job.past).orElse(null));
	}

	/** Takes a member out of the choice, which refused the whole history. */
	void drop(Job job, int member, String reason) {
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
					was.skill(), was.coverage(), was.wape(), was.heldOut(), was.naiveError(), was.scores(), why, was.next());
		}
	}

	private String name(int[] members, Blend near, Blend far) {
		return name(trial(members, near), trial(members, far));
	}

	private static Trial trial(int[] members, Blend blend) {
		return new Trial(Arrays.stream(blend.places()).map(place -> members[place]).toArray(), blend.weights(), blend.median(), Double.NaN);
	}

	/** The name of what stands for near leads and what for far ones. */
	String name(Trial near, Trial far) {
		String first = name(near);
		String second = name(far);
		return first.equals(second) ? first : first + " / " + second;
	}

	/** The id of a candidate, or the kind of the combination and its members. */
	String name(Trial trial) {
		if (trial.members().length == 1) {
			return candidates.get(trial.members()[0]).id();
		}
		return Arrays.stream(trial.members()).mapToObj(member -> candidates.get(member).id()).sorted()
				.collect(Collectors.joining("+", trial.median() ? "median(" : "mean(", ")"));
	}

	static String number(double value) {
		return String.format(java.util.Locale.ROOT, "%.3f", value);
	}
}
