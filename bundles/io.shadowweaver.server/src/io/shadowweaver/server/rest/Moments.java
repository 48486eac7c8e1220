// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.server.Problem;

/** Times as requests write them. */
public final class Moments {
	private static final String LEAD = "\\+?\\d+[smhd]";

	private Moments() {
	}

	/**
	 * How far ahead.
	 *
	 * @param text an ISO duration, or one such as {@code 2h}
	 * @throws DateTimeException   for anything else
	 * @throws ArithmeticException when it is too long
	 */
	public static Duration lead(String text) {
		if (!text.matches(LEAD)) {
			return Duration.parse(text);
		}
		String number = text.replaceAll("[^0-9]", "");
		return Duration.parse(text.endsWith("d") ? "P" + number + "D" : "PT" + number + text.substring(text.length() - 1).toUpperCase(java.util.Locale.ROOT));
	}

	/**
	 * A moment of a request.
	 *
	 * @param text an ISO instant, or a duration after the state's time such as {@code PT2H} or {@code +2h}; {@code null} for the state's
	 * @throws jakarta.ws.rs.WebApplicationException 400 for anything else
	 */
	public static Instant at(String text, WeaverState state) {
		if (text == null || text.isBlank()) {
			return state.time();
		}
		try {
			// a plus sign in a query is a blank
			String plain = text.strip();
			if (plain.startsWith("P") || plain.matches(LEAD)) {
				return state.time().plus(lead(plain));
			}
			return Instant.parse(plain);
		} catch (DateTimeException | ArithmeticException e) {
			throw Problem.exception(400, "'" + text + "' is no moment: '2026-11-25T14:00:00Z', 'PT2H' and '+2h' are.");
		}
	}
}
