// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.api.source.GroupPreviewer;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.tck.TestContext;

/** The Prometheus source against a real Prometheus that scrapes itself and a real node_exporter, each second. */
class RealPrometheusTest {
	private static final String HOST = "127.0.0.1";

	@TempDir
	private static Path directory;
	private static RealServer exporter;
	private static RealServer prometheus;
	private static String url;
	private static Contributed contributed;

	@BeforeAll
	static void start() throws Exception {
		Optional<Path> server = RealServer.find("prometheus");
		Optional<Path> node = RealServer.find("prometheus-node-exporter");
		String missing = "prometheus and prometheus-node-exporter are not installed: the tests against the real thing are skipped";
		if (server.isEmpty() || node.isEmpty()) {
			System.out.println(missing);
		}
		assumeTrue(server.isPresent() && node.isPresent(), missing);
		contributed = Contributed.of("io.shadowweaver.source.prometheus", "source", "prometheus");
		int nodePort = RealServer.freePort();
		exporter = RealServer.start(directory, "http://127.0.0.1:" + nodePort + "/metrics",
				List.of(node.get().toString(), "--web.listen-address=127.0.0.1:" + nodePort));
		int port = RealServer.freePort();
		url = "http://127.0.0.1:" + port;
		Path config = directory.resolve("prometheus.yml");
		Files.writeString(config, """
				global:
				  scrape_interval: 1s
				scrape_configs:
				  - job_name: prometheus
				    static_configs:
				      - targets: ['127.0.0.1:%d']
				  - job_name: node
				    static_configs:
				      - targets: ['127.0.0.1:%d']
				        labels: {zone: rack-1, role: builder}
				""".formatted(port, nodePort));
		prometheus = RealServer.start(directory, url + "/-/ready", List.of(server.get().toString(), "--config.file=" + config,
				"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port, "--log.level=warn"));
		// Rates need some scrapes.
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (ask("rate(node_cpu_seconds_total[10s])", "query", Map.of()).isEmpty() || scrapes() < 12) {
			assertTrue(System.nanoTime() < end, "no scrapes after a minute:\n" + prometheus.output());
			Thread.sleep(500);
		}
	}

	private static double scrapes() throws Exception {
		JsonNode count = ask("count_over_time(up{job=\"node\"}[5m])", "query", Map.of());
		return count.isEmpty() ? 0 : count.get(0).get("value").get(1).asDouble();
	}

	@AfterAll
	static void stop() {
		for (RealServer server : new RealServer[] { prometheus, exporter }) {
			if (server != null) {
				server.close();
			}
		}
	}

	/** Prometheus' own answer, by another client. */
	private static JsonNode ask(String query, String path, Map<String, String> more) throws Exception {
		StringBuilder address = new StringBuilder(url + "/api/v1/" + path + "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
		more.forEach((key, value) -> address.append('&').append(key).append('=').append(value));
		try (HttpClient http = HttpClient.newHttpClient()) {
			String body = http.send(HttpRequest.newBuilder(URI.create(address.toString())).build(), HttpResponse.BodyHandlers.ofString())
					.body();
			return new ObjectMapper().readTree(body).get("data").get("result");
		}
	}

	private static MetricSource open(Map<String, String> more) throws Exception {
		return ((MetricSourceFactory) contributed.factory()).open(contributed.settings(values(more)),
				new TestContext(java.time.Clock.systemUTC(), directory));
	}

	private static Map<String, String> values(Map<String, String> more) {
		Map<String, String> values = new HashMap<>(Map.of("url", url, "step", "1s", "rate-window", "10s"));
		values.putAll(more);
		return values;
	}

	private static double value(Tick tick, String metric) {
		int at = tick.series().indexOf(new SeriesId(HOST, metric));
		assertTrue(at >= 0, () -> "no " + metric + " in " + tick.series());
		return tick.values()[at];
	}

	@Test
	void thisMachineIsAHostWithTheFourMetricsAndLatency() throws Exception {
		try (MetricSource source = open(Map.of())) {
			source.info();
			// The first poll comes before two seconds of delay are over; the latency of queries needs a query.
			Map<String, Double> seen = new TreeMap<>();
			Resource host = null;
			ScalingGroup group = null;
			Tick newest = null;
			for (int i = 0; i < 20 && (seen.size() < 5 || i < 5); i++) {
				Batch batch = source.poll(Instant.now());
				assertEquals(List.of(), batch.problems());
				for (TopologyChange change : batch.changes()) {
					if (change instanceof TopologyChange.ResourceSeen resource && resource.resource().id().equals(HOST)) {
						host = resource.resource();
					} else if (change instanceof TopologyChange.GroupSeen found) {
						group = found.group();
					}
				}
				for (Tick tick : batch.ticks()) {
					newest = tick;
					for (int c = 0; c < tick.values().length; c++) {
						if (!Double.isNaN(tick.values()[c])) {
							seen.put(tick.series().get(c).metric(), tick.values()[c]);
						}
					}
				}
				Thread.sleep(1000);
			}
			System.out.println("real Prometheus, this machine: " + seen + ", capacity " + (host == null ? null : new TreeMap<>(host.capacity())));
			assertTrue(seen.keySet().containsAll(Set.of("cpu", "memory", "network.in", "network.out", "latency")), seen.toString());
			assertTrue(seen.get("cpu") >= 0 && seen.get("cpu") <= 1);
			assertTrue(seen.get("memory") > 0 && seen.get("memory") < 1);
			assertTrue(seen.get("latency") > 0 && seen.get("latency") < 60);
			assertEquals("host", host.kind());
			assertEquals(ask("count(node_cpu_seconds_total{mode=\"idle\"})", "query", Map.of()).get(0).get("value").get(1).asDouble(),
					host.capacity("cpu"));
			assertTrue(host.capacity("memory") > 1e8);
			assertEquals("rack-1", host.label(Resource.ZONE));
			assertEquals("node", group.id());
			assertTrue(group.members().matches(host));
			// The same instant, asked of Prometheus by hand.
			JsonNode own = ask("1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", "query",
					Map.of("time", Long.toString(newest.time().getEpochSecond())));
			assertEquals(own.get(0).get("value").get(1).asDouble(), value(newest, "memory"), 1e-12);
			JsonNode idle = ask("avg(rate(node_cpu_seconds_total{mode=\"idle\"}[10s]))", "query",
					Map.of("time", Long.toString(newest.time().getEpochSecond())));
			assertEquals(Math.max(0, 1 - idle.get(0).get("value").get(1).asDouble()), value(newest, "cpu"), 1e-9);
		}
	}

	@Test
	void historyIsWhatPrometheusHolds() throws Exception {
		Instant to = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 3);
		Map<Instant, Double> memory = new TreeMap<>();
		Set<String> known = new HashSet<>();
		try (MetricSource source = open(Map.of("history", "1h"))) {
			source.backfill(to.minusSeconds(3600), to, batch -> {
				for (TopologyChange change : batch.changes()) {
					if (change instanceof TopologyChange.ResourceSeen seen) {
						known.add(seen.resource().id());
					}
				}
				for (Block block : batch.blocks()) {
					assertTrue(known.contains(block.id().subject()), "samples of an unknown resource: " + block.id());
					if (block.id().equals(new SeriesId(HOST, "memory"))) {
						for (int i = 0; i < block.series().length(); i++) {
							if (!Double.isNaN(block.series().values()[i])) {
								memory.put(block.series().time(i), block.series().values()[i]);
							}
						}
					}
				}
			}, Progress.NONE);
			JsonNode own = ask("1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", "query_range",
					Map.of("start", Long.toString(to.getEpochSecond() - 3600), "end", Long.toString(to.getEpochSecond() - 1), "step", "1"));
			JsonNode values = own.get(0).get("values");
			assertEquals(values.size(), memory.size());
			for (JsonNode pair : values) {
				assertEquals(pair.get(1).asDouble(), memory.get(Instant.ofEpochSecond(pair.get(0).asLong())), 1e-12);
			}
			System.out.println("real Prometheus, history: " + memory.size() + " samples of memory, equal to its own answer");
			Batch live = source.poll(Instant.now());
			assertEquals(to, live.ticks().get(0).time());
		}
	}

	@Test
	void ownQueriesAndTheServersOwnWordsForABadOne() throws Exception {
		String rules = "requests[req/s] = sum by (instance) (rate(prometheus_http_requests_total[10s]))\nwrong = sum by (instance) (rate(up))";
		try (MetricSource source = open(Map.of("rules", rules))) {
			Batch batch = source.poll(Instant.now());
			assertTrue(value(batch.ticks().get(0), "requests") > 0);
			assertEquals(1, batch.problems().size(), batch.problems().toString());
			assertTrue(batch.problems().get(0).contains("'wrong'") && batch.problems().get(0).contains("expected type range vector"),
					batch.problems().get(0));
		}
		PluginException e;
		try (MetricSource source = open(Map.of("hosts", "false", "latency", "false", "rules", "requests = sum(("))) {
			e = assertThrows(PluginException.class, () -> source.poll(Instant.now()));
		}
		assertTrue(e.getMessage().contains("parse error"), e.getMessage());
	}

	@Test
	void previewShowsGroupsAndWhoIsInNone() throws Exception {
		GroupPreviewer previewer = (GroupPreviewer) contributed.factory();
		GroupPreview byLabel = previewer.preview(contributed.settings(values(Map.of("groups", "group = label:role"))));
		assertEquals(Map.of("builder", List.of(HOST)), byLabel.groups());
		GroupPreview apart = previewer
				.preview(contributed.settings(values(Map.of("groups", "hosts = role=builder", "strip-port", "false", "latency", "true"))));
		assertEquals(1, apart.groups().get("hosts").size());
		assertEquals(1, apart.unmatched().size(), "Prometheus itself is a resource of its own where the port counts");
		GroupPreview none = previewer.preview(contributed.settings(values(Map.of("groups", "web = instance~web-.*"))));
		assertEquals(List.of(HOST), none.unmatched());
	}

	@Test
	void whatIsNotAPrometheusSaysSo() throws Exception {
		String other = "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + RealServer.freePort();
		try (MetricSource source = open(Map.of("url", other))) {
			assertTrue(assertThrows(PluginException.class, source::info).getMessage().contains("is refused"));
		}
		// node_exporter speaks HTTP, but not this API.
		JsonNode target = ask("node_uname_info", "query", Map.of());
		try (MetricSource source = open(Map.of("url", "http://" + target.get(0).get("metric").get("instance").asText()))) {
			String said = assertThrows(PluginException.class, source::info).getMessage();
			assertTrue(said.contains("is not a Prometheus"), said);
			assertFalse(said.contains("<html"), said);
		}
	}

	@Test
	void longHistoryIsReadInWindows() throws Exception {
		List<Batch> batches = new ArrayList<>();
		try (MetricSource source = open(Map.of())) {
			// More points than the server gives for one series: it must be asked in several windows, most of them empty.
			source.backfill(Instant.now().minus(Duration.ofDays(1)), Instant.now(), batches::add, Progress.NONE);
		}
		assertTrue(batches.stream().allMatch(batch -> batch.problems().isEmpty()), batches.toString());
		assertTrue(batches.stream().flatMap(batch -> batch.blocks().stream()).anyMatch(block -> block.series().count() > 10));
	}
}
