// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;

class AnomalyBookTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration STEP = Duration.ofMinutes(1);
	private static final SeriesId CPU = new SeriesId("web-1", "cpu");

	private final Map<SeriesId, double[]> past = new HashMap<>();
	private final List<Runnable> tasks = new ArrayList<>();

	private AnomalyBook book() {
		return new AnomalyBook(STEP, this::range, id -> !id.metric().equals("unseen"), Runnable::run);
	}

	private Series range(SeriesId id, Instant from, Instant to) {
		double[] all = past.get(id);
		if (all == null) {
			return Series.empty(from, STEP, "no samples");
		}
		int first = (int) Math.max(0, Duration.between(START, from).dividedBy(STEP));
		int end = (int) Math.min(all.length, Duration.between(START, to).dividedBy(STEP));
		return Series.of(START.plus(STEP.multipliedBy(first)), STEP, Arrays.copyOfRange(all, first, end));
	}

	private static double[] noise(int length) {
		Random random = new Random(5);
		return IntStream.range(0, length).mapToDouble(i -> .4 + .02 * random.nextGaussian()).toArray();
	}

	private static Instant at(int i) {
		return START.plus(STEP.multipliedBy(i));
	}

	@Test
	void anUnusualValueIsInTheListForADay() {
		AnomalyBook book = book();
		double[] values = noise(3200);
		values[1500] = .95;
		for (int i = 0; i < 1600; i++) {
			book.observe(new Tick(at(i), List.of(CPU, new SeriesId("web-1", "unseen")), new double[] { values[i], values[i] }));
		}
		List<Anomaly> found = book.recent(at(1600));
		Anomaly spike = found.stream().filter(one -> one.time().equals(at(1500))).findFirst().orElseThrow();
		assertEquals(CPU, spike.series());
		assertEquals(Anomaly.Kind.VALUE, spike.kind());
		assertEquals(.95, spike.value());
		assertEquals(.4, spike.expected(), .05);
		assertTrue(found.stream().noneMatch(one -> one.series().metric().equals("unseen")));
		assertTrue(book.recent(at(1500).plus(Duration.ofHours(25))).stream().noneMatch(one -> one.time().equals(at(1500))));
	}

	@Test
	void aRareStepOfAThousandthIsNothingToLookAt() {
		AnomalyBook book = book();
		Random random = new Random(7);
		for (int i = 0; i < 1600; i++) {
			double value = (i < 1500 ? .5 : .5005) + 1e-6 * random.nextGaussian();
			book.observe(new Tick(at(i), List.of(CPU), new double[] { value }));
		}
		assertEquals(List.of(), book.recent(at(1600)));
	}

	@Test
	void aRestartFindsAgainWhatWasThere() {
		double[] values = noise(2200);
		values[2000] = .95;
		past.put(CPU, values);
		AnomalyBook book = book();
		book.observe(new Tick(at(2200), List.of(CPU), new double[] { .4 }));
		assertTrue(book.recent(at(2200)).stream().anyMatch(one -> one.time().equals(at(2000))), () -> book.recent(at(2200)).toString());
		// and is not puzzled by what comes now
		book.observe(new Tick(at(2201), List.of(CPU), new double[] { .41 }));
		assertTrue(book.recent(at(2201)).stream().noneMatch(one -> one.time().isAfter(at(2199))));
		int before = book.recent(at(2201)).size();
		book.historyChanged(List.of(CPU));
		book.observe(new Tick(at(2202), List.of(CPU), new double[] { .41 }));
		assertEquals(before, book.recent(at(2202)).size(), "nothing is told twice");
	}

	@Test
	void ofALargeEstateGroupsAndWhatThresholdsLookAtComeFirst() {
		AnomalyBook book = book();
		book.metrics(Set.of("cpu"));
		SeriesId demand = SeriesId.ofGroup("web", "cpu");
		List<SeriesId> ids = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			ids.add(new SeriesId("m" + i, "disk"));
			ids.add(new SeriesId("m" + i, "cpu"));
		}
		ids.add(demand);
		double[] values = noise(1500);
		for (int i = 0; i < 200; i++) {
			double[] row = new double[ids.size()];
			Arrays.fill(row, i == 190 ? .95 : values[i]);
			book.observe(new Tick(at(i), List.copyOf(ids), row));
		}
		List<Anomaly> found = book.recent(at(200));
		assertTrue(found.stream().anyMatch(one -> one.series().equals(demand)));
		assertEquals(400, found.stream().filter(one -> one.series().metric().equals("cpu") && !one.series().isGroup()).map(Anomaly::series).distinct().count());
		assertTrue(found.stream().noneMatch(one -> one.series().metric().equals("disk")));
		assertTrue(found.size() <= 1000);
	}

	@Test
	void aForecastThatTurnsAwayIsInTheList() {
		AnomalyBook book = book();
		Random random = new Random(3);
		SeriesPages pages = SeriesPages.empty(new SeriesIndex());
		Instant turned = null;
		for (int i = 0; i < 200; i++) {
			Instant now = START.plus(Duration.ofMinutes(15L * i));
			SeriesPages.Builder next = pages.next();
			double level = (i < 190 ? .4 : .9) + .01 * random.nextGaussian();
			long[] leads = { 3_600_000, 36_000_000, 86_400_000 };
			float[] values = new float[leads.length * Levels.COUNT];
			Arrays.fill(values, (float) level);
			next.forecast(next.slot(CPU), new Forecast(CPU, now, "m", "1", 0, 0, 0, Optional.of(new Bands(now, leads, values)), "", Optional.empty()));
			pages = next.build();
			book.observe(new Tick(now, List.of(CPU), new double[] { .4 }));
			book.forecasts(pages, now);
			turned = i == 190 ? now : turned;
		}
		Instant expected = turned;
		Anomaly found = book.recent(expected).stream().filter(one -> one.kind() == Anomaly.Kind.FORECAST && one.time().equals(expected)).findFirst().orElseThrow();
		assertEquals(.9, found.value(), .1);
		assertEquals(.4, found.expected(), .1);
		assertTrue(found.reason().contains("departs most"), found.reason());
	}

	@Test
	void aFaultInOneSeriesStopsNoOther() {
		SeriesId broken = new SeriesId("web-0", "cpu");
		AnomalyBook book = new AnomalyBook(STEP, (id, from, to) -> {
			if (id.equals(broken)) {
				throw new IllegalStateException("a fault");
			}
			return range(id, from, to);
		}, id -> true, Runnable::run);
		double[] values = noise(1600);
		values[1500] = .95;
		for (int i = 0; i < 1600; i++) {
			book.observe(new Tick(at(i), List.of(broken, CPU), new double[] { .4, values[i] }));
		}
		assertTrue(book.recent(at(1600)).stream().anyMatch(one -> one.series().equals(CPU) && one.time().equals(at(1500))));
	}

	@Test
	void theWeaveThreadNeverWaitsAndRowsThatPileUpAreLeftOut() {
		AnomalyBook book = new AnomalyBook(STEP, this::range, id -> true, tasks::add);
		for (int i = 0; i < 530; i++) {
			book.observe(new Tick(at(i), List.of(CPU), new double[] { .4 }));
		}
		book.forecasts(SeriesPages.empty(new SeriesIndex()), at(530));
		assertEquals(500, tasks.size());
		assertEquals(30, book.left());
		tasks.forEach(Runnable::run);
		tasks.clear();
		assertEquals(0, book.left(), "it has caught up");
		book.observe(new Tick(at(531), List.of(CPU), new double[] { .4 }));
		assertFalse(tasks.isEmpty());
	}
}
