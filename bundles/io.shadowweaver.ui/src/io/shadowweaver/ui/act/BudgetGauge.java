// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.shadowweaver.api.provision.Spending;
import io.shadowweaver.ui.core.Formats;

/**
 * What the budget gauge shows of one currency. Immutable.
 *
 * @param title what machines cost now, and with what is on its way
 * @param spans hour, day and month
 * @param words the arithmetic, and what cannot be added up
 */
record BudgetGauge(String title, List<Span> spans, String words) {
	private static final double NEAR = .8;

	/** How much of a cap is used. */
	enum Level {
		/** There is no cap. */
		OPEN,
		/** Well below. */
		LOW,
		/** Four fifths and more. */
		NEAR,
		/** Reached: nothing that costs more is made. */
		REACHED
	}

	/**
	 * A span of time with its cap.
	 *
	 * @param name  such as {@code Hour}
	 * @param text  spent and cap in words, with the level where it matters
	 * @param share of the cap that is spent, 0 and more; {@code NaN} without a cap
	 * @param level how near the cap is
	 */
	record Span(String name, String text, double share, Level level) {
		/** How it is read aloud. */
		String said() {
			return name + ": " + text;
		}
	}

	/** One gauge for each currency. */
	static List<BudgetGauge> of(List<Spending> spending) {
		return spending.stream().map(BudgetGauge::of).toList();
	}

	private static BudgetGauge of(Spending one) {
		String title = money(one.perHour()) + " " + one.currency() + " an hour now" + (one.coming() == 0 ? "" : ", " + money(one.coming()) + " more on the way");
		List<Span> spans = List.of(span("Hour", one.hour(), one.hourCap(), one.currency()), span("Day", one.day(), one.dayCap(), one.currency()),
				span("Month", one.month(), one.monthCap(), one.currency()));
		List<String> words = new ArrayList<>();
		words.add(one.sentence());
		if (one.saved() > 0) {
			words.add("Removals have saved " + money(one.saved()) + " " + one.currency() + " since the month began.");
		}
		if (one.unpriced() > 0) {
			words.add(one.unpriced() + (one.unpriced() == 1 ? " machine of ours has" : " machines of ours have") + " no known price and " + (one.unpriced() == 1 ? "is" : "are")
					+ " not in these sums.");
		}
		return new BudgetGauge(title, spans, String.join(" ", words.stream().filter(word -> !word.isEmpty()).toList()));
	}

	private static Span span(String name, double spent, double cap, String currency) {
		if (Double.isInfinite(cap) || Double.isNaN(cap)) {
			return new Span(name, money(spent) + " " + currency + ", no cap", Double.NaN, Level.OPEN);
		}
		double share = cap == 0 ? Double.POSITIVE_INFINITY : spent / cap;
		Level level = share >= 1 ? Level.REACHED : share >= NEAR ? Level.NEAR : Level.LOW;
		String text = money(spent) + " of " + money(cap) + " " + currency + (cap == 0 ? "" : " (" + Formats.percent(share) + ")")
				+ (level == Level.REACHED ? ", reached" : level == Level.NEAR ? ", nearly reached" : "");
		return new Span(name, text, share, level);
	}

	private static String money(double amount) {
		return Double.isNaN(amount) ? Formats.NONE : String.format(Locale.ROOT, "%.2f", amount);
	}
}
