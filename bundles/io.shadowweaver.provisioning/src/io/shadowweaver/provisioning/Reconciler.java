// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.QueueEntry.State;

/**
 * Compares what is meant with what the providers list and what carries traffic, and says what has become of each intent. A lost
 * answer is never followed by another call before the settling time is over and a list that was asked for after it was read.
 */
final class Reconciler {
	private ProvisioningSettings.Calls settings;
	private final Recorder recorder;
	private final String estate;
	private final Readiness readiness;

	Reconciler(String estate, ProvisioningSettings.Calls settings, Recorder recorder, Readiness readiness) {
		this.estate = estate;
		this.settings = settings;
		this.recorder = recorder;
		this.readiness = readiness;
	}

	/** From now on by these. */
	void settings(ProvisioningSettings.Calls other) {
		settings = other;
	}

	/** After a restart: what was called and not answered is not known. */
	void recover(Ledger ledger, Instant now) {
		for (Entry entry : List.copyOf(ledger.entries())) {
			if (entry.is(State.CALLED)) {
				recorder.fact(new JournalRecord.Interrupted(now, entry.token()));
			} else if (entry.is(State.UNKNOWN)) {
				move(entry, State.UNKNOWN, "The process ended before this was known: the provider's list will tell.", now);
			}
		}
		if (!ledger.entries().isEmpty()) {
			recorder.fact(new JournalRecord.TakenUp(now));
		}
	}

	/**
	 * The clock was set: what was found out before it says nothing of the time after.
	 *
	 * @param by how far it went ahead; negative where it was set back
	 */
	void jumped(Duration by, Instant now) {
		recorder.fact(new JournalRecord.Jumped(now, by));
		readiness.keep(Set.of());
	}

	/**
	 * What was decided under an older number was decided without knowing what the holder of the lease in between has done: it is dropped,
	 * and the need for it decides again. A removal of what was drained already, or never carried traffic, is decided again here.
	 *
	 * @param number the fencing number under which we act
	 */
	void fence(Ledger ledger, Map<String, Snapshot> snapshots, long number, Instant now) {
		for (Entry entry : List.copyOf(ledger.entries())) {
			if (!entry.is(State.JOURNALLED) || entry.fencing() == number) {
				continue;
			}
			Optional<Entry> target = entry.intent().target().isEmpty() ? Optional.empty() : ledger.find(entry.intent().target());
			boolean waste = target.isPresent() && target.get().is(State.FAILED, State.CANCELLED);
			boolean listed = snapshots.containsKey(entry.intent().provider()) && snapshots.get(entry.intent().provider()).ids().contains(entry.instance());
			if (entry.draining() || waste && listed) {
				recorder.fact(new JournalRecord.Renewed(now, entry.token(), number, waste ? "The machine " + entry.instance() + " still stands there and never carried traffic."
						: "The machine " + entry.instance() + " is out of service already."));
			} else if (!waste) {
				move(entry, State.CANCELLED, "Not called: it was decided under the fencing number " + entry.fencing() + ", and " + (number > entry.fencing() + 1 ? "somebody else held the lease" : "the lease was gained anew")
						+ " since; now it is " + number + ".", now);
			}
		}
	}

	/** How a call ended. */
	void apply(Outcome outcome, Ledger ledger, Instant now) {
		Optional<Entry> found = ledger.find(outcome.token());
		if (found.isEmpty()) {
			return;
		}
		Entry entry = found.get();
		boolean open = entry.is(State.CALLED, State.UNKNOWN);
		switch (outcome) {
		case Outcome.Named named -> {
			if (open) {
				acknowledge(entry, named.instance(), now);
			}
		}
		case Outcome.Done done -> {
			if (open && entry.intent().kind() == Action.Kind.DELETE) {
				deleted(entry, now);
			} else if (open) {
				move(entry, State.ACKNOWLEDGED, "The owner of the group was asked for the size " + entry.intent().size() + ".", now);
			}
		}
		case Outcome.Refused refused -> {
			if (open) {
				move(entry, State.FAILED, refused.sentence(), now);
			}
		}
		case Outcome.Lost lost -> {
			if (entry.is(State.CALLED)) {
				move(entry, State.UNKNOWN, lost.sentence() + " The provider's list will tell.", now);
			}
		}
		case Outcome.NotCalled not -> {
			if (entry.is(State.CALLED)) {
				move(entry, State.JOURNALLED, not.sentence(), now);
			}
		}
		}
	}

	/**
	 * One round.
	 *
	 * @param snapshots what accounts said last, by id; absent ones did not answer yet
	 * @param groups    by id
	 */
	void reconcile(Ledger ledger, Map<String, Snapshot> snapshots, Map<String, GroupView> groups, Predicate<String> healthyTraffic, Instant now) {
		for (Entry entry : List.copyOf(ledger.entries())) {
			Optional<Snapshot> snapshot = Optional.ofNullable(snapshots.get(entry.intent().provider()));
			if (entry.is(State.JOURNALLED)) {
				waiting(entry, groups, now);
			} else if (entry.isOurs()) {
				snapshot.ifPresent(all -> watch(entry, all, now));
			} else if (entry.creates() && entry.is(State.FAILED, State.CANCELLED)) {
				snapshot.ifPresent(all -> waste(entry, all, ledger, now));
			} else if (!entry.isFinal()) {
				switch (entry.intent().kind()) {
				case CREATE -> creating(entry, snapshot, ledger, Readiness.check(groups.get(entry.intent().group())), healthyTraffic, now);
				case DELETE -> snapshot.ifPresent(all -> deleting(entry, all, now));
				case SET_SIZE -> sizing(entry, groups, snapshot, ledger, now);
				case RESIZE -> move(entry, State.FAILED, "No provider can resize.", now);
				}
			}
		}
	}

	private void waiting(Entry entry, Map<String, GroupView> groups, Instant now) {
		GroupView view = groups.get(entry.intent().group());
		boolean removesWaste = entry.intent().kind() == Action.Kind.DELETE;
		if (entry.draining()) {
			return;
		}
		if (now.isAfter(entry.intent().expires())) {
			move(entry, State.CANCELLED, "Not called before " + entry.intent().expires() + ", when its plan was void.", now);
		} else if (view != null && !removesWaste && (view.mode() == Mode.OFF || view.mode() == Mode.OBSERVE)) {
			move(entry, State.CANCELLED, "Not called: the group is in mode " + view.mode().name().toLowerCase(Locale.ROOT) + " now.", now);
		}
	}

	private void creating(Entry entry, Optional<Snapshot> snapshot, Ledger ledger, Readiness.Check check, Predicate<String> healthyTraffic, Instant now) {
		Optional<Instance> machine = snapshot.flatMap(all -> all.machine(entry));
		if (entry.is(State.CALLED, State.UNKNOWN)) {
			if (machine.isPresent()) {
				acknowledge(entry, machine.get(), now);
			} else if (entry.is(State.UNKNOWN) && snapshot.isPresent() && settled(entry, snapshot.get())) {
				again(entry, "The machine is not in the provider's list", now);
			}
			return;
		}
		if (machine.isPresent() && machine.get().state() == Instance.State.FAILED) {
			move(entry, State.FAILED, "The provider could not make it: " + (machine.get().detail().isEmpty() ? "it gives no reason." : machine.get().detail()), now);
		} else if (machine.isPresent() && machine.get().state() == Instance.State.DELETING) {
			move(entry, State.FAILED, "Somebody removes it at the provider.", now);
		} else if (machine.isEmpty() && snapshot.isPresent() && settled(entry, snapshot.get())) {
			move(entry, State.FAILED, "The machine " + entry.instance() + " is in the provider's list no more.", now);
		} else if (readiness.holds(entry, check, machine, healthyTraffic)) {
			move(entry, State.READY, "First " + check.awaited() + entry.lead(now).map(lead -> " after " + Texts.span(lead) + ".").orElse("; after how long is not known, since it was not watched all along."), now);
		} else if (now.isAfter(deadline(entry, ledger.leads()))) {
			move(entry, State.FAILED, "No " + check.awaited() + " within " + Texts.span(Duration.between(entry.watchedFrom(), now)) + ".", now);
		} else if (entry.is(State.ACKNOWLEDGED) && machine.isPresent() && machine.get().state() == Instance.State.RUNNING) {
			move(entry, State.RUNNING, "It runs; no " + check.awaited() + " yet.", now);
		}
	}

	private Instant deadline(Entry entry, LeadTimes leads) {
		long expected = Math.round(leads.of(entry.intent().provider(), entry.intent().offer()).p95().toMillis() * settings.deadlineFactor());
		return entry.watchedFrom().plusMillis(Math.max(expected, settings.minDeadline().toMillis()));
	}

	private void deleting(Entry entry, Snapshot all, Instant now) {
		if (!settled(entry, all)) {
			return;
		}
		if (!all.ids().contains(entry.instance())) {
			deleted(entry, now);
		} else if (entry.is(State.UNKNOWN)) {
			again(entry, "The machine is still in the provider's list", now);
		}
	}

	private void sizing(Entry entry, Map<String, GroupView> groups, Optional<Snapshot> snapshot, Ledger ledger, Instant now) {
		GroupView view = groups.get(entry.intent().group());
		if (view != null && view.ready() >= entry.intent().size()) {
			move(entry, State.READY, "The group has " + view.ready() + " members.", now);
		} else if (entry.is(State.UNKNOWN) && snapshot.isPresent() && settled(entry, snapshot.get())) {
			again(entry, "Nobody knows whether the owner heard of it", now);
		} else if (entry.is(State.ACKNOWLEDGED) && now.isAfter(deadline(entry, ledger.leads()))) {
			move(entry, State.FAILED, "The group did not come to the size " + entry.intent().size() + ".", now);
		}
	}

	/** Whether a list was asked for when all that had happened before the entry's state had to be in it. */
	private static boolean settled(Entry entry, Snapshot snapshot) {
		return !snapshot.at().isBefore(entry.since().plus(snapshot.settling())) && snapshot.at().isAfter(entry.since());
	}

	private void again(Entry entry, String why, Instant now) {
		boolean isVoid = now.isAfter(entry.intent().expires());
		if (entry.draining() || entry.attempts() < settings.maxAttempts() && !isVoid) {
			move(entry, State.JOURNALLED, why + "; it is called again with the same token.", now);
		} else if (entry.attempts() == 0) {
			move(entry, State.CANCELLED, why + ", and its plan is void since " + entry.intent().expires() + ".", now);
		} else {
			move(entry, State.FAILED, why + " after " + entry.attempts() + (entry.attempts() == 1 ? " call." : " calls."), now);
		}
	}

	private void acknowledge(Entry entry, Instance machine, Instant now) {
		recorder.fact(new JournalRecord.Acknowledged(now, entry.token(), machine.id(), machine.resource() == null ? "" : machine.resource()));
	}

	private void deleted(Entry entry, Instant now) {
		move(entry, State.DELETED, "Removed.", now);
		recorder.fact(new JournalRecord.Gone(now, entry.intent().target(), "Removed by plan " + entry.intent().plan() + "."));
	}

	private void watch(Entry entry, Snapshot all, Instant now) {
		if (!all.ids().contains(entry.instance()) && settled(entry, all)) {
			recorder.fact(new JournalRecord.Gone(now, entry.token(), "The machine " + entry.instance() + " is in the provider's list no more."));
		}
	}

	/** A machine of an intent that failed costs money and carries nothing: it is removed, and paid for until it is gone. */
	private void waste(Entry entry, Snapshot all, Ledger ledger, Instant now) {
		Optional<Instance> machine = all.machine(entry);
		if (machine.isEmpty() && !entry.instance().isEmpty() && !entry.gone()) {
			watch(entry, all, now);
		}
		if (settings.removeFailed() && machine.isPresent() && machine.get().state() != Instance.State.DELETING) {
			Intent removal = Intents.delete(estate, entry.intent().plan(), entry, machine.get().id(), now, now.plus(Duration.ofHours(24)));
			if (ledger.find(removal.token()).isEmpty()) {
				recorder.fact(new JournalRecord.Intended(now, removal, entry.fencing()));
			}
		}
	}

	private void move(Entry entry, State state, String sentence, Instant now) {
		recorder.fact(new JournalRecord.Moved(now, entry.token(), state, sentence));
	}
}
