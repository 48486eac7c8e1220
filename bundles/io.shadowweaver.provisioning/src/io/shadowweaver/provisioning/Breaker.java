// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.AccountFault;

/**
 * What an account may be asked after it failed, by the kind of its trouble. Credentials or permissions: nothing, until a person has it
 * tried again. A quota or clocks that differ: all but making machines, which pauses. Anything that passes by itself: after a pause,
 * doubled with each failure, first a reading, and only when that works one change; when that works as well all is as before. A wish that
 * names what is not there says nothing about the account. One thread.
 */
final class Breaker {
	/** From so many failures in a row on what is needed is planned elsewhere. */
	private static final int LASTING = 3;

	private final String account;
	private final ProvisioningSettings.Calls settings;
	private String stopped = "";
	private String paused = "";
	private AccountFault kind = AccountFault.OTHER;
	private Instant until = Instant.MIN;
	private int refusals;
	private int failures;
	private boolean unread;
	private String detail = "";
	private String failure = "";
	private Instant pausedUntil = Instant.MIN;

	Breaker(String account, ProvisioningSettings.Calls settings) {
		this.account = account;
		this.settings = settings;
	}

	/** Whether it may be read. */
	boolean reads(Instant now) {
		return stopped.isEmpty() && !now.isBefore(pausedUntil);
	}

	/** Whether the next reading is a probe, which is not to be waited for any longer. */
	boolean probes() {
		return unread;
	}

	/** How many changes it may be asked for now: one while nobody knows whether they work again. */
	int room(Instant now) {
		return !reads(now) || unread ? 0 : failures > 0 ? 1 : Integer.MAX_VALUE;
	}

	/** Whether machines may be made, as far as quotas, clocks and permissions go. */
	boolean makes(Instant now) {
		return stopped.isEmpty() && !now.isBefore(until);
	}

	/** Whether machines should be planned there: not while it fails again and again. */
	boolean isWorthPlanning(Instant now) {
		return makes(now) && failures < LASTING;
	}

	/** It could not be read, did not answer, or the outcome of a change is not known. */
	void failed(AccountFault fault, String what, String sentence, Instant now) {
		if (fault == AccountFault.ACCESS) {
			stop(sentence);
			return;
		}
		failures++;
		unread = true;
		detail = what;
		failure = sentence;
		pausedUntil = now.plus(pause(failures));
	}

	/** It answered that it will not. */
	void refused(AccountFault fault, String sentence, Instant now) {
		switch (fault) {
		case ACCESS -> stop(sentence);
		case LIMIT, CLOCK -> {
			// the calls of one batch are refused for the same reason
			if (!now.isBefore(until)) {
				refusals++;
				until = now.plus(pause(refusals));
			}
			kind = fault;
			paused = sentence;
		}
		case DOWN -> failed(fault, "CALL", sentence, now);
		case MISSING, ANSWER, OTHER -> changed(false);
		}
	}

	/** It was read. A change that failed is forgotten when none was tried for long. */
	void read(Instant now) {
		unread = false;
		if (!detail.equals("CALL") || failures > 0 && !now.isBefore(pausedUntil.plus(settings.maxBackOff()))) {
			failures = 0;
		}
	}

	/**
	 * It did, or at least answered, what it was asked to change.
	 *
	 * @param made whether a machine was made
	 */
	void changed(boolean made) {
		failures = 0;
		unread = false;
		if (made) {
			refusals = 0;
			paused = "";
			until = Instant.MIN;
		}
	}

	/** A person wants it to be tried again. */
	void retry() {
		stopped = "";
		paused = "";
		until = Instant.MIN;
		pausedUntil = Instant.MIN;
		refusals = 0;
		unread = true;
		failures = 0;
	}

	/** The clock was set: pauses last as long as they would have. */
	void jumped(Duration by) {
		until = until.equals(Instant.MIN) ? until : until.plus(by);
		pausedUntil = pausedUntil.equals(Instant.MIN) ? pausedUntil : pausedUntil.plus(by);
	}

	private void stop(String sentence) {
		stopped = sentence;
	}

	private Duration pause(int times) {
		Duration pause = settings.backOff().multipliedBy(1L << Math.min(20, times - 1));
		return pause.compareTo(settings.maxBackOff()) > 0 ? settings.maxBackOff() : pause;
	}

	/**
	 * What is in the way; empty for nothing.
	 *
	 * @param hanging said where given-up calls hang; empty otherwise
	 */
	Optional<Status> status(String hanging, Instant now) {
		if (!stopped.isEmpty()) {
			return Optional.of(new Status(Status.State.FAILED, "ACCESS", stopped + " Automation of the account " + account + " has stopped until somebody has it tried again or changes it.", now));
		}
		if (failures > 0) {
			String next = !hanging.isEmpty() ? hanging : !unread ? " It is read again; the next change is tried alone." : " It is asked again at " + pausedUntil + ".";
			return Optional.of(new Status(unread ? Status.State.FAILED : Status.State.DEGRADED, detail, failure + next, now));
		}
		if (!paused.isEmpty()) {
			String next = now.isBefore(until) ? "makes no machines until " + until : "makes machines again; the next one will tell";
			return Optional.of(new Status(Status.State.DEGRADED, kind.name(), "The account " + account + " " + next + ": " + paused, now));
		}
		return Optional.empty();
	}
}
