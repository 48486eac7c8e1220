// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.server.AutoscalingSettings;
import io.shadowweaver.server.ServerSection;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.Limits;
import io.shadowweaver.server.security.OidcSettings;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;
import io.shadowweaver.ui.act.Quantity;

class ServerFormTest {
	private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
	private static final ServerSettings FULL = new ServerSettings("10.0.0.7", 8443, List.of("weave.example.org", "weave"), Set.of(),
			Optional.of(TlsSettings.pem(Path.of("/etc/weave/cert.pem"), Path.of("/etc/weave/key.pem")).withClients(Path.of("/etc/weave/ca.pem"),
					Map.of("CN=keda,O=Ops", Set.of(Scope.READ), "CN=a:b", Set.of(Scope.READ, Scope.OPERATE)))),
			Optional.of(new OidcSettings("https://id.example.org", "weave", Optional.of("https://id.example.org/keys"), Optional.of("roles"), Optional.of("email"),
					Map.of("operators", Set.of(Scope.OPERATE, Scope.APPROVE)))),
			new Limits(7, 8, 9_000, 10, 11, 12, Duration.ofSeconds(13), Duration.ofMinutes(2)), new AutoscalingSettings(false, Duration.ofMinutes(20), .95, Optional.of(Duration.ofMinutes(7))));

	private static ServerSettings read(ServerSettings from, String... changes) {
		Map<String, String> texts = new HashMap<>(ServerForm.texts(from));
		for (int i = 0; i < changes.length; i += 2) {
			assertTrue(texts.put(changes[i], changes[i + 1]) != null, changes[i] + " is no field");
		}
		return ServerForm.read(texts::get);
	}

	private static String problem(String... changes) {
		return assertThrows(IllegalArgumentException.class, () -> read(ServerSettings.LOOPBACK, changes), String.join(" ", changes)).getMessage();
	}

	@Test
	void allSettingsGoThroughTheFormAndWhatIsKeptUnchanged() {
		for (ServerSettings settings : List.of(ServerSettings.LOOPBACK, FULL)) {
			assertEquals(settings, read(settings));
			assertEquals(settings, ServerSection.parse(ServerSection.of(settings).text()).settings(Path.of("")));
		}
	}

	@Test
	void anotherAddressThanLoopbackNeedsTls() {
		assertEquals("The API listens on this machine alone where it has no TLS: 0.0.0.0 is no loopback address.", problem("address", "0.0.0.0"));
		ServerSettings open = read(ServerSettings.LOOPBACK, "address", "0.0.0.0", "tls.certificate", "/a/cert.pem", "tls.key", "/a/key.pem");
		assertEquals(Optional.of(TlsSettings.pem(Path.of("/a/cert.pem"), Path.of("/a/key.pem"))), open.tls());
		assertNotEquals(ServerForm.reach(ServerSettings.LOOPBACK), ServerForm.reach(open));
	}

	@Test
	void everyNumberIsReadAndRefusesWhatIsOutsideItsRange() {
		for (Quantity field : Stream.of(List.of(ServerForm.PORT), ServerForm.LIMITS, ServerForm.SCALERS).flatMap(List::stream).toList()) {
			assertNotEquals(ServerSettings.LOOPBACK, read(ServerSettings.LOOPBACK, field.key(), field.text(field.most())), field.key() + " is not read");
			read(ServerSettings.LOOPBACK, field.key(), field.text(field.least()));
			String wrong = problem(field.key(), field.kind() == Quantity.Kind.SPAN ? "9999d" : "-1");
			assertTrue(wrong.startsWith(field.label() + " must be ") && wrong.contains("from " + field.text(field.least())), wrong);
		}
	}

	@Test
	void whatIsWrongIsSaid() {
		assertEquals("Port must be a whole number from 0 to 65535, not '70000'.", problem("port", "70000"));
		assertEquals("Address must be an address or a name of this machine, such as 127.0.0.1.", problem("address", " "));
		assertEquals("Tls needs certificate and key, or keystore and passwordFile, and not both.", problem("tls.certificate", "/a/cert.pem"));
		assertEquals("Certificate must be a file with its whole path, not 'cert.pem'.", problem("tls.certificate", "cert.pem"));
		assertEquals("Subjects of clients are lines such as 'CN=grafana: read', not 'CN=grafana'.", problem("tls.clients", "CN=grafana"));
		assertEquals("Subjects of clients name 'CN=a' twice.", problem("tls.clients", "CN=a: read\nCN=a: operate"));
		assertEquals("'write' is no scope; there are read, operate, approve, provision, admin.", problem("anonymous", "read, write"));
		assertEquals("Issuer must be an https address: http://id.example.org.", problem("oidc.issuer", "http://id.example.org", "oidc.audience", "weave"));
		assertTrue(problem("oidc.issuer", "https://id.example.org").startsWith("Audience is missing"));
		assertTrue(problem("tls.clients", "CN=a: read", "tls.certificate", "/a", "tls.key", "/b").startsWith("Clients need clientCa"));
	}

	@Test
	void aKeyThatIsWantedIsCheckedBeforeItIsMade() {
		assertEquals(Optional.empty(), new KeyDraft(" grafana ", Set.of(Scope.READ), "90d").problem(NOW));
		assertEquals("grafana", new KeyDraft(" grafana ", Set.of(Scope.READ), "").name());
		assertEquals(Optional.of(NOW.plus(Duration.ofDays(90))), new KeyDraft("grafana", Set.of(Scope.READ), "90d").expires(NOW));
		assertEquals(Optional.empty(), new KeyDraft("grafana", Set.of(Scope.READ), "").expires(NOW));
		assertEquals(Optional.of("A key must be allowed something."), new KeyDraft("grafana", Set.of(), "").problem(NOW));
		assertTrue(new KeyDraft("a b", Set.of(Scope.READ), "").problem(NOW).orElseThrow().startsWith("The name of a key is up to 64"));
		assertTrue(new KeyDraft("", Set.of(Scope.READ), "").problem(NOW).isPresent());
		assertEquals(Optional.of("Ends after must be a span (90s, 5m, 2h, 14d) from 1m to 3650d, not 'soon'."), new KeyDraft("a", Set.of(Scope.READ), "soon").problem(NOW));
	}
}
