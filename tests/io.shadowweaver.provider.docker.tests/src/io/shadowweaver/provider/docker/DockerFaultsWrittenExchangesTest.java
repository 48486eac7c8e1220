// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/**
 * Answers written after the published reference of the Engine API, version 1.41 (https://docs.docker.com/reference/api/engine/version/v1.41/), for faults
 * that a real engine does not have on demand.
 */
class DockerFaultsWrittenExchangesTest {
	private static final String CREATE = "POST /v1.41/containers/create";
	private static final String LIST = "GET /v1.41/containers/json";
	private static final String START = "POST /v1.41/containers/c1/start";

	@TempDir
	Path directory;

	private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
	private final Map<String, Object[]> answers = Collections.synchronizedMap(new HashMap<>());
	private volatile String sent = "";
	private HttpServer server;
	private CloudProvider provider;

	@BeforeEach
	void open() throws Exception {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::handle);
		server.start();
		answer(LIST, 200, "[]");
		answer("GET /v1.41/images/repo/web:1/json", 200, "{\"Id\":\"sha256:1\"}");
		answer(CREATE, 201, "{\"Id\":\"c1\",\"Warnings\":[]}");
		answer(START, 204, "");
		Map<String, String> values = Map.of("endpoint", "http://127.0.0.1:" + server.getAddress().getPort(), "image", "repo/web:1", "timeout", "2s");
		provider = new DockerProviderFactory().open(Declared.only("io.shadowweaver.provider.docker", "provider").settings(values), new TestContext(Clock.systemUTC(), directory));
	}

	@AfterEach
	void close() {
		provider.close();
		server.stop(0);
	}

	private void answer(String call, int status, String body) {
		answers.put(call, new Object[] { status, body });
	}

	private void handle(HttpExchange exchange) throws IOException {
		String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
		byte[] body = exchange.getRequestBody().readAllBytes();
		calls.add(call);
		if (call.equals(CREATE)) {
			sent = new String(body, StandardCharsets.UTF_8);
		}
		Object[] answer = answers.getOrDefault(call, new Object[] { 404, "{\"message\":\"page not found\"}" });
		if ((int) answer[0] == 0) {
			exchange.close();
			return;
		}
		byte[] bytes = ((String) answer[1]).getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders((int) answer[0], bytes.length == 0 ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	private static CreateRequest request() {
		return new CreateRequest("t1", "web-t1", "web", "small", "", "", "", "hello", Map.of("tier", "web"), "", Instant.parse("2027-01-01T00:00:00Z"));
	}

	private static String container(String state, String token) {
		return "[{\"Id\":\"c1\",\"Names\":[\"/web-t1\"],\"Image\":\"repo/web:1\",\"Created\":1767225600,\"State\":\"" + state + "\",\"Status\":\"Exited (1) 2 minutes ago\","
				+ "\"Labels\":{\"shadowweaver-token\":\"" + token + "\",\"shadowweaver-offer\":\"small\"},\"NetworkSettings\":{\"Networks\":{\"bridge\":{\"IPAddress\":\"172.17.0.2\"}}}}]";
	}

	private long count(String call) {
		return calls.stream().filter(call::equals).count();
	}

	@Test
	void aContainerIsMadeAsTheReferenceSays() throws Exception {
		provider.create(request());
		for (String part : List.of("\"Image\":\"repo/web:1\"", "\"shadowweaver-token\":\"t1\"", "\"NanoCpus\":1000000000", "\"Memory\":1073741824", "\"NetworkMode\":\"bridge\"",
				"\"SHADOWWEAVER_USER_DATA=hello\"")) {
			assertTrue(sent.contains(part), part + " is not in " + sent);
		}
		assertEquals(1, count(START));
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503, 0 })
	void afterAFaultNothingIsKnownAndNothingIsSentAgain(int status) {
		answer(CREATE, status, "{\"message\":\"storage driver\"}");
		PluginException failed = assertThrows(PluginException.class, () -> provider.create(request()));
		assertFalse(failed instanceof RefusedException, failed.getMessage());
		assertTrue(failed.getMessage().contains("not known"), failed.getMessage());
		assertEquals(1, count(CREATE));
	}

	@Test
	void aNameThatIsTakenIsARefusal() {
		answer(CREATE, 409, "{\"message\":\"Conflict. The container name \\\"/web-t1\\\" is already in use\"}");
		RefusedException refused = assertThrows(RefusedException.class, () -> provider.create(request()));
		assertTrue(refused.getMessage().contains("already in use"), refused.getMessage());
	}

	@Test
	void anImageThatIsNotThereIsARefusalBeforeTheCall() {
		answers.remove("GET /v1.41/images/repo/web:1/json");
		RefusedException refused = assertThrows(RefusedException.class, () -> provider.create(request()));
		assertTrue(refused.getMessage().contains("repo/web:1"), refused.getMessage());
		assertEquals(0, count(CREATE));
	}

	@Test
	void whatCannotBeStartedIsNotLeftBehind() {
		answer(START, 400, "{\"message\":\"exec: \\\"serve\\\": not found\"}");
		answer("DELETE /v1.41/containers/c1", 204, "");
		RefusedException refused = assertThrows(RefusedException.class, () -> provider.create(request()));
		assertTrue(refused.getMessage().contains("not found"), refused.getMessage());
		assertEquals(1, count("DELETE /v1.41/containers/c1"));
	}

	@Test
	void whatWasMadeButNotStartedIsStartedWhenItIsSeen() throws Exception {
		answer(LIST, 200, container("created", "t1"));
		assertEquals(Instance.State.PENDING, provider.list().getFirst().state());
		assertEquals(1, count(START));
		assertEquals("c1", provider.create(request()).id());
		assertEquals(0, count(CREATE));
	}

	@Test
	void aContainerThatEndedIsAFailureWithItsReason() throws Exception {
		answer(LIST, 200, container("exited", "t1"));
		Instance ended = provider.list().getFirst();
		assertEquals(Instance.State.FAILED, ended.state());
		assertEquals("Exited (1) 2 minutes ago.", ended.detail());
		assertEquals("172.17.0.2", ended.address());
		assertTrue(provider.discover().isEmpty());
	}

	@Test
	void anAnswerThatIsNotJsonIsSaid() {
		answer(LIST, 200, "<html>proxy</html>");
		assertTrue(assertThrows(PluginException.class, provider::list).getMessage().contains("not JSON"));
		answer(LIST, 200, "[{\"Id\":");
		assertTrue(assertThrows(PluginException.class, provider::list).getMessage().contains("not JSON"));
	}

	@Test
	void aListThatIsNotFoundIsNoEmptyHost() {
		answers.remove(LIST);
		assertTrue(assertThrows(PluginException.class, () -> provider.create(request())).getMessage().contains("404"));
		assertEquals(0, count(CREATE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "small", "small 0 1GiB", "small 1 1GB", "small 1 0MiB", "a 1 1GiB\na 2 2GiB" })
	void sizesThatAreNoneAreSaid(String text) {
		assertTrue(assertThrows(PluginException.class, () -> Size.parse(text)).getMessage().contains("Sizes (sizes)"));
	}
}
