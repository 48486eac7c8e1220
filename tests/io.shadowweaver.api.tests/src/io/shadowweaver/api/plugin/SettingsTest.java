// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class SettingsTest {
	private static final List<Parameter> DECLARED = List.of(
			new Parameter("url", "Address", ParameterType.URL, "", "", true, false, ""),
			new Parameter("every", "Interval", ParameterType.DURATION, "", "15s", true, false, ""),
			new Parameter("count", "Count", ParameterType.INTEGER, "", "", false, false, ""),
			new Parameter("key", "Key", ParameterType.STRING, "", "", false, true, ""));

	private static String refusal(Map<String, String> values) {
		return assertThrows(PluginException.class, () -> Settings.of(DECLARED, values)).getMessage();
	}

	@Test
	void defaultsFillWhatIsNotGiven() throws PluginException {
		Settings settings = Settings.of(DECLARED, Map.of("url", " http://127.0.0.1:9090 ", "count", ""));
		assertEquals(Duration.ofSeconds(15), settings.duration("every"));
		assertEquals("127.0.0.1", settings.uri("url").getHost());
		assertFalse(settings.has("count"));
	}

	@Test
	void whatIsWrongIsNamed() {
		assertTrue(refusal(Map.of()).contains("Address (url) is required"));
		assertTrue(refusal(Map.of("url", "ftp://a")).contains("'ftp://a' is not of type url"));
		assertTrue(refusal(Map.of("url", "http://a", "count", "many")).contains("Count (count): 'many'"));
		assertTrue(refusal(Map.of("url", "http://a", "cuont", "1")).contains("Unknown setting 'cuont'"));
	}

	@Test
	void secretsAreNeitherShownNorSaved() throws PluginException {
		Settings settings = Settings.of(DECLARED, Map.of("url", "http://a", "key", "hush"));
		assertEquals("hush", settings.text("key"));
		assertFalse(settings.toString().contains("hush"), settings::toString);
		assertFalse(settings.withoutSecrets().containsKey("key"));
		assertEquals("401 for *** at http://a", settings.mask("401 for hush at http://a"), "what a library says of a failure");
	}

	@Test
	void durationsAreReadInBothForms() {
		assertEquals(Duration.ofMillis(250), Settings.parseDuration("250ms"));
		assertEquals(Duration.ofMinutes(90), Settings.parseDuration("1.5h"));
		assertEquals(Duration.ofDays(14), Settings.parseDuration("14d"));
		assertEquals(Duration.ofMinutes(5), Settings.parseDuration("PT5M"));
		for (String wrong : List.of("", "5", "-5m", "PT-5M", "five minutes")) {
			assertThrows(IllegalArgumentException.class, () -> Settings.parseDuration(wrong), wrong);
		}
	}
}
