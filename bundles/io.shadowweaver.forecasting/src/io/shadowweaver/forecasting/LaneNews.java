// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Brings what lanes find out to the series that it is of.
 *
 * @param news   takes what is to be done under the forecaster's lock
 * @param health of the candidates
 * @param plan   of the estate
 * @param now    the estate's time
 */
record LaneNews(Queue<Runnable> news, Health health, LeadPlan plan, Supplier<Instant> now) implements Lane.Listener {
	@Override
	public void moved(Track track, Curve curve) {
		news.add(() -> {
			if (track.curve() == null || curve.origin >= track.curve().origin) {
				track.curve(curve);
			}
		});
	}

	@Override
	public void broken(Track track, String reason) {
		news.add(() -> {
			track.curve(null);
			track.cause = reason;
			track.trainAt = now.get().toEpochMilli() + plan.block;
		});
	}

	@Override
	public void health(int candidate, boolean lasting, String sentence) {
		health.set(candidate, lasting, sentence, now.get());
	}
}
