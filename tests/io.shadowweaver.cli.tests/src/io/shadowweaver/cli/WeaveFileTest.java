// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.server.ServerSection;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.Limits;
import io.shadowweaver.server.security.OidcSettings;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;

class WeaveFileTest {
	@TempDir
	Path directory;

	private WeaveFile read(String text) throws Exception {
		return WeaveFile.read(Files.writeString(directory.resolve("weave.yaml"), text));
	}

	private void wrong(String text, String... parts) {
		String message = assertThrows(PluginException.class, () -> read(text)).getMessage();
		for (String part : parts) {
			assertTrue(message.contains(part), message);
		}
	}

	@Test
	void whatItSaysHoldsAndTheRestIsAsUsual() throws Exception {
		WeaveFile file = read("""
				version: 1
				estate: host
				modes: { web: propose }
				server:
				  port: 8470
				  anonymous: []
				  tls:
				    certificate: server.crt
				    key: server.key
				    clientCa: clients.crt
				    clients: { robot: [read, operate] }
				  oidc: { issuer: 'https://login.example.org', audience: weaver, scopes: { ops: [approve] } }
				  limits: { requestsPerSecond: 7, time: PT5S }
				""");
		ServerSettings server = file.server().orElseThrow().settings(directory);
		assertEquals("127.0.0.1", server.host());
		assertEquals(8470, server.port());
		assertTrue(server.anonymous().isEmpty());
		assertEquals(directory.resolve("server.crt"), server.tls().orElseThrow().certificate().orElseThrow());
		assertEquals(Set.of(Scope.READ, Scope.OPERATE), server.tls().orElseThrow().clients().get("robot"));
		assertEquals(Set.of(Scope.APPROVE), server.oidc().orElseThrow().scopes().get("ops"));
		assertEquals(7, server.limits().requestsPerSecond());
		assertEquals(Limits.DEFAULT.streams(), server.limits().streams());
		assertEquals(Mode.PROPOSE, file.modes().get("web"));
	}

	@Test
	void aMistakeIsNamedWithLineAndField() {
		wrong("version: 1\nserver:\n  prot: 8470\n", "weave.yaml:3", "server.prot", "known are address");
		wrong("version: 1\nserver:\n  port: many\n", "weave.yaml:3", "server.port");
		wrong("version: 1\nserver:\n  anonymous: [write]\n", "weave.yaml:3", "server.anonymous");
		wrong("version: 1\nserver:\n  limits: { streams: 0 }\n", "server.limits", "streams must be at least 1");
		wrong("version: 1\nserver:\n  autoscaling: { quantile: 1 }\n", "server.autoscaling", "quantile must be over 0 and under 1");
		wrong("version: 1\nserver:\n  tls: { certificate: a }\n", "server.tls", "certificate and key");
		wrong("version: 2\n", "version must be 1");
		wrong("version: 1\nestate: a\nestate: b\n", "weave.yaml:3");
		wrong("version: [\n", "weave.yaml:");
	}

	@Test
	void theSchemaHasWhatTheFileMayHave() throws Exception {
		JsonNode schema = new ObjectMapper().readTree(Path.of(System.getProperty("shadowweaver.root"), "docs", "api", "weave.schema.json").toFile());
		same(WeaveFile.class, schema);
		JsonNode server = schema.get("properties").get("server");
		same(ServerSection.class, server);
		same(TlsSettings.class, server.get("properties").get("tls"));
		same(OidcSettings.class, server.get("properties").get("oidc"));
		same(ServerSection.Autoscaling.class, server.get("properties").get("autoscaling"));
		same(ServerSection.Amounts.class, server.get("properties").get("limits"));
	}

	private static void same(Class<?> record, JsonNode schema) {
		Set<String> names = new TreeSet<>();
		schema.get("properties").fieldNames().forEachRemaining(names::add);
		assertEquals(Arrays.stream(record.getRecordComponents()).map(component -> component.getName()).collect(Collectors.toCollection(TreeSet::new)), names);
		assertEquals(false, schema.get("additionalProperties").asBoolean(true));
	}
}
