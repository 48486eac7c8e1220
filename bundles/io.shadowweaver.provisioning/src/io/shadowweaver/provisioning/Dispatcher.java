// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.QueueEntry;

/**
 * Hands what is in the journal to the accounts: first written as called and forced to the disk, then called. What may receive load is
 * drained before its removal is called.
 */
final class Dispatcher {
	private final Recorder recorder;
	private final Drains drains;

	Dispatcher(Recorder recorder, Drains drains) {
		this.recorder = recorder;
		this.drains = drains;
	}

	/**
	 * Calls all that can be called.
	 *
	 * @param desks   by account
	 * @param groups  by id
	 * @param held    why what was decided before must not be called now; empty when it may
	 * @param fencing the fencing number under which we act; what was decided under another one is not called. Empty without a lease
	 */
	void dispatch(Ledger ledger, Map<String, AccountDesk> desks, Map<String, GroupView> groups, Function<Entry, String> held, OptionalLong fencing, Instant now) {
		drains.keep(ledger.entries().stream().filter(entry -> !entry.isFinal()).map(Entry::token).collect(Collectors.toSet()));
		Map<String, List<Call>> drainings = new TreeMap<>();
		Map<String, List<Entry>> byAccount = new TreeMap<>();
		for (Entry entry : List.copyOf(ledger.entries())) {
			AccountDesk desk = desks.get(entry.intent().provider());
			boolean ours = fencing.isEmpty() || fencing.getAsLong() == entry.fencing();
			boolean allowed = desk != null && desk.room(now) > 0 && (entry.intent().kind() == Action.Kind.DELETE || desk.makes(now));
			if (entry.is(QueueEntry.State.JOURNALLED) && ours && allowed && (entry.draining() || held.apply(entry).isEmpty())) {
				if (Drains.isNeeded(entry, ledger) && !drains.isOver(entry, groups.get(entry.intent().group()), now)) {
					drain(entry, now).ifPresent(call -> drainings.computeIfAbsent(entry.intent().provider(), id -> new ArrayList<>()).add(call));
					continue;
				}
				byAccount.computeIfAbsent(entry.intent().provider(), id -> new ArrayList<>()).add(entry);
			}
		}
		byAccount.forEach((account, all) -> {
			List<Entry> entries = all.subList(0, Math.min(all.size(), desks.get(account).room(now)));
			List<JournalRecord> called = new ArrayList<>();
			List<Call> calls = new ArrayList<>();
			for (Entry entry : entries) {
				called.add(new JournalRecord.Called(now, entry.token(), entry.attempts() + 1, entry.fencing()));
				calls.add(call(entry, entry.fencing()));
			}
			if (recorder.intend(called)) {
				desks.get(account).call(calls, now);
			}
		});
		drainings.forEach((account, calls) -> desks.get(account).call(calls, now));
	}

	/** From the first of it on the removal has to come to its end, also after a restart: else the machine would stand idle. */
	private Optional<Call> drain(Entry entry, Instant now) {
		boolean written = entry.draining() || recorder.intend(List.of(new JournalRecord.Draining(now, entry.token())));
		return written ? drains.next(entry, entry.fencing()) : Optional.empty();
	}

	private static Call call(Entry entry, long fencing) {
		Intent intent = entry.intent();
		return switch (intent.kind()) {
		case CREATE -> new Call(intent.token(), "create", fencing, provider -> new Outcome.Named(intent.token(), named(intent.request(), provider.create(intent.request()))));
		case DELETE -> new Call(intent.token(), "delete", fencing, provider -> {
			provider.delete(intent.instance());
			return new Outcome.Done(intent.token());
		});
		case SET_SIZE -> new Call(intent.token(), "setSize", fencing, provider -> {
			provider.setSize(intent.group(), intent.size());
			return new Outcome.Done(intent.token());
		});
		case RESIZE -> throw new IllegalStateException("nothing plans to resize");
		};
	}

	/** Refuses an answer that cannot be about what was asked. */
	private static Instance named(CreateRequest request, Instance machine) throws PluginException {
		if (machine == null || machine.id().isBlank()) {
			throw new PluginException("The provider answered without a machine.");
		}
		if (!machine.token().equals(request.token())) {
			throw new PluginException("The provider answered with the machine " + machine.id() + " of another token ('" + machine.token() + "').");
		}
		return machine;
	}
}
