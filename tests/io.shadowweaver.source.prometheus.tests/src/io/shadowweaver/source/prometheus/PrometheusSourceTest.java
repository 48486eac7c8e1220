// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.source.prometheus.FixturePrometheus.Behaviour;
import io.shadowweaver.tck.Declared;

class PrometheusSourceTest {
	private static final Declared DECLARED = Declared.only("io.shadowweaver.source.prometheus", "source");
	private static final Instant NOW = Instant.parse("2026-03-02T12:00:02Z");

	private FixturePrometheus server;
	private Instant now = NOW;

	@BeforeEach
	void start() throws IOException {
		server = new FixturePrometheus(9);
	}

	@AfterEach
	void stop() {
		server.close();
	}

	private PluginContext context() {
		return new PluginContext() {
			@Override
			public String estate() {
				return "test";
			}

			@Override
			public InstantSource clock() {
				return () -> now;
			}

			@Override
			public Path directory() {
				throw new AssertionError("nothing is kept");
			}

			@Override
			public <T> T shared(Class<T> type, Supplier<? extends T> create) {
				throw new AssertionError("nothing is shared");
			}
		};
	}

	private MetricSource open(String... pairs) throws PluginException {
		return new PrometheusSourceFactory().open(DECLARED.settings(values(pairs)), context());
	}

	private Map<String, String> values(String... pairs) {
		Map<String, String> values = new HashMap<>(Map.of("url", server.url() + "/", "timeout", "3s"));
		for (int i = 0; i < pairs.length; i += 2) {
			values.put(pairs[i], pairs[i + 1]);
		}
		return values;
	}

	private static double value(Tick tick, String subject, String metric) {
		int at = tick.series().indexOf(new SeriesId(subject, metric));
		assertTrue(at >= 0, subject + "/" + metric + " is not in the row");
		return tick.values()[at];
	}

	private static Map<String, Resource> resources(Batch batch) {
		Map<String, Resource> found = new HashMap<>();
		for (TopologyChange change : batch.changes()) {
			if (change instanceof TopologyChange.ResourceSeen seen) {
				found.put(seen.resource().id(), seen.resource());
			}
		}
		return found;
	}

	private String sentence(String... pairs) throws PluginException {
		try (MetricSource source = open(pairs)) {
			return assertThrows(PluginException.class, () -> source.poll(now)).getMessage();
		}
	}

	@Test
	void nodeExporterBecomesHosts() throws PluginException {
		try (MetricSource source = open()) {
			assertEquals(Duration.ofSeconds(15), source.info().step());
			Batch batch = source.poll(now);
			assertEquals(List.of(), batch.problems());
			Tick tick = batch.ticks().get(0);
			long second = Instant.parse("2026-03-02T12:00:00Z").getEpochSecond();
			assertEquals(second, tick.time().getEpochSecond());
			assertEquals(FixturePrometheus.value("cpu", 4, second), value(tick, "app-4", "cpu"));
			assertEquals(4000, value(tick, "app-4", "network.in"));
			for (String metric : new String[] { "memory", "network.out", "disk" }) {
				assertTrue(value(tick, "db-2", metric) >= 0);
			}
			Resource host = resources(batch).get("app-4");
			assertEquals("host", host.kind());
			assertEquals("node", host.label("job"));
			assertEquals(Map.of("cpu", 4., "memory", 16e9, "network.in", 125e6, "network.out", 125e6, "disk", 16e9), host.capacity());
			assertEquals(9, resources(batch).size());
			assertTrue(batch.changes().get(0) instanceof TopologyChange.GroupSeen seen && seen.group().id().equals("node")
					&& seen.group().members().matches(host));
			assertTrue(source.poll(now).isEmpty());
			now = now.plusSeconds(45);
			Batch next = source.poll(now);
			assertEquals(3, next.ticks().size());
			assertSame(tick.series(), next.ticks().get(2).series());
			assertTrue(next.changes().isEmpty());
			assertTrue(next.metrics().isEmpty());
		}
	}

	@Test
	void nanIsAGapAndAStaleSeriesHasNoSample() throws PluginException {
		try (MetricSource source = open()) {
			source.poll(now);
			server.stale = now.getEpochSecond() - 2 + 15;
			now = now.plusSeconds(45);
			List<Tick> ticks = source.poll(now).ticks();
			assertEquals(3, ticks.size());
			for (Tick tick : ticks) {
				assertTrue(Double.isNaN(value(tick, "app-1", "cpu")));
				assertFalse(Double.isNaN(value(tick, "web-0", "cpu")));
			}
		}
	}

	@Test
	void aHostWithoutSamplesIsGoneAfterAWhileAndComesBack() throws PluginException {
		try (MetricSource source = open()) {
			source.poll(now);
			server.hosts = 8;
			Set<TopologyChange> gone = new HashSet<>();
			for (int minute = 0; minute < 20; minute++) {
				now = now.plusSeconds(60);
				gone.addAll(source.poll(now).changes());
			}
			assertEquals(Set.of(new TopologyChange.ResourceGone("db-8")), gone);
			server.hosts = 9;
			now = now.plusSeconds(60);
			Batch back = source.poll(now);
			assertEquals(Set.of("db-8"), resources(back).keySet());
			assertFalse(Double.isNaN(value(back.ticks().getLast(), "db-8", "cpu")));
		}
	}

	@Test
	void historyComesInWindowsWithoutGapsOrRepeats() throws PluginException {
		server.hosts = 40;
		Instant from = now.minus(Duration.ofDays(2));
		Map<SeriesId, Map<Instant, Double>> found = new HashMap<>();
		List<Double> progress = new ArrayList<>();
		try (MetricSource source = open()) {
			source.backfill(from, now, batch -> {
				long samples = 0;
				for (Block block : batch.blocks()) {
					assertTrue(block.series().length() <= 11_000);
					samples += block.series().length();
					for (int i = 0; i < block.series().length(); i++) {
						assertEquals(null, found.computeIfAbsent(block.id(), id -> new HashMap<>()).put(block.series().time(i),
								block.series().values()[i]));
					}
				}
				assertTrue(samples <= 200_000, "" + samples);
			}, new Progress() {
				@Override
				public void report(double fraction, String what) {
					progress.add(fraction);
				}

				@Override
				public boolean isCancelled() {
					return false;
				}
			});
			assertEquals(40 * 5, found.size());
			Map<Instant, Double> cpu = found.get(new SeriesId("web-3", "cpu"));
			assertEquals(2 * 5760, cpu.size());
			cpu.forEach((time, value) -> assertEquals(FixturePrometheus.value("cpu", 3, time.getEpochSecond()), value));
			assertTrue(progress.size() > 2);
			assertEquals(1, progress.getLast());
			// What follows is the next step, with the whole topology said again.
			now = now.plusSeconds(30);
			Batch live = source.poll(now);
			Instant newest = cpu.keySet().stream().max(Instant::compareTo).orElseThrow();
			assertEquals(newest.plusSeconds(15), live.ticks().get(0).time());
			assertEquals(40, resources(live).size());
		}
	}

	@Test
	void windowsThatAreTooMuchAreHalved() throws PluginException {
		server.mostPoints = 100;
		Map<SeriesId, Integer> count = new HashMap<>();
		try (MetricSource source = open()) {
			source.backfill(now.minus(Duration.ofHours(4)), now,
					batch -> batch.blocks().forEach(block -> count.merge(block.id(), block.series().length(), Integer::sum)), Progress.NONE);
		}
		assertEquals(960, count.get(new SeriesId("web-0", "cpu")));
	}

	@Test
	void ownQueriesMapToAnyMetricAndUnit() throws PluginException {
		try (MetricSource source = open("hosts", "false", "latency", "false", "rules", """
				# requests and their latency
				requests[req/min] = sum by (instance) (node_requests_total)
				latency[ms] = node_latency
				depth = node_depth
				capacity requests[req/s] = count by (instance) (node_cpu_seconds_total)
				""")) {
			Batch batch = source.poll(now);
			Tick tick = batch.ticks().get(0);
			double raw = FixturePrometheus.value("x", 4, tick.time().getEpochSecond());
			assertEquals(raw / 60, value(tick, "app-4", "requests"), 1e-12);
			assertEquals(raw / 1000, value(tick, "app-4", "latency"), 1e-12);
			assertEquals(raw, value(tick, "app-4", "depth"), 1e-12);
			assertEquals(Map.of("requests", 4.), resources(batch).get("app-4").capacity());
			assertEquals(3, batch.metrics().size());
		}
	}

	@Test
	void anOwnQueryTakesThePlaceOfAPreset() throws PluginException {
		try (MetricSource source = open("rules", "cpu[%] = node_load")) {
			Batch batch = source.poll(now);
			assertEquals(FixturePrometheus.value("x", 4, 0) / 100, value(batch.ticks().get(0), "app-4", "cpu"), .01);
			assertTrue(server.queries.stream().noneMatch(query -> query.contains("rate(node_cpu_seconds_total")));
		}
	}

	@Test
	void oneBadQueryIsNamedAndTheRestGoesOn() throws PluginException {
		server.badPart = "nonsense(";
		try (MetricSource source = open("rules", "requests = nonsense(node_x)\nother = missing_series")) {
			Batch batch = source.poll(now);
			assertEquals(2, batch.problems().size(), batch.problems().toString());
			assertTrue(batch.problems().get(0).contains("'requests'") && batch.problems().get(0).contains("unknown function"),
					batch.problems().get(0));
			assertEquals("Query 'other' finds no samples.", batch.problems().get(1));
			assertEquals(45, batch.ticks().get(0).series().size());
		}
	}

	@Test
	void seriesWithoutTheLabelAreNamed() throws PluginException {
		try (MetricSource source = open("rules", "depth by pod = node_depth")) {
			Batch batch = source.poll(now);
			assertTrue(batch.problems().get(0).contains("'pod'"), batch.problems().toString());
		}
	}

	@Test
	void warningsOfTheServerAreSaid() throws PluginException {
		server.warning = "partial response: store eu-2 is away";
		try (MetricSource source = open()) {
			assertEquals(List.of("partial response: store eu-2 is away"), source.poll(now).problems());
		}
	}

	@Test
	void everyFailureHasItsSentence() throws Exception {
		int free;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			free = socket.getLocalPort();
		}
		assertTrue(sentence("url", "http://127.0.0.1:" + free).contains("it is refused"));
		assertTrue(sentence("url", "http://no-such-host.invalid:9090").contains("is not known"));
		server.behaviour = Behaviour.UNAUTHORIZED;
		assertTrue(sentence().contains("does not accept the credentials (HTTP 401)"));
		server.behaviour = Behaviour.WEB_PAGE;
		assertTrue(sentence().contains("is not a Prometheus: HTTP 200, text/html"));
		server.behaviour = Behaviour.OTHER_JSON;
		assertTrue(sentence().contains("is not a Prometheus"));
		server.behaviour = Behaviour.BAD_QUERY;
		assertTrue(sentence().contains("Query 'cpu'") && sentence().contains("1:5: parse error"));
		server.behaviour = Behaviour.NOT_READY;
		assertTrue(sentence().contains("is not ready (HTTP 503)"));
		server.behaviour = Behaviour.BREAKS_OFF;
		assertTrue(sentence().contains("breaks off"), sentence());
		for (Behaviour hangs : new Behaviour[] { Behaviour.HANGS, Behaviour.HANGS_IN_BODY }) {
			server.behaviour = hangs;
			assertTimeout(Duration.ofSeconds(30), () -> {
				String said = sentence("timeout", "700ms");
				assertTrue(said.contains("did not answer within 700 ms"), said);
			});
		}
	}

	@Test
	void afterAFailureNothingIsLost() throws PluginException {
		try (MetricSource source = open()) {
			source.poll(now);
			server.behaviour = Behaviour.BREAKS_OFF;
			now = now.plusSeconds(30);
			assertThrows(PluginException.class, () -> source.poll(now));
			server.behaviour = Behaviour.ANSWERS;
			now = now.plusSeconds(30);
			assertEquals(4, source.poll(now).ticks().size());
		}
	}

	@Test
	void aServerThatTakesNoPostIsAskedByGet() throws PluginException {
		server.behaviour = Behaviour.NO_POST;
		try (MetricSource source = open()) {
			assertEquals(45, source.poll(now).ticks().get(0).series().size());
		}
	}

	@Test
	void credentialsAreSentAndNeverShown() throws PluginException {
		try (MetricSource source = open("username", "ann", "password", "p:w")) {
			source.info();
			assertEquals("Basic " + Base64.getEncoder().encodeToString("ann:p:w".getBytes(StandardCharsets.UTF_8)), server.authorization);
		}
		try (MetricSource source = open("token", "s3cret")) {
			source.info();
			assertEquals("Bearer s3cret", server.authorization);
			server.behaviour = Behaviour.UNAUTHORIZED;
			String said = assertThrows(PluginException.class, source::info).getMessage();
			assertFalse(said.contains("s3cret"), said);
		}
		assertFalse(PrometheusSettings.of(DECLARED.settings(values("token", "s3cret"))).toString().contains("s3cret"));
		assertThrows(PluginException.class, () -> open("token", "a", "username", "b"));
	}

	@Test
	void wrongSettingsAreNamed() {
		Map<String[], String> wrong = new HashMap<>();
		wrong.put(new String[] { "rules", "a = b\ncpu percent x" }, "line 2");
		wrong.put(new String[] { "rules", "network.in[ms] = x" }, "network.in is measured in B/s");
		wrong.put(new String[] { "rules", "cpu[furlong] = x" }, "'furlong' is not known");
		wrong.put(new String[] { "groups", "web = instance~web-(" }, "line 1");
		wrong.put(new String[] { "groups", "what" }, "'what' is not of the form");
		wrong.put(new String[] { "step", "500ms" }, "step");
		wrong.put(new String[] { "latency-quantile", "95" }, "latency-quantile");
		wrong.put(new String[] { "hosts", "false", "latency", "false" }, "nothing to read");
		wrong.put(new String[] { "url", "http://u:p@127.0.0.1" }, "url");
		wrong.forEach((pairs, part) -> {
			String said = assertThrows(PluginException.class, () -> open(pairs)).getMessage();
			assertTrue(said.contains(part), said);
		});
	}

	@Test
	void groupsComeFromLabelsAndPatterns() throws PluginException {
		GroupPreview byLabel = new PrometheusSourceFactory().preview(DECLARED.settings(values("groups", "group = label:role")));
		assertEquals(Set.of("web", "app", "db"), byLabel.groups().keySet());
		assertEquals(List.of("db-2", "db-5", "db-8"), byLabel.groups().get("db"));
		assertTrue(byLabel.unmatched().isEmpty());
		GroupPreview byPattern = new PrometheusSourceFactory()
				.preview(DECLARED.settings(values("groups", "front = instance~web-.*\nfront-one = role=web\nold = instance~app-1:.*")));
		assertEquals(Set.of("front", "old"), byPattern.groups().keySet());
		assertEquals(List.of("web-0", "web-3", "web-6"), byPattern.groups().get("front"));
		assertEquals(List.of("app-1"), byPattern.groups().get("old"));
		assertEquals(List.of("app-4", "app-7", "db-2", "db-5", "db-8"), byPattern.unmatched());
		server.behaviour = Behaviour.BAD_QUERY;
		assertThrows(PluginException.class, () -> new PrometheusSourceFactory().preview(DECLARED.settings(values())));
	}

	@Test
	void idsOfAllKindsOfAddresses() throws PluginException {
		Hosts stripped = new Hosts(PrometheusSettings.of(DECLARED.settings(values())));
		assertEquals("a.example", stripped.idOf(Map.of("instance", "a.example:9100"), "instance"));
		assertEquals("[fe80::1]", stripped.idOf(Map.of("instance", "[fe80::1]:9100"), "instance"));
		assertEquals("fe80::1", stripped.idOf(Map.of("instance", "fe80::1"), "instance"));
		assertEquals("plain", stripped.idOf(Map.of("instance", "plain"), "instance"));
		assertEquals("", stripped.idOf(Map.of("instance", "group:web"), "instance"));
		assertEquals("", stripped.idOf(Map.of("job", "x"), "instance"));
		assertEquals("urn:x", stripped.idOf(Map.of("instance", "urn:x"), "instance"));
		Hosts kept = new Hosts(PrometheusSettings.of(DECLARED.settings(values("strip-port", "false"))));
		assertEquals("a:9100", kept.idOf(Map.of("instance", "a:9100"), "instance"));
	}

	@Test
	void threeThousandHostsAreFollowedInBoundedMemory() throws PluginException {
		server.hosts = 3000;
		try (MetricSource source = open("timeout", "60s")) {
			long begin = System.nanoTime();
			Batch first = source.poll(now);
			double firstSeconds = (System.nanoTime() - begin) / 1e9;
			assertEquals(15_000, first.ticks().get(0).series().size());
			assertEquals(3000, resources(first).size());
			first = null;
			long before = used();
			begin = System.nanoTime();
			int polls = 20;
			for (int i = 0; i < polls; i++) {
				now = now.plusSeconds(15);
				Batch batch = source.poll(now);
				assertEquals(1, batch.ticks().size());
				assertTrue(batch.changes().isEmpty());
			}
			double seconds = (System.nanoTime() - begin) / 1e9 / polls;
			long after = used();
			System.out.printf("Prometheus source, 3,000 hosts, 15,000 series: first poll %.2f s, then %.3f s each (fixture included); heap %.1f to %.1f MB%n",
					firstSeconds, seconds, before / 1e6, after / 1e6);
			assertTrue(after - before < 5_000_000, "grew by " + (after - before) + " bytes over " + polls + " polls");
			assertTrue(seconds < 15, "slower than its step");
			long[] samples = new long[2];
			begin = System.nanoTime();
			source.backfill(now.minus(Duration.ofHours(1)), now, batch -> {
				long piece = batch.blocks().stream().mapToLong(block -> block.series().length()).sum();
				samples[0] += piece;
				samples[1] = Math.max(samples[1], piece);
			}, Progress.NONE);
			System.out.printf("an hour of history of 3,000 hosts: %,d samples, pieces up to %,d, %.2f s%n", samples[0], samples[1],
					(System.nanoTime() - begin) / 1e9);
			assertEquals(15_000 * 240, samples[0]);
			assertTrue(samples[1] <= 200_000);
		}
	}

	private static long used() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}
}
