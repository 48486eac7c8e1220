// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.engine.Weaver;

@Timeout(60)
class PrometheusQueryTest {
	private static final ObjectMapper JSON = new ObjectMapper();

	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;
	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory);
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver));
		server.start();
	}

	@AfterEach
	void end() {
		client.close();
		server.close();
		weaver.close();
	}

	private URI base() {
		return server.uri().resolve("api/v1/estates/sine/prometheus/");
	}

	private HttpResponse<String> get(String path, Map<String, String> parameters) throws Exception {
		StringBuilder query = new StringBuilder(path + "?");
		parameters.forEach((key, value) -> query.append(URLEncoder.encode(key, StandardCharsets.UTF_8)).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append('&'));
		return client.send(HttpRequest.newBuilder(base().resolve("api/v1/" + query)).build(), BodyHandlers.ofString());
	}

	private JsonNode data(String path, Map<String, String> parameters) throws Exception {
		HttpResponse<String> response = get(path, parameters);
		assertEquals(200, response.statusCode(), response.body());
		JsonNode answer = JSON.readTree(response.body());
		assertEquals("success", answer.get("status").asText());
		return answer.get("data");
	}

	private JsonNode vector(String query, Instant time) throws Exception {
		JsonNode data = data("query", Map.of("query", query, "time", time.toString()));
		assertEquals("vector", data.get("resultType").asText());
		return data.get("result");
	}

	private double one(String query, Instant time) throws Exception {
		JsonNode result = vector(query, time);
		assertEquals(1, result.size(), query + ": " + result);
		return Double.parseDouble(result.get(0).get("value").get(1).asText());
	}

	/** What the source measures. */
	private static double requests(Instant time) {
		return 40 + 20 * Math.sin(2 * Math.PI * (time.getEpochSecond() % 3600) / 3600.);
	}

	@Test
	void thePastIsMeasuredAndTheFutureIsTheForecast() throws Exception {
		Instant now = weaver.state().time();
		String one = "shadowweaver_value{subject=\"web-1\",metric=\"requests\"}";
		assertEquals(requests(now), one(one, now), 1e-6);
		assertEquals(requests(now.minusSeconds(1800)), one(one, now.minusSeconds(1800)), 1e-6);
		assertEquals(requests(now.minusSeconds(1800)), one(one + " offset 30m", now), 1e-6);
		Instant later = now.plusSeconds(1800);
		SeriesId group = new SeriesId("group:web", "requests");
		var bands = weaver.state().series().forecast(group).orElseThrow().bands().orElseThrow();
		assertEquals(bands.at(later, .5), one("shadowweaver_value{subject=\"group:web\"}", later), 1e-6);
		assertEquals(bands.at(later, .9), one("shadowweaver_forecast_value{subject=\"group:web\",level=\"0.9\"}", later), 1e-6);
		assertEquals(0, vector("shadowweaver_forecast_value", now.minusSeconds(600)).size(), "a forecast has no past");
		JsonNode range = data("query_range", Map.of("query", "shadowweaver_value{subject=\"group:web\"}", "start", now.minusSeconds(600).toString(), "end", later.toString(), "step", "1m"));
		assertEquals("matrix", range.get("resultType").asText());
		assertEquals(41, range.get("result").get(0).get("values").size());
		assertEquals(now.getEpochSecond() - 600, range.get("result").get(0).get("values").get(0).get(0).asLong());
	}

	@Test
	void selectorsAggregationsAndArithmetic() throws Exception {
		Instant now = weaver.state().time();
		double value = requests(now);
		assertEquals(3, vector("shadowweaver_value{subject=~\"web-.*\"}", now).size());
		assertEquals(2, vector("shadowweaver_value{subject!~\"group:.*\",subject!=\"web-3\"}", now).size());
		assertEquals(3 * value, one("sum(shadowweaver_value{subject=~\"web-[123]\"})", now), 1e-6);
		assertEquals(3, one("count by (metric) (shadowweaver_value{subject=~\"web-.*\"})", now));
		assertEquals(value, one("avg without (subject) (shadowweaver_value{subject=~\"web-.*\"})", now), 1e-6);
		assertEquals(3, vector("max by (subject) (shadowweaver_value{subject=~\"web-.*\"})", now).size());
		assertEquals(2 * value + 1, one("2 * shadowweaver_value{subject=\"web-1\"} + 1", now), 1e-6);
		assertEquals(1 / 3., one("sum(shadowweaver_value{subject=\"web-1\"}) / sum(shadowweaver_value{subject=~\"web-.*\"})", now), 1e-9);
		assertEquals(0, vector("shadowweaver_value{subject=\"web-1\"} > 1e6", now).size());
		assertEquals(value, one("shadowweaver_value{subject=\"web-1\"} > 1", now), 1e-6);
		assertEquals(512, data("query", Map.of("query", "2^3^2")).get("result").get(1).asDouble());
		assertEquals(-4, data("query", Map.of("query", "-2^2")).get("result").get(1).asDouble());
		double sum = 0;
		for (int i = 0; i < 10; i++) {
			sum += requests(now.minusSeconds(60L * i));
		}
		assertEquals(sum / 10, one("avg_over_time(shadowweaver_value{subject=\"web-1\"}[10m])", now), 1e-6);
		double rate = 0;
		for (int i = 9; i > 0; i--) {
			double before = requests(now.minusSeconds(60L * i));
			double after = requests(now.minusSeconds(60L * (i - 1)));
			rate += after < before ? after : after - before;
		}
		assertEquals(rate * 600 / 540 / 600, one("rate(shadowweaver_value{subject=\"web-1\"}[10m])", now), rate * .01);
	}

	@Test
	void atManyTimesIsAtEachTimeByItself() throws Exception {
		Instant now = weaver.state().time();
		Instant start = now.minusSeconds(4 * 3600);
		for (String query : List.of("shadowweaver_value", "shadowweaver_forecast_value", "{subject=~\".+\",level!=\"0.1\"} offset 7m", "sum by (metric) (shadowweaver_value)", "count(rate(shadowweaver_value[13m]) > 0)",
				"max without (subject) (avg_over_time(shadowweaver_value{subject=~\"web-.*\"}[1h] offset -10m)) * 2")) {
			int seen = 0;
			JsonNode many = data("query_range", Map.of("query", query, "start", start.toString(), "end", now.plusSeconds(7200).toString(), "step", "1111")).get("result");
			for (int i = 0; start.plusSeconds(1111L * i).isBefore(now.plusSeconds(7200)); i++) {
				Instant time = start.plusSeconds(1111L * i);
				Map<JsonNode, String> wanted = new HashMap<>();
				vector(query, time).forEach(row -> wanted.put(row.get("metric"), row.get("value").get(1).asText()));
				Map<JsonNode, String> got = new HashMap<>();
				for (JsonNode row : many) {
					row.get("values").forEach(point -> {
						if (point.get(0).asLong() == time.getEpochSecond()) {
							got.put(row.get("metric"), point.get(1).asText());
						}
					});
				}
				assertEquals(wanted, got, query + " at " + time);
				seen += got.size();
			}
			assertTrue(seen > 3, query);
		}
	}

	@Test
	void whatGrafanaAsksFirst() throws Exception {
		assertEquals("2.42.0", data("status/buildinfo", Map.of()).get("version").asText());
		assertEquals("[\"__name__\",\"estate\",\"level\",\"metric\",\"subject\"]", data("labels", Map.of()).toString());
		assertEquals("[\"group:web\",\"web-1\",\"web-2\",\"web-3\"]", data("label/subject/values", Map.of()).toString());
		assertEquals("[\"shadowweaver_forecast_value\",\"shadowweaver_value\"]", data("label/__name__/values", Map.of()).toString());
		assertEquals(1, data("series", Map.of("match[]", "shadowweaver_value{subject=\"web-1\"}")).size());
		assertEquals("gauge", data("metadata", Map.of()).get("shadowweaver_value").get(0).get("type").asText());
		HttpResponse<String> form = client.send(HttpRequest.newBuilder(base().resolve("api/v1/query")).header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString("query=" + URLEncoder.encode("1+1", StandardCharsets.UTF_8))).build(), BodyHandlers.ofString());
		assertEquals("2", JSON.readTree(form.body()).get("data").get("result").get(1).asText(), form.body());
	}

	@Test
	void whatIsWrongOrNotDoneSaysSo() throws Exception {
		for (String wrong : List.of("", "sum(", "x{", "x{a=b}", "{}", "{a=~\".*\"}", "x[5m]", "rate(x)", "1 +", "x offset", "\"text", "x{a=~\"(\"}", "a b", "sum(x[5m])", "x[0s]", "1 > 2", "(".repeat(200), "99999999999999999999d")) {
			HttpResponse<String> response = get("query", Map.of("query", wrong));
			assertEquals(400, response.statusCode(), wrong + ": " + response.body());
			assertEquals("bad_data", JSON.readTree(response.body()).get("errorType").asText(), wrong);
		}
		for (String other : List.of("histogram_quantile(0.9, x)", "x and y", "x + on(a) y", "topk(3, x)", "x[5m:1m]", "x @ 5", "x > bool 1", "shadowweaver_forecast_value + ignoring(level) shadowweaver_value")) {
			HttpResponse<String> response = get("query", Map.of("query", other));
			assertEquals(422, response.statusCode(), other + ": " + response.body());
			assertEquals("execution", JSON.readTree(response.body()).get("errorType").asText(), other);
		}
		assertEquals(400, get("query", Map.of("query", "1", "time", "tomorrow")).statusCode());
		assertEquals(400, get("query_range", Map.of("query", "1", "start", "0", "end", "1e9", "step", "1")).statusCode());
		assertEquals(400, get("query_range", Map.of("query", "1", "start", "0", "end", "10", "step", "0")).statusCode());
		assertEquals(400, get("series", Map.of()).statusCode());
	}

	@Test
	void theQueriesOfTheDashboardAreAnswered() throws Exception {
		JsonNode dashboard = JSON.readTree(Files.readString(Path.of(System.getProperty("shadowweaver.root"), "docs/api/grafana-dashboard.json")));
		Instant now = weaver.state().time();
		int asked = 0;
		for (JsonNode panel : dashboard.get("panels")) {
			for (JsonNode target : panel.get("targets")) {
				String query = target.get("expr").asText().replace("$subject", "group:web").replace("$metric", "requests");
				JsonNode data = data("query_range", Map.of("query", query, "start", now.minusSeconds(1800).toString(), "end", now.plusSeconds(1800).toString(), "step", "60"));
				assertEquals("matrix", data.get("resultType").asText());
				assertFalse(data.get("result").isEmpty(), query);
				asked++;
			}
		}
		assertEquals(4, asked);
	}

	@Test
	void promtoolReadsIt() throws Exception {
		boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
		assumeTrue(there, "promtool is not on the path: releng/packages test installs it");
		Instant now = weaver.state().time();
		String said = promtool("query", "range", "--start=" + now.getEpochSecond(), "--end=" + now.plus(Duration.ofMinutes(30)).getEpochSecond(), "--step=10m", base().toString(),
				"shadowweaver_forecast_value{subject=\"group:web\",level=\"0.5\"}");
		assertTrue(said.contains("shadowweaver_forecast_value{") && said.contains("@[" + now.plus(Duration.ofMinutes(30)).getEpochSecond()), said);
		assertFalse(promtool("query", "labels", base().toString(), "subject").isBlank());
		assertTrue(promtool("query", "series", "--match=shadowweaver_value{subject=\"web-1\"}", base().toString()).contains("web-1"));
	}

	private static String promtool(String... arguments) throws Exception {
		List<String> command = new java.util.ArrayList<>(List.of("promtool"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertTrue(process.waitFor(30, TimeUnit.SECONDS));
		assertEquals(0, process.exitValue(), said);
		return said;
	}
}
