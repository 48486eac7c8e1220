// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.csv;

import java.time.Duration;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/**
 * How much of a file is history when its replay begins.
 *
 * @param share of the file, 0 to 1; {@code NaN} where a span is given
 * @param span  from its beginning
 */
record Warmup(double share, Duration span) {
	/**
	 * @param text {@code 2/3}, {@code 0.5}, {@code 50%} or a span of time
	 * @throws PluginException when it is none of these
	 */
	static Warmup parse(String text) throws PluginException {
		try {
			double share;
			if (text.endsWith("%")) {
				share = Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
			} else if (text.contains("/")) {
				int slash = text.indexOf('/');
				share = Double.parseDouble(text.substring(0, slash)) / Double.parseDouble(text.substring(slash + 1));
			} else {
				share = Double.parseDouble(text);
			}
			if (!(share >= 0 && share <= 1)) {
				throw new PluginException("History first (warmup): '" + text + "' is not between 0 and 1.");
			}
			return new Warmup(share, Duration.ZERO);
		} catch (NumberFormatException notAShare) {
			try {
				return new Warmup(Double.NaN, Settings.parseDuration(text));
			} catch (IllegalArgumentException e) {
				throw new PluginException("History first (warmup): '" + text + "' is neither a share such as 2/3 or 50% nor a span of time such as 14d.", e);
			}
		}
	}

	/** The time of the slot at which the replay begins, on the grid and within the file. */
	long start(CsvShape shape) {
		long slots = (shape.last() - shape.first()) / shape.step() + 1;
		long before = Double.isNaN(share) ? span.toMillis() / shape.step() : (long) (slots * share);
		return shape.time(Math.min(before, slots - 1));
	}
}
