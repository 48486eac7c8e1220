// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.tck.Declared;

/** Key files, what is signed with them, and the other settings. */
class ServiceAccountTest {
	private static final String FILE = WrittenGoogle.keyFile("https://oauth2.example.org/token");

	@Test
	void anAssertionIsSignedAndLastsAnHour() throws Exception {
		ServiceAccount account = ServiceAccount.of(FILE);
		JsonNode claims = WrittenGoogle.claims(account.assertion(Instant.parse("2026-03-02T08:00:00Z")));
		assertEquals(WrittenGoogle.EMAIL, claims.path("iss").asText());
		assertEquals("https://oauth2.example.org/token", claims.path("aud").asText());
		assertEquals("https://www.googleapis.com/auth/compute", claims.path("scope").asText());
		assertEquals(Instant.parse("2026-03-02T08:00:00Z").getEpochSecond(), claims.path("iat").asLong());
		assertEquals(Instant.parse("2026-03-02T09:00:00Z").getEpochSecond(), claims.path("exp").asLong());
		assertThrows(IllegalArgumentException.class, () -> WrittenGoogle.claims(account.assertion(Instant.EPOCH).replaceFirst("\\.ey", ".ez")), "the test sees a wrong signature");
	}

	@Test
	void theKeyIsNotTold() throws Exception {
		ServiceAccount account = ServiceAccount.of(FILE);
		assertEquals("service account " + WrittenGoogle.EMAIL, account.toString());
		assertFalse(settings(Map.of()).toString().contains("PRIVATE"));
	}

	@Test
	void aKeyFilePastedIntoOneLineIsRead() throws Exception {
		assertEquals("shadow-1", ServiceAccount.of(FILE.replace("\n", "")).project());
	}

	@ParameterizedTest
	@ValueSource(strings = { "no JSON s3cret", "{\"type\":\"authorized_user\",\"client_secret\":\"s3cret\"}", "{\"type\":\"service_account\",\"private_key\":\"s3cret\"}",
			"{\"type\":\"service_account\",\"client_email\":\"a@b\",\"token_uri\":\"https://t/t\",\"private_key\":\"s3cret\"}",
			"{\"type\":\"service_account\",\"client_email\":\"a@b\",\"token_uri\":\"file:///t\",\"private_key\":\"s3cret\"}", "[]", "" })
	void aFileThatIsNoKeyIsSaidWithoutItsContent(String file) {
		PluginException said = assertThrows(PluginException.class, () -> ServiceAccount.of(file));
		assertTrue(said.getMessage().startsWith("Service account key (key)"), said.getMessage());
		for (Throwable cause = said; cause != null; cause = cause.getCause()) {
			assertFalse(String.valueOf(cause.getMessage()).contains("s3cret"), cause.toString());
		}
	}

	private static GcpSettings settings(Map<String, String> others) throws PluginException {
		Settings settings = Declared.only("io.shadowweaver.provider.gcp", "provider").settings(WrittenGoogle.texts("http://127.0.0.1:1", others));
		return GcpSettings.of(settings);
	}

	@Test
	void theProjectIsTheKeysUnlessSaid() throws Exception {
		assertEquals("shadow-1", settings(Map.of()).project());
		assertEquals("other-2", settings(Map.of("project", "other-2")).project());
		assertEquals("https://compute.googleapis.com", settings(Map.of("endpoint", "")).endpoint().toString());
	}

	@ParameterizedTest
	@CsvSource({ "region, europe-west3-a", "region, ../x", "project, a/b", "types, e2;x", "disk-size, -1", "lead.p95, 1s", "resource-id, ip", "address, both", "groups, web", "groups, web = Web!" })
	void aSettingThatIsWrongIsNamed(String key, String value) {
		assertTrue(assertThrows(PluginException.class, () -> settings(Map.of(key, value))).getMessage().contains("(" + key + ")"));
	}

	@Test
	void machineTypesAreChosenByPattern() throws Exception {
		GcpSettings settings = settings(Map.of());
		assertTrue(settings.offers("n2-standard-2") && settings.offers("e2-standard-4"));
		assertFalse(settings.offers("n2d-standard-2") || settings.offers("e2-standard-48"));
	}

	@ParameterizedTest
	@CsvSource({ "web-7, web-7-", "'Web Front_End', web-front-end-", "7up, up-", "'___', sw-" })
	void anInstanceHasAValidNameOfItsToken(String name, String stem) {
		String made = Names.instance(name, "f00d");
		assertTrue(Names.isName(made) && made.startsWith(stem), made);
		assertEquals(made, Names.instance(name, "f00d"));
		assertFalse(made.equals(Names.instance(name, "beef")));
		assertTrue(Names.isName(Names.instance("x".repeat(200), "f00d")));
	}

	@Test
	void aTokenThatIsNoLabelHasAMark() {
		assertEquals("f00d", Names.tokenLabel("f00d"));
		assertTrue(Names.isLabelValue(Names.tokenLabel("F00D/1")));
		assertFalse(Names.tokenLabel("F00D/1").equals(Names.tokenLabel("F00D/2")));
	}
}
