// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.util.Locale;

/** Numbers and spans in the sentences of this package. */
final class Texts {
	private Texts() {
	}

	static String span(Duration span) {
		long seconds = Math.abs(span.toSeconds());
		String text = seconds < 120 ? seconds + " s" : seconds < 7_200 ? seconds / 60 + " min"
				: seconds < 172_800 ? String.format(Locale.ROOT, "%.1f h", seconds / 3_600.) : String.format(Locale.ROOT, "%.1f d", seconds / 86_400.);
		return span.isNegative() ? "-" + text : text;
	}

	static String percent(double share) {
		return String.format(Locale.ROOT, "%.0f %%", share * 100);
	}

	static String money(double amount, String currency) {
		return Double.isNaN(amount) ? "an unknown price" : String.format(Locale.ROOT, "%.3f %s", amount, currency).strip();
	}

	static String number(double value) {
		return String.format(Locale.ROOT, "%.3g", value);
	}
}
