// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

class MachineSettingsTest {
	private static final Map<String, ParameterType> TYPES = Map.of("resource-id", ParameterType.STRING, "address", ParameterType.STRING, "groups", ParameterType.STRING, "lead.median",
			ParameterType.DURATION, "lead.p95", ParameterType.DURATION, "settling", ParameterType.DURATION, "timeout", ParameterType.DURATION);

	private static Settings settings(Map<String, String> others) throws PluginException {
		Map<String, String> texts = new HashMap<>(Map.of("resource-id", "name", "address", "public", "lead.median", "45s", "lead.p95", "2m", "settling", "5m", "timeout", "20s"));
		texts.putAll(others);
		List<Parameter> parameters = TYPES.entrySet().stream().map(one -> new Parameter(one.getKey(), one.getKey(), one.getValue(), "", "", false, false, "")).toList();
		return Settings.of(parameters, texts);
	}

	@Test
	void allIsRead() throws Exception {
		MachineSettings read = MachineSettings.of(settings(Map.of()));
		assertEquals(new MachineSettings(MachineSettings.ResourceId.NAME, true, Duration.ofSeconds(45), Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofSeconds(20)), read);
	}

	@ParameterizedTest
	@CsvSource({ "resource-id, serial", "address, both", "lead.p95, 1s" })
	void whatCannotBeIsNamed(String key, String value) throws Exception {
		Settings wrong = settings(Map.of(key, value));
		assertTrue(assertThrows(PluginException.class, () -> MachineSettings.of(wrong)).getMessage().contains("(" + key + ")"));
	}

	@Test
	void ownersAreALineEach() throws Exception {
		Settings given = settings(Map.of("groups", " web = web-set \n\nbatch=b=1"));
		assertEquals(Map.of("web", "web-set", "batch", "b=1"), MachineSettings.owners(given, "Sets", "set", name -> true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "web", "= set", "web =", "web = a b" })
	void aLineThatNamesNoOwnerIsSaid(String line) throws Exception {
		Settings wrong = settings(Map.of("groups", line));
		String said = assertThrows(PluginException.class, () -> MachineSettings.owners(wrong, "Sets", "set", name -> name.matches("[a-z-]+"))).getMessage();
		assertEquals("Sets (groups): '" + line.strip() + "' is not of the form 'group = set'.", said);
	}

	@Test
	void wordsMayBeSeparatedByAnything() {
		assertEquals(List.of("a", "b", "c"), MachineSettings.words(" a,b ,\n c,"));
		assertEquals(List.of(), MachineSettings.words(" , "));
	}
}
