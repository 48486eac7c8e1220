// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What machines cost and may cost. All of it may be absent.
 *
 * @param currency      ISO 4217 code in which caps and costs of a breach are given and costs are compared; empty for that of the
 *                      first price that is known, which does where there is one currency
 * @param hourCap       the most that a clock hour of our machines may cost; empty for no cap. Hours, days and months are UTC
 * @param dayCap        the most that a day may cost
 * @param monthCap      the most that a month may cost
 * @param breachPerHour what an hour costs in which what one member carries is not served; empty for what the planning level implies,
 *                      see {@link Newsvendor}
 * @param breachByGroup the same for single groups, by their ids
 * @param leastBilled   a machine is paid for at least this long
 * @param priceList     file of the operator's own prices, see {@link PriceList}; empty for none
 * @param rates         what one unit of another currency is worth in {@code currency}, by its code; what has no rate cannot be compared
 */
public record CostSettings(String currency, Optional<Double> hourCap, Optional<Double> dayCap, Optional<Double> monthCap,
		Optional<Double> breachPerHour, Map<String, Double> breachByGroup, Duration leastBilled, Optional<String> priceList,
		Map<String, Double> rates) {
	/** Nothing is limited, and a breach costs what the planning level implies. */
	public static final CostSettings DEFAULT = new CostSettings(null, null, null, null, null, null, null, null, null);

	/** Checks the ranges and copies; {@code null} is taken for absent. */
	public CostSettings {
		currency = Objects.requireNonNullElse(currency, "");
		hourCap = Objects.requireNonNullElse(hourCap, Optional.empty());
		dayCap = Objects.requireNonNullElse(dayCap, Optional.empty());
		monthCap = Objects.requireNonNullElse(monthCap, Optional.empty());
		breachPerHour = Objects.requireNonNullElse(breachPerHour, Optional.empty());
		breachByGroup = Map.copyOf(Objects.requireNonNullElse(breachByGroup, Map.of()));
		leastBilled = Objects.requireNonNullElse(leastBilled, Duration.ofMinutes(1));
		priceList = Objects.requireNonNullElse(priceList, Optional.empty());
		rates = Map.copyOf(Objects.requireNonNullElse(rates, Map.of()));
		notNegative("cap of an hour", hourCap.orElse(0.));
		notNegative("cap of a day", dayCap.orElse(0.));
		notNegative("cap of a month", monthCap.orElse(0.));
		positive("cost of a breach", breachPerHour.orElse(1.));
		breachByGroup.forEach((group, cost) -> positive("cost of a breach of " + group, cost));
		rates.forEach((code, rate) -> positive("rate of " + code, rate));
		if ((hourCap.isPresent() || dayCap.isPresent() || monthCap.isPresent()) && currency.isBlank()) {
			throw new IllegalArgumentException("a cap needs a currency");
		}
		if (leastBilled.isNegative()) {
			throw new IllegalArgumentException("the least time that is paid for must not be negative: " + leastBilled);
		}
	}

	/** The same with caps; positive infinity for none. */
	public CostSettings withCaps(double hour, double day, double month, String code) {
		return new CostSettings(code, cap(hour), cap(day), cap(month), breachPerHour, breachByGroup, leastBilled, priceList, rates);
	}

	/** The same with what an hour of a breach costs. */
	public CostSettings withBreach(double perHour, String code) {
		return new CostSettings(code, hourCap, dayCap, monthCap, Optional.of(perHour), breachByGroup, leastBilled, priceList, rates);
	}

	/** The same with the operator's prices in a file. */
	public CostSettings withPrices(String file) {
		return new CostSettings(currency, hourCap, dayCap, monthCap, breachPerHour, breachByGroup, leastBilled, Optional.of(file), rates);
	}

	/** What an hour of a breach of a group costs; empty for what the planning level implies. */
	public Optional<Double> breach(String group) {
		return Optional.ofNullable(breachByGroup.get(group)).or(() -> breachPerHour);
	}

	/** Whether an hour, a day or a month is capped. */
	public boolean isCapped() {
		return hourCap.isPresent() || dayCap.isPresent() || monthCap.isPresent();
	}

	/**
	 * An amount in {@link #currency()}.
	 *
	 * @param amount in another currency or the same
	 * @param code   that currency; empty where the amount is not known
	 * @return {@code NaN} where the amount is not known or there is no rate
	 */
	public double convert(double amount, String code) {
		if (code.equals(currency) || currency.isEmpty()) {
			return amount;
		}
		return amount * rates.getOrDefault(code, Double.NaN);
	}

	private static Optional<Double> cap(double most) {
		return most == Double.POSITIVE_INFINITY ? Optional.empty() : Optional.of(most);
	}

	private static void notNegative(String what, double value) {
		if (!(value >= 0)) {
			throw new IllegalArgumentException("the " + what + " must not be negative: " + value);
		}
	}

	private static void positive(String what, double value) {
		if (!(value > 0) || Double.isInfinite(value)) {
			throw new IllegalArgumentException("the " + what + " must be positive: " + value);
		}
	}
}
