// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;

/** Events and series that drive others. */
class CauseTest {
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final int DAY = 288;
	private static final int LENGTH = 12 * DAY;
	private static final int[] LAUNCHES = { 2 * DAY + 150, 4 * DAY + 40, 5 * DAY + 200, 7 * DAY + 90, 8 * DAY + 220, 10 * DAY + 120 };
	private static final int LASTS = 12;

	private static final List<Candidate> MODELS = List.of(Memory.product().get(0), Memory.product().get(1), Memory.candidate("lags-recursive", "lags.Recursive"));

	/** A day's course, with twice as much while a launch lasts. */
	private static Memory launches(int... at) {
		Random random = new Random(1);
		double[] values = new double[LENGTH];
		Arrays.setAll(values, i -> (100 + 20 * Math.sin(i * 2 * Math.PI / DAY) + random.nextGaussian()) * (IntStream.of(at).anyMatch(launch -> i >= launch && i < launch + LASTS) ? 2 : 1));
		return new Memory(STEP).with("a", values);
	}

	private static Event launch(Memory memory, int at, Instant known) {
		return new Event(Event.Kind.LAUNCH, memory.time(at), STEP.multipliedBy(LASTS), "", "Launch", known);
	}

	private static EventSource source(List<Event> events) {
		return (id, from, to, known) -> events.stream().filter(event -> !event.known().isAfter(known) && event.time().isBefore(to)
				&& event.time().plus(event.duration()).isAfter(from)).toList();
	}

	private static double median(Forecaster forecaster, Memory memory, int i, int ahead) {
		Bands bands = forecaster.path(memory.ids().getFirst(), memory.time(i), List.of(STEP.multipliedBy(ahead))).bands().orElseThrow();
		return bands.value(0, Levels.MEDIAN);
	}

	@Test
	void aLaunchKnownAheadRaisesTheForecastAndOneThatIsNotKnownDoesNot() {
		Memory memory = launches(LAUNCHES);
		int now = 10 * DAY + 100;
		double[] said = new double[2];
		for (int known = 0; known < 2; known++) {
			boolean ahead = known == 1;
			List<Event> events = IntStream.of(LAUNCHES).filter(at -> at < now || ahead).mapToObj(at -> launch(memory, at, memory.time(at - 100))).toList();
			Surroundings around = new Surroundings(id -> Tailoring.NONE, source(events), id -> List.of());
			try (Forecaster forecaster = new Forecaster(MODELS, memory, ForecastSettings.defaults(STEP), around, Runnable::run)) {
				memory.ids().forEach(id -> forecaster.register(id, Metric.REQUESTS));
				forecaster.pin(memory.ids().getFirst(), Optional.of("lags-recursive"));
				for (int i = now - 20; i < now; i++) {
					memory.tick(forecaster, i);
				}
				said[known] = median(forecaster, memory, now - 1, 26);
			}
		}
		assertTrue(said[1] > said[0] + 15, said[1] + " with the launch known, " + said[0] + " without");
	}

	@Test
	void aBackTestKnowsALaunchFromWhenItWasEnteredOn() {
		Memory memory = launches(LAUNCHES);
		memory.known = LENGTH;
		SeriesId id = memory.ids().getFirst();
		double[] errors = new double[2];
		for (int early = 0; early < 2; early++) {
			boolean before = early == 1;
			// entered a day before, or when it was over
			List<Event> events = IntStream.of(LAUNCHES).mapToObj(at -> launch(memory, at, memory.time(before ? at - DAY : at + LASTS))).toList();
			Surroundings around = new Surroundings(of -> Tailoring.NONE, source(events), of -> List.of());
			try (Forecaster forecaster = new Forecaster(MODELS, memory, ForecastSettings.defaults(STEP), around, Runnable::run)) {
				BackTestRequest request = new BackTestRequest(List.of(Duration.ofHours(1)), 0, Duration.ZERO, Set.of("lags-recursive"));
				BackTestReport report = forecaster.backTest(id, memory.time(LENGTH), request, Progress.NONE).join();
				errors[early] = report.results().stream().filter(result -> result.model().equals("lags-recursive")).findFirst().orElseThrow().leads().getFirst().wape();
			}
		}
		System.out.printf("WAPE at an hour: %.4f when launches were entered a day before, %.4f when they were entered afterwards%n", errors[1], errors[0]);
		assertTrue(errors[1] < errors[0] * .95, errors[1] + " entered before, " + errors[0] + " entered afterwards");
	}

	/** A walk, and what follows it some steps later. */
	private static Memory driven(int lag) {
		Random random = new Random(4);
		double[] driver = new double[LENGTH];
		double[] follower = new double[LENGTH];
		double walk = 0;
		for (int i = 0; i < LENGTH; i++) {
			walk = .97 * walk + random.nextGaussian();
			driver[i] = 100 + 5 * walk;
			follower[i] = 20 + .5 * driver[Math.max(0, i - lag)] + .3 * random.nextGaussian();
		}
		Memory memory = new Memory(STEP).with("group:web", follower).with("group:lb", driver);
		memory.known = LENGTH;
		return memory;
	}

	private static double[] live(Memory memory, Function<SeriesId, List<SeriesId>> drivers) {
		SeriesId id = Memory.id("group:web");
		int from = 10 * DAY;
		double error = 0;
		int count = 0;
		memory.known = from;
		try (Forecaster forecaster = new Forecaster(MODELS, memory, ForecastSettings.defaults(STEP), new Surroundings(of -> Tailoring.NONE, EventSource.NONE, drivers),
				Runnable::run)) {
			memory.ids().forEach(of -> forecaster.register(of, Metric.REQUESTS));
			for (int i = from; i < from + 150; i++) {
				memory.tick(forecaster, i);
				Bands bands = forecaster.forecast(List.of(id), memory.time(i)).getFirst().bands().orElseThrow();
				error += Math.abs(bands.value(3, Levels.MEDIAN) - memory.values.get(id)[i + 6]);
				count++;
			}
			return new double[] { error / count, bestRelative(forecaster.quality(id)) };
		}
	}

	private static double bestRelative(Quality quality) {
		return quality.candidates().stream().filter(score -> score.model().equals("lags-recursive")).findFirst().orElseThrow().relative();
	}

	@Test
	void aDriverThatGoesAheadLowersTheErrorAtItsLag() {
		Memory memory = driven(6);
		double[] without = live(memory, id -> List.of());
		double[] with = live(memory, id -> List.of(Memory.id("group:lb")));
		System.out.printf("half an hour ahead, half an hour behind a driver: mean error %.3f with it, %.3f without; in the back-test %.3f and %.3f of seasonal naive's%n",
				with[0], without[0], with[1], without[1]);
		assertTrue(with[0] < without[0] * .6, with[0] + " with the driver, " + without[0] + " without");
		assertTrue(with[1] < without[1] * .8, with[1] + " with the driver, " + without[1] + " without");
	}

	@Test
	void behindTheLagADriverIsForecastAndNeverMeasured() {
		// with no lag at all everything ahead is behind it: knowing what came would make the error vanish
		Memory memory = driven(0);
		double[] without = live(memory, id -> List.of());
		double[] with = live(memory, id -> List.of(Memory.id("group:lb")));
		assertTrue(with[1] > without[1] * .7, with[1] + " with the driver, " + without[1] + " without");
		assertTrue(with[0] > without[0] * .7, with[0] + " with the driver, " + without[0] + " without");
	}

	@Test
	void theLagIsThatOfTheChangesAndWhatIsUnrelatedDrivesNothing() {
		Memory memory = driven(6);
		LeadPlan plan = new LeadPlan(ForecastSettings.defaults(STEP));
		Random random = new Random(8);
		double[] other = new double[LENGTH];
		Arrays.setAll(other, i -> 100 + 20 * Math.sin(i * 2 * Math.PI / DAY) + random.nextGaussian());
		memory.with("group:other", other);
		List<SeriesId> all = List.of(Memory.id("group:lb"), Memory.id("group:other"));
		CauseBook book = new CauseBook(plan, memory, new Surroundings(id -> Tailoring.NONE, EventSource.NONE, id -> all), () -> Instant.EPOCH);
		all.forEach(id -> book.know(new Track(id, Metric.REQUESTS, plan, null, 0)));
		Tailor tailor = new Tailor(Surroundings.NONE, new Pins(Map.of()));
		long end = Math.floorDiv(memory.time(LENGTH - 1).toEpochMilli(), plan.block);
		Trainer.Parts parts = new Trainer.Parts(MODELS, memory, ForecastSettings.defaults(STEP), plan, tailor, book, null, null, null, null, null);
		Past past = Trainer.read(memory, parts.settings(), plan, tailor, Memory.id("group:web"), end);
		List<Cause> found = new Drivers(parts, plan, book, end).of(Memory.id("group:web"), past, past.coarse.length - 2 * DAY);
		assertEquals(List.of(new Cause("requests@group:lb-30 min", Memory.id("group:lb"), 6)), found);
	}
}
