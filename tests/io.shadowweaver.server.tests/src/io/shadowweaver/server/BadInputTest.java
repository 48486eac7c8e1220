// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Limits;
import io.shadowweaver.server.security.Scope;

/** Callers that break off, crawl or flood: they are told so, and nothing of them stays. */
@Timeout(60)
class BadInputTest {
	private static final String SOLVE = "/api/v1/estates/sine/scenarios/solve";
	private static final String EVENTS = "/api/v1/estates/sine/events";
	private static final int MOST_THREADS = 16;
	private static final Duration IDLE = Duration.ofMillis(700);

	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;
	private String key;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory.resolve("estates/sine"));
		key = new ApiKeys(directory, Clock.systemUTC()).add("caller", Set.of(Scope.READ, Scope.OPERATE), Optional.empty()).key();
		Limits usual = Limits.DEFAULT;
		Limits limits = new Limits(10_000, usual.failuresPerMinute(), usual.bodyBytes(), usual.connections(), usual.streams(), usual.streamsPerCaller(), usual.time(), IDLE);
		server = new ApiServer(ServerSettings.LOOPBACK.withLimits(limits), () -> List.of(weaver), List::of, Optional.of(directory), Clock.systemUTC());
		server.start();
		assertTrue(answer("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 200"));
	}

	@AfterEach
	void end() {
		server.close();
		weaver.close();
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", server.uri().getPort());
		socket.setSoTimeout(20_000);
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
	}

	private String answer(String request) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request);
			return rest(socket);
		}
	}

	private static String rest(Socket socket) throws IOException {
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private String head(String method, String path) {
		return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: " + key + "\r\nContent-Type: application/json\r\n";
	}

	private static void problem(String status, String answer) {
		assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
		assertTrue(answer.contains("application/problem+json"), answer);
		assertFalse(answer.contains("Exception") || answer.contains("\tat "), answer);
	}

	private void nothingStays() throws Exception {
		eventually("connections", () -> server.connections() == 0);
		eventually("streams", () -> server.streams() == 0);
		assertEquals(0, weaver.config().thresholds().size());
		assertTrue(answer("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 200"));
	}

	private void eventually(String what, BooleanSupplier holds) throws InterruptedException {
		for (int i = 0; i < 200 && !holds.getAsBoolean(); i++) {
			Thread.sleep(50);
		}
		assertTrue(holds.getAsBoolean(), () -> what + " stay: " + server.connections() + " connections, " + server.streams() + " streams");
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("api")).sorted().toList();
	}

	@Test
	void aBodyThatEndsTooEarly() throws Exception {
		try (Socket socket = connect()) {
			send(socket, head("POST", SOLVE) + "Content-Length: 100\r\n\r\n{\"version\":1,");
			socket.shutdownOutput();
			problem("400", rest(socket));
		}
		try (Socket socket = connect()) {
			send(socket, head("PUT", "/api/v1/estates/sine/thresholds/mine") + "If-None-Match: *\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"");
			socket.shutdownOutput();
			problem("400", rest(socket));
		}
		nothingStays();
	}

	@Test
	void aBodyThatDoesNotGoOn() throws Exception {
		long begun = System.nanoTime();
		try (Socket socket = connect()) {
			send(socket, head("POST", SOLVE) + "Content-Length: 100\r\n\r\n{");
			problem("408", rest(socket));
		}
		assertTrue(System.nanoTime() - begun >= IDLE.toNanos() / 2);
		try (Socket socket = connect()) {
			send(socket, "GET /healthz HTTP/1.1\r\nHost: loc");
			rest(socket);
		}
		nothingStays();
	}

	@Test
	void aBodyWithoutEnd() throws Exception {
		try (Socket socket = connect()) {
			send(socket, head("POST", SOLVE) + "Transfer-Encoding: chunked\r\n\r\n");
			String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
			try {
				for (int i = 0; i < 64; i++) {
					send(socket, chunk);
				}
			} catch (SocketException e) {
				// the server does not take all of it
			}
			problem("413", rest(socket));
		}
		problem("431", answer("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\nConnection: close\r\n\r\n"));
		nothingStays();
	}

	@Test
	void streamsThatAreHalfClosedOrReset() throws Exception {
		List<Socket> open = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			Socket socket = connect();
			send(socket, head("GET", EVENTS) + "Accept: text/event-stream\r\n\r\n");
			open.add(socket);
		}
		eventually("less streams", () -> server.streams() == 100);
		for (int i = 0; i < 100; i++) {
			if (i % 2 == 0) {
				open.get(i).shutdownOutput();
			} else {
				open.get(i).setSoLinger(true, 0);
				open.get(i).close();
			}
		}
		for (int i = 0; i < 10 && server.streams() > 0; i++) {
			weaver.step();
			Thread.sleep(100);
		}
		for (Socket socket : open) {
			socket.close();
		}
		for (int i = 0; i < 10 && server.streams() > 0; i++) {
			weaver.step();
			Thread.sleep(100);
		}
		nothingStays();
// the threads of the server itself, which it keeps for a while, and the one that writes to streams
		assertTrue(threads().stream().filter(name -> name.matches("api-[0-9].*")).count() <= MOST_THREADS, threads().toString());
		assertEquals(List.of("api-streams"), threads().stream().filter(name -> !name.matches("api-[0-9].*") && !name.equals("api-scaler")).toList());
	}

	@Test
	void streamsOfHttp2ThatAreResetAtOnce() throws Exception {
		byte[] request = http2Request("/api/v1/estates");
		try (Socket socket = connect()) {
			OutputStream out = socket.getOutputStream();
			out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
			out.write(frame(4, 0, 0, new byte[0]));
			// read meanwhile: what was not read is lost when the connection is reset
			FutureTask<Integer> end = new FutureTask<>(() -> goAway(socket));
			Thread.ofVirtual().start(end);
			int sent = 0;
			try {
				for (; sent < 20_000; sent++) {
					out.write(frame(1, 5, 2 * sent + 1, request));
					out.write(frame(3, 0, 2 * sent + 1, new byte[] { 0, 0, 0, 8 }));
				}
			} catch (SocketException e) {
				// it was cut off
			}
			assertEquals(11, end.get(), "a flood of resets ends with ENHANCE_YOUR_CALM");
		}
		nothingStays();
		try (HttpClient client = HttpClient.newHttpClient()) {
			assertEquals(200, client.send(HttpRequest.newBuilder(server.uri().resolve("/api/v1/estates")).build(), BodyHandlers.ofString()).statusCode());
		}
	}

	/** The error code of the frame that ends the connection; -1 when it ends without. */
	private static int goAway(Socket socket) throws IOException {
		DataInputStream in = new DataInputStream(socket.getInputStream());
		try {
			while (true) {
				int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
				int type = in.readUnsignedByte();
				in.skipNBytes(5);
				byte[] payload = in.readNBytes(length);
				if (type == 7) {
					return payload[7];
				}
			}
		} catch (EOFException | SocketException e) {
			return -1;
		}
	}

	private byte[] http2Request(String path) throws IOException {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		// GET and http from the static table, the rest literally
		block.write(0x82);
		block.write(0x86);
		literal(block, 1, "localhost");
		literal(block, 4, path);
		return block.toByteArray();
	}

	private static void literal(ByteArrayOutputStream block, int name, String value) throws IOException {
		block.write(name);
		block.write(value.length());
		block.write(value.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static byte[] frame(int type, int flags, int stream, byte[] payload) throws IOException {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(new byte[] { (byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags, (byte) (stream >> 24), (byte) (stream >> 16),
				(byte) (stream >> 8), (byte) stream });
		frame.write(payload);
		return frame.toByteArray();
	}

	@Test
	void pathsThatClimbAndHeadersThatAreTwoThings() throws Exception {
		for (String path : List.of("/docs/../../../etc/passwd", "/docs/..%2f..%2fetc/passwd", "/docs/%2e%2e;/x", "/api/v1/estates/..%5c..%5cx/resources", "/docs/\u0000")) {
			String answer = answer(head("GET", path) + "Connection: close\r\n\r\n");
			assertTrue(answer.startsWith("HTTP/1.1 40"), path + ": " + answer);
			assertFalse(answer.contains("Exception") || answer.contains("root:"), answer);
		}
		problem("400", answer(head("POST", SOLVE) + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"));
		problem("400", answer(head("POST", SOLVE) + "Content-Length: 2\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{}"));
		nothingStays();
	}
}
