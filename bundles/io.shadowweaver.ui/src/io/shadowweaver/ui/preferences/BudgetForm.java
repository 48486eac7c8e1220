// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Currency;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.shadowweaver.provisioning.cost.CostSettings;
import io.shadowweaver.ui.act.Quantity;
import io.shadowweaver.ui.act.Quantity.Kind;

/** What machines cost and may cost, as fields of a form. Pure. */
final class BudgetForm {
	private static final double ANY = Double.POSITIVE_INFINITY;
	private static final Set<String> CODES = Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).collect(Collectors.toSet());

	/** The fields with numbers. */
	static final List<Quantity> FIELDS = List.of(
			Quantity.optional("hour", "Cap of an hour", Kind.MONEY, 0, ANY, "The most that a clock hour of our machines may cost; empty for no cap. Hours, days and months are UTC"),
			Quantity.optional("day", "Cap of a day", Kind.MONEY, 0, ANY, "The most that a day may cost; empty for no cap"),
			Quantity.optional("month", "Cap of a month", Kind.MONEY, 0, ANY, "The most that a month may cost; empty for no cap"),
			Quantity.optional("breach", "Cost of a breach an hour", Kind.MONEY, .0001, ANY,
					"What an hour costs in which what one member carries is not served; empty for what the level that is planned for implies"),
			Quantity.of("billed", "Paid for at least", Kind.SPAN, 0, 86_400, CostSettings.DEFAULT.leastBilled().toSeconds(), "A machine is paid for at least this long"));

	private BudgetForm() {
	}

	/** What stands in the fields. */
	static Map<String, String> texts(CostSettings cost) {
		Map<String, String> texts = new LinkedHashMap<>();
		texts.put("currency", cost.currency());
		texts.put("hour", text("hour", cost.hourCap()));
		texts.put("day", text("day", cost.dayCap()));
		texts.put("month", text("month", cost.monthCap()));
		texts.put("breach", text("breach", cost.breachPerHour()));
		texts.put("billed", text("billed", Optional.of(cost.leastBilled().toMillis() / 1e3)));
		texts.put("prices", cost.priceList().orElse(""));
		return texts;
	}

	private static String text(String key, Optional<Double> value) {
		return field(key).text(value.orElse(Double.NaN));
	}

	private static Quantity field(String key) {
		return FIELDS.stream().filter(field -> field.key().equals(key)).findFirst().orElseThrow();
	}

	/**
	 * Reads the fields.
	 *
	 * @param before what has no field stays as it is there
	 * @param texts  by key
	 * @throws IllegalArgumentException naming the field that is wrong and its range
	 */
	static CostSettings read(CostSettings before, Function<String, String> texts) {
		String currency = texts.apply("currency").strip().toUpperCase(Locale.ROOT);
		if (!currency.isEmpty() && !CODES.contains(currency)) {
			throw new IllegalArgumentException("Currency must be a code of ISO 4217, such as EUR or USD, not '" + currency + "'.");
		}
		Optional<Double> hour = number("hour", texts);
		Optional<Double> day = number("day", texts);
		Optional<Double> month = number("month", texts);
		Optional<Double> breach = number("breach", texts);
		if (currency.isEmpty() && (hour.isPresent() || day.isPresent() || month.isPresent() || breach.isPresent())) {
			throw new IllegalArgumentException("Currency must be given where a cap or the cost of a breach is.");
		}
		Duration billed = Quantity.span(number("billed", texts).orElseThrow());
		String prices = texts.apply("prices").strip();
		return new CostSettings(currency, hour, day, month, breach, before.breachByGroup(), billed, prices.isEmpty() ? Optional.empty() : Optional.of(prices), before.rates());
	}

	private static Optional<Double> number(String key, Function<String, String> texts) {
		return field(key).read(texts.apply(key));
	}
}
