// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.engine.EstateConfig;
import io.shadowweaver.engine.EstateParts;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.forecasting.Candidate;
import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.Plugin;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;

/** A real Prometheus is the source of an estate and scrapes its forecasts; a real Alertmanager tells the estate of what Prometheus finds in them. */
@Timeout(180)
class ApiAmongMonitorsTest {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final Duration HISTORY = Duration.ofHours(2);
	private static final int SCRAPE = 15;
	private static final String HOST = "127.0.0.1";

	@TempDir
	private static Path directory;
	private static final AtomicReference<Weaver> WEAVER = new AtomicReference<>();
	private static final List<AutoCloseable> STARTED = new ArrayList<>();
	private static volatile boolean ended;
	private static Thread weaving;
	private static String prometheus;
	private static String alertmanager;

	@BeforeAll
	static void start() throws Exception {
		Map<String, Path> programs = new TreeMap<>();
		for (String program : List.of("prometheus", "promtool", "prometheus-node-exporter", "prometheus-alertmanager")) {
			Optional<Path> found = RealServer.find(program);
			assumeTrue(found.isPresent(), program + " is not there: releng/packages test and releng/packages alertmanager fetch it");
			programs.put(program, found.get());
		}
		ApiKeys keys = new ApiKeys(directory, Clock.systemUTC());
		String scraper = keys.add("prometheus", Set.of(Scope.READ), Optional.empty()).key();
		String teller = keys.add("alertmanager", Set.of(Scope.READ, Scope.OPERATE), Optional.empty()).key();
		ServerSettings nobody = ServerSettings.LOOPBACK.withAnonymous(Set.of());
		ApiServer server = new ApiServer(nobody, () -> Optional.ofNullable(WEAVER.get()).map(List::of).orElse(List.of()), List::<Plugin>of, Optional.of(directory), Clock.systemUTC());
		STARTED.add(server);
		server.start();
		int node = RealServer.freePort();
		STARTED.add(RealServer.start(directory, "http://127.0.0.1:" + node + "/metrics", List.of(programs.get("prometheus-node-exporter").toString(), "--web.listen-address=127.0.0.1:" + node)));
		int manager = RealServer.freePort();
		alertmanager = "http://127.0.0.1:" + manager;
		Path routes = Files.writeString(directory.resolve("alertmanager.yml"), """
				route: {receiver: weaver, group_by: [alertname], group_wait: 100ms, group_interval: 1s, repeat_interval: 1h}
				receivers:
				  - name: weaver
				    webhook_configs:
				      - url: %sapi/v1/estates/real/alertmanager
				        http_config: {authorization: {credentials: %s}}
				""".formatted(server.uri(), teller));
		STARTED.add(RealServer.start(directory, alertmanager + "/-/ready", List.of(programs.get("prometheus-alertmanager").toString(), "--config.file=" + routes,
				"--storage.path=" + directory.resolve("alerts"), "--cluster.listen-address=", "--web.listen-address=127.0.0.1:" + manager)));
		int port = RealServer.freePort();
		prometheus = "http://127.0.0.1:" + port;
		Files.writeString(directory.resolve("rules.yml"), """
				groups:
				  - name: shadow
				    rules:
				      - alert: MemoryIsUsedSoon
				        expr: max by (subject) (shadowweaver_forecast_value{estate="real",metric="memory",horizon="300",level="0.5"}) > 0
				        annotations: {summary: 'In five minutes {{ $value }}'}
				""");
		Path config = Files.writeString(directory.resolve("prometheus.yml"), """
				global: {scrape_interval: 1s, evaluation_interval: 1s}
				rule_files: [rules.yml]
				alerting:
				  alertmanagers:
				    - static_configs: [{targets: ['127.0.0.1:%d']}]
				scrape_configs:
				  - job_name: node
				    static_configs: [{targets: ['127.0.0.1:%d']}]
				  - job_name: weaver
				    authorization: {credentials: %s}
				    static_configs: [{targets: ['127.0.0.1:%d']}]
				""".formatted(manager, node, scraper, server.uri().getPort()));
		past(programs.get("promtool"), "127.0.0.1:" + node);
		STARTED.add(RealServer.start(directory, prometheus + "/-/ready", List.of(programs.get("prometheus").toString(), "--config.file=" + config,
				"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port, "--log.level=warn")));
		until("samples of the node", () -> ask("count_over_time(node_memory_MemTotal_bytes[1m]) > 8"));
		weaving = Thread.ofVirtual().start(() -> weave(open()));
		until("resources", () -> JSON.valueToTree(WEAVER.get() == null || WEAVER.get().state() == null ? List.of() : WEAVER.get().state().topology().resources().keySet()));
	}

	/** What Prometheus would have measured in the last hours: a model needs some past. */
	private static void past(Path promtool, String instance) throws Exception {
		long now = Instant.now().getEpochSecond();
		StringBuilder total = new StringBuilder("# TYPE node_memory_MemTotal_bytes gauge\n");
		StringBuilder available = new StringBuilder("# TYPE node_memory_MemAvailable_bytes gauge\n");
		for (long time = now - HISTORY.toSeconds(); time < now - SCRAPE; time += SCRAPE) {
			String at = "{instance=\"" + instance + "\",job=\"node\"} %.0f " + time + "\n";
			total.append("node_memory_MemTotal_bytes").append(at.formatted(8e9));
			available.append("node_memory_MemAvailable_bytes").append(at.formatted(5e9 + 1e9 * Math.sin(time / 600.)));
		}
		Path file = Files.writeString(directory.resolve("past.txt"), total.append(available).append("# EOF\n"));
		Path said = directory.resolve("promtool.log");
		Process process = new ProcessBuilder(promtool.toString(), "tsdb", "create-blocks-from", "openmetrics", file.toString(), directory.resolve("data").toString()).redirectErrorStream(true)
				.redirectOutput(said.toFile()).start();
		assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, Files.readString(said));
	}

	private static Weaver open() {
		try {
			Contributed source = Contributed.of("io.shadowweaver.source.prometheus", "source", "prometheus");
			Map<String, String> values = Map.of("url", prometheus, "step", "1s", "rate-window", "5s", "history", "2h");
			Connection connection = new Connection("monitor", "prometheus", "Prometheus", values);
			Contributed naive = Contributed.of("io.shadowweaver.model.baseline", "model", "naive");
			EstateParts parts = new EstateParts(directory.resolve("estate"), Instant::now,
					List.of(new EstateParts.Part<>(connection, () -> (MetricSourceFactory) source.factory(), source.settings(values))), List.of(), List.of(),
					List.of(new Candidate("naive", (ForecastModelFactory) naive.factory(), naive.settings(Map.of()))), Runnable::run);
			EstateConfig estate = new EstateConfig("real", "Real", List.of(connection), List.of(), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of());
			Weaver weaver = new Weaver(estate, parts, estate.provisioningOrDefaults(), false, id -> true);
			weaver.prepare();
			return weaver;
		} catch (Exception e) {
			throw new AssertionError(e);
		}
	}

	private static void weave(Weaver weaver) {
		WEAVER.set(weaver);
		try (weaver) {
			while (!ended) {
				weaver.step();
				Thread.sleep(200);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@AfterAll
	static void end() throws Exception {
		ended = true;
		if (weaving != null) {
			weaving.join();
		}
		for (AutoCloseable one : STARTED.reversed()) {
			one.close();
		}
	}

	/** What Prometheus answers to an instant query. */
	private static JsonNode ask(String query) throws Exception {
		return JSON.readTree(send(HttpRequest.newBuilder(URI.create(prometheus + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))))).get("data").get("result");
	}

	private static String send(HttpRequest.Builder request) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
			assertEquals(200, response.statusCode(), response.body());
			return response.body();
		}
	}

	private static String told() {
		Weaver weaver = WEAVER.get();
		return weaver == null || weaver.state() == null ? "no state" : weaver.state().statuses() + " " + weaver.state().series().size() + " series";
	}

	private static JsonNode until(String what, Callable<JsonNode> answer) throws Exception {
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		JsonNode found = answer.call();
		while (found.isEmpty()) {
			assertTrue(System.nanoTime() < end, () -> what + " are not there after a minute: " + told());
			Thread.sleep(200);
			found = answer.call();
		}
		return found;
	}

	private static Event incident(String name, boolean over) throws Exception {
		AtomicReference<Event> found = new AtomicReference<>();
		until("incidents " + name, () -> {
			Weaver weaver = WEAVER.get();
			Optional<Event> one = weaver == null || weaver.state() == null ? Optional.empty()
					: weaver.state().events().stream().filter(event -> event.kind() == Event.Kind.INCIDENT && event.text().startsWith(name) && event.duration().isPositive() == over).findFirst();
			one.ifPresent(found::set);
			return one.isPresent() ? JSON.createArrayNode().add(name) : JSON.createArrayNode();
		});
		return found.get();
	}

	@Test
	void prometheusHoldsTheForecastsOfWhatItMeasured() throws Exception {
		String forecast = "shadowweaver_forecast_value{estate=\"real\",subject=\"127.0.0.1\",metric=\"memory\",horizon=\"300\"}";
		JsonNode levels = until("forecasts of the memory", () -> ask("sort(" + forecast + ")"));
		assertEquals(3, levels.size(), levels.toString());
		double before = 0;
		for (JsonNode level : levels) {
			double at = level.get("metric").get("level").asDouble();
			assertTrue(at > before, () -> "a higher level is not lower: " + levels);
			assertEquals("naive", level.get("metric").get("model").asText());
			before = at;
		}
		// what will be is near to what is, at a machine that does nothing else
		JsonNode error = ask("abs(shadowweaver_forecast_value{estate=\"real\",metric=\"memory\",horizon=\"300\",level=\"0.5\"} - on() group_left() (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes))");
		assertTrue(error.get(0).get("value").get(1).asDouble() < .5, error.toString());
		assertEquals(1, ask("up{job=\"weaver\"} == 1").size());
		assertTrue(ask("scrape_samples_post_metric_relabeling{job=\"weaver\"}").get(0).get("value").get(1).asDouble() > 10);
	}

	@Test
	void anAlertOfPrometheusOnAForecastComesBackAsAnIncident() throws Exception {
		Event event = incident("MemoryIsUsedSoon", false);
		assertEquals(HOST, event.subject());
		assertTrue(event.text().contains("In five minutes 0."), event.text());
	}

	@Test
	void anAlertOfAlertmanagerIsAnIncidentUntilItIsResolved() throws Exception {
		Instant began = Instant.now().minusSeconds(30);
		String alert = "[{\"labels\":{\"alertname\":\"DiskFull\",\"instance\":\"127.0.0.1:9100\"},\"annotations\":{\"summary\":\"91 %%\"},\"startsAt\":\"" + began + "\"%s}]";
		post(alert.formatted(""));
		Event event = incident("DiskFull", false);
		assertEquals("DiskFull: 91 %", event.text());
		assertEquals(HOST, event.subject());
		assertEquals(began.getEpochSecond(), event.time().getEpochSecond());
		post(alert.formatted(",\"endsAt\":\"" + Instant.now() + "\""));
		assertTrue(incident("DiskFull", true).duration().compareTo(Duration.ofSeconds(30)) >= 0);
		assertEquals(1, WEAVER.get().state().events().stream().filter(one -> one.text().startsWith("DiskFull")).count());
	}

	private static void post(String alerts) throws Exception {
		send(HttpRequest.newBuilder(URI.create(alertmanager + "/api/v2/alerts")).header("Content-Type", "application/json").POST(BodyPublishers.ofString(alerts)));
	}
}
