// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.replay.Outcome;
import io.shadowweaver.replay.RuleTrialResult;
import io.shadowweaver.replay.RuleTrialResult.Verdict;
import io.shadowweaver.ui.core.Formats;

/** How the result of a trial is put into words and rows. Pure functions. */
final class Trial {
	/**
	 * A figure, of the rule and of what was there.
	 *
	 * @param number its place
	 * @param name   what it is
	 * @param tip    what it means
	 * @param rule   of the rule
	 * @param before of what was there
	 */
	record Figure(int number, String name, String tip, String rule, String before) {
	}

	/**
	 * Something that the rule would have done, or have missed.
	 *
	 * @param time    when the capacity would have been ready, or the excess began
	 * @param when    the same in words
	 * @param what    the rise
	 * @param verdict how it turned out; empty for missed
	 * @param why     what that means
	 */
	record Deed(Instant time, String when, String what, Optional<Verdict> verdict, String why) {
		/** How it turned out, in words. */
		String turned() {
			return verdict.map(Formats::words).orElse("missed");
		}
	}

	private Trial() {
	}

	/** The result in a sentence. */
	static String sentence(RuleTrialResult result) {
		if (result.outcome().isEmpty()) {
			return "Nothing can be tried: " + result.demand().cause();
		}
		int rises = result.actions().size();
		Duration span = result.demand().step().multipliedBy(result.demand().length());
		String saved = "";
		double cost = result.capacityHours();
		double before = result.capacityHoursBefore();
		if (before > 0) {
			double less = 1 - cost / before;
			saved = " It would have cost " + Formats.percent(Math.abs(less)) + (less >= 0 ? " less" : " more") + " than what was there.";
		}
		return "Over " + Formats.span(span) + ": of " + rises + (rises == 1 ? " rise " : " rises ") + result.count(Verdict.RIGHT) + " right, "
				+ result.count(Verdict.LATE) + " late, " + result.count(Verdict.IN_VAIN) + " in vain; " + result.missed().size() + " missed. Too little "
				+ share(result.outcome().get().violations()) + " of the time" + result.outcomeBefore().map(there -> " (before " + share(there.violations()) + ")").orElse("")
				+ "." + saved;
	}

	/** The figures, of the rule beside what was there. */
	static List<Figure> figures(RuleTrialResult result, Unit unit) {
		if (result.outcome().isEmpty()) {
			return List.of();
		}
		List<Figure> figures = new ArrayList<>();
		Outcome rule = result.outcome().get();
		Optional<Outcome> there = result.outcomeBefore();
		add(figures, "Too little capacity", "Share of the time with more demand than capacity; the target is " + share(result.rule().target()), share(rule.violations()),
				there.map(outcome -> share(outcome.violations())));
		add(figures, "Longest at a stretch", "The longest unbroken time with too little", Formats.span(rule.longestBreach()),
				there.map(outcome -> Formats.span(outcome.longestBreach())));
		add(figures, "Demand not met", "Share of the whole demand that was above the capacity", share(rule.shortfall()), there.map(outcome -> share(outcome.shortfall())));
		add(figures, "Unused", "Mean share of the capacity that was not needed", share(rule.slack()), there.map(outcome -> share(outcome.slack())));
		add(figures, "Cost", "Capacity × hours", hours(result.capacityHours(), unit), Double.isNaN(result.capacityHoursBefore()) ? Optional.empty()
				: Optional.of(hours(result.capacityHoursBefore(), unit)));
		if (result.rule().unit() > 0) {
			double one = result.rule().unit();
			add(figures, "Cost in members", "The same in hours of a member; multiply by its price an hour", members(result.capacityHours() / one),
					Double.isNaN(result.capacityHoursBefore()) ? Optional.empty() : Optional.of(members(result.capacityHoursBefore() / one)));
		}
		add(figures, "Changes a day", "How often a day the capacity changed", Formats.number(rule.changesPerDay()),
				there.map(outcome -> Formats.number(outcome.changesPerDay())));
		return figures;
	}

	private static void add(List<Figure> figures, String name, String tip, String rule, Optional<String> before) {
		figures.add(new Figure(figures.size(), name, tip, rule, before.orElse("not known")));
	}

	private static String hours(double hours, Unit unit) {
		return Formats.inUnit(unit, hours) + "\u00a0h";
	}

	private static String members(double hours) {
		return Formats.number(hours) + "\u00a0h";
	}

	/** A share with two decimals below one per cent: targets are that small. */
	static String share(double share) {
		return !Double.isFinite(share) || share == 0 ? Formats.percent(share) : share < .01 ? String.format(Locale.ROOT, "%.2f\u00a0%%", share * 100)
				: String.format(Locale.ROOT, share < .1 ? "%.1f\u00a0%%" : "%.0f\u00a0%%", share * 100);
	}

	/** What the rule would have done and missed, by time. */
	static List<Deed> deeds(RuleTrialResult result, Unit unit, Instant now) {
		List<Deed> deeds = new ArrayList<>();
		for (RuleTrialResult.Action action : result.actions()) {
			String why = switch (action.verdict()) {
			case RIGHT -> "needed, and ready in time";
			case LATE -> "needed, but ready only after the demand was above the capacity";
			case IN_VAIN -> "the demand would have fitted without it";
			};
			deeds.add(new Deed(action.ready(), Formats.time(action.ready(), now), Formats.inUnit(unit, action.from()) + " → " + Formats.inUnit(unit, action.to()),
					Optional.of(action.verdict()), why));
		}
		for (Instant missed : result.missed()) {
			deeds.add(new Deed(missed, Formats.time(missed, now), Formats.NONE, Optional.empty(), "more demand than capacity, and no rise came"));
		}
		deeds.sort(java.util.Comparator.comparing(Deed::time));
		return deeds;
	}

	/** The series that can be tried: what the groups are scaled on. */
	static List<SeriesId> demands(io.shadowweaver.api.state.WeaverState state) {
		List<SeriesId> demands = new ArrayList<>();
		state.topology().groups().values().stream().sorted(java.util.Comparator.comparing(group -> group.name())).forEach(group -> group.demand().forEach(
				target -> demands.add(SeriesId.ofGroup(group.id(), target.metric()))));
		return demands;
	}
}
