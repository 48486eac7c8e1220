// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.kit.state.StateReader;

@Timeout(60)
class StreamTest {
	private static final ObjectMapper JSON = new ObjectMapper();
	private static final String PATH = "api/v1/estates/sine/events";

	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory);
		server = new ApiServer(ServerSettings.LOOPBACK, () -> List.of(weaver));
		server.start();
	}

	@AfterEach
	void end() {
		client.shutdownNow();
		server.close();
		weaver.close();
	}

	private record Event(String id, String type, JsonNode data) {
	}

	/** An open stream of server-sent events. */
	private static final class Events implements AutoCloseable {
		private final InputStream body;
		private final BufferedReader in;

		Events(InputStream body) {
			this.body = body;
			in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
		}

		/** The next event; {@code null} at the end. */
		Event next() throws IOException {
			String id = "";
			String type = "";
			String data = "";
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				if (line.startsWith("id: ")) {
					id = line.substring(4);
				} else if (line.startsWith("event: ")) {
					type = line.substring(7);
				} else if (line.startsWith("data: ")) {
					data = line.substring(6);
				} else if (line.isEmpty() && !data.isEmpty()) {
					return new Event(id, type, JSON.readTree(data));
				}
			}
			return null;
		}

		/** Ends a read that waits, too: the reader would wait for that one itself. */
		@Override
		public void close() throws IOException {
			body.close();
		}
	}

	private Events open(String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(PATH));
		if (headers.length > 0) {
			request.headers(headers);
		}
		HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
		assertEquals(200, response.statusCode());
		assertTrue(response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream"));
		return new Events(response.body());
	}

	private Events openWhole(String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(PATH + "?detail=whole"));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return new Events(client.send(request.build(), BodyHandlers.ofInputStream()).body());
	}

	@Test
	void wholeEventsLeadToTheStateOfTheServer() throws Exception {
		String last;
		WeaverState seen;
		try (Events events = openWhole()) {
			seen = StateReader.full(events.next().data());
			assertSame(weaver.state(), seen);
			weaver.step();
			seen = StateReader.apply(seen, events.next().data());
			assertSame(weaver.state(), seen);
			weaver.step();
			Event third = events.next();
			seen = StateReader.apply(seen, third.data());
			last = third.id();
		}
		weaver.step();
		try (Events events = openWhole("Last-Event-ID", last)) {
			Event next = events.next();
			assertEquals("change", next.type());
			assertSame(weaver.state(), StateReader.apply(seen, next.data()));
		}
	}

	/** All but the pages, which have no equality; and each slot of those. */
	private static void assertSame(WeaverState wanted, WeaverState got) throws ReflectiveOperationException {
		for (var component : WeaverState.class.getRecordComponents()) {
			if (component.getType() != SeriesPages.class) {
				assertEquals(component.getAccessor().invoke(wanted), component.getAccessor().invoke(got), component.getName());
			}
		}
		assertEquals(wanted.series().size(), got.series().size());
		for (int slot = 0; slot < wanted.series().size(); slot++) {
			assertEquals(wanted.series().id(slot), got.series().id(slot));
			assertEquals(wanted.series().value(slot), got.series().value(slot));
			assertEquals(wanted.series().forecast(slot), got.series().forecast(slot));
		}
	}

	@Test
	void anotherDetailIsRefused() throws Exception {
		assertEquals(400, client.send(HttpRequest.newBuilder(server.uri().resolve(PATH + "?detail=half")).build(), BodyHandlers.ofString()).statusCode());
	}

	@Test
	void aFullStateAndThenWhatIsDifferent() throws Exception {
		try (Events events = open()) {
			Event full = events.next();
			assertEquals("state", full.type());
			assertEquals(weaver.state().version(), full.data().get("version").asLong());
			assertEquals(3, full.data().get("resources").size());
			assertEquals(1, full.data().get("values").size(), "all are of one time");
			assertEquals(4, full.data().get("values").get(0).get("subjects").size());
			boolean told = false;
			for (JsonNode issue : full.data().get("forecasts")) {
				told |= issue.get("model").asText().equals("last") && issue.get("subjects").path("group:web").toString().equals("[\"requests\"]");
			}
			assertTrue(told, full.data().toString());
			weaver.step();
			Event change = events.next();
			assertEquals("change", change.type());
			assertEquals(weaver.state().time().toString(), change.data().get("time").asText());
			assertNull(change.data().get("resources"), "nothing of the topology has changed: " + change.data());
			JsonNode values = change.data().get("values").get(0);
			assertEquals(weaver.state().time().toString(), values.get("time").asText());
			double value = values.get("subjects").get("web-2").get("requests").asDouble();
			assertEquals(weaver.state().series().value(new SeriesId("web-2", "requests")), value);
		}
	}

	@Test
	void whoAppliesAllEventsHasTheValuesOfTheServer() throws Exception {
		Map<SeriesId, Double> values = new HashMap<>();
		Map<SeriesId, Instant> issued = new HashMap<>();
		try (Events events = open()) {
			for (int tick = 0; tick < 6; tick++) {
				JsonNode data = events.next().data();
				data.path("values").forEach(one -> one.get("subjects").properties()
						.forEach(subject -> subject.getValue().properties().forEach(metric -> values.put(new SeriesId(subject.getKey(), metric.getKey()), metric.getValue().asDouble()))));
				data.path("forecasts").forEach(one -> one.get("subjects").properties()
						.forEach(subject -> subject.getValue().forEach(metric -> issued.put(new SeriesId(subject.getKey(), metric.asText()), Instant.parse(one.get("issuedAt").asText())))));
				SeriesPages series = weaver.state().series();
				for (int slot = 0; slot < series.size(); slot++) {
					assertEquals(series.value(slot), values.get(series.id(slot)), series.id(slot) + " at tick " + tick);
					assertEquals(series.forecast(slot).map(Forecast::issuedAt).orElse(null), issued.get(series.id(slot)), series.id(slot) + " at tick " + tick);
				}
				weaver.step();
			}
		}
	}

	@Test
	void noSessionOfAWebSocketPacksByItself() throws Exception {
		try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
			socket.getOutputStream().write(("GET /" + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			assertTrue(in.readLine().contains(" 101 "));
			for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
				assertTrue(!header.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions"), header);
			}
		}
	}

	@Test
	void inGzipAReaderMayBeginAtAnyEvent() throws Exception {
		try (Events plain = open(); Events early = openPacked()) {
			assertEquals("state", plain.next().type());
			assertEquals("state", early.next().type());
			weaver.step();
			Event second = plain.next();
			assertEquals(second, early.next());
			try (Events late = openPacked("Last-Event-ID", second.id())) {
				weaver.step();
				Event third = plain.next();
				assertEquals("change", third.type());
				assertEquals(third, early.next());
				assertEquals(third, late.next());
			}
		}
	}

	private Events openPacked(String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(PATH)).header("Accept-Encoding", "gzip");
		if (headers.length > 0) {
			request.headers(headers);
		}
		HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
		assertEquals("gzip", response.headers().firstValue("content-encoding").orElse(""));
		return new Events(new GZIPInputStream(response.body()) {
			@Override
			public int available() {
				// it says 1 while it is open, and a reader on top would wait for a full buffer
				return 0;
			}
		});
	}

	@Test
	void whoComesBackGoesOnBehindTheLastEventOrGetsAllWhenThatIsTooOld() throws Exception {
		String last;
		try (Events events = open()) {
			last = events.next().id();
		}
		List<Long> missed = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			missed.add(weaver.step().version());
			// each is an event of its own once the one before was made
			Thread.sleep(100);
		}
		try (Events events = open("Last-Event-ID", last)) {
			for (long version : missed) {
				Event event = events.next();
				assertEquals("change", event.type());
				assertEquals(version, event.data().get("version").asLong());
			}
		}
		for (String unknown : List.of("00000000-1", "x", last + "999", "../" + last)) {
			try (Events events = open("Last-Event-ID", unknown)) {
				assertEquals("state", events.next().type(), unknown);
			}
		}
		try (Events events = open("Last-Event-ID", last)) {
			assertEquals("change", events.next().type());
			for (int i = 0; i < 700; i++) {
				weaver.step();
				Thread.sleep(2);
			}
		}
		try (Events events = open("Last-Event-ID", last)) {
			assertEquals("state", events.next().type(), "the event is not kept any more");
		}
	}

	private static final class Messages implements WebSocket.Listener {
		private final LinkedBlockingQueue<String> all = new LinkedBlockingQueue<>();
		private final StringBuilder part = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			part.append(data);
			if (last) {
				all.add(part.toString());
				part.setLength(0);
			}
			socket.request(1);
			return null;
		}
	}

	@Test
	void aWebSocketCarriesTheSameAsCloudEvents() throws Exception {
		Messages messages = new Messages();
		URI uri = URI.create(server.uri().toString().replace("http", "ws") + PATH);
		WebSocket socket = client.newWebSocketBuilder().subprotocols("cloudevents.json").buildAsync(uri, messages).get(10, TimeUnit.SECONDS);
		assertEquals("cloudevents.json", socket.getSubprotocol());
		JsonNode full = JSON.readTree(messages.all.poll(10, TimeUnit.SECONDS));
		assertEquals("io.shadowweaver.estate.state.v1", full.get("type").asText());
		assertEquals("/api/v1/estates/sine", full.get("source").asText());
		weaver.step();
		JsonNode change = JSON.readTree(messages.all.poll(10, TimeUnit.SECONDS));
		assertEquals("io.shadowweaver.estate.change.v1", change.get("type").asText());
		assertEquals(weaver.state().version(), change.get("data").get("version").asLong());
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
		Messages again = new Messages();
		weaver.step();
		WebSocket second = client.newWebSocketBuilder().buildAsync(URI.create(uri + "?lastEventId=" + change.get("id").asText()), again).get(10, TimeUnit.SECONDS);
		assertEquals(weaver.state().version(), JSON.readTree(again.all.poll(10, TimeUnit.SECONDS)).get("data").get("version").asLong());
		second.abort();
	}

	/** It is cut off when it falls out of the ring, or when one event takes too long: that depends on what the system keeps for a socket. */
	@Test
	@Timeout(150)
	void aSlowReaderIsCutOffAndHarmsNobody() throws Exception {
		try (Socket slow = new Socket(); Events quick = open()) {
			slow.setReceiveBufferSize(32 << 10);
			slow.connect(new java.net.InetSocketAddress("127.0.0.1", server.uri().getPort()));
			slow.getOutputStream().write(("GET /" + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			quick.next();
			Thread reads = Thread.ofVirtual().start(() -> {
				try {
					while (quick.next() != null) {
						// on
					}
				} catch (IOException e) {
					// it is closed
				}
			});
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
			while (server.streams() < 2 && System.nanoTime() < end) {
				Thread.sleep(5);
			}
			while (server.streams() == 2 && System.nanoTime() < end) {
				weaver.step();
				Thread.sleep(1);
			}
			assertEquals(1, server.streams(), "the slow one is cut off, the quick one reads on");
			assertTrue(reads.isAlive());
			slow.setSoTimeout(10_000);
			try {
				while (slow.getInputStream().read(new byte[8192]) >= 0) {
					// what the system has kept
				}
			} catch (java.net.SocketException e) {
				// reset: it has ended, too
			}
		}
	}

	@Test
	void whatIsNoStreamIsAProblem() throws Exception {
		HttpResponse<String> unknown = client.send(HttpRequest.newBuilder(server.uri().resolve("api/v1/estates/no/events")).build(), BodyHandlers.ofString());
		assertEquals(404, unknown.statusCode());
		assertEquals(Problem.JSON, unknown.headers().firstValue("content-type").orElse(""));
		HttpResponse<String> post = client.send(HttpRequest.newBuilder(server.uri().resolve(PATH)).DELETE().build(), BodyHandlers.ofString());
		assertEquals(405, post.statusCode());
		assertEquals("GET", post.headers().firstValue("allow").orElse(""));
		try (Socket half = new Socket("127.0.0.1", server.uri().getPort())) {
			half.getOutputStream().write(("GET /" + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			half.setSoTimeout(10_000);
			assertTrue(new String(half.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 4"));
		}
		assertEquals(0, server.streams());
	}
}
