// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.shadowweaver.api.provision.QueueEntry;

/** What persons permit for a while: each permission ends by itself. One thread. */
final class Permissions {
	private final Ledger ledger;
	private final Recorder recorder;
	private final Supplier<ProvisioningSettings> settings;
	private final Predicate<String> known;
	private final Consumer<String> misfits;

	/**
	 * @param known   whether there is such a group
	 * @param misfits takes what could not be done, and why
	 */
	Permissions(Ledger ledger, Recorder recorder, Supplier<ProvisioningSettings> settings, Predicate<String> known, Consumer<String> misfits) {
		this.ledger = ledger;
		this.recorder = recorder;
		this.settings = settings;
		this.known = known;
		this.misfits = misfits;
	}

	void raise(String group, int max, Instant until, String person, Instant now) {
		String trouble = known.test(group) ? trouble(until, now) : "there is no such group.";
		if (trouble.isEmpty()) {
			write(new JournalRecord.Raised(now, group, max, until, person));
		} else {
			misfits.accept(person + " could not raise the maximum of " + group + ": " + trouble);
		}
	}

	void thaw(String group, Instant until, String person, String reason, Instant now) {
		String trouble = known.test(group) || group.equals(Standing.ALL) ? trouble(until, now) : "there is no group " + group + ".";
		if (trouble.isEmpty()) {
			write(new JournalRecord.Thawed(now, group, until, person, reason));
		} else {
			misfits.accept(person + " could not allow changes in a freeze window: " + trouble);
		}
	}

	void resume(String group, String person, Instant now) {
		if (ledger.standing().halted(group).isPresent()) {
			write(new JournalRecord.Resumed(now, group, person));
		} else {
			misfits.accept(person + " could not resume " + group + ": it is not halted.");
		}
	}

	/** Of a machine of ours, made or adopted; the journal's date goes before the one in the provider's metadata. */
	void prolong(String account, String instance, Instant until, String person, Instant now) {
		Optional<Entry> machine = ledger.entries().stream().filter(entry -> entry.isOurs() && entry.intent().provider().equals(account) && entry.instance().equals(instance)).findFirst();
		Duration longest = settings.get().oversight().review();
		String trouble = machine.isEmpty() ? "it is no machine of ours that is ready."
				: !until.isAfter(now) ? until + " is over." : until.isAfter(now.plus(longest)) ? "it would not be reviewed until " + until + ", at most " + Texts.span(longest) + " are allowed." : "";
		if (trouble.isEmpty()) {
			write(new JournalRecord.Prolonged(now, machine.get().intent().group(), machine.get().token(), until, person));
		} else {
			misfits.accept(person + " could not prolong " + instance + " at " + account + ": " + trouble);
		}
	}

	/** An end in the past takes a permission back. */
	private String trouble(Instant until, Instant now) {
		Duration longest = settings.get().oversight().longestException();
		return until.isAfter(now.plus(longest)) ? "it would last until " + until + ", at most " + Texts.span(longest) + " are allowed." : "";
	}

	private void write(JournalRecord record) {
		recorder.fact(record);
		recorder.flush();
	}

	/** Cancels an intent that was not called yet. */
	void cancel(String token, String person, Instant now) {
		Optional<Entry> entry = ledger.find(token);
		if (entry.isPresent() && entry.get().is(QueueEntry.State.JOURNALLED) && !entry.get().draining()) {
			recorder.fact(new JournalRecord.Moved(now, token, QueueEntry.State.CANCELLED, "Cancelled by " + person + " before it was called."));
			return;
		}
		String why = entry.isEmpty() ? "it is not known." : entry.get().draining() ? "its machine is out of service already." : "it is " + entry.get().state().name().toLowerCase(Locale.ROOT) + ".";
		misfits.accept(person + " could not cancel " + token + ": " + why);
	}

	/** @throws IllegalArgumentException where a decision has no name to it */
	static void named(String person) {
		if (person.isBlank()) {
			throw new IllegalArgumentException("a decision needs the name of a person");
		}
	}
}
