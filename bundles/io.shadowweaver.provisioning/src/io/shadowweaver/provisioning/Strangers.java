// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;

/** Machines that say that they were made for this estate and that the journal does not know: told, and adopted or removed by a person. One thread. */
final class Strangers {
	/** A removal that was not called in this time is void. */
	private static final Duration VALID = Duration.ofHours(24);

	private final String estate;
	private final Ledger ledger;
	private final Recorder recorder;
	private final Map<String, AccountDesk> desks;
	private final LongSupplier fencing;
	private final Consumer<String> misfits;

	/**
	 * @param desks   by account
	 * @param fencing the fencing number under which we act; 0 without a lease
	 * @param misfits takes what could not be done, and why
	 */
	Strangers(String estate, Ledger ledger, Recorder recorder, Map<String, AccountDesk> desks, LongSupplier fencing, Consumer<String> misfits) {
		this.estate = estate;
		this.ledger = ledger;
		this.recorder = recorder;
		this.desks = desks;
		this.fencing = fencing;
		this.misfits = misfits;
	}

	/** Machines that say they are ours and of which the journal knows nothing are left alone, and said. */
	Status told(String account, Status status, Snapshot snapshot) {
		if (snapshot == null || status.state() != Status.State.OK) {
			return status;
		}
		List<String> strangers = snapshot.tokened().stream().filter(machine -> isStranger(machine) && machine.state() != Instance.State.DELETING).map(Instance::id).sorted().toList();
		return strangers.isEmpty() ? status : new Status(Status.State.DEGRADED, "STRANGERS", "The account " + account + " holds machines of this estate that the journal does not know: "
				+ strangers.stream().limit(5).collect(Collectors.joining(", ")) + (strangers.size() > 5 ? " and " + (strangers.size() - 5) + " more" : "") + ". They are left alone.", status.since());
	}

	/** Whether it says that it is ours, or carries a token of ours a second time, and the journal does not know it. */
	private boolean isStranger(Instance machine) {
		return ledger.maker(machine).isEmpty() && (estate.equals(machine.tags().get(CreateRequest.ESTATE)) || ledger.find(machine.token()).isPresent());
	}

	/** It is a member of the group from now on, as if we had made it. */
	void adopt(String account, String instance, String group, String person, Instant now) {
		Optional<Instance> found = stranger(account, instance, person + " could not adopt ");
		if (found.isEmpty()) {
			return;
		}
		Instance machine = found.get();
		Intent intent = Intents.adopted(estate, ledger.nextPlan(group), account, token(machine), machine, group, desks.get(account).snapshot().orElseThrow().offers(), now);
		if (recorder.intend(List.of(new JournalRecord.Decided(now, intent.plan(), Plan.State.DONE, person, "The machine " + instance + " at " + account + " was adopted for " + group + "."),
				new JournalRecord.Intended(now, intent)))) {
			recorder.fact(new JournalRecord.Acknowledged(now, intent.token(), instance, machine.resource() == null ? "" : machine.resource()));
			recorder.fact(new JournalRecord.Moved(now, intent.token(), QueueEntry.State.READY, "Adopted by " + person + "."));
		} else {
			misfits.accept(person + " could not adopt " + instance + ": " + recorder.trouble());
		}
	}

	/** Its removal is journalled, and called like any other. */
	void remove(String account, String instance, String person, Instant now) {
		Optional<Instance> machine = stranger(account, instance, person + " could not remove ");
		if (machine.isEmpty()) {
			return;
		}
		String group = machine.get().tags().getOrDefault(CreateRequest.GROUP, "");
		Entry entry = Entry.of(Intents.adopted(estate, ledger.nextPlan(group), account, token(machine.get()), machine.get(), group, List.of(), now));
		Intent removal = Intents.delete(estate, entry.intent().plan(), entry, instance, now, now.plus(VALID));
		if (!recorder.intend(List.of(new JournalRecord.Decided(now, removal.plan(), Plan.State.EXECUTING, person, "The machine " + instance + " at " + account + " is removed."),
				new JournalRecord.Intended(now, removal, fencing.getAsLong())))) {
			misfits.accept(person + " could not remove " + instance + ": " + recorder.trouble());
		}
	}

	private String token(Instance machine) {
		return ledger.find(machine.token()).isPresent() ? Intents.twin(machine) : machine.token();
	}

	/** What is in the way is said. */
	private Optional<Instance> stranger(String account, String instance, String failed) {
		Optional<Instance> machine = Optional.ofNullable(desks.get(account)).flatMap(AccountDesk::snapshot)
				.flatMap(snapshot -> snapshot.tokened().stream().filter(one -> one.id().equals(instance)).findFirst());
		boolean known = machine.isPresent() && ledger.maker(machine.get()).isPresent();
		boolean ours = machine.isPresent() && isStranger(machine.get());
		if (machine.isEmpty() || known || !ours) {
			misfits.accept(failed + instance + ": " + (machine.isEmpty() ? "the account " + account + " does not list it with a token."
					: known ? "the journal knows it already." : "it does not say that it was made for this estate."));
			return Optional.empty();
		}
		return machine;
	}
}
