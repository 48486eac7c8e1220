// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/** What the account says when the cloud does not do as it should; see {@link WrittenOpenStack} for where the exchanges come from. */
class OpenStackFaultsWrittenExchangesTest {
	private static final String SECRET = "very-secret-password";
	private static final String CREATE = "POST /compute/v2.1/servers";
	private static final String LIST = "GET /compute/v2.1/servers/detail";

	@TempDir
	Path directory;

	private WrittenOpenStack cloud;
	private CloudProvider provider;
	private volatile Duration behind = Duration.ZERO;

	@BeforeEach
	void open() throws Exception {
		cloud = new WrittenOpenStack();
		provider = open(Map.of());
	}

	private CloudProvider open(Map<String, String> more) throws Exception {
		Map<String, String> values = new HashMap<>(Map.of("endpoint", cloud.address() + "/v3/", "project", "estate", "user", "weaver", "password", SECRET, "image", "ubuntu", "network",
				"shared", "timeout", "2s"));
		values.putAll(more);
		return new OpenStackProviderFactory().open(Declared.only("io.shadowweaver.provider.openstack", "provider").settings(values), new TestContext(() -> Clock.systemUTC().instant().minus(behind), directory));
	}

	@AfterEach
	void close() {
		provider.close();
		cloud.close();
	}

	private static CreateRequest request(String image, String network, String registration) {
		return new CreateRequest("t1", "web-t1", "web", "m1.small", "zone-a", image, network, "#!/bin/sh\necho " + SECRET, Map.of("tier", "web"), registration,
				Instant.parse("2027-01-01T00:00:00Z"));
	}

	private static CreateRequest request() {
		return request("", "", "");
	}

	private static PluginException fails(Executable call, String... words) {
		PluginException failed = assertThrows(PluginException.class, call);
		for (String word : words) {
			assertTrue(failed.getMessage().contains(word), "'" + word + "' is not in: " + failed.getMessage());
		}
		for (Throwable t = failed; t != null; t = t.getCause()) {
			assertFalse(String.valueOf(t.getMessage()).contains(SECRET), "a secret is in: " + t.getMessage());
		}
		return failed;
	}

	private static void refused(Executable call, String... words) {
		assertInstanceOf(RefusedException.class, fails(call, words));
	}

	/** Fails without certainty. */
	private static void unknown(Executable call, String... words) {
		PluginException failed = fails(call, words);
		assertFalse(failed instanceof RefusedException, "claims certainty: " + failed.getMessage());
	}

	@Test
	void aServerIsMadeAsTheReferenceSays() throws Exception {
		Instance made = provider.create(request());
		assertEquals("srv-1", made.id());
		assertEquals(Instance.State.PENDING, made.state());
		String body = cloud.bodies.get(CREATE);
		for (String part : List.of("\"flavorRef\":\"1\"", "\"imageRef\":\"img-1\"", "\"availability_zone\":\"zone-a\"", "\"shadowweaver-token\":\"t1\"",
				"\"shadowweaver-review\":\"2027-01-01T00:00:00Z\"", "{\"uuid\":\"net-1\"}", "\"user_data\":")) {
			assertTrue(body.contains(part), part + " is not in " + body);
		}
	}

	@Test
	void theDryRunTellsTheBodyThatIsSentButNotTheUserData() throws Exception {
		List<String> calls = provider.dryRun(request());
		assertEquals(0, cloud.count(CREATE));
		provider.create(request());
		String sent = cloud.bodies.get(CREATE).replaceAll("(\"user_data\":\")[^\"]*", "$1(" + request().userData().length() + " characters)");
		assertTrue(calls.get(1).startsWith("POST " + cloud.address() + "/compute/v2.1/servers " + sent), calls + " against " + sent);
		assertFalse(String.join("", calls).contains(SECRET));
	}

	@Test
	void quotaLeftCountsTheTightestLimit() throws Exception {
		Offer offer = provider.offers().getFirst();
		assertEquals(7, offer.quotaLeft());
		assertEquals(List.of("zone-a"), offer.zones());
		assertEquals("RegionOne", offer.region());
		cloud.json("GET /compute/v2.1/limits", WrittenOpenStack.limits(10, 10));
		assertEquals(0, provider.offers().getFirst().quotaLeft());
		refused(() -> provider.dryRun(request()), "quota", "m1.small");
	}

	@Test
	void wrongCredentialsAreSaidAtOnce() {
		cloud.json("POST /v3/auth/tokens", 401, "{\"error\":{\"code\":401,\"message\":\"The request you have made requires authentication.\",\"title\":\"Unauthorized\"}}");
		long start = System.nanoTime();
		fails(provider::list, "credentials", "(401)", "requires authentication");
		assertTrue(System.nanoTime() - start < 3_000_000_000L, "wrong credentials were tried again and again");
	}

	@Test
	void anExpiredTokenIsRenewedOnce() throws Exception {
		cloud.answer(LIST, exchange -> {
			boolean expired = "token-1".equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"));
			cloud.send(exchange, expired ? 401 : 200, "application/json", expired ? "{\"error\":{\"message\":\"expired\"}}" : "{\"servers\":[]}");
		});
		assertTrue(provider.list().isEmpty());
		cloud.json(LIST, 401, "{\"error\":{\"code\":401,\"message\":\"The account is disabled.\"}}");
		fails(provider::list, "credentials", "The account is disabled");
	}

	@Test
	void aQuotaThatIsUsedUpIsARefusal() {
		cloud.json(CREATE, 403, "{\"forbidden\":{\"code\":403,\"message\":\"Quota exceeded for instances: Requested 1, but already used 10 of 10 instances\"}}");
		refused(() -> provider.create(request()), "Quota exceeded for instances", "web-t1");
	}

	@Test
	void whatIsNotThereIsARefusalBeforeTheCall() {
		refused(() -> provider.create(request("windows", "", "")), "no image 'windows'");
		refused(() -> provider.create(request("", "dark", "")), "no network 'dark'");
		cloud.json("GET /compute/v2.1/flavors/detail", "{\"flavors\":[]}");
		refused(() -> provider.create(request()), "no flavour 'm1.small'");
		assertEquals(0, cloud.count(CREATE));
	}

	@Test
	void afterAFaultOfTheServerNothingIsKnownAndNothingIsSentAgain() {
		cloud.json(CREATE, 500, "{\"computeFault\":{\"code\":500,\"message\":\"Unexpected API Error.\"}}");
		unknown(() -> provider.create(request()), "500", "Unexpected API Error", "not known");
		assertEquals(1, cloud.count(CREATE));
	}

	@Test
	void aBrokenConnectionIsNotSentAgain() {
		cloud.answer(CREATE, WrittenOpenStack::hangUp);
		unknown(() -> provider.create(request()), "not known");
		assertEquals(1, cloud.count(CREATE));
	}

	@Test
	void aSlowAnswerIsGivenUpAndNotSentAgain() {
		cloud.answer(CREATE, WrittenOpenStack.slow(4000, exchange -> cloud.send(exchange, 202, "application/json", "{}")));
		unknown(() -> provider.create(request()), "no answer came in time");
		assertEquals(1, cloud.count(CREATE));
	}

	@Test
	void anAnswerThatIsNotJsonIsSaid() {
		cloud.answer(LIST, exchange -> cloud.send(exchange, 200, "text/html", "<html><body>Welcome to the hotel</body></html>"));
		fails(provider::list, "not JSON");
		cloud.json(LIST, "{\"servers\": [{\"id\": 7,");
		fails(provider::list, "not JSON");
		cloud.answer(CREATE, exchange -> cloud.send(exchange, 202, "text/plain", "ok"));
		cloud.json(LIST, "{\"servers\":[]}");
		unknown(() -> provider.create(request()), "not JSON");
	}

	@Test
	void aListThatIsNotFoundIsNoEmptyCloud() {
		cloud.json(LIST, 404, "{\"itemNotFound\":{\"code\":404,\"message\":\"The resource could not be found.\"}}");
		fails(provider::list, "(404)");
		unknown(() -> provider.create(request()), "(404)");
		assertEquals(0, cloud.count(CREATE), "made without knowing what is there");
	}

	@Test
	void aRegionThatIsDownIsSaid() throws Exception {
		cloud.close();
		fails(provider::list, "cannot be reached");
		cloud = new WrittenOpenStack();
		try (CloudProvider elsewhere = open(Map.of("region", "Atlantis"))) {
			fails(elsewhere::list, "no region 'Atlantis'", "RegionOne");
		}
	}

	@Test
	void whileTheClocksDifferNothingIsMade() throws Exception {
		behind = Duration.ofHours(1);
		assertTrue(provider.list().isEmpty(), "reading goes on");
		refused(() -> provider.create(request()), "clock", "minutes ahead of ours");
		refused(() -> provider.dryRun(request()), "clock");
		assertEquals(0, cloud.count(CREATE));
		behind = Duration.ZERO;
		provider.create(request());
	}

	@Test
	void allPagesAreRead() throws Exception {
		cloud.answer(LIST, exchange -> {
			String query = String.valueOf(exchange.getRequestURI().getQuery());
			String body = query.contains("marker=a") ? "{\"servers\":[" + WrittenOpenStack.server("b", "t1", "ACTIVE", "") + "]}"
					: "{\"servers\":[" + WrittenOpenStack.server("a", "t0", "ACTIVE", "") + "],\"servers_links\":[{\"rel\":\"next\",\"href\":\"" + cloud.address()
							+ "/compute/v2.1/servers/detail?limit=1&marker=a\"}]}";
			cloud.send(exchange, 200, "application/json", body);
		});
		assertEquals(List.of("a", "b"), provider.list().stream().map(Instance::id).toList());
		assertEquals("b", provider.create(request()).id(), "a token on the second page is found");
		assertEquals(0, cloud.count(CREATE));
	}

	@Test
	void aServerThatFailedSaysWhy() throws Exception {
		cloud.json(LIST, "{\"servers\":[" + WrittenOpenStack.server("a", "t1", "ERROR", "") + "]}");
		cloud.json("GET /compute/v2.1/servers/a", "{\"server\":{\"fault\":{\"code\":500,\"message\":\"No valid host was found.\"}}}");
		Instance failed = provider.list().getFirst();
		assertEquals(Instance.State.FAILED, failed.state());
		assertTrue(failed.detail().contains("No valid host"), failed.detail());
	}

	@Test
	void aServerIsRegisteredDrainedAndTakenOut() throws Exception {
		String members = "/balancer/v2/lbaas/pools/pool-1/members";
		String server = WrittenOpenStack.server("a", "t1", "ACTIVE", ",\"shadowweaver-registration\":\"pool-1:8080\"");
		cloud.json(LIST, "{\"servers\":[" + server + "]}");
		cloud.json("GET /compute/v2.1/servers/a", "{\"server\":" + server + "}");
		cloud.json("GET " + members, "{\"members\":[]}");
		cloud.json("POST " + members, 201, "{\"member\":{\"id\":\"m1\"}}");
		assertEquals("", provider.list().getFirst().detail());
		assertEquals("{\"member\":{\"address\":\"10.0.0.7\",\"protocol_port\":8080}}", cloud.bodies.get("POST " + members));
		provider.list();
		assertEquals(1, cloud.count("POST " + members), "registered twice");
		cloud.json("GET " + members, "{\"members\":[{\"id\":\"m1\",\"address\":\"10.0.0.7\",\"protocol_port\":8080}]}");
		cloud.json("PUT " + members + "/m1", "{\"member\":{\"id\":\"m1\"}}");
		provider.drain("a");
		assertEquals("{\"member\":{\"weight\":0}}", cloud.bodies.get("PUT " + members + "/m1"));
		cloud.json("DELETE " + members + "/m1", 204, "");
		cloud.json("DELETE /compute/v2.1/servers/a", 204, "");
		provider.delete("a");
		assertTrue(cloud.calls.indexOf("DELETE " + members + "/m1") < cloud.calls.indexOf("DELETE /compute/v2.1/servers/a"), "taken out before it goes");
		assertEquals(1, cloud.count("DELETE /compute/v2.1/servers/a"));
	}

	@Test
	void aPoolThatIsNotThereIsARefusal() {
		refused(() -> provider.create(request("", "", "pool-9:80")), "pool-9");
		refused(() -> provider.create(request("", "", "pool")), "a colon and a port");
		assertEquals(0, cloud.count(CREATE));
	}
}
