// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.engine.Weaver;

class GrafanaTest {
	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory);
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver));
		server.start();
	}

	@AfterEach
	void end() {
		server.close();
		weaver.close();
	}

	private JsonNode ok(String path) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<String> response = client.send(HttpRequest.newBuilder(server.uri().resolve("api/v1/estates/sine/" + path)).build(), BodyHandlers.ofString());
			assertEquals(200, response.statusCode(), response.body());
			return new ObjectMapper().readTree(response.body());
		}
	}

	@Test
	void nodesHaveARingThatIsWhole() throws Exception {
		for (String view : List.of("topology/nodes?metric=requests", "topology/nodes?metric=requests&view=planned&at=PT30M")) {
			JsonNode nodes = ok(view);
			assertEquals(3, nodes.size());
			for (JsonNode node : nodes) {
				assertEquals(1, node.get("arc__used").asDouble() + node.get("arc__free").asDouble(), 1e-9);
				assertTrue(node.get("arc__used").asDouble() > 0, node.toString());
				assertEquals("web", node.get("detail__group").asText());
			}
			assertEquals(view.contains("view"), !nodes.get(0).get("secondaryStat").asText().isEmpty());
		}
		assertEquals(0, ok("topology/edges").size());
	}

	@Test
	void aForecastIsFlatRows() throws Exception {
		JsonNode rows = ok("forecast-rows/group:web/requests");
		Instant before = weaver.state().time();
		for (JsonNode row : rows) {
			Instant time = Instant.parse(row.get("time").asText());
			assertTrue(time.isAfter(before) && row.get("low").asDouble() <= row.get("median").asDouble() && row.get("median").asDouble() <= row.get("high").asDouble(), row.toString());
			before = time;
		}
		assertTrue(rows.size() > 3);
	}

	@Test
	void whatHasNoAddressIsNoTarget() throws Exception {
		assertEquals(0, ok("sd").size());
		JsonNode targets = ok("sd?label=tier&port=9101");
		assertEquals(3, targets.size());
		assertEquals("web:9101", targets.get(0).get("targets").get(0).asText());
		assertEquals("web-1", targets.get(0).get("labels").get("__meta_shadowweaver_resource").asText());
	}
}
