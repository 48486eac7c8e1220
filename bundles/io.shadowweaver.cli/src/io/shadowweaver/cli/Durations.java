// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Durations and shares as they are written on command lines. */
final class Durations {
	private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

	private Durations() {
	}

	/**
	 * A duration such as {@code 10m}.
	 *
	 * @param option the name of the option, for the sentence when it is none
	 * @param text   {@code null} for none
	 */
	static Duration parse(String option, String text) throws PluginException {
		try {
			Duration duration = text == null ? null : Settings.parseDuration(text);
			if (duration != null && (duration.isZero() || duration.isNegative())) {
				throw new PluginException(option + " must be over 0: " + text);
			}
			return duration;
		} catch (IllegalArgumentException e) {
			throw new PluginException(option + ": " + e.getMessage() + ".", e);
		}
	}

	/** Shares over 0 and under 1, written as {@code 1%} or {@code .01}. */
	static List<Double> shares(String option, List<String> texts) throws PluginException {
		List<Double> shares = new ArrayList<>();
		for (String text : texts) {
			String number = text.strip();
			double share;
			try {
				boolean percent = number.endsWith("%");
				BigDecimal value = new BigDecimal(percent ? number.substring(0, number.length() - 1).strip() : number);
				share = (percent ? value.divide(HUNDRED) : value).doubleValue();
			} catch (NumberFormatException e) {
				throw new PluginException(option + " is no share such as 1%: '" + text + "'.", e);
			}
			if (!(share > 0 && share < 1)) {
				throw new PluginException(option + " must be over 0% and under 100%: " + text);
			}
			shares.add(share);
		}
		return shares;
	}
}
