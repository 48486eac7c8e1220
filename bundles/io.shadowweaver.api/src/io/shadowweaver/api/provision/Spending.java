// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.util.Objects;

/**
 * What automation costs, in one currency. What has no known price is counted apart, never as nothing.
 *
 * @param currency  ISO 4217 code
 * @param perHour   what our machines cost an hour now
 * @param coming    what is added an hour by what is on its way
 * @param hour      what they cost in the clock hour so far; hours, days and months are UTC
 * @param day       in the day so far
 * @param month     in the month so far
 * @param hourCap   the most that an hour may cost; positive infinity for no cap
 * @param dayCap    the most that a day may cost
 * @param monthCap  the most that a month may cost
 * @param saved     what removals have saved since the month began, at most what was spent before them
 * @param unpriced  machines of ours whose price nobody knows
 * @param sentence  the arithmetic, for the operator
 */
public record Spending(String currency, double perHour, double coming, double hour, double day, double month, double hourCap,
		double dayCap, double monthCap, double saved, int unpriced, String sentence) {
	/** Checks that nothing is {@code null}. */
	public Spending {
		Objects.requireNonNull(currency, "currency");
		Objects.requireNonNull(sentence, "sentence");
	}
}
