// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.plugin.Status;

class ForecasterTest {
	private static final Duration MINUTE = Duration.ofMinutes(1);
	private static final Duration QUARTER = Duration.ofMinutes(15);

	private static Forecaster of(Memory memory) {
		return memory.forecaster(Memory.product(), ForecastSettings.defaults(memory.step), Runnable::run);
	}

	private static double[] values(int count, IntToDoubleFunction of) {
		double[] values = new double[count];
		Arrays.setAll(values, of);
		return values;
	}

	private static void check(Forecast forecast) {
		Bands bands = forecast.bands().orElseThrow();
		for (int lead = 0; lead < bands.leads(); lead++) {
			for (int level = 0; level < Levels.COUNT; level++) {
				assertTrue(Double.isFinite(bands.value(lead, level)));
			}
		}
	}

	@Test
	void aYoungSeriesSaysWhatItLacksAndWhen() {
		Memory memory = new Memory(MINUTE).with("a", values(40, i -> 10 + i % 3));
		try (Forecaster forecaster = of(memory)) {
			for (int i = 0; i < 5; i++) {
				memory.tick(forecaster, i);
			}
			Forecast absent = forecaster.forecast(memory.ids(), memory.time(4)).getFirst();
			assertFalse(absent.isPresent());
			assertEquals("It has 5 of the 10 samples that the first forecast needs.", absent.reason());
			assertEquals(memory.time(9), absent.readyAt().orElseThrow());
			for (int i = 5; i < 12; i++) {
				memory.tick(forecaster, i);
			}
			Forecast first = forecaster.forecast(memory.ids(), memory.time(11)).getFirst();
			check(first);
			assertEquals("naive", first.model());
			assertEquals(Duration.ofHours(1), Duration.between(memory.time(11), first.bands().orElseThrow().end()),
					"twelve minutes say nothing of the next six hours");
		}
	}

	@Test
	void anUnknownSeriesIsNamed() {
		try (Forecaster forecaster = of(new Memory(MINUTE))) {
			Forecast forecast = forecaster.forecast(List.of(Memory.id("x")), Instant.EPOCH).getFirst();
			assertEquals("The series is not known.", forecast.reason());
		}
	}

	@Test
	void aConstantSeriesIsFlatAndNarrow() {
		Memory memory = new Memory(QUARTER).with("a", values(700, i -> 42));
		try (Forecaster forecaster = of(memory)) {
			for (int i = 600; i < 700; i++) {
				memory.tick(forecaster, i);
			}
			Forecast forecast = forecaster.forecast(memory.ids(), memory.time(699)).getFirst();
			check(forecast);
			Bands bands = forecast.bands().orElseThrow();
			for (int lead = 0; lead < bands.leads(); lead++) {
				assertEquals(42, bands.value(lead, Levels.MEDIAN), 1e-3);
				assertTrue(bands.value(lead, 10) - bands.value(lead, 0) < 2, "as wide as " + (bands.value(lead, 10) - bands.value(lead, 0)));
			}
			assertEquals("All samples are equal.", forecaster.quality(Memory.id("a")).why());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nan", "single", "exploding", "negative", "zeros", "bursts", "infinite", "huge", "tiny", "saw", "jump", "gaps", "late" })
	void nastySeriesGetAForecastOrAReasonNeverAnException(String kind) {
		Random random = new Random(5);
		int count = 900;
		double[] values = values(count, i -> switch (kind) {
		case "nan" -> Double.NaN;
		case "single" -> i == 450 ? 7 : Double.NaN;
		case "exploding" -> Math.exp(i * .7);
		case "negative" -> -50 + 20 * Math.sin(i / 15.) + random.nextGaussian();
		case "zeros" -> 0;
		case "bursts" -> random.nextInt(40) == 0 ? 1000 * random.nextDouble() : 0;
		case "infinite" -> i % 50 == 3 ? Double.POSITIVE_INFINITY : 5 + random.nextDouble();
		case "huge" -> 1e300 * (1 + random.nextDouble());
		case "tiny" -> 1e-30 * (1 + random.nextDouble());
		case "saw" -> i % 96;
		case "jump" -> (i < 700 ? 10 : 10_000) + random.nextGaussian();
		case "gaps" -> i / 30 % 3 == 0 ? Double.NaN : 5 + Math.sin(i / 15.3) + .1 * random.nextGaussian();
		case "late" -> i < 860 ? Double.NaN : 5 + random.nextGaussian();
		default -> throw new IllegalArgumentException(kind);
		});
		Memory memory = new Memory(QUARTER).with("a", values);
		List<Duration> far = List.of(Duration.ofMinutes(20), Duration.ofHours(30), Duration.ofDays(90));
		try (Forecaster forecaster = of(memory)) {
			for (int i = kind.equals("late") ? 0 : 600; i < count; i++) {
				memory.tick(forecaster, i);
				Forecast forecast = forecaster.forecast(memory.ids(), memory.time(i)).getFirst();
				if (forecast.isPresent()) {
					check(forecast);
					if (!kind.equals("negative")) {
						assertTrue(forecast.bands().orElseThrow().value(0, 0) >= 0, "below the bound");
					}
				}
				if (i % 60 == 0) {
					Forecast path = forecaster.path(Memory.id("a"), memory.time(i), far);
					if (path.isPresent()) {
						check(path);
					}
				}
			}
			forecaster.quality(Memory.id("a"));
			boolean none = List.of("nan", "single", "huge", "exploding").contains(kind);
			Forecast last = forecaster.forecast(memory.ids(), memory.time(count - 1)).getFirst();
			assertEquals(none, !last.isPresent(), () -> kind + ": " + last.reason());
		}
	}

	@Test
	void seasonsAreFoundAndBeatSeasonalNaive() {
		int start = 14 * 96;
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(start + 3 * 96, 15, .03, 1));
		try (Forecaster forecaster = of(memory)) {
			double[] values = memory.values.get(Memory.id("a"));
			double error = 0;
			double naive = 0;
			for (int i = start; i < values.length; i++) {
				memory.tick(forecaster, i);
				if (i + 4 < values.length) {
					Bands bands = forecaster.forecast(memory.ids(), memory.time(i)).getFirst().bands().orElseThrow();
					error += Math.abs(values[i + 4] - bands.at(memory.time(i + 4), .5));
					naive += Math.abs(values[i + 4] - values[i + 4 - 96]);
				}
			}
			Quality quality = forecaster.quality(Memory.id("a"));
			assertEquals(List.of(Duration.ofDays(1), Duration.ofDays(7)), quality.seasons());
			assertTrue(error < .75 * naive, "an error of " + error / naive + " of seasonal naive's");
			Quality.LeadQuality hour = quality.leads().stream().filter(lead -> lead.lead().equals(Duration.ofHours(1))).findFirst().orElseThrow();
			assertTrue(hour.skill() > 0, "skill " + hour.skill());
			assertTrue(hour.wape() < .12, "wape " + hour.wape());
			assertTrue(quality.candidates().size() >= 5, "all candidates are reported");
		}
	}

	@Test
	void theBandCoversWhatItSaysOverALongReplayOfMinutes() {
		int start = 4 * 1440;
		Memory memory = new Memory(MINUTE).with("a", Load.fleet(start + 3 * 1440, 1, .05, 3)).with("b", Load.fleet(start + 3 * 1440, 1, .15, 4));
		try (Forecaster forecaster = of(memory)) {
			int[] inside = new int[5];
			int[] all = new int[5];
			int above99 = 0;
			for (int i = start; i < start + 3 * 1440; i++) {
				memory.tick(forecaster, i);
				List<Forecast> forecasts = forecaster.forecast(memory.ids(), memory.time(i));
				for (int s = 0; s < 2; s++) {
					Bands bands = forecasts.get(s).bands().orElseThrow();
					double[] values = memory.values.get(memory.ids().get(s));
					for (int lead = 0; lead < 5; lead++) {
						int at = i + (int) (bands.leadMillis(lead) / 60_000);
						if (at < values.length) {
							all[lead]++;
							inside[lead] += values[at] >= bands.value(lead, 3) && values[at] <= bands.value(lead, 7) ? 1 : 0;
							above99 += values[at] > bands.value(lead, 10) ? 1 : 0;
						}
					}
				}
			}
			for (int lead = 0; lead < 5; lead++) {
				double coverage = (double) inside[lead] / all[lead];
				assertTrue(coverage > .72 && coverage < .88, "lead " + lead + " covers " + coverage);
			}
			double share = above99 / (double) Arrays.stream(all).sum();
			assertTrue(share < .03, "above .99: " + share);
			Forecast forecast = forecaster.forecast(memory.ids(), memory.time(start + 3 * 1440 - 1)).getFirst();
			assertTrue(forecast.coverage() > .7 && forecast.coverage() < .9, "reported coverage " + forecast.coverage());
			assertTrue(forecast.samples() > 1000);
		}
	}

	@Test
	void theBandFollowsAShiftWithinMinutes() {
		int start = 3 * 1440;
		double[] values = Load.fleet(start + 240, 1, .03, 6);
		for (int i = start + 120; i < values.length; i++) {
			values[i] *= 2.5;
		}
		Memory memory = new Memory(MINUTE).with("a", values);
		try (Forecaster forecaster = of(memory)) {
			double before = 0;
			double soon = 0;
			for (int i = start; i < start + 132; i++) {
				memory.tick(forecaster, i);
				Bands bands = forecaster.forecast(memory.ids(), memory.time(i)).getFirst().bands().orElseThrow();
				if (i == start + 119) {
					before = bands.value(1, 8);
				}
				soon = bands.value(1, 8);
			}
			assertTrue(soon > 2 * before, "twelve minutes after the load grew by 2.5, the .95 quantile went from " + before + " to " + soon);
		}
	}

	@Test
	void aLowerBoundDoesNotPullTheForecastDown() {
		int start = 5 * 96;
		double[] values = Load.fleet(start + 60, 15, .02, 7);
		Memory memory = new Memory(QUARTER).with("a", values);
		double open = capped(memory, start, false);
		double bounded = capped(memory, start, true);
		assertTrue(bounded > 1.3 * open, "capped samples taken for observations: " + open + ", for bounds: " + bounded);
	}

	private static double capped(Memory memory, int start, boolean bounds) {
		try (Forecaster forecaster = of(memory)) {
			BitSet all = new BitSet();
			all.set(0, bounds);
			double[] values = memory.values.get(Memory.id("a"));
			for (int i = start; i < start + 60; i++) {
				memory.known = i + 1;
				double value = i < start + 30 ? values[i] : Math.min(values[i], 300);
				forecaster.observe(new Tick(memory.time(i), memory.ids(), new double[] { value }), i < start + 30 ? new BitSet() : all);
			}
			return forecaster.forecast(memory.ids(), memory.time(start + 59)).getFirst().bands().orElseThrow().value(0, Levels.MEDIAN);
		}
	}

	@Test
	void pathsReachNinetyDaysAndWiden() {
		int start = 14 * 96;
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(start + 2, 15, .03, 1));
		try (Forecaster forecaster = of(memory)) {
			memory.tick(forecaster, start);
			List<Duration> leads = List.of(Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(28),
					Duration.ofDays(84));
			Bands bands = forecaster.path(Memory.id("a"), memory.time(start), leads).bands().orElseThrow();
			assertEquals(6, bands.leads());
			double shape = Load.shape(start * 15);
			for (int lead = 0; lead < 6; lead++) {
				assertEquals(shape, bands.value(lead, Levels.MEDIAN), .35 * shape, "lead " + leads.get(lead));
			}
			double near = bands.value(0, 7) - bands.value(0, 3);
			double far = bands.value(5, 7) - bands.value(5, 3);
			assertTrue(far > near, near + " wide in fifteen minutes, " + far + " in twelve weeks");
			assertThrows(IllegalArgumentException.class, () -> forecaster.path(Memory.id("a"), memory.time(start), List.of(Duration.ofDays(91))));
			assertThrows(IllegalArgumentException.class, () -> forecaster.path(Memory.id("a"), memory.time(start), List.of()));
		}
	}

	@Test
	void aPinnedModelIsTaken() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1000, 15, .03, 1)).with("b", Load.fleet(1000, 15, .03, 1));
		ForecastSettings defaults = ForecastSettings.defaults(QUARTER);
		ForecastSettings settings = new ForecastSettings(QUARTER, defaults.leads(), defaults.trainingSpan(), defaults.retrainEvery(),
				Map.of(Memory.id("a"), "seasonal-naive", Memory.id("b"), "not-there"), 1);
		try (Forecaster forecaster = memory.forecaster(Memory.product(), settings, Runnable::run)) {
			memory.tick(forecaster, 999);
			assertEquals("seasonal-naive", forecaster.forecast(memory.ids(), memory.time(999)).getFirst().model());
			assertEquals("The pinned model not-there could not be trained: it is not installed.", forecaster.quality(Memory.id("b")).why());
		}
	}

	@Test
	void olderSamplesAreTrainedOn() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1000, 15, .03, 1));
		double[] all = memory.values.get(Memory.id("a")).clone();
		Arrays.fill(memory.values.get(Memory.id("a")), 0, 990, Double.NaN);
		try (Forecaster forecaster = of(memory)) {
			memory.tick(forecaster, 998);
			assertEquals("naive", forecaster.quality(Memory.id("a")).model());
			System.arraycopy(all, 0, memory.values.get(Memory.id("a")), 0, all.length);
			forecaster.historyChanged(memory.ids());
			memory.tick(forecaster, 999);
			assertNotEquals("naive", forecaster.quality(Memory.id("a")).model());
			assertTrue(forecaster.quality(Memory.id("a")).lastChange().contains("older samples have arrived"));
		}
	}

	@Test
	void statesSurviveARestartAndCatchUp(@TempDir Path folder) throws IOException {
		Path file = folder.resolve("states");
		int start = 10 * 96;
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(start + 200, 15, .03, 1));
		try (Forecaster running = of(memory)) {
			for (int i = start; i < start + 50; i++) {
				memory.tick(running, i);
			}
			running.save(file);
			try (Forecaster restarted = new Forecaster(Memory.product(), (id, from, to) -> {
				assertTrue(from.isAfter(memory.time(start)), "a whole training instead of what was missed");
				return memory.range(id, from, to);
			}, ForecastSettings.defaults(QUARTER), Runnable::run)) {
				restarted.load(file);
				restarted.register(Memory.id("a"), io.shadowweaver.api.metric.Metric.REQUESTS);
				assertEquals(running.quality(Memory.id("a")).model(), restarted.quality(Memory.id("a")).model());
				for (int i = start + 50; i < start + 61; i++) {
					memory.tick(running, i);
				}
				memory.tick(restarted, start + 60);
				Bands there = running.forecast(memory.ids(), memory.time(start + 60)).getFirst().bands().orElseThrow();
				Bands here = restarted.forecast(memory.ids(), memory.time(start + 60)).getFirst().bands().orElseThrow();
				for (int lead = 0; lead < there.leads(); lead++) {
					assertEquals(there.value(lead, Levels.MEDIAN), here.value(lead, Levels.MEDIAN), .02 * there.value(lead, Levels.MEDIAN));
				}
			}
		}
		byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length / 2] ^= 1;
		Files.write(file, bytes);
		try (Forecaster damaged = of(memory)) {
			IOException refused = assertThrows(IOException.class, () -> damaged.load(file));
			assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
		}
	}

	@Test
	void twoRunsAgree() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1200, 15, .03, 1)).with("b", Load.fleet(1200, 15, .3, 2));
		assertEquals(replay(memory), replay(memory));
	}

	private static List<Forecast> replay(Memory memory) {
		try (Forecaster forecaster = of(memory)) {
			for (int i = 1000; i < 1200; i++) {
				memory.tick(forecaster, i);
			}
			return forecaster.forecast(memory.ids(), memory.time(1199));
		}
	}

	@Test
	void workersMoveForecastsOn() throws InterruptedException {
		Memory memory = new Memory(QUARTER);
		for (int s = 0; s < 300; s++) {
			memory.with("s" + s, Load.fleet(400, 15, .05, s));
		}
		ExecutorService workers = Executors.newFixedThreadPool(3);
		try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(QUARTER), workers)) {
			memory.tick(forecaster, 380);
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
			int modelled = 0;
			for (int i = 381; i < 400; i++) {
				memory.tick(forecaster, i);
			}
			while (modelled < 300 && System.nanoTime() < deadline) {
				Thread.sleep(20);
				modelled = 0;
				for (Forecast forecast : forecaster.forecast(memory.ids(), memory.time(399))) {
					check(forecast);
					modelled += forecast.modelVersion().equals("0") ? 0 : 1;
				}
				assertTrue(forecaster.path(Memory.id("s7"), memory.time(399), List.of(Duration.ofDays(2))).isPresent());
			}
			assertEquals(300, modelled, "series trained within a minute");
		} finally {
			workers.shutdownNow();
		}
	}

	@Test
	void aBrokenModelIsNamedAndTheOthersGoOn() {
		ForecastModelFactory broken = new ForecastModelFactory() {
			@Override
			public ForecastModel create(Settings settings) throws PluginException {
				throw new PluginException("The native library is missing.");
			}

			@Override
			public ModelNeeds needs() {
				return new ModelNeeds("1", 1, 0, true, 1, 1);
			}
		};
		List<Candidate> candidates = new java.util.ArrayList<>(Memory.product());
		candidates.addFirst(new Candidate("broken", broken, Memory.none()));
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1000, 15, .03, 1));
		try (Forecaster forecaster = memory.forecaster(candidates, ForecastSettings.defaults(QUARTER), Runnable::run)) {
			assertEquals(Status.State.IDLE, forecaster.statuses().get("broken").state());
			memory.tick(forecaster, 999);
			assertTrue(forecaster.forecast(memory.ids(), memory.time(999)).getFirst().isPresent());
			Status status = forecaster.statuses().get("broken");
			assertEquals("The native library is missing.", status.sentence());
			assertEquals(Status.State.OK, forecaster.statuses().get("ets").state());
			assertTrue(forecaster.quality(Memory.id("a")).candidates().stream()
					.anyMatch(score -> score.model().equals("broken") && score.note().equals("The native library is missing.")));
		}
	}

	@Test
	void aSilentSeriesSaysSo() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1000, 15, .03, 1));
		try (Forecaster forecaster = of(memory)) {
			memory.tick(forecaster, 990);
			Forecast forecast = forecaster.forecast(memory.ids(), memory.time(999)).getFirst();
			assertEquals("No sample has come since " + memory.time(990) + ".", forecast.reason());
		}
	}
}
