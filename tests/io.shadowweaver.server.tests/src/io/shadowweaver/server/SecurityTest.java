// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Limits;
import io.shadowweaver.server.security.OidcSettings;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;

class SecurityTest {
	private static final String ESTATES = "api/v1/estates";

	@TempDir
	Path directory;
	// over HTTP/2 an answer that comes before the body ends the stream, which the client takes for a failure
	private final HttpClient plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private ApiServer server;

	@AfterEach
	void end() {
		plain.close();
		if (server != null) {
			server.close();
		}
	}

	private void start(ServerSettings settings) throws IOException {
		server = new ApiServer(settings, List::of, List::of, Optional.of(directory), Clock.systemUTC());
		server.start();
	}

	private HttpResponse<String> get(HttpClient client, String path, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
		return client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
	}

	private int status(String... headers) throws Exception {
		return get(plain, ESTATES, headers).statusCode();
	}

	@Test
	void aKeyIsKnownByItsHashAloneAndEndsWhenItIsRevoked() throws Exception {
		start(ServerSettings.LOOPBACK.withAnonymous(Set.of()));
		HttpResponse<String> none = get(plain, ESTATES);
		assertEquals(401, none.statusCode());
		assertTrue(none.headers().firstValue("www-authenticate").orElse("").startsWith("Bearer"), none.headers().toString());
		ApiKeys keys = new ApiKeys(directory, Clock.systemUTC());
		ApiKeys.Made made = keys.add("grafana", Set.of(Scope.READ), Optional.empty());
		assertEquals(46, made.key().length());
		assertFalse(Files.readString(keys.file()).contains(made.key()));
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.file())));
		assertEquals(200, status("X-API-KEY", made.key()));
		assertEquals(200, status("Authorization", "Bearer " + made.key()));
		assertEquals(401, status("X-API-KEY", made.key() + "x"));
		assertEquals(401, status("Authorization", "Basic " + made.key()));
		assertThrows(IllegalArgumentException.class, () -> keys.add("grafana", Set.of(Scope.READ), Optional.empty()));
		assertTrue(keys.revoke("grafana"));
		assertEquals(401, status("X-API-KEY", made.key()));
		assertEquals(200, get(plain, "healthz").statusCode());
		assertEquals(200, get(plain, "openapi.json").statusCode());
	}

	@Test
	void aKeyEndsAndAFileThatOthersReadIsNotUsed() throws Exception {
		Instant[] now = { Instant.parse("2026-11-25T08:00:00Z") };
		ApiKeys keys = new ApiKeys(directory, () -> now[0]);
		String key = keys.add("short", Set.of(Scope.READ), Optional.of(now[0].plusSeconds(60))).key();
		assertTrue(keys.find(key).isPresent());
		now[0] = now[0].plusSeconds(60);
		assertTrue(keys.find(key).isEmpty());
		assertThrows(IllegalArgumentException.class, () -> keys.add("late", Set.of(Scope.READ), Optional.of(now[0])));
		assertThrows(IllegalArgumentException.class, () -> keys.add("no scope", Set.of(), Optional.empty()));
		Files.setPosixFilePermissions(keys.file(), PosixFilePermissions.fromString("rw-r--r--"));
		assertTrue(assertThrows(IOException.class, () -> new ApiKeys(directory, () -> now[0]).list()).getMessage().contains("chmod 600"));
	}

	@Test
	void whoMayReadMayNotChangeAndEachAttemptIsInTheTrail() throws Exception {
		start(ServerSettings.LOOPBACK);
		String key = new ApiKeys(directory, Clock.systemUTC()).add("reader", Set.of(Scope.READ), Optional.empty()).key();
		HttpResponse<String> refused = plain.send(HttpRequest.newBuilder(server.uri().resolve("api/v1/estates/x/alerts/a/acknowledge")).header("X-API-KEY", key).POST(BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
		assertEquals(403, refused.statusCode(), refused.body());
		assertTrue(refused.body().contains("operate"), refused.body());
		assertTrue(Files.readString(directory.resolve("api/audit")).contains("\"who\":\"reader\""));
		assertEquals(401, status("X-Forwarded-For", "10.0.0.1"));
	}

	@Test
	void whoAsksTooOftenIsToldWhenToComeAgain() throws Exception {
		start(ServerSettings.LOOPBACK.withLimits(new Limits(5, 3, 1000, 100, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(30))));
		// at once, so that it is too many on a slow machine too
		List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, 60)
				.mapToObj(i -> plain.sendAsync(HttpRequest.newBuilder(server.uri().resolve(ESTATES)).build(), BodyHandlers.ofString())).toList();
		List<HttpResponse<String>> refused = asked.stream().map(CompletableFuture::join).filter(answer -> answer.statusCode() == 429).toList();
		assertFalse(refused.isEmpty());
		assertTrue(refused.getFirst().headers().firstValueAsLong("retry-after").orElse(0) >= 1);
		assertTrue(refused.getFirst().body().contains("\"status\":429"), refused.getFirst().body());
		for (int i = 0; i < 3; i++) {
			assertEquals(401, status("X-API-KEY", "sw_wrong"));
		}
		assertEquals(429, status("X-API-KEY", "sw_wrong"));
	}

	@Test
	void overTlsInPemAndPkcs12AndWithTheCertificateOfAClient() throws Exception {
		Path own = Certificates.make(directory, "server");
		Path robot = Certificates.make(directory, "robot");
		start(ServerSettings.LOOPBACK.withAnonymous(Set.of()).withTls(TlsSettings.pem(Certificates.certificate(own), Certificates.key(own)).withClients(Certificates.certificate(robot), Map.of("robot", Set.of(Scope.READ)))));
		try (HttpClient known = HttpClient.newBuilder().sslContext(Certificates.client(own, robot)).build(); HttpClient unknown = HttpClient.newBuilder().sslContext(Certificates.client(own, null)).build()) {
			HttpResponse<String> response = get(known, ESTATES);
			assertEquals(200, response.statusCode(), response.body());
			assertEquals(HttpClient.Version.HTTP_2, response.version());
			assertEquals(401, get(unknown, ESTATES).statusCode());
		}
		server.close();
		start(ServerSettings.LOOPBACK.withTls(new TlsSettings(Optional.empty(), Optional.empty(), Optional.of(own), Optional.of(Files.writeString(directory.resolve("password"), Certificates.PASSWORD + "\n")),
				Optional.empty(), Map.of())));
		try (HttpClient client = HttpClient.newBuilder().sslContext(Certificates.client(own, null)).build()) {
			assertEquals(200, get(client, ESTATES).statusCode());
		}
	}

	@Test
	void certificatesOfServerAndClientsAreReadAnewWhenTheyChange() throws Exception {
		Path first = Certificates.make(directory, "first");
		Path second = Certificates.make(directory, "second");
		Path known = Certificates.make(directory, "known");
		Path later = Certificates.make(directory, "later");
		Path certificate = Files.copy(Certificates.certificate(first), directory.resolve("server.crt"));
		Path key = Files.copy(Certificates.key(first), directory.resolve("server.key"));
		Path clients = Files.copy(Certificates.certificate(known), directory.resolve("clients.crt"));
		start(ServerSettings.LOOPBACK.withAnonymous(Set.of()).withTls(TlsSettings.pem(certificate, key).withClients(clients, Map.of("known", Set.of(Scope.READ), "later", Set.of(Scope.READ)))));
		assertEquals(200, statusOver(first, known));
		assertThrows(IOException.class, () -> statusOver(second, known));
		// a certificate whose key is not there yet changes nothing
		Files.copy(Certificates.certificate(second), certificate, StandardCopyOption.REPLACE_EXISTING);
		Thread.sleep(5000);
		assertEquals(200, statusOver(first, known));
		Files.copy(Certificates.key(second), key, StandardCopyOption.REPLACE_EXISTING);
		Files.copy(Certificates.certificate(later), clients, StandardCopyOption.REPLACE_EXISTING);
		for (int i = 0; i < 100 && !answers(second, later); i++) {
			Thread.sleep(100);
		}
		assertEquals(200, statusOver(second, later));
		assertThrows(IOException.class, () -> statusOver(first, later));
		assertFalse(answers(second, known), "who is no longer trusted is not let in");
	}

	private int statusOver(Path trusted, Path own) throws Exception {
		try (HttpClient client = HttpClient.newBuilder().sslContext(Certificates.client(trusted, own)).build()) {
			return get(client, ESTATES).statusCode();
		}
	}

	private boolean answers(Path trusted, Path own) throws Exception {
		try {
			return statusOver(trusted, own) == 200;
		} catch (IOException e) {
			return false;
		}
	}

	@Test
	void anotherAddressNeedsTlsAndSomebodyWithAKey() throws Exception {
		assertThrows(IllegalArgumentException.class, () -> new ServerSettings("0.0.0.0", 0));
		Path own = Certificates.make(directory, "server");
		ServerSettings wide = new ServerSettings("0.0.0.0", 0, List.of(), Set.of(), Optional.of(TlsSettings.pem(Certificates.certificate(own), Certificates.key(own))), Optional.empty(), Limits.DEFAULT, AutoscalingSettings.DEFAULT);
		assertTrue(assertThrows(IOException.class, () -> start(wide)).getMessage().contains("weave key add"));
		new ApiKeys(directory, Clock.systemUTC()).add("first", Set.of(Scope.READ), Optional.empty());
		start(wide);
		server.close();
		assertThrows(IOException.class, () -> start(ServerSettings.LOOPBACK.withTls(TlsSettings.pem(Certificates.certificate(own), Certificates.certificate(own)))));
	}

	@Test
	void bearerTokensOfAnIssuer() throws Exception {
		ECKey key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
		HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		String name = "http://127.0.0.1:" + issuer.getAddress().getPort();
		answer(issuer, "/.well-known/openid-configuration", () -> "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + name + "/keys\"}");
		AtomicReference<String> published = new AtomicReference<>(new JWKSet(key.toPublicJWK()).toString());
		answer(issuer, "/keys", published::get);
		issuer.start();
		try {
			OidcSettings oidc = new OidcSettings(name, "weaver", Optional.empty(), Optional.of("roles"), Optional.of("email"), Map.of("viewer", Set.of(Scope.READ)));
			start(ServerSettings.LOOPBACK.withAnonymous(Set.of()).withOidc(oidc));
			Instant now = Instant.now();
			JWTClaimsSet good = new JWTClaimsSet.Builder().issuer(name).audience("weaver").subject("7").claim("email", "ann@example.org").claim("roles", List.of("viewer", "cook"))
					.expirationTime(Date.from(now.plusSeconds(300))).build();
			assertEquals(200, token(sign(key, good)));
			assertEquals(401, token(sign(key, new JWTClaimsSet.Builder(good).expirationTime(Date.from(now.minusSeconds(120))).build())));
			assertEquals(401, token(sign(key, new JWTClaimsSet.Builder(good).audience("another").build())));
			assertEquals(401, token(sign(key, new JWTClaimsSet.Builder(good).issuer("http://127.0.0.1:1").build())));
			assertEquals(401, token(sign(key, new JWTClaimsSet.Builder(good).expirationTime(null).build())));
			assertEquals(403, token(sign(key, new JWTClaimsSet.Builder(good).claim("roles", List.of("cook")).build())));
			assertEquals(401, token(sign(new ECKeyGenerator(Curve.P_256).keyID("one").generate(), good)));
			assertEquals(401, token(new PlainJWT(good).serialize()));
			SignedJWT shared = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), good);
			shared.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
			assertEquals(401, token(shared.serialize()));
			assertEquals(401, token("no.token.atall"));
			assertEquals(401, token(sign(key, new JWTClaimsSet.Builder(good).notBeforeTime(Date.from(now.plusSeconds(300))).build())));
			assertEquals(401, token(sign(key, new JWTClaimsSet.Builder(good).subject(null).build())));
			assertEquals(401, token(sign(key, new JWTClaimsSet.Builder(good).claim("email", null).build())));
			SignedJWT logout = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").type(new JOSEObjectType("logout+jwt")).build(), good);
			logout.sign(new ECDSASigner(key));
			assertEquals(401, token(logout.serialize()));
			// the issuer has another key: it is asked for
			ECKey next = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
			published.set(new JWKSet(next.toPublicJWK()).toString());
			assertEquals(200, token(sign(next, good)));
			assertEquals(401, token(sign(key, good)));
		} finally {
			issuer.stop(0);
		}
		assertThrows(IllegalArgumentException.class, () -> new OidcSettings("http://issuer.example", "weaver", Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
		assertThrows(IllegalArgumentException.class, () -> new OidcSettings("https://issuer.example", "", Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
	}

	private int token(String token) throws Exception {
		return status("Authorization", "Bearer " + token);
	}

	private static String sign(ECKey key, JWTClaimsSet claims) throws Exception {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
		token.sign(new ECDSASigner(key));
		return token.serialize();
	}

	private static void answer(HttpServer server, String path, Supplier<String> body) {
		server.createContext(path, exchange -> {
			byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
	}

	@Test
	void whatChangesComesFromOwnPagesAlone() throws Exception {
		start(ServerSettings.LOOPBACK);
		assertEquals(200, status("Origin", "http://localhost:3000"));
		assertEquals(403, status("Sec-Fetch-Site", "cross-site"));
		HttpRequest.Builder post = HttpRequest.newBuilder(server.uri().resolve("api/v1/estates/x/scenarios/solve")).header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}"));
		assertEquals(403, plain.send(post.copy().header("Origin", "http://localhost:3000").build(), BodyHandlers.ofString()).statusCode());
		assertEquals(404, plain.send(post.copy().header("Origin", "http://127.0.0.1:" + server.uri().getPort()).build(), BodyHandlers.ofString()).statusCode());
	}

	@Test
	void anIssuerThatCannotBeAskedIsNoReasonToTakeATokenOrToRefuseIt() throws Exception {
		ECKey key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
		start(ServerSettings.LOOPBACK.withAnonymous(Set.of()).withOidc(new OidcSettings("http://127.0.0.1:1", "weaver", Optional.empty(), Optional.empty(), Optional.empty(), Map.of())));
		assertEquals(503, token(sign(key, new JWTClaimsSet.Builder().issuer("http://127.0.0.1:1").audience("weaver").subject("7").expirationTime(Date.from(Instant.now().plusSeconds(300))).build())));
	}

	@Test
	void eachAnswerTellsABrowserWhatItMayDoWithIt() throws Exception {
		start(ServerSettings.LOOPBACK);
		for (String path : List.of("api/v1/estates", "api/v1/estates/none", "openapi.json", "docs", "docs/page.js", "metrics", "api/v1/nothing", "api/v1/estates/none/events", "%2e%2e/etc/passwd")) {
			safe(path, get(plain, path));
		}
		safe("a wrong key", get(plain, ESTATES, "X-API-KEY", "sw_wrong"));
		safe("another origin", get(plain, ESTATES, "Origin", "https://evil.example"));
		HttpResponse<String> page = get(plain, "docs");
		String policy = page.headers().firstValue("content-security-policy").orElse("");
		assertTrue(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"), policy);
		assertFalse(page.body().contains("<script>") || page.body().contains("http"), page.body());
		assertTrue(page.headers().firstValue("strict-transport-security").isEmpty());
		HttpResponse<String> traced = plain.send(HttpRequest.newBuilder(server.uri().resolve(ESTATES)).header("X-Secret", "mine").method("TRACE", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
		assertTrue(traced.statusCode() >= 400 && !traced.body().contains("mine"), traced.toString());
	}

	private static void safe(String what, HttpResponse<String> answer) {
		Map<String, List<String>> headers = answer.headers().map();
		for (String name : List.of("x-content-type-options", "referrer-policy", "content-security-policy", "cross-origin-resource-policy", "cache-control")) {
			assertEquals(1, headers.getOrDefault(name, List.of()).size(), what + " " + answer.statusCode() + " " + name + ": " + headers);
		}
		assertFalse(headers.containsKey("set-cookie") || headers.containsKey("server") || headers.containsKey("access-control-allow-origin"), what + ": " + headers);
	}

	@Test
	void behindAnotherAddressABrowserComesBackByTlsAlone() throws Exception {
		Path own = Certificates.make(directory, "server");
		new ApiKeys(directory, Clock.systemUTC()).add("first", Set.of(Scope.READ), Optional.empty());
		start(new ServerSettings("0.0.0.0", 0, List.of(), Set.of(), Optional.of(TlsSettings.pem(Certificates.certificate(own), Certificates.key(own))), Optional.empty(), Limits.DEFAULT, AutoscalingSettings.DEFAULT));
		try (HttpClient client = HttpClient.newBuilder().sslContext(Certificates.client(own, null)).build()) {
			HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.uri().getPort() + "/healthz")).build(), BodyHandlers.ofString());
			assertEquals("max-age=31536000", answer.headers().firstValue("strict-transport-security").orElse(""));
		}
	}

	/** Where the tests run in Equinox, its log has what others write to handlers. */
	private static String logOfThePlatform() throws IOException {
		List<Path> places = new ArrayList<>();
		Optional.ofNullable(System.getProperty("osgi.logfile")).map(Path::of).ifPresent(places::add);
		Optional.ofNullable(System.getProperty("osgi.instance.area")).map(area -> Path.of(URI.create(area)).resolve(".metadata/.log")).ifPresent(places::add);
		places.add(Path.of(System.getProperty("shadowweaver.root", "../.."), "tests/io.shadowweaver.server.tests/target/work/data/.metadata/.log"));
		for (Path log : places) {
			if (Files.isRegularFile(log)) {
				return Files.readString(log);
			}
		}
		return "";
	}

	@Test
	void noSecretIsLogged() throws Exception {
		StringBuffer logged = new StringBuffer();
		Handler handler = new Handler() {
			@Override
			public void publish(LogRecord record) {
				logged.append(record.getMessage()).append(record.getThrown()).append(Arrays.toString(record.getParameters())).append('\n');
			}

			@Override
			public void flush() {
				// nothing waits
			}

			@Override
			public void close() {
				// nothing is open
			}
		};
		Logger root = Logger.getLogger("");
		root.addHandler(handler);
		try {
			start(ServerSettings.LOOPBACK.withOidc(new OidcSettings("http://127.0.0.1:1", "weaver", Optional.empty(), Optional.empty(), Optional.empty(), Map.of())));
			String key = new ApiKeys(directory, Clock.systemUTC()).add("ann", Set.of(Scope.READ, Scope.OPERATE), Optional.empty()).key();
			String token = sign(new ECKeyGenerator(Curve.P_256).keyID("one").generate(), new JWTClaimsSet.Builder().subject("7").build());
			assertEquals(200, status("X-API-KEY", key));
			assertEquals(401, status("X-API-KEY", key + "x"));
			assertEquals(503, token(token));
			HttpRequest.Builder post = HttpRequest.newBuilder(server.uri().resolve("api/v1/estates/none/scenarios/solve?key=" + key)).header("X-API-KEY", key).header("Content-Type", "application/json");
			assertEquals(404, plain.send(post.POST(BodyPublishers.ofString("{\"name\":\"" + key + "\"}")).build(), BodyHandlers.ofString()).statusCode());
			server.close();
			String all = logged + logOfThePlatform();
			assertTrue(all.contains("cannot be asked for its keys"), "nothing was logged: " + all);
			assertFalse(all.contains(key) || all.contains(token), all);
			for (Path file : List.of(directory.resolve("api/audit"), directory.resolve("api-keys.json"))) {
				assertFalse(Files.readString(file).contains(key), file.toString());
			}
		} finally {
			root.removeHandler(handler);
		}
	}
}
