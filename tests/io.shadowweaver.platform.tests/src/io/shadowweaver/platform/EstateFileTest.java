// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.provisioning.ProvisioningSettings;

class EstateFileTest {
	@TempDir
	Path directory;

	private static EstateConfig empty() {
		return new EstateConfig("x", "X", List.of(), List.of(), List.of(), 1, Duration.ofMinutes(1), Map.of(), List.of(), List.of());
	}

	@Test
	void decisionsOnGroupsLeaseAndProvisioningAreKept() throws Exception {
		Template template = new Template("cloud", List.of("m1.small"), "ubuntu", "shared", "#!/bin/sh\necho ü\n", Map.of("tier", "web"), "");
		EstateConfig config = empty().withGroups(List.of(GroupSettings.of("web").withTemplates(List.of(template)).withLimits(2, 9)
				.withPlacement(new Placement(List.of("a"), 2, true, Map.of("provider", "cloud"))).withReadiness("tcp:80", Duration.ofSeconds(30))))
				.withProvisioning(ProvisioningSettings.defaults().withBudget(3, "EUR")).withLease(new Connection("l", "postgresql", "Lease", Map.of("host", "db")));
		EstateFile.save(directory, config);
		assertEquals(config, EstateFile.load(directory));
	}

	@Test
	void rulesOnForecastsAreKept() throws Exception {
		EstateConfig config = empty().withForecasts(List.of(new ForecastRule("cpu", "vm", Map.of("tier", "web"), "", "ets", "24h", List.of("10m"), "log")));
		EstateFile.save(directory, config);
		assertEquals(config, EstateFile.load(directory));
	}

	@Test
	void aFileOfAnEarlierVersionHasNoRulesAndAWrongRuleIsNamed() throws Exception {
		EstateFile.save(directory, empty());
		Path file = directory.resolve("estate.json");
		String json = Files.readString(file);
		Files.writeString(file, json.replaceFirst(",\\s*\"forecasts\"\\s*:\\s*\\[\\s*\\]", ""));
		assertEquals(List.of(), EstateFile.load(directory).forecasts());
		Files.writeString(file, json.replaceFirst("\"forecasts\"\\s*:\\s*\\[\\s*\\]", "\"forecasts\" : [ { \"metric\" : \"cpu\", \"season\" : \"dayly\" } ]"));
		String message = assertThrows(PluginException.class, () -> EstateFile.load(directory)).getMessage();
		assertTrue(message.contains(file.toString()) && message.contains("season: 'dayly'") && message.contains("forecasts"), message);
	}
}
