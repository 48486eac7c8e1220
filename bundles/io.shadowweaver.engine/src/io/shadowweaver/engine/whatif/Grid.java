// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/**
 * How finely is solved.
 *
 * @param leads  at most so many of a series, over 2, but for jumps of capacity
 * @param sample how often a threshold is tested
 * @param metric the one metric of members that is solved; empty for all
 */
record Grid(int leads, Duration sample, Optional<String> metric) {
	static final Grid FULL = new Grid(Integer.MAX_VALUE, Duration.ofMinutes(5), Optional.empty());
	private static final int ROUGH = 10;
	/** So many changes of capacity are seen as the jumps that they are. */
	private static final int JUMPS = 6;
	/** The index of the level that is looked at where the highest demand is sought. */
	private static final int HIGH = Levels.COUNT - 4;

	static Grid rough(String metric) {
		return new Grid(ROUGH, Duration.ofMinutes(15), Optional.of(metric));
	}

	boolean has(String one) {
		return metric.isEmpty() || metric.get().equals(one);
	}

	/**
	 * Leads from the first to the last one, that where the value is highest, and those around the times at which members come or go.
	 *
	 * @param changes these times; of many the first few count
	 */
	Bands of(Bands bands, SortedSet<Instant> changes) {
		if (bands.leads() <= leads) {
			return bands;
		}
		SortedSet<Integer> chosen = new TreeSet<>();
		int highest = 0;
		for (int lead = 1; lead < bands.leads(); lead++) {
			highest = bands.value(lead, HIGH) > bands.value(highest, HIGH) ? lead : highest;
		}
		chosen.add(highest);
		for (int i = 0; i < leads - 1; i++) {
			chosen.add((bands.leads() - 1) * i / (leads - 2));
		}
		changes.stream().limit(JUMPS).forEach(time -> around(bands, time, chosen));
		int[] kept = chosen.stream().mapToInt(Integer::intValue).toArray();
		long[] times = new long[kept.length];
		float[] values = new float[kept.length * Levels.COUNT];
		for (int i = 0; i < kept.length; i++) {
			times[i] = bands.leadMillis(kept[i]);
			for (int level = 0; level < Levels.COUNT; level++) {
				values[i * Levels.COUNT + level] = (float) bands.value(kept[i], level);
			}
		}
		return new Bands(bands.origin(), times, values);
	}

	private static void around(Bands bands, Instant time, SortedSet<Integer> chosen) {
		int after = 0;
		while (after < bands.leads() && bands.time(after).isBefore(time)) {
			after++;
		}
		if (after > 0 && after < bands.leads()) {
			chosen.add(after - 1);
			chosen.add(after);
		}
	}
}
