// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.util.Locale;

import io.shadowweaver.ui.core.Formats;

/** How measures of forecasts are written. Pure functions. */
final class Figures {
	private Figures() {
	}

	/** An error that is a share: one decimal below ten per cent, since good models differ there. */
	static String share(double share) {
		if (!Double.isFinite(share)) {
			return Formats.NONE;
		}
		return Math.abs(share) < .0995 ? String.format(Locale.ROOT, "%.1f\u00a0%%", share * 100) : Formats.percent(share);
	}

	/** A ratio such as MASE, two decimals. */
	static String ratio(double ratio) {
		return Double.isFinite(ratio) ? String.format(Locale.ROOT, ratio >= 100 ? "%.0f" : "%.2f", ratio) : Formats.NONE;
	}

	/** A share with its sign: {@code +34 %}. */
	static String signed(double share) {
		return Double.isFinite(share) ? (share > 0 ? "+" : "") + Formats.percent(share) : Formats.NONE;
	}

	/** CPU time; {@link Formats#NONE} for none. */
	static String cpu(Duration time) {
		if (time.isZero()) {
			return Formats.NONE;
		}
		long millis = time.toMillis();
		return millis == 0 ? "<\u00a01\u00a0ms" : millis < 1000 ? millis + "\u00a0ms" : String.format(Locale.ROOT, "%.1f\u00a0s", millis / 1000.);
	}
}
