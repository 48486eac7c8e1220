// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.QueueEntry;

/**
 * Finds what providers list otherwise than the journal has it. Tells, and mends nothing: whether a machine is needed is for a person to
 * say. Remembers when each difference was first seen. One thread.
 */
final class Drifts {
	private final String estate;
	private final Map<String, Instant> seen = new HashMap<>();

	Drifts(String estate) {
		this.estate = estate;
	}

	/**
	 * @param snapshots what accounts said last, by id
	 * @return the oldest first
	 */
	List<Drift> find(Ledger ledger, Map<String, Snapshot> snapshots, Instant now) {
		List<Drift> found = new ArrayList<>();
		snapshots.forEach((account, snapshot) -> snapshot.tokened().stream().filter(machine -> machine.state() != Instance.State.DELETING)
				.forEach(machine -> machine(account, snapshot, machine, ledger, now, found)));
		Set<String> removed = ledger.entries().stream().map(entry -> entry.intent().target()).collect(Collectors.toSet());
		for (Entry entry : ledger.entries()) {
			if (entry.creates() && entry.is(QueueEntry.State.READY) && entry.gone() && !removed.contains(entry.token())) {
				found.add(drift(Drift.Kind.MISSING, entry.intent().provider(), entry.instance(), entry.token(), entry.intent().group(), entry.since(),
						"The machine " + entry.instance() + " of " + entry.intent().group() + " was removed at " + entry.intent().provider() + ", and not by us."));
			}
		}
		seen.keySet().retainAll(found.stream().map(Drifts::key).toList());
		found.sort(Comparator.comparing(Drift::since).thenComparing(Drift::instance));
		return found;
	}

	private void machine(String account, Snapshot snapshot, Instance machine, Ledger ledger, Instant now, List<Drift> found) {
		Entry entry = ledger.maker(machine).orElse(null);
		String group = machine.tags().getOrDefault(CreateRequest.GROUP, "");
		Optional<Entry> twin = ledger.find(machine.token());
		if (entry == null && twin.isPresent()) {
			found.add(drift(Drift.Kind.ORPHAN, account, machine.id(), machine.token(), twin.get().intent().group(), now, surplus(account, machine, twin.get(), snapshot)));
			return;
		}
		if (entry == null) {
			if (estate.equals(machine.tags().get(CreateRequest.ESTATE))) {
				found.add(drift(Drift.Kind.ORPHAN, account, machine.id(), machine.token(), group, now, "The machine " + machine.id() + " at " + account
						+ " says that it was made for this estate" + (group.isEmpty() ? "" : " and the group " + group) + ", and the journal does not know it."));
			}
			return;
		}
		if (!entry.isOurs()) {
			return;
		}
		String other = changed(entry.intent(), machine);
		if (!other.isEmpty()) {
			found.add(drift(Drift.Kind.CHANGED, account, machine.id(), machine.token(), entry.intent().group(), now,
					"The machine " + machine.id() + " of " + entry.intent().group() + " is not as it was made: " + other + "."));
		}
		Instant review = ledger.standing().review(entry.token()).or(() -> review(machine.tags().get(CreateRequest.REVIEW))).orElseGet(() -> entry.intent().request().reviewBy());
		if (review.isBefore(now)) {
			found.add(drift(Drift.Kind.OVERDUE, account, machine.id(), machine.token(), entry.intent().group(), review,
					"The machine " + machine.id() + " of " + entry.intent().group() + " was to be reviewed by " + review + ": is it still needed?"));
		}
	}

	/** Of a machine whose token another one has that the journal knows. */
	private static String surplus(String account, Instance machine, Entry known, Snapshot snapshot) {
		String all = snapshot.machines(machine.token()).stream().map(Instance::id).sorted().collect(Collectors.joining(" and "));
		boolean alone = snapshot.machines(machine.token()).size() == 1;
		return "The account " + account + " made more than one machine for the token " + machine.token() + " of " + known.intent().group()
				+ (alone ? ": " + known.instance() + ", which the journal knows, and " + machine.id() : ": " + all + "; the journal knows " + known.instance())
				+ ". " + machine.id() + " is left over: adopt or delete it.";
	}

	private static String changed(Intent intent, Instance machine) {
		if (machine.state() == Instance.State.FAILED) {
			return "the provider says that it failed" + (machine.detail().isEmpty() ? "" : " (" + machine.detail() + ")");
		}
		if (!machine.offer().isEmpty() && !machine.offer().equals(intent.offer())) {
			return "it is a " + machine.offer() + " and was a " + intent.offer();
		}
		if (!machine.zone().isEmpty() && !intent.zone().isEmpty() && !machine.zone().equals(intent.zone())) {
			return "it stands in " + machine.zone() + " and was made in " + intent.zone();
		}
		return "";
	}

	/** A date that somebody else wrote may be anything. */
	private static Optional<Instant> review(String text) {
		try {
			return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
		} catch (DateTimeException e) {
			return Optional.empty();
		}
	}

	private Drift drift(Drift.Kind kind, String account, String instance, String token, String group, Instant since, String sentence) {
		Drift fresh = new Drift(kind, account, instance, token, group, since, sentence);
		Instant first = seen.computeIfAbsent(key(fresh), key -> since);
		return new Drift(kind, account, instance, token, group, first, sentence);
	}

	private static String key(Drift drift) {
		return drift.kind() + " " + drift.provider() + " " + drift.instance() + " " + drift.token();
	}
}
