// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Severity;

/** What every {@link AlertChannel} keeps. */
public abstract class AlertChannelContract {
	/** Opens a channel to a receiver that works. */
	protected abstract AlertChannel open() throws Exception;

	/** All that the receiver has got so far, as text. */
	protected abstract String received() throws Exception;

	/** A notice to deliver. */
	protected static AlertNotice notice(String id, AlertNotice.Change change, String summary) {
		Instant now = Instant.parse("2026-03-02T10:00:00Z");
		Alert alert = new Alert("alert-" + id, "cpu-critical", "group:web", "cpu", Severity.CRITICAL,
				change == AlertNotice.Change.WITHDRAWN ? Alert.State.WITHDRAWN : Alert.State.OPEN, now, now.plus(Duration.ofMinutes(40)),
				Optional.of(now.plus(Duration.ofMinutes(25))), Optional.empty(), now.plus(Duration.ofMinutes(30)), .93, .9, summary,
				"explained", "guided", "", "", List.of("raised"));
		return new AlertNotice(id, "test", now, change, alert);
	}

	@Test
	void deliversEveryKindOfChange() throws Exception {
		try (AlertChannel channel = open()) {
			for (AlertNotice.Change change : AlertNotice.Change.values()) {
				String summary = "web crosses critical " + change;
				channel.deliver(notice("n-" + change, change, summary));
				assertTrue(received().contains(summary), () -> "the receiver did not get '" + summary + "'");
			}
		}
	}

	@Test
	void takesTheSameNoticeTwice() throws Exception {
		try (AlertChannel channel = open()) {
			AlertNotice notice = notice("twice", AlertNotice.Change.RAISED, "told twice");
			channel.deliver(notice);
			channel.deliver(notice);
			assertTrue(received().contains("told twice"));
		}
	}

	@Test
	void takesAnyText() throws Exception {
		try (AlertChannel channel = open()) {
			channel.deliver(notice("odd", AlertNotice.Change.RAISED, "quote \" backslash \\ line\nbreak tab\t umlaut ü emoji \uD83D\uDE00 </b> ${x} {0}"));
			assertTrue(received().contains("umlaut"));
		}
	}

	@Test
	void closesMoreThanOnce() throws Exception {
		AlertChannel channel = open();
		channel.close();
		channel.close();
	}
}
