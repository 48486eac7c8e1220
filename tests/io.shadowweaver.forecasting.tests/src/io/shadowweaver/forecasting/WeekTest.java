// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/** Series by the minute whose week ends are far lower than working days: what comes is not what was yesterday. */
class WeekTest {
	private static final Duration MINUTE = Duration.ofMinutes(1);
	private static final int DAY = 1440;
	private static final List<Duration> LEADS = List.of(Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(12),
			Duration.ofHours(24));

	/** A day with a peak; from Friday night to Sunday night at half its height; days differ by some per cent. */
	static double[] halved(int days, long seed) {
		Random random = new Random(seed);
		double[] values = new double[days * DAY];
		double wander = 0;
		double ofDay = 0;
		for (int i = 0; i < values.length; i++) {
			if (i % DAY == 0) {
				ofDay = .02 * random.nextGaussian();
			}
			wander = wander * .995 + .003 * random.nextGaussian();
			double hour = i % DAY / 60.;
			double shape = 600 - 350 * Math.cos(2 * Math.PI * (hour - 3) / 24) + 60 * Math.sin(4 * Math.PI * hour / 24);
			double height = i / DAY % 7 >= 5 ? .5 : 1;
			values[i] = shape * height * (1 + ofDay + wander) * (1 + .01 * random.nextGaussian());
		}
		return values;
	}

	/** What a week of hourly origins came to, by lead. */
	private record Week(double[] error, double[] coverage, double[] ofDay, double[] ofWeek) {
		@Override
		public String toString() {
			return "error ÷ level " + text(error) + ", coverage " + text(coverage) + ", of the same time yesterday " + text(ofDay)
					+ ", of the same time last week " + text(ofWeek);
		}

		private static String text(double[] values) {
			return Arrays.toString(Arrays.stream(values).mapToObj("%.3f"::formatted).toArray());
		}
	}

	private static Week replay(Memory memory, Forecaster forecaster, int from, int to) {
		double[] values = memory.values.get(Memory.id("a"));
		double[][] sums = new double[5][LEADS.size()];
		for (int i = from; i < to; i++) {
			memory.tick(forecaster, i);
			if (i % 60 == 25) {
				Bands bands = forecaster.path(Memory.id("a"), memory.time(i), LEADS).bands().orElseThrow();
				for (int lead = 0; lead < LEADS.size(); lead++) {
					int at = i + (int) LEADS.get(lead).toMinutes();
					sums[0][lead] += Math.abs(values[at] - bands.value(lead, Levels.MEDIAN));
					sums[1][lead] += values[at] >= bands.value(lead, 3) && values[at] <= bands.value(lead, 7) ? 60. / (to - from) : 0;
					sums[2][lead] += Math.abs(values[at] - values[at - DAY]);
					sums[3][lead] += Math.abs(values[at] - values[at - 7 * DAY]);
					sums[4][lead] += values[at];
				}
			}
		}
		for (int lead = 0; lead < LEADS.size(); lead++) {
			for (int row : new int[] { 0, 2, 3 }) {
				sums[row][lead] /= sums[4][lead];
			}
		}
		Week week = new Week(sums[0], sums[1], sums[2], sums[3]);
		System.out.println(week);
		return week;
	}

	@Test
	void aWeekOfOriginsIsForecastWithTheWeek() {
		Memory memory = new Memory(MINUTE).with("a", halved(23, 1));
		try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(MINUTE), Runnable::run)) {
			Week week = replay(memory, forecaster, 14 * DAY, 21 * DAY);
			for (int lead = 2; lead < LEADS.size(); lead++) {
				assertTrue(week.error[lead] < .06, "lead " + LEADS.get(lead) + ": " + week);
				assertTrue(week.error[lead] < .3 * week.ofDay[lead], "lead " + LEADS.get(lead) + ": " + week);
				assertTrue(week.coverage[lead] >= .7 && week.coverage[lead] <= .92, "lead " + LEADS.get(lead) + ": " + week);
			}
			assertTrue(week.error[0] < .023, "half an hour: " + week);
		}
	}

	@Test
	void sundayEveningKnowsMondayNoonAndFridayEveningSaturdayNoon() {
		for (int seed = 1; seed <= 3; seed++) {
			noonAfter(seed, 13 * DAY + 20 * 60, 18 * DAY + 20 * 60, 20 * DAY + 20 * 60);
		}
	}

	@Test
	void oneWeekIsEnoughToKnowTheWeekWhereDaysDiffer() {
		for (int seed = 1; seed <= 3; seed++) {
			noonAfter(seed, 7 * DAY + 60, 8 * DAY + 60, 11 * DAY + 20 * 60);
		}
	}

	private static void noonAfter(int seed, int... origins) {
		Memory memory = new Memory(MINUTE).with("a", halved(22, seed));
		double[] values = memory.values.get(Memory.id("a"));
		for (int origin : origins) {
			try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(MINUTE), Runnable::run)) {
				for (int i = origin - 60; i <= origin; i++) {
					memory.tick(forecaster, i);
				}
				int noon = (origin + DAY / 2) / DAY * DAY + DAY / 2;
				Bands bands = forecaster.path(Memory.id("a"), memory.time(origin), List.of(Duration.ofMinutes(noon - origin))).bands().orElseThrow();
				assertEquals(values[noon], bands.value(0, Levels.MEDIAN), .15 * values[noon],
						"seed " + seed + ", day " + origin / DAY + ": " + forecaster.quality(Memory.id("a")).why());
			}
		}
	}
}
