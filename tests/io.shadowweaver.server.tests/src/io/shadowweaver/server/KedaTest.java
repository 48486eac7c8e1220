// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Limits;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;

/** A client of gRPC in another language plays KEDA. */
@Timeout(120)
class KedaTest {
	private static final String NAME = "shadowweaver-group-web-requests";

	@TempDir
	Path directory;
	private final AtomicBoolean silent = new AtomicBoolean();
	private Weaver weaver;
	private ApiServer server;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory.resolve("estate"), silent);
		serve(ServerSettings.LOOPBACK);
	}

	private void serve(ServerSettings settings) throws Exception {
		if (server != null) {
			server.close();
		}
		server = new ApiServer(settings, () -> List.of(weaver), List::of, Optional.of(directory), Clock.systemUTC());
		server.start();
	}

	@AfterEach
	void end() {
		server.close();
		weaver.close();
	}

	private String address() {
		return "127.0.0.1:" + server.uri().getPort();
	}

	private static Map<String, Object> web(String... more) {
		Map<String, String> metadata = new TreeMap<>(Map.of("scalerAddress", "shadow:8470", "group", "web", "metric", "requests"));
		for (int i = 0; i < more.length; i += 2) {
			metadata.put(more[i], more[i + 1]);
		}
		return Autoscaler.object(metadata);
	}

	private double rest(String quantile) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("api/v1/estates/sine/series/group:web/requests/forecast/point?lookAhead=10m&quantile=" + quantile)).build();
			return new ObjectMapper().readTree(client.send(request, BodyHandlers.ofString()).body()).get("value").asDouble();
		}
	}

	@Test
	void callsAreAnsweredWithWhatIsForecast() throws Exception {
		try (Autoscaler keda = new Autoscaler(address())) {
			JsonNode spec = keda.call("GetMetricSpec", web("target", "12.5")).get("value").get("metricSpecs");
			assertEquals(1, spec.size());
			assertEquals(NAME, spec.get(0).get("metricName").asText());
			assertEquals(12.5, spec.get(0).get("targetSizeFloat").asDouble());
			assertEquals(13, spec.get(0).get("targetSize").asInt(), "for a KEDA that knows whole numbers alone it is rounded up");
			JsonNode values = keda.call("GetMetrics", Map.of("scaledObjectRef", web("quantile", "0.9", "horizon", "10m"), "metricName", NAME)).get("value").get("metricValues");
			double value = values.get(0).get("metricValueFloat").asDouble();
			assertEquals(rest("0.9"), value, 1e-9);
			assertTrue(value > 60, values.toString());
			assertEquals((long) Math.ceil(value), values.get(0).get("metricValue").asLong());
			assertEquals(NAME, values.get(0).get("metricName").asText());
			double median = keda.call("GetMetrics", Map.of("scaledObjectRef", web("quantile", "0.5"), "metricName", "")).get("value").get("metricValues").get(0).get("metricValueFloat").asDouble();
			assertEquals(rest("0.5"), median, 1e-9);
			assertTrue(keda.call("IsActive", web()).get("value").get("result").asBoolean());
			assertFalse(keda.call("IsActive", web("activationTarget", "1e6")).get("value").get("result").asBoolean());
			JsonNode machine = keda.call("GetMetrics", Map.of("scaledObjectRef", Autoscaler.object(Map.of("estate", "sine", "subject", "web-1", "metric", "requests")), "metricName", ""));
			assertEquals("shadowweaver-sine-web-1-requests", machine.get("value").get("metricValues").get(0).get("metricName").asText());
		}
	}

	@Test
	void withoutATargetItIsWhatAMemberTakesSafely() throws Exception {
		try (Autoscaler keda = new Autoscaler(address())) {
			assertEquals(80, keda.call("GetMetricSpec", web()).get("value").get("metricSpecs").get(0).get("targetSizeFloat").asDouble(), 1e-9);
			JsonNode streamed = keda.next(keda.begin("StreamMetricSpec", "", web()));
			assertEquals(80, streamed.get("value").get("metricSpecs").get(0).get("targetSizeFloat").asDouble(), 1e-9);
			refused("INVALID_ARGUMENT", "target", keda.call("GetMetricSpec", Autoscaler.object(Map.of("subject", "web-1", "metric", "requests"))));
		}
	}

	@Test
	void anActivationIsPushed() throws Exception {
		double limit = rest("0.5") + 15;
		try (Autoscaler keda = new Autoscaler(address())) {
			int call = keda.begin("StreamIsActive", "", web("quantile", "0.5", "activationTarget", Double.toString(limit)));
			assertFalse(keda.next(call).get("value").get("result").asBoolean());
			assertEquals(1, server.streams());
			int steps = 0;
			while (rest("0.5") <= limit && steps++ < 30) {
				weaver.step();
			}
			assertTrue(rest("0.5") > limit, "the demand has risen");
			assertTrue(keda.next(call).get("value").get("result").asBoolean());
			keda.cancel(call);
			assertEquals("CANCELLED", keda.next(call).get("code").asText());
			for (int i = 0; i < 100 && server.streams() > 0; i++) {
				Thread.sleep(50);
			}
			assertEquals(0, server.streams());
		}
	}

	@Test
	void aStreamBeatsSoThatItOutlivesTheTimeouts() throws Exception {
		int beats = Boolean.getBoolean("shadowweaver.full") ? 5 : 1;
		try (Autoscaler keda = new Autoscaler(address())) {
			int active = keda.begin("StreamIsActive", "", web());
			int spec = keda.begin("StreamMetricSpec", "", web("target", "7"));
			for (int i = 0; i <= beats; i++) {
				assertTrue(keda.next(active).get("value").get("result").asBoolean());
				assertEquals(7, keda.next(spec).get("value").get("metricSpecs").get(0).get("targetSize").asInt());
			}
		}
	}

	@Test
	void wrongMetadataAreSaidToBeWrong() throws Exception {
		try (Autoscaler keda = new Autoscaler(address())) {
			refused("INVALID_ARGUMENT", "quantil'", keda.call("IsActive", web("quantil", ".9")));
			refused("INVALID_ARGUMENT", "quantile", keda.call("IsActive", web("quantile", "2")));
			refused("INVALID_ARGUMENT", "quantile", keda.call("IsActive", web("quantile", "high")));
			refused("INVALID_ARGUMENT", "horizon", keda.call("IsActive", web("horizon", "soon")));
			refused("INVALID_ARGUMENT", "90 days", keda.call("IsActive", web("horizon", "91d")));
			refused("INVALID_ARGUMENT", "target", keda.call("GetMetricSpec", web("target", "0")));
			refused("INVALID_ARGUMENT", "either", keda.call("IsActive", web("subject", "web-1")));
			refused("INVALID_ARGUMENT", "metric", keda.call("StreamIsActive", Autoscaler.object(Map.of("group", "web"))));
			refused("INVALID_ARGUMENT", NAME, keda.call("GetMetrics", Map.of("scaledObjectRef", web(), "metricName", "cpu")));
			refused("NOT_FOUND", "nosuch", keda.call("IsActive", web("estate", "nosuch")));
			refused("NOT_FOUND", "group:nosuch", keda.call("IsActive", web("group", "nosuch")));
			refused("UNAVAILABLE", "No forecast reaches", keda.call("IsActive", web("horizon", "80d")));
		}
	}

	@Test
	void oldDataAreNotTold() throws Exception {
		try (Autoscaler keda = new Autoscaler(address())) {
			int stream = keda.begin("StreamIsActive", "", web());
			assertTrue(keda.next(stream).get("value").get("result").asBoolean());
			silent.set(true);
			for (int i = 0; i < 15; i++) {
				weaver.step();
			}
			refused("UNAVAILABLE", "older than PT10M", keda.next(stream));
			refused("UNAVAILABLE", "older than PT10M", keda.call("GetMetrics", Map.of("scaledObjectRef", web(), "metricName", NAME)));
			serve(ServerSettings.LOOPBACK.withAutoscaling(new AutoscalingSettings(true, Duration.ofMinutes(10), .9, Optional.of(Duration.ofHours(2)))));
		}
		try (Autoscaler keda = new Autoscaler(address())) {
			assertTrue(keda.call("IsActive", web()).get("value").get("result").asBoolean(), "how old they may be is set");
		}
	}

	@Test
	void keysScopesAndLimitsHold() throws Exception {
		ApiKeys keys = new ApiKeys(directory, Clock.systemUTC());
		String reader = keys.add("keda", Set.of(Scope.READ), Optional.empty()).key();
		String operator = keys.add("operator", Set.of(Scope.OPERATE), Optional.empty()).key();
		serve(ServerSettings.LOOPBACK.withAnonymous(Set.of()).withLimits(new Limits(4, 2, 1 << 20, 100, 10, 1, Duration.ofSeconds(30), Duration.ofSeconds(30))));
		try (Autoscaler keda = new Autoscaler(address())) {
			refused("UNAUTHENTICATED", "A key", keda.call("IsActive", web()));
			refused("UNAUTHENTICATED", "not known", keda.next(keda.begin("IsActive", reader + "x", web())));
			refused("PERMISSION_DENIED", "'read'", keda.next(keda.begin("IsActive", operator, web())));
			int stream = keda.begin("StreamIsActive", reader, web());
			assertTrue(keda.next(stream).get("value").get("result").asBoolean());
			refused("UNAVAILABLE", "streams", keda.next(keda.begin("StreamMetricSpec", reader, web())));
			boolean slowed = false;
			for (int i = 0; i < 20 && !slowed; i++) {
				JsonNode answer = keda.next(keda.begin("IsActive", reader, web()));
				slowed = answer.has("code");
				assertTrue(!slowed || answer.get("code").asText().equals("RESOURCE_EXHAUSTED"), answer.toString());
			}
			assertTrue(slowed, "more than four calls a second are not answered for long");
		}
	}

	@Test
	void aCertificateIsAKeyOverTls() throws Exception {
		Path own = Certificates.make(directory, "server");
		Path keda = Certificates.make(directory, "keda");
		Path other = Certificates.make(directory, "other");
		serve(ServerSettings.LOOPBACK.withAnonymous(Set.of())
				.withTls(TlsSettings.pem(Certificates.certificate(own), Certificates.key(own)).withClients(Certificates.certificate(keda), Map.of("keda", Set.of(Scope.READ)))));
		try (Autoscaler known = new Autoscaler(address(), Certificates.certificate(own), Certificates.certificate(keda), Certificates.key(keda))) {
			assertTrue(known.call("IsActive", web()).get("value").get("result").asBoolean());
		}
		try (Autoscaler nobody = new Autoscaler(address(), Certificates.certificate(own))) {
			refused("UNAUTHENTICATED", "A key", nobody.call("IsActive", web()));
		}
		try (Autoscaler stranger = new Autoscaler(address(), Certificates.certificate(own), Certificates.certificate(other), Certificates.key(other))) {
			assertEquals("UNAVAILABLE", stranger.call("IsActive", web()).get("code").asText(), "the handshake fails");
		}
	}

	@Test
	void whatIsNoCallIsRefused() throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<String> plain = client.send(HttpRequest.newBuilder(server.uri().resolve("externalscaler.ExternalScaler/IsActive")).POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
			assertEquals(415, plain.statusCode());
			assertEquals(415, new ObjectMapper().readTree(plain.body()).get("status").asInt());
			serve(ServerSettings.LOOPBACK.withAutoscaling(new AutoscalingSettings(false, Duration.ofMinutes(10), .9, Optional.empty())));
			assertEquals(404, client.send(HttpRequest.newBuilder(server.uri().resolve("apis")).build(), BodyHandlers.ofString()).statusCode());
		}
		try (Autoscaler keda = new Autoscaler(address())) {
			assertEquals("UNIMPLEMENTED", keda.call("IsActive", web()).get("code").asText(), "it is switched off");
		}
	}

	private static void refused(String code, String part, JsonNode answer) {
		assertEquals(code, answer.path("code").asText(), answer.toString());
		assertTrue(answer.get("details").asText().contains(part), answer.toString());
	}
}
