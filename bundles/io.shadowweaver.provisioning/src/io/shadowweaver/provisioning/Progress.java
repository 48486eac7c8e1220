// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;

import io.shadowweaver.api.provision.QueueEntry;

/**
 * How far an intent has come, by the expected lead.
 *
 * @param eta   when it is expected to be ready
 * @param share of the expected lead that is behind it; 1 only when it is ready
 */
record Progress(Instant eta, double share) {
	private static final double NOT_READY = .99;

	static Progress of(Entry entry, LeadTimes leads, Instant now) {
		if (entry.readyAt() != null) {
			return new Progress(entry.readyAt(), entry.state() == QueueEntry.State.READY ? 1 : 0);
		}
		LeadTimes.Lead lead = leads.of(entry.intent().provider(), entry.intent().offer());
		if (entry.calledAt() == null || entry.is(QueueEntry.State.JOURNALLED)) {
			return new Progress(now.plus(lead.median()), 0);
		}
		if (entry.isFinal()) {
			return new Progress(entry.since(), entry.is(QueueEntry.State.DELETED) ? 1 : 0);
		}
		Instant eta = entry.watchedFrom().plus(lead.median());
		if (!eta.isAfter(now)) {
			eta = entry.watchedFrom().plus(lead.p95());
		}
		if (!eta.isAfter(now)) {
			// over all that was expected: it may come at any moment
			return new Progress(now.plusSeconds(60), NOT_READY);
		}
		double behind = (double) Duration.between(entry.watchedFrom(), now).toMillis() / Math.max(1, Duration.between(entry.watchedFrom(), eta).toMillis());
		return new Progress(eta, Math.max(0, Math.min(NOT_READY, behind)));
	}
}
