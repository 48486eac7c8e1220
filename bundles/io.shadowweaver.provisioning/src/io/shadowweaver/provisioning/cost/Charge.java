// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.shadowweaver.api.provision.Price;

/**
 * A machine of ours that costs, from the call on until it is gone.
 *
 * @param id      its token
 * @param group   the id of its group
 * @param price   of an hour
 * @param from    when it was called for
 * @param until   when it was gone; empty while it is there
 * @param coming  whether it is on its way
 * @param removed whether we removed it
 */
public record Charge(String id, String group, Price price, Instant from, Optional<Instant> until, boolean coming, boolean removed) {
	/** Checks that nothing is {@code null}. */
	public Charge {
		Objects.requireNonNull(price, "price");
		Objects.requireNonNull(from, "from");
		Objects.requireNonNull(until, "until");
	}

	/** Whether it still costs. */
	boolean runs(Instant now) {
		return until.isEmpty() || until.get().isAfter(now);
	}

	/** What it cost in a span, in its currency; {@code NaN} where the price is not known. */
	double within(Instant begin, Instant end) {
		Instant first = from.isAfter(begin) ? from : begin;
		Instant last = until.filter(gone -> gone.isBefore(end)).orElse(end);
		return last.isAfter(first) ? price.perHour() * hours(first, last) : price.perHour() * 0;
	}

	static double hours(Instant from, Instant until) {
		return Duration.between(from, until).toMillis() / 3600e3;
	}
}
