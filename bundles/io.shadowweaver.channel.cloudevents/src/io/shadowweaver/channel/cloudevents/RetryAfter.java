// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.cloudevents;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date, which is held against the date of the answer. */
final class RetryAfter {
	/** What asks for more is asked again after it. */
	static final Duration LONGEST = Duration.ofHours(1);

	private RetryAfter() {
	}

	/** How long to wait; zero where the answer does not say. */
	static Duration of(HttpHeaders headers) {
		String text = headers.firstValue("Retry-After").map(String::strip).orElse("");
		Duration wait = Duration.ZERO;
		if (text.matches("[0-9]{1,9}")) {
			wait = Duration.ofSeconds(Long.parseLong(text));
		} else {
			Optional<ZonedDateTime> until = date(text);
			Optional<ZonedDateTime> now = headers.firstValue("Date").flatMap(RetryAfter::date);
			if (until.isPresent() && now.isPresent() && until.get().isAfter(now.get())) {
				wait = Duration.between(now.get(), until.get());
			}
		}
		return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
	}

	private static Optional<ZonedDateTime> date(String text) {
		try {
			return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
		} catch (DateTimeException e) {
			return Optional.empty();
		}
	}
}
