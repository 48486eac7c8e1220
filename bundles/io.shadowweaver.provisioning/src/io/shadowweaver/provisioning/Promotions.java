// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.provision.Verdict;

/**
 * How long the forecasts of each group have kept skill and coverage, and whether it has earned mode <em>auto</em> by that. Time in which
 * nothing was measured neither counts nor breaks the period; a failure begins it anew, with its reason. Kept in the journal. One thread.
 */
final class Promotions {
	/** A longer time between two looks is no time that was watched. */
	private static final Duration GAP = Duration.ofHours(1);
	/** So often what was reached is written. */
	private static final Duration WRITTEN = Duration.ofHours(6);

	private record Watch(Duration kept, String failure, Instant seen, Instant written) {
	}

	private final Ledger ledger;
	private final Recorder recorder;
	private final Map<String, Watch> watches = new HashMap<>();

	Promotions(Ledger ledger, Recorder recorder) {
		this.ledger = ledger;
		this.recorder = recorder;
	}

	/** Looks at all groups, and says where each stands that is not in mode auto, or should not be. */
	List<Promotion> step(Collection<GroupView> views, ProvisioningSettings settings, Instant now) {
		List<Promotion> promotions = new ArrayList<>();
		for (GroupView view : views) {
			Watch watch = look(view, settings.earning(), now);
			watches.put(view.group().id(), watch);
			boolean fails = !failure(view, settings.earning()).isEmpty();
			if (view.mode() != Mode.AUTO || fails) {
				promotions.add(promotion(view, watch, settings.earning()));
			}
		}
		watches.keySet().retainAll(views.stream().map(view -> view.group().id()).toList());
		return promotions;
	}

	/** Begins again with what the journal holds. */
	void clear() {
		watches.clear();
	}

	/** The clock was set: the time over which it jumped was not watched. */
	void jumped(Instant now) {
		watches.replaceAll((group, watch) -> new Watch(watch.kept(), watch.failure(), now, watch.written().isAfter(now) ? now : watch.written()));
	}

	private Watch look(GroupView view, ProvisioningSettings.Earning earning, Instant now) {
		String group = view.group().id();
		Watch before = watches.computeIfAbsent(group, id -> ledger.standing().graded(id).map(one -> new Watch(one.kept(), one.failure(), now, one.at()))
				.orElse(new Watch(Duration.ZERO, "", now, now)));
		String failure = failure(view, earning);
		if (!failure.isEmpty()) {
			// written when it begins, not at each look
			boolean begins = !before.kept().isZero() || before.failure().isEmpty();
			return begins ? written(group, Duration.ZERO, failure + " at " + now, now) : new Watch(Duration.ZERO, before.failure(), now, before.written());
		}
		Duration since = Duration.between(before.seen(), now);
		boolean counts = isMeasured(view) && !since.isNegative() && since.compareTo(GAP) <= 0;
		Duration kept = counts ? before.kept().plus(since) : before.kept();
		boolean reached = kept.compareTo(earning.period()) >= 0 && before.kept().compareTo(earning.period()) < 0;
		boolean late = !now.isBefore(before.written().plus(WRITTEN)) && kept.compareTo(before.kept()) > 0;
		return reached || late ? written(group, kept, before.failure(), now) : new Watch(kept, before.failure(), now, before.written());
	}

	private Watch written(String group, Duration kept, String failure, Instant now) {
		recorder.fact(new JournalRecord.Graded(now, group, kept, failure));
		return new Watch(kept, failure, now, now);
	}

	private static boolean isMeasured(GroupView view) {
		return !view.demand().isEmpty() && view.demand().stream().allMatch(demand -> !Double.isNaN(demand.skill()) && !Double.isNaN(demand.coverage()));
	}

	/** What a group's forecasts fail in now; empty for nothing. */
	private static String failure(GroupView view, ProvisioningSettings.Earning earning) {
		for (DemandView demand : view.demand()) {
			if (demand.skill() < earning.minSkill()) {
				return "the forecast of " + demand.metric() + " had the skill " + Texts.number(demand.skill()) + ", under " + Texts.number(earning.minSkill());
			}
			if (demand.coverage() < earning.minCoverage() || demand.coverage() > earning.maxCoverage()) {
				return "the 80 % band of " + demand.metric() + " covered " + Texts.percent(demand.coverage()) + ", not " + Texts.percent(earning.minCoverage()) + " to " + Texts.percent(earning.maxCoverage());
			}
		}
		return "";
	}

	private Promotion promotion(GroupView view, Watch watch, ProvisioningSettings.Earning earning) {
		String group = view.group().id();
		List<Verdict> verdicts = ledger.verdicts().stream().filter(verdict -> verdict.group().equals(group)).limit(Math.max(1, earning.verdicts())).toList();
		long right = verdicts.stream().filter(verdict -> verdict.breachAvoided() || verdict.peakUse() > 0).count();
		boolean judged = verdicts.size() >= earning.verdicts() && right >= earning.rightShare() * Math.min(verdicts.size(), earning.verdicts());
		boolean kept = watch.kept().compareTo(earning.period()) >= 0;
		double progress = Math.min(1, (double) watch.kept().toMillis() / earning.period().toMillis());
		String why = watch.failure().isEmpty() || kept ? "" : "; " + watch.failure();
		String measured = "Skill and coverage were kept for " + Texts.span(watch.kept()) + " of " + Texts.span(earning.period()) + why + ". Of the last "
				+ earning.verdicts() + " plans " + verdicts.size() + (verdicts.size() == 1 ? " was" : " were") + " judged, and " + right + " needed.";
		boolean offered = kept && judged && view.mode() != Mode.AUTO;
		String lead = view.mode() == Mode.AUTO ? "It is in mode auto and should go back to propose: " + failure(view, earning) + ". " : offered ? "Mode auto is offered. " : "";
		return new Promotion(group, offered, progress, lead + measured);
	}
}
