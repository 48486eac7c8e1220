// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;

class QueryTest {
	private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
	private static final WeaverState STATE = state();
	private static final Query.Prediction MEDIAN = new Query.Prediction(Shadow.Kind.UNATTENDED, .5);

	/** Three machines and a database; the processor of a1 goes from 50 % to 90 % in two hours, its .9 quantile to 98 %. */
	private static WeaverState state() {
		Map<String, Resource> resources = new HashMap<>();
		for (Resource one : List.of(machine("a1", "vm", "eu", "Alpha 1"), machine("a2", "vm", "eu", "Alpha 2"), machine("b1", "vm", "us", "Beta"), machine("d", "database", "eu", "Data"))) {
			resources.put(one.id(), one);
		}
		SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();
		Map.of("a1", .5, "a2", .95, "b1", .1).forEach((id, value) -> series.value(series.slot(new SeriesId(id, "cpu")), NOW.toEpochMilli(), value));
		SeriesId cpu = new SeriesId("a1", "cpu");
		series.forecast(series.slot(cpu), new Forecast(cpu, NOW, "naive", "1", .2, .8, 100, Optional.of(bands()), "", Optional.empty()));
		Map<String, Metric> metrics = new HashMap<>();
		Metric.standard().forEach(metric -> metrics.put(metric.id(), metric));
		return new WeaverState("t", "T", 1, NOW, Duration.ofMinutes(1), new Topology(resources, Set.of(), Map.of()), metrics, series.build(), Shadow.empty(Shadow.Kind.UNATTENDED, NOW),
				Shadow.empty(Shadow.Kind.PLANNED, NOW), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), false,
				new ProvisioningReport(List.of(), List.of(), List.of(), Map.of()), Map.of());
	}

	private static Resource machine(String id, String kind, String region, String name) {
		return Resource.live(id, kind, name, Map.of(Resource.REGION, region, "team", id.equals("d") ? "data, and more" : "web"), Map.of());
	}

	private static Bands bands() {
		long[] leads = { 3_600_000, 7_200_000 };
		float[] values = new float[leads.length * Levels.COUNT];
		for (int lead = 0; lead < leads.length; lead++) {
			for (int level = 0; level < Levels.COUNT; level++) {
				values[lead * Levels.COUNT + level] = (float) (.7 + .2 * lead + .02 * (level - Levels.MEDIAN));
			}
		}
		return new Bands(NOW, leads, values);
	}

	private static String found(String text) throws QueryException {
		return String.join(" ", Query.parse(text).checked(STATE).matches(STATE, MEDIAN).stream().sorted().toList());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', value = { "''|a1 a2 b1 d", "alpha|a1 a2", "kind:vm region:eu|a1 a2", "KIND:VM -region:eu|b1", "region:eu,us kind:d*|d", "name:*a|b1 d",
			"\"Alpha 2\"|a2", "team:\"data, and more\"|d", "cpu>80%|a2", "cpu>=.5 cpu<=50%|a1", "cpu<60|", "cpu=.1|b1", "-cpu>0|d", "cpu>80% @+2h|a1", "cpu>80% @+1h|''", "cpu>80%@+2h cpu<60%|a1",
			"cpu>80% @now|a2", "cpu.p90>93% @+2h|a1", "cpu>95% @+2h|''", "cpu>0 @+3h|''", "cpu>0 @+1d|''", "state:live kind:vm|a1 a2 b1", "alert:none kind:database|d", "id:a1|a1" })
	void resourcesAreFound(String text, String expected) throws QueryException {
		if (expected == null) {
			assertThrows(QueryException.class, () -> found(text));
		} else {
			assertEquals(expected, found(text));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', value = { "kind:|5|a value is missing", "kind:vm,|8|a value is missing", ":vm|0|comes a property", "cpu>|4|a number is missing", "cpu>abc|4|a number is missing",
			">3|0|comes a metric", "cpu>80xx|6|is no unit", "cpu>1 @soon|6|a time is", "@+1h @+2h|5|one time already", "@+91d|0|at most 90 days", "a -|3|what is left out", "\"open|0|not closed",
			"\"a\"b|3|a space is missing", "cpu.p0>1|5|p1 to p99", "nope:x|0|no resource has 'nope'", "a nope>1|2|no metric 'nope'", "cpu>3MB|0|not measured in MB", "latency>3%|0|but in ms",
			"-cpu>80|1|is a share" })
	void whatIsWrongIsSaidWithItsPlace(String text, int position, String part) {
		QueryException wrong = assertThrows(QueryException.class, () -> found(text));
		assertTrue(wrong.getMessage().contains(part), wrong.getMessage());
		assertEquals(position, wrong.position(), wrong.getMessage());
	}

	private static List<String> ways(String text) {
		return Completion.of(text, text.length(), STATE).stream().map(Completion::label).toList();
	}

	@Test
	void aQueryIsCompletedFromWhatThereIs() {
		assertEquals(List.of("kind:"), ways("ki"));
		assertEquals(List.of("region:eu", "region:us"), ways("kind:vm region:"));
		assertEquals(List.of("region:eu,us"), ways("region:eu,u"));
		assertEquals(List.of("team:\"data, and more\"", "team:web"), ways("team:"));
		assertEquals(List.of("cpu>80%"), ways("-cp"));
		assertTrue(ways("cpu>80% @").contains("@+2h"));
		Completion inside = Completion.of("ki cpu>80%", 2, STATE).getFirst();
		assertEquals("kind: cpu>80%", inside.text());
		assertEquals(5, inside.caret());
		assertTrue(ways("").size() <= Completion.MOST);
		assertTrue(ways("zzz").isEmpty());
	}
}
