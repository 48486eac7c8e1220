// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.forecasting.ForecastRule;

class RulesFileTest {
	@TempDir
	Path directory;

	private Path file(String... lines) throws IOException {
		return Files.write(directory.resolve("rules.yaml"), List.of(lines));
	}

	private String wrong(String... lines) throws IOException {
		Path file = file(lines);
		return assertThrows(PluginException.class, () -> RulesFile.read(file)).getMessage().replace(file.toString(), "FILE");
	}

	@Test
	void rulesAreReadInOrder() throws Exception {
		List<ForecastRule> rules = RulesFile.read(file("forecasts:", "  - metric: cpu", "    kind: database", "    model: ets", "    season: 24h",
				"  - labels: { tier: web }", "    horizons: [10m, 30m]"));
		assertEquals(List.of(new ForecastRule("cpu", "database", Map.of(), "", "ets", "24h", List.of(), ""),
				new ForecastRule("", "", Map.of("tier", "web"), "", "", "", List.of("10m", "30m"), "")), rules);
	}

	@Test
	void whatIsWrongIsNamedWithFileLineKeyAndValue() throws Exception {
		String season = wrong("forecasts:", "  - metric: cpu", "    season: dayly");
		assertTrue(season.matches("FILE:\\d+: forecasts\\[0\\].*season: 'dayly' is not a span of time.*"), season);
		String key = wrong("forecasts:", "  - metric: cpu", "    season: 24h", "    modell: ets");
		assertTrue(key.matches("FILE:\\d+: forecasts\\[0\\].modell: .*"), key);
		assertTrue(wrong("forecasts:", "  - metric: cpu").contains("decides on none of them"));
		assertEquals("FILE: there is no list of rules under 'forecasts'.", wrong("{}"));
		assertTrue(wrong("forecasts: [").startsWith("FILE:"));
	}
}
