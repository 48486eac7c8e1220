// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What an hour of something costs.
 *
 * @param perHour  in the currency, positive; {@code NaN} where it is not known, never 0 for unknown
 * @param currency ISO 4217 code; empty where the price is not known
 * @param source   who says so, for the operator; empty for the provider itself
 * @param asOf     when the price was true; empty for now
 */
public record Price(double perHour, String currency, String source, Optional<LocalDate> asOf) {
	/** Nobody says. */
	public static final Price UNKNOWN = new Price(Double.NaN, "", "", Optional.empty());

	/** Checks that the price is positive or not known. */
	public Price {
		Objects.requireNonNull(currency, "currency");
		Objects.requireNonNull(source, "source");
		Objects.requireNonNull(asOf, "asOf");
		if (perHour <= 0 || Double.isInfinite(perHour)) {
			throw new IllegalArgumentException("a price must be positive, or NaN when it is not known: " + perHour);
		}
	}

	/**
	 * What the provider itself says now.
	 *
	 * @param perHour not negative; 0, which is what many answer where they do not say, and {@code NaN} are {@link #UNKNOWN}
	 */
	public static Price of(double perHour, String currency) {
		return perHour == 0 || Double.isNaN(perHour) ? UNKNOWN : new Price(perHour, currency, "", Optional.empty());
	}

	/** Whether somebody says. */
	public boolean isKnown() {
		return !Double.isNaN(perHour);
	}
}
