// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.kit.series.Seasons;

/**
 * What comes again, as a Fourier series.
 *
 * @param name   what an operator calls it
 * @param period in steps, not necessarily whole
 * @param order  how many harmonics
 */
record Season(String name, double period, int order) {
	private static final int MOST = 5;
	private static final int SHORTEST = 4;

	/**
	 * The seasons of a series: day, week and year where two of them are there, and what was found beside them.
	 *
	 * @param step   of the series
	 * @param length in steps
	 * @param found  in steps
	 * @param daily  harmonics of the day; Prophet has 4
	 * @param weekly harmonics of the week; Prophet has 3
	 */
	static List<Season> of(Duration step, int length, List<Integer> found, int daily, int weekly) {
		List<Season> seasons = new ArrayList<>();
		add(seasons, "daily", Duration.ofDays(1).toMillis() / (double) step.toMillis(), daily, length);
		add(seasons, "weekly", Duration.ofDays(7).toMillis() / (double) step.toMillis(), weekly, length);
		add(seasons, "yearly", Duration.ofHours(8766).toMillis() / (double) step.toMillis(), 10, length);
		for (int period : found) {
			if (seasons.size() < MOST && seasons.stream().noneMatch(known -> Math.abs(known.period - period) < .02 * period)) {
				add(seasons, Seasons.name(step.multipliedBy(period)), period, 5, length);
			}
		}
		return seasons;
	}

	private static void add(List<Season> seasons, String name, double period, int order, int length) {
		if (period >= SHORTEST && length >= 2 * period) {
			seasons.add(new Season(name, period, Math.min(order, (int) ((period - 1) / 2))));
		}
	}
}
