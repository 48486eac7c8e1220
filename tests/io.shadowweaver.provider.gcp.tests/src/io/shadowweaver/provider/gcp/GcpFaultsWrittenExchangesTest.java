// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.tck.WrittenExchanges;

/** What becomes of faults: a sentence without a secret, and a refusal exactly where it is certain that nothing was made. */
class GcpFaultsWrittenExchangesTest {
	private static String failure(Class<? extends PluginException> type, Executable call) {
		PluginException failure = assertThrows(PluginException.class, call);
		assertEquals(type == RefusedException.class, failure instanceof RefusedException, failure.getMessage());
		StringWriter whole = new StringWriter();
		failure.printStackTrace(new PrintWriter(whole));
		assertFalse(whole.toString().contains(WrittenGoogle.pem().substring(60, 100)), "the key is told: " + whole);
		assertFalse(whole.toString().contains("ya29."), "the token is told: " + whole);
		assertFalse(whole.toString().contains("eyJ"), "the assertion is told: " + whole);
		return failure.getMessage();
	}

	/** For the breaker: whether to ask again, and when. */
	private static void kind(AccountFault kind, Executable call) {
		PluginException failure = assertThrows(PluginException.class, call);
		assertEquals(kind, AccountFault.of(failure), failure.getMessage());
	}

	private static WrittenExchanges creating(WrittenExchanges exchanges, String insert) {
		return exchanges.always("instances-of-token-none", "image-family", insert);
	}

	@Test
	void wrongCredentialsAreSaid() throws Exception {
		try (WrittenExchanges exchanges = new WrittenExchanges(WrittenGoogle.class).always("token-declined"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			String said = failure(PluginException.class, provider::list);
			assertTrue(said.contains("does not accept the credentials") && said.contains("Invalid JWT Signature: ***"), said);
			failure(RefusedException.class, () -> provider.create(WrittenGoogle.wish()));
		}
	}

	@Test
	void anExpiredTokenIsRenewed() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances").value("instances", ""); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.once("unauthorized");
			assertEquals(List.of(), provider.list());
			assertEquals(2, exchanges.played("token"));
			exchanges.once("unauthorized", "unauthorized");
			String said = failure(PluginException.class, provider::list);
			assertTrue(said.contains("they have expired (401)") && said.contains("credentials: ***"), said);
		}
	}

	@Test
	void aQuotaOf0OffersNothingMore() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("region-quota-0", "project", "zones", "machine-types-a-1", "machine-types-a-2", "machine-types-b");
				CloudProvider provider = WrittenGoogle.open(exchanges)) {
			assertEquals(List.of(0, 0, 1), provider.offers().stream().map(offer -> offer.quotaLeft()).toList(), "N2 has a quota of its own");
			String said = failure(RefusedException.class, () -> provider.dryRun(WrittenGoogle.wish()));
			assertTrue(said.contains("no quota left for one more e2-standard-2"), said);
		}
	}

	@Test
	void anImageThatIsNotThereIsRefused() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.always("instances-of-token-none", "image-gone", "region", "project", "zones", "machine-types-a-1", "machine-types-a-2", "machine-types-b");
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenGoogle.wish())).contains("has no image 'debian-cloud/debian-12'"));
			failure(RefusedException.class, () -> provider.dryRun(WrittenGoogle.wish()));
		}
	}

	@Test
	void aDryRunLooksAtTypeZoneNetworkAndRegistration() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.always("region", "project", "zones", "machine-types-a-1", "machine-types-a-2", "machine-types-b", "image-family");
			assertTrue(failure(RefusedException.class, () -> provider.dryRun(WrittenGoogle.wish("f00d", "n2-highcpu-2", ""))).contains("offers no machine type"), "deprecated");
			CreateRequest wish = WrittenGoogle.wish("f00d", "e2-standard-4", "");
			CreateRequest elsewhere = new CreateRequest(wish.token(), wish.name(), wish.group(), wish.offer(), "europe-west3-b", wish.image(), "", "", Map.of(), "", wish.reviewBy());
			assertTrue(failure(RefusedException.class, () -> provider.dryRun(elsewhere)).contains("only in [europe-west3-a]"));
			exchanges.once("subnetwork-gone");
			assertTrue(failure(RefusedException.class, () -> provider.dryRun(wish)).contains("has no subnetwork"));
			exchanges.once("subnetwork", "target-pool-gone");
			assertTrue(failure(RefusedException.class, () -> provider.dryRun(WrittenGoogle.wish("f00d", "e2-standard-4", "targetPools/web-pool"))).contains("has no registration"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "insert-quota", "insert-no-room", "insert-taken-by-another" })
	void whatIsDeclinedIsCertain(String insert) throws Exception {
		boolean taken = insert.equals("insert-taken-by-another");
		try (WrittenExchanges exchanges = creating(WrittenGoogle.exchanges(), taken ? "insert-taken" : insert).always("instance-gone"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			String said = failure(RefusedException.class, () -> provider.create(WrittenGoogle.wish()));
			assertTrue(said.contains(taken ? "already exists" : insert.equals("insert-quota") ? "the quota is used up (403), saying 'Quota 'CPUS' exceeded."
					: "there is no room for this type in the zone now"), said);
			assertEquals(1, exchanges.played().stream().filter(name -> name.startsWith("insert")).count(), "asked for once");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "insert-lost", "insert-html", "insert-text", "insert-internal" })
	void whatIsNotKnownIsNotRefused(String insert) throws Exception {
		try (WrittenExchanges exchanges = creating(WrittenGoogle.exchanges(), insert); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			String said = failure(PluginException.class, () -> provider.create(WrittenGoogle.wish()));
			assertTrue(said.endsWith("Whether it was done is not known."), said);
			assertEquals(1, exchanges.played(insert), "asked for once");
		}
	}

	@ParameterizedTest
	@CsvSource({ "400, true", "404, true", "408, false", "429, true", "500, false", "502, false", "503, false" })
	void aStatusTellsWhetherItIsCertain(int status, boolean certain) throws Exception {
		try (WrittenExchanges exchanges = creating(WrittenGoogle.exchanges(), "insert-error").value("status", Integer.toString(status)).value("said", "No.");
				CloudProvider provider = WrittenGoogle.open(exchanges)) {
			failure(certain ? RefusedException.class : PluginException.class, () -> provider.create(WrittenGoogle.wish()));
			assertEquals(1, exchanges.played("insert-error"), "asked for once");
		}
	}

	@ParameterizedTest
	@CsvSource({ "list-html, is not JSON", "list-stranger, is not one of Compute Engine", "list-gone, (404)", "instances-zone-unreachable, europe-west3-b cannot be reached",
			"instances-unreachables, europe-west3-c cannot be reached" })
	void aListThatIsNoneIsAFault(String exchange, String why) throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always(exchange).value("instances", ""); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			String said = failure(PluginException.class, provider::list);
			assertTrue(said.startsWith("The instances cannot be listed at Google Compute Engine, project shadow-1, europe-west3: ") && said.contains(why), said);
			failure(PluginException.class, provider::discover);
		}
	}

	@Test
	void anotherRegionMayBeDown() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances-elsewhere-unreachable").value("instances", ""); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			assertEquals(List.of(), provider.list());
		}
	}

	@Test
	void aQuestionIsAskedAgainWhenComputeEngineSays() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances").value("instances", ""); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.once("list-busy");
			assertEquals(List.of(), provider.list());
		}
	}

	@ParameterizedTest
	@CsvSource({ "insert-quota, LIMIT", "insert-no-room, LIMIT", "insert-type-gone, MISSING", "insert-internal, DOWN", "insert-lost, DOWN", "insert-html, ANSWER", "insert-text, ANSWER" })
	void aFailedCreationIsOfItsKind(String insert, AccountFault kind) throws Exception {
		String offer = insert.equals("insert-type-gone") ? "tck-no-such-offer" : "e2-standard-2";
		try (WrittenExchanges exchanges = creating(WrittenGoogle.exchanges(), insert); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			kind(kind, () -> provider.create(WrittenGoogle.wish("f00d", offer, "")));
		}
	}

	@ParameterizedTest
	@CsvSource({ "QUOTA_EXCEEDED, LIMIT", "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS, LIMIT", "RESOURCE_NOT_FOUND, MISSING", "UNSUPPORTED_OPERATION, MISSING", "PERMISSIONS_ERROR, ACCESS",
			"INTERNAL_ERROR, DOWN", "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE, OTHER" })
	void aFailedOperationIsOfItsKind(String code, AccountFault kind) {
		assertEquals(kind, new Operation("operation-1", "", true, code, "").fault());
	}

	@Test
	void aFailedQuestionIsOfItsKind() throws Exception {
		try (WrittenExchanges exchanges = new WrittenExchanges(WrittenGoogle.class).always("token-declined"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			kind(AccountFault.ACCESS, provider::list);
			kind(AccountFault.ACCESS, () -> provider.create(WrittenGoogle.wish()));
		}
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.once("list-html");
			kind(AccountFault.ANSWER, provider::list);
			exchanges.once("region-down");
			kind(AccountFault.DOWN, provider::offers);
			exchanges.once("api-off");
			kind(AccountFault.ACCESS, provider::offers);
		}
	}

	@Test
	void whatIsNotThereOrUsedUpIsOfItsKind() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.always("instances-of-token-none", "image-gone", "project", "zones", "machine-types-a-1", "machine-types-a-2", "machine-types-b").once("region-quota-0");
			kind(AccountFault.LIMIT, () -> provider.dryRun(WrittenGoogle.wish()));
			exchanges.always("region");
			kind(AccountFault.MISSING, () -> provider.dryRun(WrittenGoogle.wish()));
			kind(AccountFault.MISSING, () -> provider.dryRun(WrittenGoogle.wish("f00d", "n2-highcpu-2", "")));
			kind(AccountFault.MISSING, () -> provider.create(WrittenGoogle.wish()));
			exchanges.once("managers-none");
			kind(AccountFault.MISSING, () -> provider.setSize("tck-no-such-group", 1));
		}
	}

	@Test
	void aRegionThatIsDownAndAnInterfaceThatIsOffAreSaid() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().once("region-down", "api-off"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			assertTrue(failure(PluginException.class, provider::offers).contains("the region europe-west3 is DOWN"));
			assertTrue(failure(PluginException.class, provider::offers).contains("has not been used in project 4711"));
		}
	}

	@Test
	void aCloudThatIsNotThereIsSaid() throws Exception {
		String nowhere;
		try (ServerSocket socket = new ServerSocket(0)) {
			nowhere = "http://127.0.0.1:" + socket.getLocalPort();
		}
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges, Map.of("endpoint", nowhere))) {
			assertTrue(failure(PluginException.class, provider::list).contains("it cannot be reached"));
		}
	}

	@Test
	void whatIsGoneIsRemoved() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().once("delete-gone", "instance-gone"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			provider.delete("europe-west3-a/web-7-0a");
			provider.drain("europe-west3-a/web-7-0a");
			provider.drain("no id of ours");
			exchanges.once("delete-failed");
			assertTrue(failure(PluginException.class, () -> provider.delete("europe-west3-a/web-7-0a")).contains("It is in use"));
		}
	}

	@Test
	void drainingWhileSomebodyChangesTheMetadataFails() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().once("instance-get", "target-pool", "set-metadata-changed"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("found", WrittenGoogle.instance(exchanges, "web-7-0a", "europe-west3-a", "RUNNING", Map.of(), Map.of("shadowweaver-registration", "targetPools/web-pool")));
			assertTrue(failure(RefusedException.class, () -> provider.drain("europe-west3-a/web-7-0a")).contains("it answered 412"));
		}
	}

	@Test
	void nothingIsMadeWhileTheClocksDiffer() throws Exception {
		InstantSource late = () -> InstantSource.system().instant().minus(Duration.ofMinutes(61));
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances-of-token-none"); CloudProvider provider = WrittenGoogle.open(exchanges, Map.of(), late)) {
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenGoogle.wish())).contains("minutes ahead of ours"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "zone, us-central1-a, is no zone of the region", "zone, '', is no zone of the region", "image, '', names no image", "registration, backends/web, is neither targetPools/NAME",
			"offer, ../e2, is no name of a machine type" })
	void aWishOfWhichNoCallCanBeMadeIsRefused(String what, String value, String why) throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			CreateRequest good = WrittenGoogle.wish();
			CreateRequest bad = new CreateRequest(good.token(), good.name(), good.group(), what.equals("offer") ? value : good.offer(), what.equals("zone") ? value : good.zone(),
					what.equals("image") ? value : good.image(), good.network(), good.userData(), good.tags(), what.equals("registration") ? value : "", good.reviewBy());
			String said = failure(RefusedException.class, () -> provider.create(bad));
			assertTrue(said.contains(why), said);
			assertEquals(List.of(), exchanges.played());
		}
	}
}
