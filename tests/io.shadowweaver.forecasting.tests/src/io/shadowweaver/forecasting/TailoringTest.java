// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.topology.Resource;

/** What an operator decides on a series, and what its metric does. */
class TailoringTest {
	private static final Duration STEP = Duration.ofMinutes(5);
	private static final Resource DATABASE = Resource.live("db-1", "database", "db-1", Map.of("tier", "data", "zone", "a"), Map.of());

	/** Under the metric's id that a memory gives its series. */
	private static final Metric LATENCY = new Metric("requests", "Latency", Unit.SECONDS, Unit.MILLISECONDS, Metric.Full.NONE, Aggregation.MAX);

	private static ForecastRule rule(String metric, String kind, Map<String, String> labels, String subject, String model, String season) {
		return new ForecastRule(metric, kind, labels, subject, model, season, List.of(), "");
	}

	private static double[] values(int count, IntToDoubleFunction of) {
		double[] values = new double[count];
		Arrays.setAll(values, of);
		return values;
	}

	/** A forecaster over a memory whose series measure something. */
	private static Forecaster forecaster(Memory memory, Metric metric, List<ForecastRule> rules) {
		Surroundings around = new Surroundings(id -> ForecastRule.of(rules, id, List.of(DATABASE)), EventSource.NONE, id -> List.of());
		Forecaster forecaster = new Forecaster(Memory.product(), memory, ForecastSettings.defaults(STEP), around, Runnable::run);
		memory.ids().forEach(id -> forecaster.register(id, metric));
		return forecaster;
	}

	@Test
	void theMostSpecificRuleDecidesAndOthersFillWhatItLeavesOpen() {
		SeriesId cpu = new SeriesId("db-1", "cpu");
		List<ForecastRule> rules = List.of(rule("cpu", "", Map.of(), "", "by-metric", "24h"), rule("", "database", Map.of(), "", "by-kind", "12h"),
				rule("", "", Map.of("tier", "data"), "", "by-label", ""), rule("", "", Map.of("tier", "data", "zone", "a"), "", "by-labels", ""),
				rule("", "", Map.of(), "db-2", "by-other", "1h"), rule("", "", Map.of("tier", "web"), "", "by-tier", "1h"));
		Tailoring decided = ForecastRule.of(rules, cpu, List.of(DATABASE));
		assertEquals("by-labels", decided.model().orElseThrow());
		assertEquals(Duration.ofHours(12), decided.season().orElseThrow());
		List<ForecastRule> pinned = new ArrayList<>(rules);
		pinned.add(ForecastRule.pin(cpu, "pinned"));
		assertEquals("pinned", ForecastRule.of(pinned, cpu, List.of(DATABASE)).model().orElseThrow());
		assertTrue(pinned.getLast().isPin(cpu));
		assertFalse(rules.getFirst().isPin(cpu));
		assertEquals("by-metric", ForecastRule.of(rules, cpu, List.of()).model().orElseThrow(), "of what is not known neither kind nor labels fit");
		assertEquals(Tailoring.NONE, ForecastRule.of(rules, new SeriesId("x", "memory"), List.of()));
	}

	@Test
	void aWrongRuleNamesKeyAndValue() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> rule("cpu", "", Map.of(), "", "", "dayly")).getMessage().startsWith("season: 'dayly'"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> rule("cpu", "", Map.of(), "", "", "")).getMessage().contains("decides on none"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new ForecastRule("", "", Map.of(), "", "", "", List.of(), "sqrt")).getMessage()
				.contains("transform: 'sqrt'"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new ForecastRule("", "", Map.of(), "", "", "", List.of("0s"), "")).getMessage()
				.contains("horizons: '0s'"));
	}

	@Test
	void modelSeasonAndHorizonsAreAsDecided() {
		Random random = new Random(3);
		Memory memory = new Memory(STEP).with("db-1", values(3000, i -> 50 + 20 * Math.sin(i * 2 * Math.PI / 288) + random.nextGaussian()));
		memory.known = 3000;
		List<ForecastRule> rules = new ArrayList<>(List.of(rule("", "database", Map.of(), "", "ets", "none")));
		SeriesId id = memory.ids().getFirst();
		Surroundings around = new Surroundings(of -> ForecastRule.of(rules, of, List.of(DATABASE)), EventSource.NONE, of -> List.of());
		try (Forecaster forecaster = new Forecaster(Memory.product(), memory, ForecastSettings.defaults(STEP), around, Runnable::run)) {
			forecaster.register(id, Metric.REQUESTS);
			memory.tick(forecaster, 2999);
			assertEquals("ets", forecaster.quality(id).model());
			assertEquals(List.of(), forecaster.quality(id).seasons());
			assertEquals(Optional.of("ets"), forecaster.pinned(id));
			rules.set(0, rule("", "database", Map.of(), "", "", "12h"));
			assertEquals(1, forecaster.decided().join());
			assertEquals(List.of(Duration.ofHours(12)), forecaster.quality(id).seasons());
			assertEquals(0, forecaster.decided().join(), "nothing has changed since");
			// a pin at run time goes before the rules
			forecaster.pin(id, Optional.of("drift")).join();
			assertEquals("drift", forecaster.quality(id).model());
		}
		Tailor tailor = new Tailor(new Surroundings(of -> new Tailoring(Optional.empty(), Optional.empty(), List.of(Duration.ofHours(1)), Optional.empty()),
				EventSource.NONE, of -> List.of()), new Pins(Map.of()));
		LeadPlan plan = new LeadPlan(ForecastSettings.defaults(STEP));
		boolean[] judging = tailor.judging(id, plan);
		for (int lead = 0; lead < judging.length; lead++) {
			assertEquals(plan.leads[lead] == Duration.ofHours(1).toMillis(), judging[lead]);
		}
	}

	private static double[] latency(int count, long seed) {
		Random random = new Random(seed);
		double[] noise = new double[1];
		return values(count, i -> {
			noise[0] = .8 * noise[0] + .25 * random.nextGaussian();
			return .05 * Math.exp(.8 * Math.sin(i * 2 * Math.PI / 288) + noise[0]);
		});
	}

	/** The mean quantile loss of live forecasts up to an hour, in the unit of the series. */
	private static double loss(Memory memory, Metric metric, List<ForecastRule> rules, int from, int to) {
		double sum = 0;
		int count = 0;
		SeriesId id = memory.ids().getFirst();
		try (Forecaster forecaster = forecaster(memory, metric, rules)) {
			for (int i = from; i < to; i++) {
				memory.tick(forecaster, i);
				Bands bands = forecaster.forecast(List.of(id), memory.time(i)).getFirst().bands().orElseThrow();
				for (int lead = 0; lead < 5 && i + bands.leadMillis(lead) / STEP.toMillis() < to; lead++) {
					double value = memory.values.get(id)[i + (int) (bands.leadMillis(lead) / STEP.toMillis())];
					for (int level = 0; level < Levels.COUNT; level++) {
						double above = value - bands.value(lead, level);
						sum += above * (Levels.level(level) - (above < 0 ? 1 : 0));
						count++;
						assertTrue(bands.value(lead, level) >= 0);
						assertTrue(level == 0 || bands.value(lead, level) >= bands.value(lead, level - 1));
					}
				}
			}
		}
		return sum / count;
	}

	@Test
	void latencyIsForecastInLogarithmsAndBetterForIt() {
		Memory memory = new Memory(STEP).with("db-1", latency(3000, 5));
		ForecastRule plainly = new ForecastRule("", "", Map.of(), "", "", "", List.of(), "none");
		double logs = loss(memory, LATENCY, List.of(), 2200, 2900);
		double plain = loss(memory, LATENCY, List.of(plainly), 2200, 2900);
		System.out.printf("mean quantile loss of latency: %.6f in logarithms, %.6f plain%n", logs, plain);
		assertTrue(logs < plain, logs + " in logarithms, " + plain + " plain");
	}

	@Test
	void theStateKnowsItsTransformAndAnotherRuleTrainsAnew(@TempDir Path directory) throws IOException {
		Memory memory = new Memory(STEP).with("db-1", latency(2000, 7));
		SeriesId id = memory.ids().getFirst();
		Path file = directory.resolve("states");
		Forecast before;
		try (Forecaster forecaster = forecaster(memory, LATENCY, List.of())) {
			for (int i = 1500; i < 1600; i++) {
				memory.tick(forecaster, i);
			}
			before = forecaster.forecast(List.of(id), memory.time(1599)).getFirst();
			forecaster.save(file);
		}
		try (Forecaster forecaster = new Forecaster(Memory.product(), memory, ForecastSettings.defaults(STEP), Runnable::run)) {
			forecaster.load(file);
			forecaster.register(id, LATENCY);
			Forecast after = forecaster.forecast(List.of(id), memory.time(1599)).getFirst();
			assertEquals(before.modelVersion(), after.modelVersion(), "nothing was trained");
			for (int lead = 0; lead < before.bands().orElseThrow().leads(); lead++) {
				assertEquals(before.bands().get().value(lead, Levels.MEDIAN), after.bands().orElseThrow().value(lead, Levels.MEDIAN), 1e-6);
			}
		}
		try (Forecaster forecaster = new Forecaster(Memory.product(), memory, ForecastSettings.defaults(STEP),
				new Surroundings(of -> ForecastRule.of(List.of(new ForecastRule("", "", Map.of(), "", "", "", List.of(), "none")), of, List.of()), EventSource.NONE, of -> List.of()), Runnable::run)) {
			forecaster.load(file);
			forecaster.register(id, LATENCY);
			memory.tick(forecaster, 1600);
			assertEquals(memory.time(1600), forecaster.quality(id).trainedAt().orElseThrow());
		}
	}

	@Test
	void aZeroHasNoLogarithmAndIsAReason() {
		double[] with = latency(2000, 9);
		with[1000] = 0;
		Memory memory = new Memory(STEP).with("db-1", with);
		SeriesId id = memory.ids().getFirst();
		try (Forecaster forecaster = forecaster(memory, LATENCY, List.of())) {
			memory.tick(forecaster, 1500);
			assertTrue(forecaster.quality(id).why().contains("Not in logarithms: a value of 0.0 has none."), forecaster.quality(id)::why);
			assertTrue(forecaster.forecast(List.of(id), memory.time(1500)).getFirst().isPresent());
		}
		// one that comes in life
		Memory later = new Memory(STEP).with("db-1", latency(2000, 9));
		later.values.get(id)[1510] = 0;
		try (Forecaster forecaster = forecaster(later, LATENCY, List.of())) {
			for (int i = 1500; i < 1530; i++) {
				later.tick(forecaster, i);
				assertTrue(forecaster.forecast(List.of(id), later.time(i)).getFirst().isPresent());
			}
			assertTrue(forecaster.quality(id).why().contains("Not in logarithms"), forecaster.quality(id)::lastChange);
			double median = forecaster.forecast(List.of(id), later.time(1529)).getFirst().bands().orElseThrow().value(0, Levels.MEDIAN);
			assertEquals(later.values.get(id)[1529], median, .1);
		}
	}

	@Test
	void partsAndBackTestsOfLogarithmsAreInTheUnitOfTheSeries() {
		Memory memory = new Memory(STEP).with("db-1", latency(3000, 11));
		SeriesId id = memory.ids().getFirst();
		try (Forecaster forecaster = forecaster(memory, LATENCY, List.of())) {
			memory.tick(forecaster, 2500);
			List<Duration> leads = List.of(Duration.ofMinutes(5), Duration.ofHours(6));
			Bands bands = forecaster.path(id, memory.time(2500), leads).bands().orElseThrow();
			for (int lead = 0; lead < 2; lead++) {
				int at = lead;
				List<Part> parts = forecaster.explain(id, memory.time(2500), leads);
				double sum = parts.stream().mapToDouble(part -> part.values()[at]).sum();
				double median = bands.value(lead, Levels.MEDIAN);
				assertEquals(median, sum, 1e-6);
				double level = parts.stream().filter(part -> part.kind() == Part.Kind.TREND).mapToDouble(part -> part.values()[at]).sum();
				assertTrue(level > median / 3 && level < 3 * median, "the level of a latency of " + median + " is told as " + level);
			}
			BackTestReport report = forecaster.backTest(id, memory.time(2500), BackTestRequest.USUAL, Progress.NONE).join();
			assertTrue(Arrays.stream(report.actual().values()).allMatch(value -> value > 0 && value < 2));
			double wape = report.results().getFirst().leads().getFirst().wape();
			assertTrue(wape > .05 && wape < .5, "wape " + wape);
		}
	}

	@Test
	void aUtilisationThatGrowsIsForecastPastFull() {
		Random random = new Random(6);
		Memory memory = new Memory(STEP).with("db-1", values(1200, i -> .4 + .6 * i / 1150. + .005 * random.nextGaussian()));
		SeriesId id = memory.ids().getFirst();
		Metric ratio = new Metric("requests", "CPU", Unit.RATIO, Unit.PERCENT, Metric.Full.ONE, Aggregation.MEAN);
		try (Forecaster forecaster = forecaster(memory, ratio, List.of(new ForecastRule("", "", Map.of(), "", "drift", "none", List.of(), "")))) {
			memory.tick(forecaster, 1149);
			Bands bands = forecaster.forecast(List.of(id), memory.time(1149)).getFirst().bands().orElseThrow();
			assertTrue(bands.value(bands.leads() - 1, Levels.MEDIAN) > 1.1, "a day ahead: " + bands.value(bands.leads() - 1, Levels.MEDIAN));
		}
	}
}
