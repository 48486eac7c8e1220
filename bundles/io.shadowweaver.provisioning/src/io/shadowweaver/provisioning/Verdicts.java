// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;

/**
 * Judges plans afterwards by the demand that was observed: was more needed than there was before, how much of what was added, and
 * how early was it there. One thread.
 */
final class Verdicts {
	/** What is watched of a plan until it is judged. */
	private static final class Watch {
		final String group;
		final String metric;
		final double oldCapacity;
		final double added;
		final Instant neededBy;
		final String currency;
		double peak = Double.NaN;
		double written = Double.NaN;
		Instant firstNeeded;

		Watch(String group, String metric, double oldCapacity, double added, Instant neededBy, String currency) {
			this.group = group;
			this.metric = metric;
			this.oldCapacity = oldCapacity;
			this.added = added;
			this.neededBy = neededBy;
			this.currency = currency;
		}

		void see(double demand, Instant now) {
			if (Double.isFinite(demand)) {
				peak = Double.isNaN(peak) ? demand : Math.max(peak, demand);
				if (firstNeeded == null && demand > oldCapacity) {
					firstNeeded = now;
				}
			}
		}

		/** What an earlier process saw. */
		void restore(JournalRecord.Peaked before) {
			peak = before.peak();
			written = before.peak();
			firstNeeded = before.firstNeeded();
		}

		/** Whether what was seen has to be written: more than there was before was needed, and clearly more than is written. */
		boolean rose() {
			return firstNeeded != null && !(peak <= written * RISE);
		}

		double use() {
			return added > 0 && peak > oldCapacity ? (peak - oldCapacity) / added : 0;
		}
	}

	/** By so much a peak has to rise to be written again. */
	private static final double RISE = 1.02;

	private Duration after;
	private final Map<String, Watch> executed = new LinkedHashMap<>();
	private final Map<String, Watch> observed = new LinkedHashMap<>();

	Verdicts(Duration after) {
		this.after = after;
	}

	/** From now on judges so long after the need. */
	void after(Duration other) {
		after = other;
	}

	/** Forgets what it watches. */
	void clear() {
		executed.clear();
		observed.clear();
	}

	/**
	 * Looks at demand now, and judges what is due.
	 *
	 * @return what is to be journalled: peaks after plans that were carried out or would have been, and verdicts
	 */
	List<JournalRecord> step(Ledger ledger, Map<String, GroupView> groups, Instant now) {
		Map<String, List<Entry>> plans = new HashMap<>();
		for (Entry entry : ledger.entries()) {
			if (entry.creates() && !entry.isAdopted() && !ledger.isJudged(entry.intent().plan())) {
				plans.computeIfAbsent(entry.intent().plan(), id -> new ArrayList<>()).add(entry);
			}
		}
		plans.forEach((plan, entries) -> {
			Intent first = entries.get(0).intent();
			executed.computeIfAbsent(plan, id -> taken(ledger, plan, new Watch(first.group(), first.metric(), first.oldCapacity(),
					entries.stream().filter(entry -> !entry.is(QueueEntry.State.FAILED, QueueEntry.State.CANCELLED)).mapToDouble(entry -> entry.intent().safeDemand()).sum(),
					first.needBy(), first.price().currency())));
		});
		executed.keySet().retainAll(plans.keySet());
		ledger.watched().forEach(one -> observed.computeIfAbsent(one.plan(),
				id -> taken(ledger, id, new Watch(one.group(), one.metric(), one.oldCapacity(), one.added(), one.neededBy(), one.currency()))));
		see(executed, groups, now);
		see(observed, groups, now);
		List<JournalRecord> records = new ArrayList<>();
		executed.forEach((plan, watch) -> peaked(plan, watch, now, records));
		observed.forEach((plan, watch) -> peaked(plan, watch, now, records));
		List<Verdict> due = new ArrayList<>();
		plans.forEach((plan, entries) -> judge(plan, executed.get(plan), entries, now, due));
		observed.entrySet().removeIf(one -> judgeObserved(one.getKey(), one.getValue(), now, due));
		due.forEach(verdict -> records.add(new JournalRecord.Judged(now, verdict)));
		return records;
	}

	private static void peaked(String plan, Watch watch, Instant now, List<JournalRecord> records) {
		if (watch.rose()) {
			watch.written = watch.peak;
			records.add(new JournalRecord.Peaked(now, plan, watch.peak, watch.firstNeeded));
		}
	}

	private static Watch taken(Ledger ledger, String plan, Watch watch) {
		ledger.peak(plan).ifPresent(watch::restore);
		return watch;
	}

	private static void see(Map<String, Watch> watches, Map<String, GroupView> groups, Instant now) {
		for (Watch watch : watches.values()) {
			GroupView view = groups.get(watch.group);
			if (view != null) {
				view.demand().stream().filter(demand -> demand.metric().equals(watch.metric)).forEach(demand -> watch.see(demand.observedNow(), now));
			}
		}
	}

	private void judge(String plan, Watch watch, List<Entry> entries, Instant now, List<Verdict> due) {
		if (!entries.stream().allMatch(Entry::isFinal)) {
			return;
		}
		List<Entry> ready = entries.stream().filter(entry -> entry.readyAt() != null).toList();
		Instant last = ready.stream().map(Entry::readyAt).max(Instant::compareTo).orElse(watch.neededBy);
		boolean allGone = ready.stream().allMatch(Entry::gone);
		if (!ready.isEmpty() && !allGone && now.isBefore((last.isAfter(watch.neededBy) ? last : watch.neededBy).plus(after))) {
			return;
		}
		if (ready.isEmpty()) {
			due.add(new Verdict(plan, watch.group, now, 0, 0, Duration.ZERO, 0, watch.currency, false,
					"Nothing became ready" + (watch.firstNeeded != null ? ", and it was needed from " + watch.firstNeeded : "") + "."));
			return;
		}
		double cost = ready.stream().mapToDouble(entry -> entry.intent().costPerHour() * hours(entry, now)).sum();
		Duration early = watch.firstNeeded == null ? Duration.ZERO : Duration.between(last, watch.firstNeeded);
		String when = watch.firstNeeded == null ? "demand never exceeded the capacity that was there before"
				: early.isNegative() ? "it came " + Texts.span(early.negated()) + " late" : "it was ready " + Texts.span(early) + " before it was needed";
		due.add(new Verdict(plan, watch.group, now, ready.size(), watch.use(), early, cost, watch.currency, watch.firstNeeded != null,
				ready.size() + " of " + entries.size() + " became ready; " + when + "; at its peak " + Texts.percent(watch.use())
						+ " of it was used; it cost " + Texts.money(cost, watch.currency) + "."));
	}

	private boolean judgeObserved(String plan, Watch watch, Instant now, List<Verdict> due) {
		if (now.isBefore(watch.neededBy.plus(after))) {
			return false;
		}
		due.add(new Verdict(plan, watch.group, now, 0, watch.use(), Duration.ZERO, 0, watch.currency, false,
				watch.firstNeeded == null ? "Only observed: it would not have been needed."
						: "Only observed: demand exceeded the capacity from " + watch.firstNeeded + ", and " + Texts.percent(watch.use()) + " of it would have been used."));
		return true;
	}

	private static double hours(Entry entry, Instant now) {
		Instant end = entry.gone() ? entry.since() : now;
		return Math.max(0, Duration.between(entry.calledAt(), end).toMillis() / 3600e3);
	}
}
