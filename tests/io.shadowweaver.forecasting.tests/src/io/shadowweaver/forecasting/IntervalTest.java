// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/** Whether bands keep what they promise: all of them, at all leads, in calm and after shifts. */
class IntervalTest {
	private static final Duration MINUTE = Duration.ofMinutes(1);
	private static final int DAY = 1440;
	/** Leads up to an hour. */
	private static final int NEAR = 5;
	private static final int HOUR_AHEAD = 4;
	private static final int NINETY = 2;

	/** Replays a series by the minute and counts, by lead and nominal band, what fell into the bands of each fifth minute. */
	private static final class Replay {
		final double[] values;
		final double[][] inside = new double[NEAR][Levels.MEDIAN];
		final double[] all = new double[NEAR];
		final double[] width;
		private final Memory memory;
		private final Forecaster forecaster;

		Replay(Memory memory, Forecaster forecaster) {
			this.memory = memory;
			this.forecaster = forecaster;
			values = memory.values.get(Memory.id("a"));
			width = new double[values.length];
		}

		/** From one sample to before another; the first ones are not counted. */
		void run(int from, int to, int counted) {
			for (int i = from; i < to; i++) {
				memory.tick(forecaster, i);
				if (i >= counted && i % 5 == 0) {
					count(i, forecaster.forecast(memory.ids(), memory.time(i)).getFirst().bands().orElseThrow());
				}
			}
		}

		private void count(int i, Bands bands) {
			width[i] = bands.value(HOUR_AHEAD, Levels.COUNT - 1 - NINETY) - bands.value(HOUR_AHEAD, NINETY);
			for (int lead = 0; lead < NEAR; lead++) {
				int at = i + (int) (bands.leadMillis(lead) / MINUTE.toMillis());
				if (at < values.length) {
					all[lead]++;
					for (int band = 0; band < Levels.MEDIAN; band++) {
						inside[lead][band] += values[at] >= bands.value(lead, band) && values[at] <= bands.value(lead, Levels.COUNT - 1 - band) ? 1 : 0;
					}
				}
			}
		}

		double coverage(int lead, int band) {
			return inside[lead][band] / all[lead];
		}

		/** The mean width of the 90 % band an hour ahead, over forecasts of a span. */
		double width(int from, int to) {
			return Arrays.stream(width, from, to).filter(w -> w > 0).average().orElseThrow();
		}

		@Override
		public String toString() {
			StringBuilder text = new StringBuilder();
			for (int lead = 0; lead < NEAR; lead++) {
				for (int band = 0; band < Levels.MEDIAN; band++) {
					text.append(band == 0 ? "; " : " ").append("%.3f".formatted(coverage(lead, band)));
				}
			}
			return "coverage by lead and band" + text;
		}
	}

	private static Forecaster of(Memory memory) {
		return memory.forecaster(Memory.product(), ForecastSettings.defaults(memory.step), Runnable::run);
	}

	@Test
	void everyBandCoversWhatItSaysAtEveryLead() {
		int start = 10 * DAY;
		Memory memory = new Memory(MINUTE).with("a", Load.fleet(start + 4 * DAY, 1, .03, 2));
		try (Forecaster forecaster = of(memory)) {
			Replay replay = new Replay(memory, forecaster);
			replay.run(start, start + 4 * DAY, start + DAY / 2);
			double off = 0;
			for (int lead = 0; lead < NEAR; lead++) {
				for (int band = 0; band < Levels.MEDIAN; band++) {
					// three days and a half have 84 hours that do not overlap: a share of them is not known better than this
					assertEquals(IntervalQuality.nominal(band), replay.coverage(lead, band), .04, replay.toString());
					off += Math.abs(IntervalQuality.nominal(band) - replay.coverage(lead, band)) / NEAR / Levels.MEDIAN;
				}
			}
			assertTrue(off < .012, "on average " + off + " away: " + replay);
			IntervalQuality told = forecaster.quality(Memory.id("a")).intervals().orElseThrow();
			for (int lead = 0; lead < NEAR; lead++) {
				assertEquals(replay.coverage(lead, 3), told.leads().get(lead).coverage().get(3), .04, "what it says of itself");
				assertTrue(told.leads().get(lead).quantileLoss() > 0 && told.leads().get(lead).quantileLoss() < .05, told.toString());
			}
			for (int hour = 0; hour < 24; hour++) {
				assertEquals(.9, told.hours().get(hour).get(NINETY), .1, "hour " + hour);
			}
		}
	}

	/** A crowd: four times the load within half an hour, gone as fast as it was forgotten. */
	private static double[] crowd(int samples, int begin, long seed) {
		double[] values = Load.fleet(samples, 1, .03, seed);
		for (int i = begin; i < samples; i++) {
			int t = i - begin;
			values[i] *= t < 30 ? 1 + t / 10. : t < 120 ? 4 : 1 + 3 * Math.exp((120 - t) / 40.);
		}
		return values;
	}

	@Test
	void anHourAheadTheBandOpensWithAFlashCrowdWithinMinutesAndClosesAgain() {
		for (int seed = 1; seed <= 3; seed++) {
			int start = 8 * DAY;
			int begin = start + DAY;
			Memory memory = new Memory(MINUTE).with("a", crowd(begin + DAY, begin, seed));
			try (Forecaster forecaster = of(memory)) {
				Replay replay = new Replay(memory, forecaster);
				replay.run(start, begin, begin);
				replay.run(begin, begin + 240, begin + 10);
				String text = "seed " + seed + ": " + replay;
				assertTrue(replay.coverage(0, NINETY) > .78, text);
				assertTrue(replay.coverage(1, NINETY) > .72, text);
				assertTrue(replay.coverage(HOUR_AHEAD, NINETY) > .4, text);
				replay.run(begin + 240, begin + DAY, begin + 240);
				// the band is as wide as the load is high: widths are compared where the load is the same
				double calm = widthOfCalm(seed, start, begin);
				assertTrue(replay.width(begin + 10, begin + 20) > 2.5 * calm,
						text + "; after ten minutes it is " + replay.width(begin + 10, begin + 20) / calm + " times as wide");
				assertTrue(replay.width(begin + DAY - 300, begin + DAY) < 1.8 * calm,
						text + "; a day later it is " + replay.width(begin + DAY - 300, begin + DAY) / calm + " times as wide");
			}
		}
	}

	/** The same series without the crowd. */
	private static double widthOfCalm(int seed, int start, int begin) {
		Memory memory = new Memory(MINUTE).with("a", Load.fleet(begin + DAY, 1, .03, seed));
		try (Forecaster forecaster = of(memory)) {
			Replay replay = new Replay(memory, forecaster);
			replay.run(start, begin + 30, begin - DAY / 4);
			return replay.width(begin - DAY / 4, begin + 30);
		}
	}

	@Test
	void afterShiftsOfAWorldCupTheBandsStillCover() throws IOException {
		Path file = Path.of(System.getProperty("shadowweaver.data", "../shared/data")).resolve("web/worldcup98_per_minute.csv.gz");
		assumeTrue(Files.isReadable(file), () -> "the trace " + file + " is absent");
		double[] values;
		try (BufferedReader in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
			values = in.lines().skip(1).mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(',') + 1))).toArray();
		}
		// ten days with matches, each a flash crowd
		int from = 46 * DAY;
		int start = 14 * DAY;
		int end = start + 10 * DAY;
		Memory memory = new Memory(MINUTE).with("a", Arrays.copyOfRange(values, from - start, from - start + end));
		try (Forecaster forecaster = of(memory)) {
			Replay replay = new Replay(memory, forecaster);
			replay.run(start, end, start + DAY);
			IntervalQuality told = forecaster.quality(Memory.id("a")).intervals().orElseThrow();
			for (int lead = 0; lead < NEAR; lead++) {
				for (int band = 0; band < Levels.MEDIAN; band++) {
					assertEquals(IntervalQuality.nominal(band), replay.coverage(lead, band), .03, replay.toString());
				}
				assertTrue(told.leads().get(lead).afterShift().get(NINETY) > .82, "after shifts, lead " + lead + ": " + told.leads().get(lead));
			}
		}
	}

	@Test
	void weeksAheadTheBandsStayHonestAndNeverGetNarrower() {
		Duration quarter = Duration.ofMinutes(15);
		int start = 28 * 96;
		int longest = 60;
		double[] inside = new double[2];
		double[] widths = new double[5];
		int[] days = { 1, 3, 7, 21, longest };
		int count = 0;
		for (int seed = 1; seed <= 6; seed++) {
			double[] values = Load.fleet(start + (longest + 2) * 96, 15, .03, 100 + seed);
			Memory memory = new Memory(quarter).with("a", values);
			try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(quarter), Runnable::run)) {
				for (int i = start - 96; i <= start; i++) {
					memory.tick(forecaster, i);
				}
				List<Duration> leads = new ArrayList<>();
				for (int day : days) {
					for (int hour = 0; hour < 24; hour += 3) {
						leads.add(Duration.ofDays(day).plusHours(hour));
					}
				}
				Bands bands = forecaster.path(Memory.id("a"), memory.time(start), leads).bands().orElseThrow();
				for (int lead = 0; lead < leads.size(); lead++) {
					double value = values[start + (int) leads.get(lead).dividedBy(quarter)];
					inside[0] += value >= bands.value(lead, 0) && value <= bands.value(lead, Levels.COUNT - 1) ? 1 : 0;
					inside[1] += value >= bands.value(lead, 3) && value <= bands.value(lead, 7) ? 1 : 0;
					widths[lead / 8] += bands.value(lead, 7) - bands.value(lead, 3);
					count++;
				}
			}
		}
		String text = "98 %% band %.3f, 80 %% band %.3f, widths %s".formatted(inside[0] / count, inside[1] / count, Arrays.toString(widths));
		assertTrue(inside[0] / count > .93, text);
		assertTrue(inside[1] / count > .7 && inside[1] / count < .97, text);
		for (int i = 1; i < widths.length; i++) {
			assertTrue(widths[i] > .9 * widths[i - 1], text);
		}
		assertTrue(widths[4] > widths[0], text);
	}
}
