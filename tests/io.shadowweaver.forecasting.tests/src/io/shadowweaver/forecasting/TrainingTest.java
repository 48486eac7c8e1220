// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Status;

/** When and why series are trained, and what changes by it. */
class TrainingTest {
	private static final Duration QUARTER = Duration.ofMinutes(15);
	private static final long MILLIS = QUARTER.toMillis();

	private static Forecaster of(Memory memory) {
		return memory.forecaster(Memory.product(), ForecastSettings.defaults(memory.step), Runnable::run);
	}

	private static Forecaster of(Memory memory, Candidate... more) {
		List<Candidate> candidates = new ArrayList<>(Memory.product());
		candidates.addAll(List.of(more));
		return memory.forecaster(candidates, ForecastSettings.defaults(memory.step), Runnable::run);
	}

	/** What a series was at a time, off by a share. */
	private static double off(double[] values, long millis, double share) {
		int at = Math.clamp((millis - Memory.START.toEpochMilli()) / MILLIS, 0, values.length - 1);
		return values[at] * (1 + share);
	}

	@Test
	void eachStepOfALongerHistorySaysWhenTheNextIsReached() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(16 * 96, 15, .02, 1));
		SeriesId a = Memory.id("a");
		try (Forecaster forecaster = of(memory)) {
			List<String> models = new ArrayList<>();
			TreeSet<String> promises = new TreeSet<>();
			Optional<Quality.Step> promised = Optional.empty();
			for (int i = 0; i < 15 * 96; i++) {
				memory.tick(forecaster, i);
				Quality quality = forecaster.quality(a);
				assertEquals(i >= 9, forecaster.forecast(memory.ids(), memory.time(i)).getFirst().isPresent(), "sample " + i);
				String model = forecaster.forecast(memory.ids(), memory.time(i)).getFirst().model();
				if (!model.isEmpty() && (models.isEmpty() || !models.getLast().equals(model))) {
					models.add(model);
				}
				quality.next().ifPresent(step -> promises.add(step.sentence()));
				if (quality.next().isPresent()) {
					promised = quality.next();
				}
				if (i == 2 * 96 + 8) {
					assertEquals(List.of(Duration.ofDays(1)), quality.seasons(), "two days show a day");
					assertEquals("A weekly pattern: it needs two weeks.", quality.next().orElseThrow().sentence());
					assertEquals(memory.time(14 * 96), quality.next().orElseThrow().at());
				}
				if (i == 14 * 96 + 8) {
					assertEquals(List.of(Duration.ofDays(1), Duration.ofDays(7)), quality.seasons(), "two weeks show a week");
					assertEquals(Optional.empty(), quality.next());
				}
			}
			assertEquals("naive", models.getFirst());
			assertTrue(promises.contains("A first forecast: it needs 10 samples."), promises.toString());
			assertTrue(promises.contains("A daily pattern: it needs two days."), promises.toString());
			assertTrue(promises.stream().anyMatch(promise -> promise.startsWith("More models (") && promise.contains("ets")), promises.toString());
			assertTrue(promised.isPresent());
		}
	}

	@Test
	void aChallengerMustBeBetterByAMarginAndAChangeIsKept() {
		double[] values = Load.fleet(20 * 96, 15, .02, 1);
		AtomicReference<Double> ofFirst = new AtomicReference<>(.02);
		AtomicReference<Double> ofSecond = new AtomicReference<>(.04);
		Memory memory = new Memory(QUARTER).with("a", values);
		List<Candidate> two = List.of(Memory.product().get(1), Fakes.oracle("first", "1", millis -> off(values, millis, ofFirst.get())),
				Fakes.oracle("second", "1", millis -> off(values, millis, ofSecond.get())));
		SeriesId a = Memory.id("a");
		try (Forecaster forecaster = memory.forecaster(two, ForecastSettings.defaults(QUARTER), Runnable::run)) {
			memory.tick(forecaster, 12 * 96);
			assertEquals("first", forecaster.quality(a).model());
			assertEquals(List.of(), forecaster.quality(a).changes());
			ofSecond.set(.0199);
			forecaster.retrain(List.of(a), Progress.NONE).join();
			assertTrue(forecaster.quality(a).model().contains("first"), "half a per cent is no reason: " + forecaster.quality(a).model());
			ofSecond.set(.002);
			forecaster.retrain(List.of(a), Progress.NONE).join();
			Quality quality = forecaster.quality(a);
			assertEquals("second", quality.model());
			Quality.Change change = quality.changes().getFirst();
			assertEquals("second", change.after());
			assertEquals("on request", change.cause());
			assertEquals(memory.time(12 * 96), change.time());
			assertTrue(change.errorAfter() < .98 * change.errorBefore(), change.toString());
		}
	}

	@Test
	void whatIsWorseThanSeasonalNaiveOnTheWindowThatReportsIsNotUsed() {
		int end = 12 * 96;
		double[] values = Load.fleet(20 * 96, 15, .02, 1);
		Past past = new Past(new LeadPlan(ForecastSettings.defaults(QUARTER)),
				Series.of(Memory.START, QUARTER, Arrays.copyOf(values, end + 1)), (Memory.START.toEpochMilli() + end * MILLIS) / MILLIS);
		int test = BackTest.testPart(new LeadPlan(ForecastSettings.defaults(QUARTER)), past);
		Windows windows = Windows.ofTraining(new LeadPlan(ForecastSettings.defaults(QUARTER)), past.coarse.length - test, test);
		// right wherever it is chosen by, three times too high where only a report is made
		Candidate deceiver = Fakes.oracle("deceiver", "1",
				millis -> off(values, millis, windows.report((millis - Memory.START.toEpochMilli()) / MILLIS) ? 2 : 0));
		Memory memory = new Memory(QUARTER).with("a", values);
		try (Forecaster forecaster = memory.forecaster(List.of(Memory.product().get(1), deceiver), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			memory.tick(forecaster, end);
			Quality quality = forecaster.quality(Memory.id("a"));
			assertEquals("deceiver", quality.candidates().getFirst().model());
			assertEquals("seasonal-naive", quality.model(), quality.why());
			assertTrue(quality.why().contains("deceiver came to") && quality.why().contains("so seasonal-naive is used"), quality.why());
			for (Quality.LeadQuality lead : quality.leads()) {
				assertTrue(!(lead.skill() < -1e-6), lead.toString());
			}
		}
	}

	@Test
	void aDeploymentCausesATrainingOnceThereIsEnoughAfterIt() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(12 * 96, 15, .02, 1)).with("b", Load.fleet(12 * 96, 15, .02, 2));
		int at = 6 * 96 + 5;
		Event deployment = new Event(Event.Kind.DEPLOYMENT, memory.time(at), Duration.ZERO, "a", "release 7");
		Event note = new Event(Event.Kind.NOTE, memory.time(at), Duration.ZERO, "", "nothing");
		try (Forecaster forecaster = of(memory)) {
			int trainedAt = -1;
			for (int i = 6 * 96; i < 6 * 96 + 60; i++) {
				memory.tick(forecaster, i);
				if (i >= at) {
					forecaster.events(List.of(note, deployment));
				}
				if (trainedAt < 0 && forecaster.quality(Memory.id("a")).lastChange().contains("after a deployment: release 7")) {
					trainedAt = i;
				}
				assertFalse(forecaster.quality(Memory.id("b")).lastChange().contains("deployment"));
			}
			assertEquals(at + 36, trainedAt, 1, "36 steps after it");
			int trainings = count(forecaster);
			for (int i = 6 * 96 + 60; i < 6 * 96 + 65; i++) {
				memory.tick(forecaster, i);
				forecaster.events(List.of(deployment));
			}
			assertEquals(trainings, count(forecaster), "told again, it changes nothing");
		}
	}

	private static int count(Forecaster forecaster) {
		return (int) forecaster.costs().values().stream().mapToLong(ModelCost::trainings).sum();
	}

	@Test
	void pinsAndRetrainsAreDoneAtRunTime() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1200, 15, .03, 1)).with("b", Load.fleet(1200, 15, .03, 2));
		SeriesId a = Memory.id("a");
		try (Forecaster forecaster = of(memory)) {
			memory.tick(forecaster, 1000);
			String free = forecaster.quality(a).model();
			assertEquals(1, forecaster.pin(a, Optional.of("drift")).join());
			assertEquals("drift", forecaster.quality(a).model());
			assertEquals("Pinned.", forecaster.quality(a).why());
			assertEquals("the model drift was pinned", forecaster.quality(a).changes().getFirst().cause());
			assertEquals(free, forecaster.quality(a).changes().getFirst().before());
			assertEquals(Optional.of("drift"), forecaster.pinned(a));
			forecaster.pin(a, Optional.empty()).join();
			assertEquals(free, forecaster.quality(a).model());
			assertThrows(IllegalArgumentException.class, () -> forecaster.pin(a, Optional.of("nothing")));
			AtomicInteger reports = new AtomicInteger();
			AtomicBoolean cancelled = new AtomicBoolean();
			Progress progress = new Progress() {
				@Override
				public void report(double fraction, String what) {
					assertTrue(fraction > 0 && fraction <= 1);
					reports.incrementAndGet();
				}

				@Override
				public boolean isCancelled() {
					return cancelled.get();
				}
			};
			List<SeriesId> all = List.of(a, Memory.id("b"), Memory.id("unknown"));
			assertEquals(2, forecaster.retrain(all, progress).join());
			assertTrue(reports.get() > 0);
			assertTrue(forecaster.quality(a).lastChange().contains("on request"));
			cancelled.set(true);
			assertEquals(0, forecaster.retrain(all, progress).join());
			assertTrue(forecaster.forecast(memory.ids(), memory.time(1000)).getFirst().isPresent());
		}
	}

	@Test
	void whatIsAskedForDuringATrainingIsDoneAfterIt() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1200, 15, .03, 1));
		Deque<Runnable> queue = new ArrayDeque<>();
		AtomicBoolean late = new AtomicBoolean(true);
		Forecaster forecaster = memory.forecaster(Memory.product(), ForecastSettings.defaults(QUARTER), work -> {
			if (late.get()) {
				queue.add(work);
			} else {
				work.run();
			}
		});
		memory.tick(forecaster, 1000);
		assertFalse(queue.isEmpty(), "a training waits for a worker");
		forecaster.pin(Memory.id("a"), Optional.of("drift"));
		late.set(false);
		queue.forEach(Runnable::run);
		memory.tick(forecaster, 1001);
		assertEquals("drift", forecaster.quality(Memory.id("a")).model());
		assertTrue(forecaster.quality(Memory.id("a")).lastChange().contains("the model drift was pinned"), forecaster.quality(Memory.id("a")).lastChange());
		forecaster.close();
	}

	@Test
	void trainingsAreChargedToTheirModels() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1500, 15, .03, 1));
		try (Forecaster forecaster = of(memory)) {
			assertEquals(ModelCost.NONE, forecaster.costs().get("ets"));
			memory.tick(forecaster, 1400);
			ModelCost ets = forecaster.costs().get("ets");
			assertTrue(ets.trainings() >= 1 && ets.cpu().compareTo(Duration.ZERO) > 0 && ets.last().compareTo(Duration.ZERO) > 0, ets.toString());
			assertEquals(memory.time(1400), ets.lastAt());
			Quality.Score score = forecaster.quality(Memory.id("a")).candidates().stream().filter(one -> one.model().equals("ets")).findFirst().orElseThrow();
			assertTrue(score.training().compareTo(Duration.ZERO) > 0 && score.training().compareTo(ets.cpu()) <= 0, score.toString());
		}
	}

	@Test
	void aFaultOfAModelInOneSeriesRefusesThatSeriesAlone() {
		double[] small = Load.fleet(1500, 15, .03, 1);
		double[] large = Arrays.stream(small).map(value -> value + 1e6).toArray();
		Memory memory = new Memory(QUARTER).with("a", small).with("b", large);
		Candidate brittle = Fakes.brittle("brittle", 1e6);
		try (Forecaster forecaster = memory.forecaster(List.of(Memory.product().getFirst(), brittle), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			memory.tick(forecaster, 1400);
			Quality.Score well = forecaster.quality(Memory.id("a")).candidates().stream().filter(one -> one.model().equals("brittle")).findFirst().orElseThrow();
			assertEquals("", well.note());
			assertTrue(Double.isFinite(well.relative()), well.toString());
			Quality.Score failed = forecaster.quality(Memory.id("b")).candidates().stream().filter(one -> one.model().equals("brittle")).findFirst().orElseThrow();
			assertTrue(failed.note().contains("too large for it"), failed.note());
			assertEquals(Status.State.OK, forecaster.statuses().get("brittle").state());
		}
	}

	@Test
	void aModelThatTakesNoGapsIsShownTheLastValueAndNothingOfWhatCameBehind() {
		double[] values = IntStream.range(0, 1500).mapToDouble(i -> 1000 + i).toArray();
		Arrays.fill(values, 1300, 1340, Double.NaN);
		Arrays.fill(values, 1420, 1440, Double.NaN);
		Memory memory = new Memory(QUARTER).with("a", values);
		List<Double> shown = new ArrayList<>();
		Candidate watching = Fakes.watching("watching", shown);
		try (Forecaster forecaster = memory.forecaster(List.of(watching), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			memory.tick(forecaster, 1400);
			assertTrue(shown.contains(2299.) && shown.contains(2340.), "the back-test has gone over the first gap");
			assertTrue(shown.stream().noneMatch(value -> value.isNaN() || value > 2299 && value < 2340), shown.toString());
			assertEquals("watching", forecaster.quality(Memory.id("a")).model());
			shown.clear();
			for (int i = 1401; i < 1450; i++) {
				memory.tick(forecaster, i);
			}
			assertTrue(shown.contains(2419.) && shown.contains(2440.), "life has gone over the second gap");
			assertTrue(shown.stream().noneMatch(value -> value.isNaN() || value > 2419 && value < 2440), shown.toString());
		}
	}

	@Test
	void partsAddUpToTheMedian() {
		double[] values = Load.fleet(1500, 15, .03, 1);
		Memory memory = new Memory(QUARTER).with("a", values);
		List<Duration> leads = List.of(Duration.ofMinutes(5), Duration.ofMinutes(40), Duration.ofHours(3), Duration.ofHours(20), Duration.ofDays(3));
		Candidate known = Fakes.oracle("known", "1", millis -> off(values, millis, .01));
		try (Forecaster forecaster = of(memory, known)) {
			memory.tick(forecaster, 1300);
			for (Optional<String> pin : List.of(Optional.of("known"), Optional.<String>empty())) {
				forecaster.pin(Memory.id("a"), pin).join();
				List<Part> parts = forecaster.explain(Memory.id("a"), memory.time(1300), leads);
				Forecast forecast = forecaster.path(Memory.id("a"), memory.time(1300), leads);
				double[] sum = new double[leads.size()];
				for (Part part : parts) {
					for (int lead = 0; lead < sum.length; lead++) {
						sum[lead] += part.values()[lead];
					}
				}
				double[] median = IntStream.range(0, sum.length).mapToDouble(lead -> forecast.bands().orElseThrow().value(lead, Levels.MEDIAN)).toArray();
				assertArrayEquals(median, sum, 1e-6 * median[0]);
				if (pin.isPresent()) {
					double[] season = parts.stream().filter(part -> part.kind() == Part.Kind.SEASON && part.name().equals("daily")).findFirst().orElseThrow().values();
					assertEquals(median[1] / 2, season[1], .1 * median[1], "half of what it said");
				}
			}
			assertEquals(List.of(), forecaster.explain(Memory.id("nobody"), memory.time(1300), leads));
		}
	}

	@Test
	void statesOfAnOlderModelAreTrainedAnewAndSaySo(@TempDir Path folder) throws IOException {
		double[] values = Load.fleet(1500, 15, .03, 1);
		Memory memory = new Memory(QUARTER).with("a", values);
		Path file = folder.resolve("states");
		List<Candidate> older = List.of(Fakes.oracle("known", "1", millis -> off(values, millis, .01)));
		List<Candidate> newer = List.of(Fakes.oracle("known", "2", millis -> off(values, millis, .01)));
		try (Forecaster forecaster = memory.forecaster(older, ForecastSettings.defaults(QUARTER), Runnable::run)) {
			memory.tick(forecaster, 1300);
			forecaster.save(file);
		}
		try (Forecaster forecaster = new Forecaster(newer, memory, ForecastSettings.defaults(QUARTER), Runnable::run)) {
			forecaster.load(file);
			forecaster.register(Memory.id("a"), Metric.REQUESTS);
			memory.tick(forecaster, 1301);
			assertTrue(forecaster.quality(Memory.id("a")).lastChange().contains("its saved state is of known 1, which is not installed in this version"),
					forecaster.quality(Memory.id("a")).lastChange());
		}
	}

	@Test
	void aStateThatHoldsNonsenseIsTrainedAnew(@TempDir Path folder) throws IOException {
		double[] values = Load.fleet(1500, 15, .03, 1);
		Memory memory = new Memory(QUARTER).with("a", values);
		ForecastSettings settings = ForecastSettings.defaults(QUARTER);
		Path file = folder.resolve("states");
		try (Forecaster forecaster = of(memory)) {
			memory.tick(forecaster, 1300);
			forecaster.save(file);
		}
		LeadPlan plan = new LeadPlan(settings);
		States.Content content = States.read(file, plan);
		// the seventh number says which transform it is in
		ByteBuffer.wrap(content.pieces().get(Memory.id("a"))).putDouble(6 * Double.BYTES, 99);
		States.write(file, plan, content);
		try (Forecaster forecaster = new Forecaster(Memory.product(), memory, settings, Runnable::run)) {
			forecaster.load(file);
			forecaster.register(Memory.id("a"), Metric.REQUESTS);
			memory.tick(forecaster, 1301);
			assertEquals(memory.time(1301), forecaster.quality(Memory.id("a")).trainedAt().orElseThrow());
			assertTrue(forecaster.forecast(memory.ids(), memory.time(1301)).getFirst().isPresent());
		}
	}

	@Test
	void changesSurviveARestart(@TempDir Path folder) throws IOException {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1500, 15, .03, 1));
		Path file = folder.resolve("states");
		SeriesId a = Memory.id("a");
		Quality before;
		try (Forecaster forecaster = of(memory)) {
			memory.tick(forecaster, 1300);
			forecaster.pin(a, Optional.of("drift")).join();
			forecaster.pin(a, Optional.empty()).join();
			forecaster.save(file);
			before = forecaster.quality(a);
		}
		try (Forecaster forecaster = new Forecaster(Memory.product(), memory, ForecastSettings.defaults(QUARTER), Runnable::run)) {
			forecaster.load(file);
			forecaster.register(a, Metric.REQUESTS);
			Quality after = forecaster.quality(a);
			assertEquals(2, after.changes().size());
			assertEquals(before.changes(), after.changes());
			assertEquals(before.candidates(), after.candidates());
			assertEquals(before.next(), after.next());
			assertEquals(0, count(forecaster), "a restart trains nothing");
		}
	}

	@Test
	void aSuddenOtherWorldIsNoticedAndSaid() {
		double[] values = new double[14 * 96];
		Random random = new Random(2);
		for (int i = 0; i < values.length; i++) {
			// so steep that no member of the combination, whose weights follow their errors, keeps up
			double level = i < 10 * 96 ? 100 : 160 + .1 * Math.pow(i - 10 * 96, 2);
			values[i] = level + 20 * Math.sin(2 * Math.PI * i / 96) + random.nextGaussian();
		}
		Memory memory = new Memory(QUARTER).with("a", values);
		try (Forecaster forecaster = memory.forecaster(List.of(Memory.product().get(1), Memory.product().get(3)), ForecastSettings.defaults(QUARTER), Runnable::run)) {
			boolean drift = false;
			for (int i = 8 * 96; i < 12 * 96; i++) {
				memory.tick(forecaster, i);
				drift |= i > 10 * 96 && forecaster.quality(Memory.id("a")).lastChange().contains("drift");
			}
			assertTrue(drift, forecaster.quality(Memory.id("a")).lastChange());
		}
	}

	@Test
	void anEventOfTheFutureDoesNothingYet() {
		Memory memory = new Memory(QUARTER).with("a", Load.fleet(1500, 15, .03, 1));
		try (Forecaster forecaster = of(memory)) {
			memory.tick(forecaster, 1000);
			forecaster.events(List.of(new Event(Event.Kind.DEPLOYMENT, memory.time(1400), Duration.ZERO, "", "later", Instant.EPOCH)));
			for (int i = 1001; i < 1050; i++) {
				memory.tick(forecaster, i);
				assertFalse(forecaster.quality(Memory.id("a")).lastChange().contains("later"));
			}
		}
	}
}
