// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestReport.LeadResult;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.EventSource;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.ForecastSettings;
import io.shadowweaver.forecasting.Forecaster;
import io.shadowweaver.forecasting.Surroundings;
import io.shadowweaver.forecasting.Tailoring;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.tck.Declared;

/** What an operator decides on forecasts, in a running estate. */
class RulesTest {
	private static final SeriesId WEB = SeriesId.ofGroup("web", "cpu");

	@TempDir
	Path directory;

	private Weaver fleet(List<ForecastRule> rules, Set<String> metrics) throws Exception {
		Map<String, String> settings = Map.of("seed", "5", "start", "2026-03-02T00:00:00Z", "history", "4d");
		Connection source = new Connection("fleet", "simulated", "Fleet", settings);
		EstateConfig config = new EstateConfig("sim", "Simulated", List.of(source), List.of(), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of()).withForecasts(rules);
		EstateParts parts = new EstateParts(directory, Instant::now,
				List.of(new EstateParts.Part<MetricSourceFactory>(source, io.shadowweaver.simulated.SimulatedSourceFactory::new,
						Declared.only("io.shadowweaver.simulated", "source").settings(settings))),
				List.of(), List.of(), FleetRun.models(), Runnable::run);
		return new Weaver(config, parts, ProvisioningSettings.defaults(), false, id -> id.subject().equals("group:web") && metrics.contains(id.metric()));
	}

	@Test
	void rulesHoldFromTheStartAtRunTimeAndAfterARestart() throws Exception {
		ForecastRule byKind = new ForecastRule("cpu", "vm", Map.of(), "", "drift", "none", List.of("20m"), "");
		EstateConfig kept;
		try (Weaver weaver = fleet(List.of(byKind), Set.of("cpu"))) {
			weaver.prepare();
			weaver.step();
			assertEquals("drift", weaver.quality(WEB).orElseThrow().model());
			assertEquals(List.of(), weaver.quality(WEB).get().seasons());
			assertTrue(weaver.quality(WEB).get().leads().stream().anyMatch(lead -> lead.lead().equals(Duration.ofMinutes(20))), "a horizon of a rule is forecast");
			weaver.forecasts().pin(WEB, Optional.of("ets")).join();
			assertEquals("ets", weaver.quality(WEB).get().model());
			assertEquals(List.of(ForecastRule.pin(WEB, "ets"), byKind), weaver.config().forecasts());
			kept = weaver.config();
		}
		try (Weaver weaver = fleet(kept.forecasts(), Set.of("cpu"))) {
			weaver.prepare();
			weaver.step();
			assertEquals("ets", weaver.quality(WEB).orElseThrow().model());
			assertEquals(Optional.of("ets"), weaver.forecasts().pinned(WEB));
			weaver.forecasts().pin(WEB, Optional.empty()).join();
			assertEquals("drift", weaver.quality(WEB).get().model(), "the other rule holds again");
			assertEquals(List.of(byKind), weaver.config().forecasts());
			assertEquals(1, weaver.forecasts().rules(List.of(new ForecastRule("cpu", "", Map.of(), "", "naive", "", List.of(), ""))).join());
			assertEquals("naive", weaver.quality(WEB).get().model());
		}
	}

	@Test
	void tooManyHorizonsAreRefused() {
		List<ForecastRule> rules = List.of(new ForecastRule("", "", Map.of(), "", "", "", List.of("1m", "2m", "3m", "4m", "6m", "7m", "8m", "9m", "11m"), ""));
		EstateConfig config = new EstateConfig("x", "X", List.of(), List.of(), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> config.withForecasts(rules)).getMessage().contains("9 different horizons"));
	}

	@Test
	void whatCallsATierMayDriveIt() {
		Resource web = Resource.live("web-1", "vm", "web-1", Map.of(Resource.TIER, "web"), Map.of());
		RuleBook book = new RuleBook(List.of());
		book.topology(new Topology(Map.of("web-1", web), Set.of(new Link("group:lb", "group:web", "calls"), new Link("group:web", "group:db", "calls")), Map.of()));
		assertEquals(List.of(SeriesId.ofGroup("web", "requests"), SeriesId.ofGroup("lb", "requests")), book.drivers(WEB));
		assertEquals(List.of(SeriesId.ofGroup("lb", "requests")), book.drivers(SeriesId.ofGroup("web", "requests")));
		assertEquals(List.of(new SeriesId("web-1", "requests")), book.drivers(new SeriesId("web-1", "cpu")));
	}

	/** The best model's error ÷ that of seasonal naive, a mean over leads up to an hour, in a back-test that knows the drivers or does not. */
	private static double error(Weaver weaver, Function<SeriesId, List<SeriesId>> drivers) throws Exception {
		Duration step = weaver.state().step();
		Surroundings around = new Surroundings(id -> Tailoring.NONE, EventSource.NONE, drivers);
		try (Forecaster forecaster = new Forecaster(FleetRun.models(), (id, from, to) -> weaver.history(id, from, to, step), ForecastSettings.defaults(step), around,
				Runnable::run)) {
			forecaster.register(SeriesId.ofGroup("web", "requests"), Metric.REQUESTS);
			forecaster.register(WEB, Metric.CPU);
			BackTestReport report = forecaster.backTest(WEB, weaver.state().time(), BackTestRequest.USUAL, Progress.NONE).join();
			BackTestReport.Result result = report.results().stream().filter(one -> one.model().equals("lags-recursive")).findFirst().orElseThrow();
			return 1 - result.leads().stream().filter(lead -> lead.lead().compareTo(Duration.ofHours(1)) <= 0).mapToDouble(LeadResult::skill).average().orElseThrow();
		}
	}

	@Test
	void onTheFleetADriverIsKeptOnlyWhereItHelps() throws Exception {
		try (Weaver weaver = fleet(List.of(), Set.of())) {
			weaver.prepare();
			weaver.step();
			double without = error(weaver, id -> List.of());
			double with = error(weaver, id -> List.of(SeriesId.ofGroup("web", "requests")));
			System.out.printf(Locale.ROOT, "web tier of the fleet, up to an hour: error of lags-recursive %.4f of seasonal naive's with requests as a driver, %.4f without%n", with, without);
			assertTrue(with < without * 1.03, with + " with, " + without + " without");
		}
	}
}
