// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;

/** Whatever comes in, there is a finite forecast or a reason, in time, and no exception in the log. */
class BadInputTest {
	private static final Duration MINUTE = Duration.ofMinutes(1);
	private final List<LogRecord> exceptions = new ArrayList<>();
	private final Handler handler = new Handler() {
		@Override
		public void publish(LogRecord record) {
			if (record.getThrown() != null || record.getLevel().intValue() >= Level.WARNING.intValue()) {
				exceptions.add(record);
			}
		}

		@Override
		public void flush() {
			// nothing is buffered
		}

		@Override
		public void close() {
			// nothing is held
		}
	};

	@BeforeEach
	void listen() {
		Logger.getLogger("").addHandler(handler);
	}

	@AfterEach
	void nothingWasLogged() {
		Logger.getLogger("").removeHandler(handler);
		assertTrue(exceptions.isEmpty(), () -> exceptions.getFirst().getMessage() + " " + exceptions.getFirst().getThrown());
	}

	private static void check(Forecast forecast) {
		if (!forecast.isPresent()) {
			assertFalse(forecast.reason().isBlank());
			return;
		}
		Bands bands = forecast.bands().orElseThrow();
		for (int lead = 0; lead < bands.leads(); lead++) {
			for (int level = 0; level < Levels.COUNT; level++) {
				assertTrue(Double.isFinite(bands.value(lead, level)), forecast.series() + " at " + lead);
				assertTrue(level == 0 || bands.value(lead, level) >= bands.value(lead, level - 1), "quantiles cross");
			}
		}
	}

	@Test
	void samplesOfOneTimeAndOfThePastCountOnce() {
		double[] values = Load.fleet(3000, 1, .03, 1);
		Memory memory = new Memory(MINUTE).with("a", values);
		Memory twice = new Memory(MINUTE).with("a", values);
		try (Forecaster once = memory.forecaster(Memory.product(), ForecastSettings.defaults(MINUTE), Runnable::run);
				Forecaster doubled = twice.forecaster(Memory.product(), ForecastSettings.defaults(MINUTE), Runnable::run)) {
			for (int i = 2500; i < 2700; i++) {
				memory.tick(once, i);
				twice.tick(doubled, i);
				doubled.observe(new Tick(twice.time(i), twice.ids(), new double[] { 1e9 }), new BitSet());
				doubled.observe(new Tick(twice.time(i - 7), twice.ids(), new double[] { -5 }), new BitSet());
			}
			Bands there = once.forecast(memory.ids(), memory.time(2699)).getFirst().bands().orElseThrow();
			Bands here = doubled.forecast(twice.ids(), twice.time(2699)).getFirst().bands().orElseThrow();
			for (int lead = 0; lead < there.leads(); lead++) {
				assertEquals(there.value(lead, Levels.MEDIAN), here.value(lead, Levels.MEDIAN), 1e-6 * there.value(lead, Levels.MEDIAN));
			}
		}
	}

	@Test
	void irregularTimesAreForecastOrNamed() {
		Random random = new Random(4);
		double[] values = Load.fleet(6 * 1440, 1, .03, 1);
		for (int i = 0; i < values.length; i++) {
			if (random.nextInt(3) > 0) {
				values[i] = Double.NaN;
			}
		}
		Memory memory = new Memory(MINUTE).with("a", values);
		try (Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(MINUTE), Runnable::run)) {
			int at = 5 * 1440;
			while (at < values.length) {
				memory.tick(forecaster, at);
				check(forecaster.forecast(memory.ids(), memory.time(at)).getFirst());
				at += 1 + random.nextInt(random.nextInt(20) == 0 ? 90 : 7);
			}
		}
	}

	@Test
	void tenYearsOfMinutesCostNoMoreThanWhatATrainingReads() {
		int years = 10 * 365 * 1440;
		float[] values = new float[years];
		for (int i = 0; i < years; i++) {
			values[i] = (float) (Load.shape(i % 100_800) * (1 + .02 * Math.sin(i)));
		}
		AtomicLong longest = new AtomicLong();
		SeriesReader reader = (id, from, to) -> {
			int first = (int) Math.max(0, Duration.between(Memory.START, from).toMinutes());
			int last = (int) Math.min(years, Duration.between(Memory.START, to).toMinutes());
			longest.accumulateAndGet(last - first, Math::max);
			double[] part = new double[last - first];
			Arrays.setAll(part, i -> values[first + i]);
			return Series.of(Memory.START.plus(Duration.ofMinutes(first)), MINUTE, part);
		};
		SeriesId id = Memory.id("a");
		try (Forecaster forecaster = new Forecaster(Memory.product(), reader, ForecastSettings.defaults(MINUTE), Runnable::run)) {
			forecaster.register(id, Metric.REQUESTS);
			long start = System.nanoTime();
			int last = years - 10;
			for (int i = last; i < years; i++) {
				forecaster.observe(new Tick(time(i), List.of(id), new double[] { values[i] }), new BitSet());
			}
			long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
			Forecast forecast = forecaster.forecast(List.of(id), time(years - 1)).getFirst();
			assertTrue(forecast.isPresent(), forecast.reason());
			check(forecast);
			check(forecaster.path(id, time(years - 1), List.of(Duration.ofDays(30))));
			assertTrue(longest.get() <= 21 * 1440 + 10, "a training read " + longest.get() + " samples");
			assertTrue(seconds < 20, seconds + " s");
		}
	}

	private static Instant time(int minute) {
		return Memory.START.plus(Duration.ofMinutes(minute));
	}

	@Test
	void tenThousandNewSeriesAtOnceGetAForecastOrAReasonWithinTheDeadline() throws InterruptedException {
		int count = Boolean.getBoolean("shadowweaver.full") ? 10_000 : 1_000;
		int length = 1000;
		double[][] kinds = { Load.fleet(length, 5, .05, 1), Load.fleet(length, 5, .3, 2), new double[length], new double[length], new double[length] };
		Arrays.fill(kinds[3], Double.NaN);
		Arrays.setAll(kinds[4], i -> i % 97 == 0 ? 500 : 0);
		List<SeriesId> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(i % 100 == 0 ? SeriesId.ofGroup("g" + i, "requests") : Memory.id("s" + i));
		}
		Duration step = Duration.ofMinutes(5);
		SeriesReader reader = (id, from, to) -> Series.of(Memory.START, step, kinds[kind(id)]);
		ExecutorService workers = Executors.newFixedThreadPool(2);
		try (Forecaster forecaster = new Forecaster(Memory.product(), reader, ForecastSettings.defaults(step), workers)) {
			long start = System.nanoTime();
			ids.forEach(id -> forecaster.register(id, Metric.REQUESTS));
			Instant now = Memory.START.plus(step.multipliedBy(length));
			double[] row = ids.stream().mapToDouble(id -> kinds[kind(id)][0]).toArray();
			forecaster.observe(new Tick(now, ids, row), new BitSet());
			long first = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			assertTrue(first < 5000, "the weave thread waited " + first + " ms");
			forecaster.forecast(ids, now).forEach(BadInputTest::check);
			boolean groups = false;
			long untrained = count;
			while (untrained > 0 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(180)) {
				Thread.sleep(200);
				untrained = ids.stream().filter(id -> forecaster.quality(id).trainedAt().isEmpty()).count();
				boolean allGroups = ids.stream().filter(SeriesId::isGroup).allMatch(id -> forecaster.quality(id).trainedAt().isPresent());
				groups |= allGroups && untrained > count / 10;
			}
			assertEquals(0, untrained, "series that were not trained within three minutes");
			assertTrue(groups, "demand of groups was not trained first");
			int present = 0;
			for (Forecast forecast : forecaster.forecast(ids, now)) {
				check(forecast);
				present += forecast.isPresent() ? 1 : 0;
			}
			assertEquals(count * 4 / 5, present, "all but those without any sample");
			Quality group = forecaster.quality(ids.getFirst());
			assertTrue(group.candidates().size() > 5, group.candidates().toString());
			System.out.println(count + " series: weave thread " + first + " ms, all trained after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)
					+ " ms; " + forecaster.costs());
		} finally {
			workers.shutdownNow();
		}
	}

	private static int kind(SeriesId id) {
		return Integer.parseInt(id.subject().replaceAll("\\D", "")) / 100 % 5;
	}

	@Test
	void whatDoesNotFitTheBudgetIsNamed() {
		List<Candidate> candidates = new ArrayList<>(Memory.product());
		Costs costs = new Costs(candidates);
		Budget budget = new Budget(candidates, costs);
		Budget.Allowance few = Budget.allowance(1, 1);
		Budget.Allowance many = Budget.allowance(100_000, 100_000);
		assertFalse(many.micros() > few.micros());
		for (int candidate = 0; candidate < candidates.size(); candidate++) {
			assertTrue(budget.affords(candidate, 6000, few), candidates.get(candidate).id());
		}
		assertTrue(budget.affords(0, 6000, many), "the cheapest is always tried");
		int expensive = 3;
		assertFalse(budget.affords(expensive, 6000, many), candidates.get(expensive).id());
		assertTrue(budget.refusal(expensive, 6000, many).startsWith("Not tried: "));
		assertEquals(10 * many.micros(), many.of(SeriesId.ofGroup("g", "requests")).micros());
		costs.add(0, 20, 20_000, 20_000_000_000L, Instant.EPOCH);
		assertFalse(budget.affords(1, 6000, Budget.allowance(1000, 1000)), "what was measured counts, not what was declared");
		assertTrue(budget.piece(6000, few) < 64 && budget.piece(6000, few) >= 1);
	}
}
