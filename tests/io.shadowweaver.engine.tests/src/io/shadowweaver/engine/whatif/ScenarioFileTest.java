// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFileTest {
	@TempDir
	Path directory;

	@Test
	void everyKindOfChangeIsReadBackEqual() throws Exception {
		Scenario scenario = new Scenario("Black Friday", "as last year", List.of(
				new Change.Traffic("group:web", 2.5, 10., new When(Optional.of(Instant.parse("2026-11-27T08:00:00Z")), Duration.ZERO), Change.Shape.SPIKE, Duration.ofHours(14)),
				new Change.Growth("estate", .1), new Change.Add("web", 3, Map.of("cpu", 4.), Optional.of("b"), Optional.of(.2), When.in(Duration.ofHours(2))),
				new Change.Remove("web-1", When.NOW), new Change.Resize("db-1", Map.of("cpu", 16.)), new Change.Scale("app", 1.5),
				new Change.InstanceType("app", Map.of("cpu", 8.), Optional.empty()), new Change.Loss("zone", "a", When.in(Duration.ofDays(1)), Optional.of(When.in(Duration.ofMinutes(1530)))),
				new Change.PriceOf("provider", "cloud", 1.1), new Change.LatencyTarget("web", .2)));
		Path file = directory.resolve("s.json");
		ScenarioFile.write(file, scenario);
		assertEquals(scenario, ScenarioFile.read(file));
		assertTrue(Files.readString(file).contains("\"version\" : 1"));
		assertEquals(1, Files.list(directory).count(), "nothing is left beside it");
	}

	@Test
	void whatIsLeftOutHasItsDefault() throws Exception {
		Scenario scenario = ScenarioFile.parse("""
				{"version": 1, "name": "x", "changes": [{"type": "traffic", "on": "estate", "add": 5}, {"type": "loss", "label": "zone", "value": "a"}]}""");
		assertEquals(new Change.Traffic("estate", 1., 5., When.NOW, Change.Shape.STEP, Duration.ZERO), scenario.changes().get(0));
		assertEquals(new Change.Loss("zone", "a", When.NOW, Optional.empty()), scenario.changes().get(1));
	}

	@Test
	void whatIsWrongIsNamedWithItsPlace() {
		assertSaid("change 2: factor must be 0 to 1000: -1.0", changes("{\"type\":\"growth\",\"on\":\"estate\",\"perMonth\":0.1},{\"type\":\"traffic\",\"on\":\"estate\",\"factor\":-1}"));
		assertSaid("factor must be 0 to 1000: 1.0E9", changes("{\"type\":\"traffic\",\"on\":\"estate\",\"factor\":1e9}"));
		assertSaid("factor is missing", changes("{\"type\":\"scale\",\"group\":\"web\"}"));
		assertSaid("change 1: ", changes("{\"type\":\"earthquake\"}"));
		assertSaid("faktor", changes("{\"type\":\"traffic\",\"on\":\"estate\",\"faktor\":2}"));
		assertSaid("a spike needs a positive span", changes("{\"type\":\"traffic\",\"on\":\"estate\",\"factor\":2,\"shape\":\"SPIKE\"}"));
		assertSaid("'tomorrow' is no moment", changes("{\"type\":\"remove\",\"resource\":\"web-1\",\"from\":\"tomorrow\"}"));
		assertSaid("it is of version 2; versions up to 1 are understood here", "{\"version\": 2, \"name\": \"x\", \"changes\": []}");
		assertSaid("a JSON object with a version", "[]");
		assertSaid("line 2: it is no JSON", "{\"version\": 1,\n oops}");
		assertSaid("a scenario needs a name", "{\"version\": 1, \"changes\": []}");
	}

	private static String changes(String changes) {
		return "{\"version\": 1, \"name\": \"x\", \"changes\": [" + changes + "]}";
	}

	private static void assertSaid(String part, String text) {
		String message = assertThrows(ScenarioException.class, () -> ScenarioFile.parse(text)).getMessage();
		assertTrue(message.contains(part), message);
	}

	@Test
	void aFileThatIsNotThereIsNamed() {
		String message = assertThrows(ScenarioException.class, () -> ScenarioFile.read(directory.resolve("no.json"))).getMessage();
		assertTrue(message.contains("no.json"), message);
	}
}
