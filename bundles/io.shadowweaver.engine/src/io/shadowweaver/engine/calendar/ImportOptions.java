// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

import io.shadowweaver.api.metric.Event;

/**
 * What is taken for what a calendar file does not say.
 *
 * @param kind    of events whose categories name none
 * @param subject of events that do not say what they concern; empty for the whole estate
 * @param zone    of days and of times without one, in a calendar that names none
 * @param known   since when the events are known: the present, unless the operator says that they always were
 */
public record ImportOptions(Event.Kind kind, String subject, ZoneId zone, Instant known) {
	/** Checks that nothing is missing. */
	public ImportOptions {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(subject, "subject");
		Objects.requireNonNull(zone, "zone");
		Objects.requireNonNull(known, "known");
	}
}
