// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;

/** The external metrics of Kubernetes, read by its own client and by hand. */
@Timeout(60)
class ExternalMetricsTest {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final String API = "external.metrics.k8s.io/v1beta1";

	@TempDir
	Path directory;
	private final AtomicBoolean silent = new AtomicBoolean();
	private final HttpClient client = HttpClient.newHttpClient();
	private String key;
	private Weaver weaver;
	private ApiServer server;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory.resolve("estate"), silent);
		key = new ApiKeys(directory, Clock.systemUTC()).add("autoscaler", Set.of(Scope.READ), Optional.empty()).key();
		serve(ServerSettings.LOOPBACK.withAnonymous(Set.of()));
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
		client.close();
		server.close();
		weaver.close();
	}

	private HttpResponse<String> send(String path) throws Exception {
		return client.send(HttpRequest.newBuilder(server.uri().resolve(path)).header("Authorization", "Bearer " + key).build(), BodyHandlers.ofString());
	}

	private JsonNode values(String metric, String selector) throws Exception {
		HttpResponse<String> response = send("apis/" + API + "/namespaces/shop/" + metric + "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8));
		assertEquals(200, response.statusCode(), response.body());
		return JSON.readTree(response.body()).get("items");
	}

	private void failure(int code, String reason, String part, String metric, String selector) throws Exception {
		HttpResponse<String> response = send("apis/" + API + "/namespaces/shop/" + metric + "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8));
		JsonNode status = JSON.readTree(response.body());
		assertEquals(code, response.statusCode(), response.body());
		assertEquals(code, status.get("code").asInt());
		assertEquals("Status", status.get("kind").asText());
		assertEquals(reason, status.get("reason").asText());
		assertTrue(status.get("message").asText().contains(part), response.body());
	}

	private JsonNode played(Path trusted, String metric, String selector) throws Exception {
		try (Clients clients = new Clients()) {
			return JSON.readTree(clients.node(clients.copy("autoscaler/kubernetes.mjs").toString(), "https://127.0.0.1:" + server.uri().getPort(), trusted.toString(), key, metric, selector));
		}
	}

	@Test
	void theClientOfKubernetesReadsIt() throws Exception {
		JsonNode flat = JSON.readTree(send("api/v1/estates/sine/series/group:web/requests/forecast/point?lookAhead=10m&quantile=0.5").body());
		Path own = Certificates.make(directory, "server");
		// its client speaks to no server without TLS
		serve(ServerSettings.LOOPBACK.withAnonymous(Set.of()).withTls(TlsSettings.pem(Certificates.certificate(own), Certificates.key(own))));
		JsonNode told = played(Certificates.certificate(own), "requests", "group=web,horizon=10m,quantile=0.5");
		assertEquals(API, told.get("groups").get(0).asText());
		assertEquals("requests", told.get("resources").get(0).get("name").asText());
		assertTrue(told.get("resources").get(0).get("namespaced").asBoolean());
		JsonNode list = told.get("list");
		assertEquals("ExternalMetricValueList", list.get("kind").asText());
		assertEquals(API, list.get("apiVersion").asText());
		assertEquals(1, list.get("items").size());
		JsonNode value = list.get("items").get(0);
		assertEquals("requests", value.get("metricName").asText());
		assertEquals(JSON.readTree("{\"estate\":\"sine\",\"group\":\"web\",\"horizon\":\"PT10M\",\"quantile\":\"0.5\"}"), value.get("metricLabels"));
		assertEquals(weaver.state().time().toString(), value.get("timestamp").asText());
		double quantity = value.get("value").asText().endsWith("m") ? Double.parseDouble(value.get("value").asText().replace("m", "")) / 1000 : value.get("value").asDouble();
		assertEquals(flat.get("value").asDouble(), quantity, .001);
		JsonNode absent = played(Certificates.certificate(own), "nosuch", "");
		assertEquals(404, absent.get("code").asInt());
		assertEquals("NotFound", absent.get("status").get("reason").asText());
	}

	@Test
	void labelsSelect() throws Exception {
		assertEquals(1, values("requests", "").size(), "groups alone, where nobody asks for resources");
		assertEquals(3, values("requests", "subject").size());
		assertEquals(2, values("requests", "subject in (web-1, web-2),estate=sine").size());
		assertEquals(2, values("requests", "subject,subject!=web-3").size());
		assertEquals(1, values("requests", "subject notin (web-1,web-3),subject").size());
		assertEquals("PT1H", values("requests", "group in (web),horizon in (1h)").get(0).get("metricLabels").get("horizon").asText());
	}

	@Test
	void whatIsWrongIsAStatus() throws Exception {
		failure(400, "BadRequest", "selector", "requests", "group=web=other");
		failure(400, "BadRequest", "selector", "requests", "group in web");
		failure(400, "BadRequest", "'tier' is not known", "requests", "tier=web");
		failure(400, "BadRequest", "one value", "requests", "horizon in (1h,2h)");
		failure(400, "BadRequest", "horizon", "requests", "horizon=soon");
		failure(400, "BadRequest", "quantile", "requests", "quantile=1");
		failure(404, "NotFound", "group=nosuch", "requests", "group=nosuch");
		failure(503, "ServiceUnavailable", "No forecast reaches", "requests", "horizon=80d");
		silent.set(true);
		for (int i = 0; i < 15; i++) {
			weaver.step();
		}
		failure(503, "ServiceUnavailable", "older than PT10M", "requests", "");
		JsonNode flat = JSON.readTree(send("api/v1/estates/sine/series/group:web/requests/forecast/point?lookAhead=10m&quantile=0.5").body());
		assertTrue(flat.get("value").isNull() && flat.get("reason").asText().contains("older than PT10M"), flat.toString());
	}

	@Test
	void nobodyReadsWithoutAKey() throws Exception {
		assertEquals(401, client.send(HttpRequest.newBuilder(server.uri().resolve("apis")).build(), BodyHandlers.ofString()).statusCode());
	}
}
