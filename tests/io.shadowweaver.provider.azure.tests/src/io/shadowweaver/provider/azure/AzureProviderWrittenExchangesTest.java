// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Instance.State;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange.ResourceSeen;
import io.shadowweaver.tck.WrittenExchanges;

/** What is called for each wish, what is read of the answers, and what becomes of faults. */
class AzureProviderWrittenExchangesTest {
	private static final String OURS = "\"shadowweaver-token\": \"f00d\"";
	private static final String THEIRS = "\"shadowweaver-token\": \"beef\"";
	private static final String NAME = Launch.name(WrittenAzure.wish());

	private static String failure(Class<? extends PluginException> type, Executable call) {
		PluginException failure = assertThrows(PluginException.class, call);
		assertEquals(type == RefusedException.class, failure instanceof RefusedException, failure.getMessage());
		StringWriter whole = new StringWriter();
		failure.printStackTrace(new PrintWriter(whole));
		assertFalse(whole.toString().contains(WrittenAzure.SECRET) || whole.toString().contains("eyJ"), "a secret is told: " + whole);
		return failure.getMessage();
	}

	@Test
	void offersAreSizesWithZonesAndTheTightestQuota() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("skus", "skus-2", "usages"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			List<Offer> offers = provider.offers();
			assertEquals(List.of("Standard_D2s_v5", "Standard_D4s_v5"), offers.stream().map(Offer::id).toList(), "restricted and unwanted ones are left out");
			assertEquals(List.of("westeurope-1", "westeurope-2"), offers.getFirst().zones());
			assertEquals(List.of("westeurope-2"), offers.getLast().zones(), "restricted in a zone");
			assertEquals(List.of(3, 1), offers.stream().map(Offer::quotaLeft).toList(), "6 cores of the family are left");
			assertEquals(8 * Math.pow(1024, 3), offers.getFirst().capacity().get("memory"));
			exchanges.value("limit", "4");
			assertTrue(failure(RefusedException.class, () -> provider.dryRun(WrittenAzure.wish())).contains("no quota left"));
			assertTrue(failure(RefusedException.class, () -> provider.dryRun(WrittenAzure.wish("Standard_D8s_v5", "westeurope-1", ""))).contains("offers no size"));
		}
	}

	@Test
	void createMakesTheInterfaceAndThenTheMachine() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			WrittenAzure.free(exchanges).once("interface-put-later", "interface-operation", "machine-put");
			Instance made = provider.create(WrittenAzure.wish());
			assertEquals(NAME, made.id());
			assertEquals("f00d", made.token());
			assertEquals(State.PENDING, made.state());
			assertEquals("westeurope-1", made.zone());
			assertEquals(List.of("token", "machines", "machine-gone", "interface-gone", "image", "interface-put-later", "interface-operation", "machine-put"), exchanges.played());
			exchanges.once("machines").value("machines", WrittenAzure.machine(NAME, OURS, "Succeeded"));
			assertEquals(NAME, provider.create(WrittenAzure.wish()).id(), "the token's machine is there");
		}
	}

	@Test
	void aListHasAllPagesStatesAndAddressesAndRegistersWhatRuns() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.value("machines", WrittenAzure.machine(NAME, OURS, "Succeeded")).value("more", WrittenAzure.machine("other", "", "Succeeded"))
					.value("statuses", WrittenAzure.status(NAME, "running") + ", " + WrittenAzure.status("other", "deallocated"))
					.value("interfaces", WrittenAzure.nic(NAME, true, OURS + ", \"shadowweaver-registration\": \"lb/web\"", ""))
					.always("machines-1", "machines-2", "status", "interfaces", "skus", "skus-2", "scale-sets").once("interface-register");
			List<Instance> all = provider.list();
			assertEquals(List.of("other", NAME), all.stream().map(Instance::name).toList());
			assertEquals(State.RUNNING, all.getLast().state());
			assertEquals("10.0.0.7", all.getLast().address());
			assertEquals(Instant.parse("2026-05-01T10:00:00.123456700Z"), all.getLast().createdAt());
			assertEquals("Its power state is deallocated.", all.getFirst().detail());
			provider.list();
			assertEquals(1, exchanges.played("interface-register"), "registered once");
			List<Resource> running = provider.discover().stream().map(change -> ((ResourceSeen) change).resource()).toList();
			assertEquals(List.of("10.0.0.7"), running.stream().map(Resource::id).toList(), "only what runs");
			assertEquals("westeurope-1", running.getFirst().label(Resource.ZONE));
			assertEquals(2, running.getFirst().capacity("cpu"));
		}
	}

	@Test
	void anInterfaceThatIsLeftStandsForItsMachineUntilItIsRemoved() throws Exception {
		InstantSource clock = () -> Instant.parse("2026-05-01T10:01:00Z");
		String tags = OURS + ", \"shadowweaver-made\": \"2026-05-01T10:00:00Z\"";
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider soon = WrittenAzure.open(exchanges, Map.of(), clock);
				CloudProvider later = WrittenAzure.open(exchanges, Map.of("settling", "30s"), clock)) {
			exchanges.value("interfaces", WrittenAzure.nic(NAME, false, tags, "")).value("interface", WrittenAzure.nic(NAME, false, tags, "")).always("machines", "interfaces");
			assertEquals(State.PENDING, soon.list().getFirst().state(), "the machine may still appear");
			Instance left = later.list().getFirst();
			assertEquals(State.FAILED, left.state());
			assertEquals("f00d", left.token());
			exchanges.once("machine-delete-gone", "interface-get", "interface-delete");
			later.delete(left.id());
		}
	}

	@Test
	void anInterfaceOfSomebodyElseIsLeftAlone() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.value("interface", WrittenAzure.nic("x", false, "", "")).once("machine-delete-gone", "interface-get");
			provider.delete("x");
			exchanges.value("deleted", "202").once("machine-delete");
			provider.delete("x");
		}
	}

	@ParameterizedTest
	@CsvSource({ "SubscriptionNotFound", "ResourceGroupNotFound", "''" })
	void whatCannotBeLookedIntoIsNotGone(String code) throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().value("code", code); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.once("machine-delete-error");
			assertTrue(failure(RefusedException.class, () -> provider.delete(NAME)).contains("cannot be removed"));
			exchanges.once("machine-delete-gone", "interface-get-error");
			assertTrue(failure(RefusedException.class, () -> provider.delete(NAME)).contains("cannot be removed"));
			exchanges.once("interface-get-error");
			assertTrue(failure(RefusedException.class, () -> provider.drain(NAME)).contains("cannot be drained"));
			exchanges.once("machines", "machine-gone", "interface-get-error");
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).contains("saying 'No.'"), "nothing is made");
		}
	}

	@ParameterizedTest
	@CsvSource({ "409, QuotaExceeded", "404, PlatformImageNotFound", "403, AuthorizationFailed", "429, TooManyRequests" })
	void aRefusedMachineLeavesNoInterface(String status, String code) throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.value("status", status).value("code", code).value("interface", WrittenAzure.nic(NAME, false, OURS, ""));
			WrittenAzure.free(exchanges).once("interface-put", "machine-put-error", "interface-get", "interface-delete");
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).contains("saying 'No.'"));
			if (status.equals("404")) {
				WrittenAzure.free(exchanges).once("interface-put", "machine-put-error", "interface-get", "interface-delete-later", "interface-deleted");
				assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).contains("saying 'No.'"), "its removal is waited for");
			}
			WrittenAzure.free(exchanges).once("interface-put", "machine-put-error", "interface-get", "interface-delete-reserved");
			assertTrue(failure(PluginException.class, () -> provider.create(WrittenAzure.wish())).contains("Nic is reserved"), "something is left, so that it is not certain");
		}
	}

	@ParameterizedTest
	@CsvSource({ "machine-put-lost, 0", "machine-put-html, 0", "machine-put-error, 500", "machine-put-error, 503" })
	void whatIsNotKnownIsNotRefusedAndNothingIsUndone(String exchange, String status) throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			WrittenAzure.free(exchanges.value("status", status).value("code", "InternalError")).once("interface-put", exchange);
			assertTrue(failure(PluginException.class, () -> provider.create(WrittenAzure.wish())).endsWith("Whether it was done is not known."));
			assertEquals(1, exchanges.played(exchange), "asked for once");
		}
	}

	@Test
	void nothingIsMadeWithoutTheImage() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.once("machines", "machine-gone", "interface-gone", "image-gone");
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).endsWith("has no image '" + WrittenAzure.IMAGE + "'."));
			exchanges.once("machines", "machine-gone", "interface-gone", "image-error").value("status", "403");
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).contains("(403)"));
		}
	}

	/** For the breaker and for the plan: whether to ask again, and what for. */
	@ParameterizedTest
	@CsvSource({ "409, QuotaExceeded, LIMIT", "409, ZonalAllocationFailed, LIMIT", "409, SkuNotAvailable, MISSING", "404, PlatformImageNotFound, MISSING", "403, AuthorizationFailed, ACCESS",
			"429, TooManyRequests, DOWN", "409, Conflict, OTHER" })
	void aRefusedMachineIsOfItsKind(String status, String code, AccountFault kind) throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().value("status", status).value("code", code).value("interface", WrittenAzure.nic(NAME, false, OURS, ""));
				CloudProvider provider = WrittenAzure.open(exchanges)) {
			WrittenAzure.free(exchanges).once("interface-put", "machine-put-error", "interface-get", "interface-delete");
			assertEquals(kind, assertThrows(RefusedException.class, () -> provider.create(WrittenAzure.wish())).fault());
		}
	}

	@Test
	void whatIsNotThereOrUsedUpIsOfItsKind() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("skus", "skus-2", "usages"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.once("image-gone");
			assertEquals(AccountFault.MISSING, assertThrows(RefusedException.class, () -> provider.dryRun(WrittenAzure.wish())).fault(), "the image");
			assertEquals(AccountFault.MISSING, assertThrows(RefusedException.class, () -> provider.dryRun(WrittenAzure.wish("Standard_D8s_v5", "westeurope-1", ""))).fault(), "the size");
			assertEquals(AccountFault.MISSING, assertThrows(RefusedException.class, () -> provider.create(WrittenAzure.wish("Standard_D2s_v5", "mars-1", ""))).fault(), "the zone");
			exchanges.value("limit", "4");
			assertEquals(AccountFault.LIMIT, assertThrows(RefusedException.class, () -> provider.dryRun(WrittenAzure.wish())).fault(), "the quota");
		}
	}

	@Test
	void aMachineThatComesMeanwhileIsTheTokensOrRefusesTheWish() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.value("status", "412").value("code", "PreconditionFailed").value("machine", WrittenAzure.machine(NAME, OURS, "Creating"));
			WrittenAzure.free(exchanges).once("interface-put", "machine-put-error", "machine-get");
			assertEquals(NAME, provider.create(WrittenAzure.wish()).id());
			exchanges.value("machine", WrittenAzure.machine(NAME, THEIRS, "Creating")).value("interface", WrittenAzure.nic(NAME, false, OURS, ""));
			WrittenAzure.free(exchanges).once("interface-put", "machine-put-error", "machine-get", "interface-get", "interface-delete");
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).contains("412"), "what was made for it goes again");
			exchanges.value("machine", "<html>");
			WrittenAzure.free(exchanges).once("interface-put", "machine-put-error", "machine-get");
			assertTrue(failure(PluginException.class, () -> provider.create(WrittenAzure.wish())).endsWith("Whether it was done is not known."));
		}
	}

	@Test
	void aMachineOfTheNameIsTakenOnlyWithTheSameToken() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("machines", "machine-get"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.value("machine", WrittenAzure.machine(NAME, OURS, "Creating"));
			assertEquals("f00d", provider.create(WrittenAzure.wish()).token());
			exchanges.value("machine", WrittenAzure.machine(NAME, THEIRS, "Succeeded"));
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).endsWith(NAME + " is taken by a machine with another token."));
			exchanges.value("machine", WrittenAzure.machine(NAME, OURS, "Succeeded").replace("westeurope", "northeurope"));
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).endsWith(NAME + " stands in another location."));
		}
	}

	@Test
	void anInterfaceOfTheNameIsTakenUpOnlyWithTheSameTokenAndAlone() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("machines", "machine-gone", "interface-get"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.value("interface", WrittenAzure.nic(NAME, false, THEIRS, ""));
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).endsWith("is taken by a network interface with another token."));
			exchanges.value("interface", WrittenAzure.nic(NAME, false, "", ""));
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).endsWith("is taken by a network interface with another token."));
			exchanges.value("interface", WrittenAzure.nic(NAME, true, OURS, ""));
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).contains("another machine has its network interface"));
			exchanges.value("interface", WrittenAzure.nic(NAME, false, OURS, "")).once("image", "interface-put", "machine-put");
			assertEquals(NAME, provider.create(WrittenAzure.wish()).id(), "what an earlier call has left is used");
		}
	}

	@Test
	void aCreationThatFailsLaterTellsWhy() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			WrittenAzure.free(exchanges).once("interface-put", "machine-put").always("status", "interfaces");
			provider.create(WrittenAzure.wish());
			exchanges.once("machines", "machine-operation-failed").value("machines", WrittenAzure.machine(NAME, OURS, "Failed"));
			Instance failed = provider.list().getFirst();
			assertEquals(State.FAILED, failed.state());
			assertEquals("It was not made: There is no room in the zone. (AllocationFailed).", failed.detail());
		}
	}

	@Test
	void aRemovalThatFailsLaterTellsWhy() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("status", "interfaces", "machines"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.value("machines", WrittenAzure.machine(NAME, OURS, "Succeeded")).value("statuses", WrittenAzure.status(NAME, "running")).once("machine-delete-later");
			provider.delete(NAME);
			exchanges.once("machine-removal").value("operation", "InProgress");
			assertEquals("", provider.list().getFirst().detail());
			exchanges.once("machine-removal").value("operation", "Failed");
			Instance stays = provider.list().getFirst();
			assertEquals(State.RUNNING, stays.state());
			assertEquals("It was not removed: The disk is locked. (ScopeLocked).", stays.detail());
			assertEquals(stays, provider.list().getFirst(), "Azure is not asked again, since it forgets");
			exchanges.once("machine-delete-later", "machine-removal").value("operation", "Succeeded");
			provider.delete(NAME);
			assertEquals("", provider.list().getFirst().detail(), "the last removal counts");
		}
	}

	@Test
	void anInterfaceThatOutlivesItsMachineIsOnItsWayOut() throws Exception {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));
		String nic = WrittenAzure.nic(NAME, false, OURS + ", \"shadowweaver-made\": \"2026-05-01T10:00:00Z\"", "");
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("machines", "interfaces"); CloudProvider provider = WrittenAzure.open(exchanges, Map.of("settling", "5m"), now::get)) {
			exchanges.value("interfaces", nic.replace("\"ipConfigurations\"", "\"provisioningState\": \"Deleting\", \"ipConfigurations\""));
			assertEquals(State.DELETING, provider.list().getFirst().state(), "Azure says so");
			exchanges.value("interfaces", nic).once("machine-delete-later", "machine-removal").value("operation", "InProgress");
			provider.delete(NAME);
			assertEquals(State.DELETING, provider.list().getFirst().state(), "the removal goes on");
			exchanges.once("machine-removal").value("operation", "Succeeded");
			assertEquals(State.DELETING, provider.list().getFirst().state(), "the removal was just done");
			now.set(now.get().plus(Duration.ofMinutes(5)));
			assertEquals(State.FAILED, provider.list().getFirst().state(), "it should have gone by now");
			exchanges.once("machine-delete-later", "machine-removal").value("operation", "Failed");
			provider.delete(NAME);
			Instance stays = provider.list().getFirst();
			assertEquals(State.FAILED, stays.state());
			assertTrue(stays.detail().endsWith("It was not removed: The disk is locked. (ScopeLocked)."), stays.detail());
		}
	}

	@Test
	void drainTakesPoolAndTagAwayInOneCall() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges(); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.value("interface", WrittenAzure.nic(NAME, true, OURS + ", \"shadowweaver-registration\": \"lb/web\"", WrittenAzure.pool())).once("interface-get", "interface-drain",
					"interface-gone");
			provider.drain(NAME);
			provider.drain(NAME);
		}
	}

	@Test
	void aDryRunTellsTheCallsWithoutUserDataAndLooksAtTheParts() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("skus", "skus-2", "usages", "subnet", "pool", "machine-gone", "interface-gone"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.once("image");
			List<String> lines = provider.dryRun(WrittenAzure.wish("Standard_D2s_v5", "westeurope-1", "lb/web"));
			assertEquals(3, lines.size());
			assertTrue(lines.get(1).startsWith("PUT " + exchanges.address()) && lines.get(1).contains("\"customData\":\"(not shown)\""), lines.get(1));
			exchanges.once("image-gone");
			assertTrue(failure(RefusedException.class, () -> provider.dryRun(WrittenAzure.wish())).contains("has no image"));
			assertTrue(failure(RefusedException.class, () -> provider.dryRun(WrittenAzure.wish("Standard_D4s_v5", "westeurope-1", ""))).contains("only in [westeurope-2]"));
		}
	}

	@Test
	void anAddressThatCannotBeReadIsAFaultOfTheAnswer() throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("interfaces"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.once("machines-astray");
			String said = failure(PluginException.class, provider::list);
			assertTrue(said.contains("it answered 200 to GET /subscriptions/s-1/") && said.endsWith("saying 'an address that cannot be read'."), said);
			WrittenAzure.free(exchanges).once("interface-put-astray");
			said = failure(PluginException.class, () -> provider.create(WrittenAzure.wish()));
			assertTrue(said.endsWith("saying 'an address that cannot be read'. Whether it was done is not known."), said);
			WrittenAzure.free(exchanges).once("interface-put", "machine-put-astray");
			said = failure(PluginException.class, () -> provider.create(WrittenAzure.wish()));
			assertTrue(said.endsWith("saying 'an address that cannot be read'. Whether it was done is not known."), said);
		}
	}

	@ParameterizedTest
	@CsvSource({ "machines-html, is not JSON", "machines-stranger, is not a list of Azure", "machines-down, it answered 503" })
	void aListThatIsNoneIsAFault(String exchange, String why) throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always(exchange, "interfaces"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			String said = failure(PluginException.class, provider::list);
			assertTrue(said.contains(why), said);
		}
	}

	@Test
	void wrongCredentialsAnExpiredTokenAndABusyInterfaceAreDealtWith() throws Exception {
		try (WrittenExchanges exchanges = new WrittenExchanges(WrittenAzure.class).always("token-declined"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			assertTrue(failure(PluginException.class, provider::list).contains("does not accept the credentials"));
			failure(RefusedException.class, () -> provider.create(WrittenAzure.wish()));
		}
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("machines", "interfaces"); CloudProvider provider = WrittenAzure.open(exchanges)) {
			exchanges.once("unauthorized", "machines-busy");
			assertEquals(List.of(), provider.list());
			assertEquals(2, exchanges.played("token"));
		}
	}

	@Test
	void nothingIsMadeWhileTheClocksDiffer() throws Exception {
		InstantSource late = () -> InstantSource.system().instant().minus(Duration.ofMinutes(61));
		try (WrittenExchanges exchanges = WrittenAzure.exchanges().always("machines"); CloudProvider provider = WrittenAzure.open(exchanges, Map.of(), late)) {
			assertTrue(failure(RefusedException.class, () -> provider.create(WrittenAzure.wish())).contains("minutes ahead of ours"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "subscription, a/b", "resource-group, a/b", "location, ..", "tenant, a/b", "ssh-key, none", "sizes, ','", "disk-size, -1", "lead.p95, 1s", "groups, web", "resource-id, serial",
			"address, both", "admin-user, 0 x" })
	void settingsThatCannotBeAreNamed(String key, String value) throws Exception {
		try (WrittenExchanges exchanges = WrittenAzure.exchanges()) {
			String said = failure(PluginException.class, () -> WrittenAzure.open(exchanges, Map.of(key, value), InstantSource.system()));
			assertTrue(said.contains("(" + key + ")"), said);
		}
	}
}
