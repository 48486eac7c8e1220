// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.QueueEntry;

/**
 * An intent and what has become of it. Immutable.
 *
 * @param intent    what is meant
 * @param state     where it is
 * @param attempts  how many calls were made, without those during which the process ended
 * @param since     when it came into this state
 * @param calledAt  when it was last called; {@code null} before
 * @param anewAt    since when it is watched anew, after a restart or a jump of the clock; {@code null} while it was watched all along
 * @param runningAt when the provider was first seen to say that it runs; {@code null} before
 * @param readyAt   when it became ready; {@code null} before
 * @param instance  the provider's id; empty before it is named
 * @param resource  the id of the resource
 * @param gone      whether the machine, once ready, is there no more
 * @param fencing   the fencing number under which it was decided last; 0 without a lease
 * @param draining  whether the machine that it removes was taken out of what hands it load
 * @param sentence  what is happening
 */
record Entry(Intent intent, QueueEntry.State state, int attempts, Instant since, Instant calledAt, Instant anewAt, Instant runningAt, Instant readyAt,
		String instance, String resource, boolean gone, long fencing, boolean draining, String sentence) {
	static final String NEW = "new:";

	static Entry of(Intent intent) {
		return of(intent, 0);
	}

	static Entry of(Intent intent, long fencing) {
		return new Entry(intent, QueueEntry.State.JOURNALLED, 0, intent.queuedAt(), null, null, null, null, intent.instance(), intent.resource(), false,
				fencing, false, "In the journal, not yet called.");
	}

	String token() {
		return intent.token();
	}

	boolean is(QueueEntry.State... states) {
		for (QueueEntry.State one : states) {
			if (state == one) {
				return true;
			}
		}
		return false;
	}

	boolean creates() {
		return intent.kind() == Action.Kind.CREATE;
	}

	/** Whether it has come to its end. */
	boolean isFinal() {
		return is(QueueEntry.State.READY, QueueEntry.State.FAILED, QueueEntry.State.CANCELLED, QueueEntry.State.DELETED);
	}

	/** Whether it will be a member, as far as is known. */
	boolean isComing() {
		return creates() && !isFinal();
	}

	/** Whether it creates a machine of which it is not known that it is there. */
	boolean isNotYetMade() {
		return creates() && is(QueueEntry.State.JOURNALLED, QueueEntry.State.CALLED, QueueEntry.State.UNKNOWN);
	}

	/** Whether it is a machine that we made and that carries load. */
	boolean isOurs() {
		return creates() && state == QueueEntry.State.READY && !gone;
	}

	/** Whether a person took it over: we never called for it. */
	boolean isAdopted() {
		return creates() && readyAt != null && calledAt == null;
	}

	/** How long it was on its way until a time; empty where nobody can tell, since it was not watched all along. */
	Optional<Duration> lead(Instant until) {
		return calledAt != null && anewAt == null ? Optional.of(Duration.between(calledAt, until)) : Optional.empty();
	}

	/** From when on it was watched without a break, by a clock that did not jump; {@code null} before it was called. */
	Instant watchedFrom() {
		return anewAt == null ? calledAt : anewAt;
	}

	/** What is on its way is watched from now on; what stands there has been as long by the clock of now, and nothing has happened in its future. */
	private Entry anew(JournalRecord.Anew anew) {
		boolean open = calledAt != null && !isFinal() && state != QueueEntry.State.JOURNALLED;
		Instant from = open ? anew.at() : earlier(isOurs() ? since.plus(anew.by()) : since, anew.at());
		Instant ready = readyAt == null ? null : earlier(readyAt, anew.at());
		return new Entry(intent, state, attempts, from, calledAt, open ? anew.at() : anewAt, runningAt, ready, instance, resource, gone, fencing, draining, sentence);
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	Entry apply(JournalRecord record) {
		return switch (record) {
		case JournalRecord.Called called -> new Entry(intent, QueueEntry.State.CALLED, called.attempt(), called.at(), called.at(), null, null, readyAt,
				instance, resource, gone, fencing, draining, "Called; no answer yet.");
		case JournalRecord.Interrupted cut -> new Entry(intent, QueueEntry.State.UNKNOWN, Math.max(0, attempts - 1), cut.at(), calledAt, anewAt, runningAt, readyAt,
				instance, resource, gone, fencing, draining, "The process ended during the call: the provider's list will tell.");
		case JournalRecord.Acknowledged named -> new Entry(intent, QueueEntry.State.ACKNOWLEDGED, attempts, named.at(), calledAt, anewAt, runningAt, readyAt,
				named.instance(), named.resource().isEmpty() ? resource : named.resource(), gone, fencing, draining, "The provider makes " + named.instance() + ".");
		// from called straight back to the journal: it was not called after all
		case JournalRecord.Moved moved -> new Entry(intent, moved.state(), state == QueueEntry.State.CALLED && moved.state() == QueueEntry.State.JOURNALLED ? Math.max(0, attempts - 1) : attempts, moved.at(), calledAt, anewAt,
				moved.state() == QueueEntry.State.RUNNING ? moved.at() : runningAt, moved.state() == QueueEntry.State.READY ? moved.at() : readyAt,
				instance, resource, gone, fencing, draining, moved.sentence());
		case JournalRecord.Gone away -> new Entry(intent, state, attempts, away.at(), calledAt, anewAt, runningAt, readyAt, instance, resource, true, fencing, draining,
				away.sentence());
		case JournalRecord.Draining out -> new Entry(intent, state, attempts, since, calledAt, anewAt, runningAt, readyAt, instance, resource, gone, fencing, true,
				"Taken out of service; it is removed when its load is drained.");
		case JournalRecord.Anew anew -> anew(anew);
		case JournalRecord.Renewed again -> new Entry(intent, state, attempts, since, calledAt, anewAt, runningAt, readyAt, instance, resource, gone, again.fencing(), draining, sentence);
		default -> this;
		};
	}
}
