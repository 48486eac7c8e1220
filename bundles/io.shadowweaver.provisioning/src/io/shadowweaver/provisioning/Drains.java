// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.shadowweaver.api.provision.Action;

/**
 * Takes machines out of what hands them load before they are removed, and waits for the drain time of their group. Only that
 * it was begun is journalled: a drain may be repeated, so the next process does it again and counts the time anew. One thread.
 */
final class Drains {
	private static final int ATTEMPTS = 3;
	/** An outcome of a drain that comes late must never pass for one of the removal. */
	private static final String TOKEN = "drain:";

	private static final class Drain {
		private final String instance;
		private boolean called;
		private int failures;
		private Instant done;

		Drain(String instance) {
			this.instance = instance;
		}
	}

	private final Consumer<String> misfits;
	private final Map<String, Drain> drains = new HashMap<>();

	/** @param misfits takes what could not be done, and why */
	Drains(Consumer<String> misfits) {
		this.misfits = misfits;
	}

	/** Whether a machine may receive load: what we made and never became ready receives none. */
	static boolean isNeeded(Entry removal, Ledger ledger) {
		return removal.intent().kind() == Action.Kind.DELETE
				&& ledger.find(removal.intent().target()).map(machine -> machine.readyAt() != null).orElse(true);
	}

	/** Whether the removal can be called. */
	boolean isOver(Entry removal, GroupView view, Instant now) {
		Drain drain = drains.get(removal.token());
		Duration time = view == null ? Duration.ZERO : view.group().drain();
		return drain != null && (drain.failures >= ATTEMPTS || drain.done != null && !now.isBefore(drain.done.plus(time)));
	}

	/** The call that is to be made now; empty while one runs or the drain time passes. */
	Optional<Call> next(Entry removal, long fencing) {
		Drain drain = drains.computeIfAbsent(removal.token(), token -> new Drain(removal.instance()));
		if (drain.called || drain.done != null) {
			return Optional.empty();
		}
		drain.called = true;
		String token = TOKEN + removal.token();
		return Optional.of(new Call(token, "drain", fencing, provider -> {
			provider.drain(removal.instance());
			return new Outcome.Done(token);
		}));
	}

	/** How a call ended; others than drains are none of its business. */
	void apply(Outcome outcome, Instant now) {
		Drain drain = outcome.token().startsWith(TOKEN) ? drains.get(outcome.token().substring(TOKEN.length())) : null;
		if (drain == null || drain.done != null || drain.failures >= ATTEMPTS) {
			return;
		}
		drain.called = false;
		switch (outcome) {
		case Outcome.Done done -> drain.done = now;
		case Outcome.Named named -> drain.done = now;
		case Outcome.Refused refused -> failed(drain, refused.sentence());
		case Outcome.Lost lost -> failed(drain, lost.sentence());
		case Outcome.NotCalled not -> {
			// the next step tries again
		}
		}
	}

	/** The clock was set: load that is drained is waited for as long as it would have been. */
	void jumped(Duration by) {
		drains.values().stream().filter(drain -> drain.done != null).forEach(drain -> drain.done = drain.done.plus(by));
	}

	private void failed(Drain drain, String sentence) {
		drain.failures++;
		if (drain.failures >= ATTEMPTS) {
			misfits.accept("The machine " + drain.instance + " could not be drained in " + ATTEMPTS + " attempts and is removed all the same: " + sentence);
		}
	}

	/** Forgets all but these removals. */
	void keep(Set<String> tokens) {
		drains.keySet().retainAll(tokens);
	}
}
