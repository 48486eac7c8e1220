// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times of a file: ISO-8601, in UTC where there is no offset, or seconds or milliseconds since 1970. */
final class CsvTime {
	private static final BigDecimal LAST = BigDecimal.valueOf(253_402_300_799L);

	/** Numbers from here on are milliseconds: as seconds it would be the year 5138. */
	private static final BigDecimal MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);

	private CsvTime() {
	}

	/**
	 * @return milliseconds since 1970
	 * @throws IllegalArgumentException when it is no time
	 */
	static long parse(String text) {
		try {
			if (text.length() > 4 && text.charAt(4) == '-') {
				return iso(text.replace(' ', 'T'));
			}
			BigDecimal seconds = new BigDecimal(text);
			if (seconds.compareTo(MILLISECONDS) >= 0) {
				seconds = seconds.movePointLeft(3);
			}
			if (seconds.abs().compareTo(LAST) > 0) {
				throw new IllegalArgumentException("'" + text + "' is not seconds since 1970: it lies beyond the year 9999");
			}
			return seconds.movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact();
		} catch (NumberFormatException | DateTimeException e) {
			throw new IllegalArgumentException("'" + text + "' is no time: neither ISO-8601 nor seconds or milliseconds since 1970", e);
		}
	}

	private static long iso(String text) {
		if (text.length() == 10) {
			return LocalDateTime.parse(text + "T00:00").toInstant(ZoneOffset.UTC).toEpochMilli();
		}
		if (text.endsWith("Z")) {
			return Instant.parse(text.length() == 17 ? text.substring(0, 16) + ":00Z" : text).toEpochMilli();
		}
		boolean offset = text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
		return offset ? OffsetDateTime.parse(text).toInstant().toEpochMilli() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
	}
}
