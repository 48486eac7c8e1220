// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What {@link Forecaster#backTest} is to judge.
 *
 * @param leads   ascending, positive, none shorter than the step of the estate; empty for the leads of the settings
 * @param origins how many forecasts are judged, the last one longest lead before the end of history and the others before it, each {@code stride}
 *                earlier; 0 for one at every step of the models over the last quarter of history, a week at most
 * @param stride  the distance of two origins; zero for the longest lead ÷ 4 but at least a step of the models; without a meaning where
 *                {@code origins} is 0
 * @param models  the ids of the candidates to judge; empty for all. Combinations are of these alone
 */
public record BackTestRequest(List<Duration> leads, int origins, Duration stride, Set<String> models) {
	/** Everything, at the leads of the settings, over the last quarter of history. */
	public static final BackTestRequest USUAL = new BackTestRequest(List.of(), 0, Duration.ZERO, Set.of());

	/** Copies and checks. */
	public BackTestRequest {
		leads = List.copyOf(leads);
		models = Set.copyOf(models);
		if (origins < 0 || stride.isNegative()) {
			throw new IllegalArgumentException("origins " + origins + ", stride " + stride);
		}
		Duration before = Duration.ZERO;
		for (Duration lead : leads) {
			if (lead.compareTo(before) <= 0) {
				throw new IllegalArgumentException("leads must be positive and ascending: " + leads);
			}
			before = lead;
		}
	}
}
