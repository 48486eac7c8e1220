// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The hours, days and months of budgets, all of them UTC. */
enum Calendar {
	HOUR, DAY, MONTH;

	/** When the period began in which an instant lies. */
	Instant begin(Instant time) {
		LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
		return (switch (this) {
		case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
		case DAY -> local.truncatedTo(ChronoUnit.DAYS);
		case MONTH -> local.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
		}).toInstant(ZoneOffset.UTC);
	}

	/** When it ends. */
	Instant end(Instant time) {
		LocalDateTime begin = LocalDateTime.ofInstant(begin(time), ZoneOffset.UTC);
		return (switch (this) {
		case HOUR -> begin.plusHours(1);
		case DAY -> begin.plusDays(1);
		case MONTH -> begin.plusMonths(1);
		}).toInstant(ZoneOffset.UTC);
	}

	/** As it is called in a sentence. */
	String text() {
		return switch (this) {
		case HOUR -> "the hour";
		case DAY -> "the day";
		case MONTH -> "the month";
		};
	}
}
