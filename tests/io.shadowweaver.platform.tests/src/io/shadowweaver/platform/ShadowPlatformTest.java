// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.forecasting.Candidate;

class ShadowPlatformTest {
	@TempDir
	Path directory;
	private ShadowPlatform platform;

	@BeforeEach
	void open() {
		platform = ShadowPlatform.open(directory);
	}

	@AfterEach
	void close() {
		platform.close();
	}

	private ContributionInfo info(String point, String id, String name) {
		return platform.contributions().stream().filter(info -> info.point().equals(point) && info.id().equals(id) && info.name().equals(name))
				.findFirst().orElseThrow();
	}

	@Test
	void whatIsBrokenInItsDeclarationIsListedWithItsReason() {
		Status nameless = info(Points.MODELS, "broken-nameless", "broken-nameless").status();
		assertEquals(State.UNAVAILABLE, nameless.state());
		assertTrue(nameless.sentence().contains("'name'"), nameless.sentence());
		Status parameter = info(Points.MODELS, "broken-parameter", "Broken: parameter").status();
		assertTrue(parameter.sentence().contains("'depth' has the unknown type 'fathom'"), parameter.sentence());
		assertEquals(State.IDLE, info(Points.CHANNELS, "twice", "First of two").status().state());
		Status second = info(Points.CHANNELS, "twice", "Second of two").status();
		assertTrue(second.sentence().contains("already taken"), second.sentence());
	}

	@Test
	void whatIsBrokenInsideSaysSoWhenItIsFirstUsedAndTheRestWorks() {
		assertEquals(State.IDLE, info(Points.MODELS, "broken-class", "Broken: class").status().state());
		List<String> usable = platform.candidates().stream().map(Candidate::id).toList();
		assertTrue(usable.contains("seasonal-naive"), usable::toString);
		assertTrue(usable.stream().noneMatch(id -> id.startsWith("broken")), usable::toString);
		for (Map.Entry<String, String> reason : Map.of("broken-class", "io.shadowweaver.absent.Factory", "broken-type",
				"does not implement " + ForecastModelFactory.class.getName(), "broken-throws", "the licence server does not answer").entrySet()) {
			Status status = platform.contributions().stream().filter(info -> info.id().equals(reason.getKey())).findFirst().orElseThrow().status();
			assertEquals(State.UNAVAILABLE, status.state(), reason.getKey());
			assertTrue(status.sentence().contains(reason.getValue()), status.sentence());
		}
	}

	@Test
	void unknownContributionsAndSettingsAreNamed() {
		EstateConfig unknown = new EstateConfig("x", "X", List.of(new Connection("a", "nosuch", "A", Map.of())), List.of(), List.of(), 1,
				Duration.ZERO, Map.of(), List.of(), List.of());
		PluginException type = assertThrows(PluginException.class, () -> platform.open(unknown));
		assertTrue(type.getMessage().contains("nosuch") && type.getMessage().contains("simulated"), type.getMessage());
		PluginException setting = assertThrows(PluginException.class,
				() -> platform.open(DefaultEstates.simulated(1, Map.of("sead", "1"))));
		assertTrue(setting.getMessage().contains("sead"), setting.getMessage());
		assertTrue(platform.estates().isEmpty());
	}

	@Test
	void anEstateIsKeptAndOpenedAgain() throws Exception {
		EstateConfig config = DefaultEstates.simulated(60, Map.of("seed", "5")).withModes(Map.of("web", Mode.AUTO));
		platform.save(config);
		platform.openSaved(List.of(DefaultEstates.host()));
		assertEquals(List.of(config), platform.estates().stream().map(Weaver::config).toList());
		assertTrue(platform.problems().isEmpty());
		platform.close("simulated");
		assertTrue(platform.estates().isEmpty());
	}

	@Test
	void aConfigurationThatCannotBeReadIsAProblemAndLosesNothing() throws Exception {
		Path bad = Files.createDirectories(directory.resolve("estates/bad")).resolve("estate.json");
		Files.writeString(bad, "{ \"id\": ");
		platform.save(DefaultEstates.host());
		platform.openSaved(List.of());
		assertEquals(1, platform.problems().size());
		assertTrue(platform.problems().getFirst().sentence().contains("bad"), platform.problems().getFirst().sentence());
		assertEquals(1, platform.estates().size());
		assertEquals("{ \"id\": ", Files.readString(bad));
	}

	@Test
	void testingAConnectionSaysWhatIsThere() {
		assertEquals(State.OK, platform.test(Points.SOURCES, "host", Map.of()).state());
		Status csv = platform.test(Points.SOURCES, "csv", Map.of("file", directory.resolve("absent.csv").toString()));
		assertEquals(State.FAILED, csv.state());
		assertTrue(csv.sentence().contains("absent.csv"), csv.sentence());
		assertFalse(platform.test(Points.SOURCES, "csv", Map.of()).sentence().isBlank());
	}
}
