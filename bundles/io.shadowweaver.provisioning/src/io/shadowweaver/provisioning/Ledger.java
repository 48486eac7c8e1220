// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;

/**
 * All intents and what has become of them: the journal's records, summed up. The only way to change it is a record, so that what
 * a running process believes is what the next one will read.
 */
final class Ledger {
	private static final int VERDICTS = 200;

	private final Map<String, Entry> entries = new LinkedHashMap<>();
	/** Tokens in the order of the entries. */
	private final Map<String, Set<String>> byGroup = new HashMap<>();
	private final Map<String, Set<String>> byPlan = new HashMap<>();
	private final Set<String> notYetMade = new LinkedHashSet<>();
	/** When creations were queued, in order. */
	private final List<Instant> creations = new ArrayList<>();
	private final List<Verdict> verdicts = new ArrayList<>();
	private final Set<String> judged = new HashSet<>();
	private final Map<String, JournalRecord.Watched> watched = new LinkedHashMap<>();
	private final Map<String, JournalRecord.Peaked> peaks = new LinkedHashMap<>();
	private final Standing standing = new Standing();
	private final WaitingPlans waiting = new WaitingPlans();
	private boolean killSwitch;
	private LeadTimes leads;
	private long plans;
	private int machines;

	Ledger(LeadTimes priors) {
		leads = priors;
	}

	void apply(JournalRecord record) {
		switch (record) {
		case JournalRecord.Intended intended -> {
			add(Entry.of(intended.intent(), intended.fencing()));
			count(intended.intent().plan());
		}
		case JournalRecord.Called called -> update(called.token(), called);
		case JournalRecord.Anew anew -> {
			entries.keySet().forEach(token -> update(token, anew));
			standing.anew(anew.at());
		}
		case JournalRecord.Interrupted cut -> update(cut.token(), cut);
		case JournalRecord.Draining out -> update(out.token(), out);
		case JournalRecord.Renewed again -> update(again.token(), again);
		case JournalRecord.Acknowledged named -> update(named.token(), named);
		case JournalRecord.Moved moved -> {
			update(moved.token(), moved);
			learn(moved);
		}
		case JournalRecord.Gone gone -> update(gone.token(), gone);
		case JournalRecord.Switched switched -> killSwitch = switched.on();
		case JournalRecord.Decided decided -> {
			waiting.apply(decided);
			count(decided.plan());
		}
		case JournalRecord.OfWaiting of -> waiting.apply(of);
		case JournalRecord.OfGroup of -> standing.apply(of);
		case JournalRecord.Noted noted -> {
			// a line for the reader of the file
		}
		case JournalRecord.Summed summed -> restore(summed);
		case JournalRecord.Watched one -> {
			watched.put(one.plan(), one);
			count(one.plan());
		}
		case JournalRecord.Peaked peaked -> peaks.put(peaked.plan(), peaked);
		case JournalRecord.Judged judged -> {
			this.judged.add(judged.verdict().plan());
			peaks.remove(judged.verdict().plan());
			watched.remove(judged.verdict().plan());
			verdicts.add(0, judged.verdict());
			if (verdicts.size() > VERDICTS) {
				verdicts.remove(VERDICTS);
			}
			count(judged.verdict().plan());
		}
		}
	}

	private void add(Entry entry) {
		if (entries.putIfAbsent(entry.token(), entry) == null) {
			byGroup.computeIfAbsent(entry.intent().group(), id -> new LinkedHashSet<>()).add(entry.token());
			byPlan.computeIfAbsent(entry.intent().plan(), id -> new LinkedHashSet<>()).add(entry.token());
			counted(entry);
			if (entry.creates()) {
				creations.add(after(entry.intent().queuedAt()), entry.intent().queuedAt());
			}
		}
	}

	private void drop(Entry entry) {
		entries.remove(entry.token());
		drop(byGroup, entry.intent().group(), entry.token());
		drop(byPlan, entry.intent().plan(), entry.token());
		uncounted(entry);
		if (entry.creates()) {
			creations.remove(after(entry.intent().queuedAt()) - 1);
		}
	}

	private void counted(Entry entry) {
		machines += entry.isOurs() || entry.isComing() ? 1 : 0;
		if (entry.isNotYetMade()) {
			notYetMade.add(entry.token());
		}
	}

	private void uncounted(Entry entry) {
		machines -= entry.isOurs() || entry.isComing() ? 1 : 0;
		notYetMade.remove(entry.token());
	}

	/** How many were queued at that time or before it. */
	private int after(Instant at) {
		int last = creations.size();
		while (last > 0 && creations.get(last - 1).isAfter(at)) {
			last--;
		}
		return last;
	}

	private static void drop(Map<String, Set<String>> index, String key, String token) {
		index.computeIfPresent(key, (id, tokens) -> tokens.remove(token) && tokens.isEmpty() ? null : tokens);
	}

	/**
	 * One record that stands for all that were applied.
	 *
	 * @param replaced the number of the last of them
	 */
	JournalRecord.Summed sum(Instant at, long replaced) {
		List<JournalRecord> kept = new ArrayList<>(standing.records());
		kept.addAll(waiting.all());
		kept.addAll(watched.values());
		kept.addAll(peaks.values());
		return new JournalRecord.Summed(at, replaced, List.copyOf(entries.values()), List.copyOf(verdicts), judged.stream().sorted().toList(), kept,
				standing.proven(), killSwitch, leads.learned(), plans);
	}

	private void restore(JournalRecord.Summed sum) {
		clear();
		sum.entries().forEach(this::add);
		verdicts.addAll(sum.verdicts());
		judged.addAll(sum.judged());
		sum.kept().forEach(this::apply);
		sum.proven().forEach(standing::proven);
		killSwitch = sum.killSwitch();
		leads = leads.with(sum.leads());
		plans = sum.plans();
	}

	/** Forgets all but what offers declare. */
	void clear() {
		entries.clear();
		byGroup.clear();
		byPlan.clear();
		creations.clear();
		notYetMade.clear();
		machines = 0;
		verdicts.clear();
		judged.clear();
		watched.clear();
		peaks.clear();
		standing.clear();
		waiting.clear();
		killSwitch = false;
		leads = leads.with(List.of());
		plans = 0;
	}

	private void update(String token, JournalRecord record) {
		entries.computeIfPresent(token, (key, entry) -> {
			Entry after = entry.apply(record);
			uncounted(entry);
			counted(after);
			return after;
		});
	}

	private void learn(JournalRecord.Moved moved) {
		Entry entry = entries.get(moved.token());
		if (moved.state() == QueueEntry.State.READY && entry != null && entry.creates() && entry.calledAt() != null) {
			standing.proven(Canary.kind(entry.intent()));
			entry.lead(moved.at()).ifPresent(lead -> learn(entry, lead, moved.at()));
		}
	}

	private void learn(Entry entry, Duration lead, Instant ready) {
		leads = leads.observed(entry.intent().provider(), entry.intent().offer(), lead);
		if (entry.runningAt() != null) {
			leads = leads.warmedUp(entry.intent().provider(), entry.intent().offer(), Duration.between(entry.runningAt(), ready));
		}
	}

	/** Plan ids end in a number that is never used twice. */
	private void count(String plan) {
		int dash = plan.lastIndexOf('-');
		String tail = plan.substring(dash + 1);
		if (tail.matches("\\d{1,18}")) {
			plans = Math.max(plans, Long.parseLong(tail));
		}
	}

	String nextPlan(String group) {
		return group + "-" + ++plans;
	}

	Collection<Entry> entries() {
		return entries.values();
	}

	/** How many machines of ours there are, coming ones included. */
	int machines() {
		return machines;
	}

	/** The creations of which it is not known that their machine is there: quotas do not tell of them yet. */
	List<Entry> notYetMade() {
		return notYetMade.stream().map(entries::get).toList();
	}

	/** When the creations of the whole estate were queued that were so after a time, in order. */
	List<Instant> creationsAfter(Instant at) {
		return List.copyOf(creations.subList(after(at), creations.size()));
	}

	List<Entry> of(String group) {
		return byGroup.getOrDefault(group, Set.of()).stream().map(entries::get).toList();
	}

	List<Entry> ofPlan(String plan) {
		return byPlan.getOrDefault(plan, Set.of()).stream().map(entries::get).toList();
	}

	Optional<Entry> find(String token) {
		return Optional.ofNullable(entries.get(token));
	}

	/** The creation that a listed machine comes from; empty for a stranger, and for a second machine of a token, unless a person has adopted it. */
	Optional<Entry> maker(Instance machine) {
		return find(machine.token()).filter(entry -> entry.instance().isEmpty() || entry.instance().equals(machine.id())).or(() -> find(Intents.twin(machine)));
	}

	/** Forgets what came to its end long ago, so that a step stays cheap; machines that are there are kept. */
	void forget(Instant before) {
		entries.values().stream().filter(entry -> entry.isFinal() && !entry.isOurs() && entry.since().isBefore(before)).toList().forEach(this::drop);
		judged.retainAll(byPlan.keySet());
		peaks.keySet().removeIf(plan -> !byPlan.containsKey(plan) && !watched.containsKey(plan));
	}

	boolean isJudged(String plan) {
		return judged.contains(plan);
	}

	/** Plans that were only observed, would have been carried out, and are not judged yet. */
	Collection<JournalRecord.Watched> watched() {
		return watched.values();
	}

	boolean isWatched(String plan) {
		return watched.containsKey(plan);
	}

	/** What was seen last of the demand after a plan that is not judged yet. */
	Optional<JournalRecord.Peaked> peak(String plan) {
		return Optional.ofNullable(peaks.get(plan));
	}

	/** Newest first. */
	List<Verdict> verdicts() {
		return List.copyOf(verdicts);
	}

	/** What persons and rules decided of groups. */
	Standing standing() {
		return standing;
	}

	/** The plans that wait for persons. */
	WaitingPlans waiting() {
		return waiting;
	}

	boolean killSwitch() {
		return killSwitch;
	}

	LeadTimes leads() {
		return leads;
	}

	void leads(LeadTimes with) {
		leads = with;
	}
}
