// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Instance.State;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange.ResourceSeen;
import io.shadowweaver.tck.WrittenExchanges;

/** What the provider asks of Compute Engine and reads from its answers, over exchanges that were written from the API reference. */
class GcpProviderWrittenExchangesTest {
	private static final Map<String, String> ITEMS = Map.of("shadowweaver-token", "F00D", "shadowweaver-group", "web", "shadowweaver-tags", "{\"cost centre\":\"A/7\"}",
			"startup-script", "#!/bin/sh");

	private static WrittenExchanges withOffers(WrittenExchanges exchanges) {
		return exchanges.always("region", "project", "zones", "machine-types-a-1", "machine-types-a-2", "machine-types-b");
	}

	private static String ours(WrittenExchanges exchanges, String status, String registration) {
		// written so that the order of the items is that of the exchange that removes one
		return WrittenGoogle.instance(exchanges, "web-7-0a", "europe-west3-a", status, Map.of("purpose", "test"), new java.util.LinkedHashMap<>() {
			private static final long serialVersionUID = 1L;
			{
				put("shadowweaver-token", "f00d");
				if (!registration.isEmpty()) {
					put("shadowweaver-registration", registration);
				}
				put("startup-script", "#!/bin/sh");
			}
		});
	}

	@Test
	void offersTellSizeZonesAndWhatTheQuotasLeave() throws Exception {
		try (WrittenExchanges exchanges = withOffers(WrittenGoogle.exchanges()); CloudProvider provider = WrittenGoogle.open(exchanges, Map.of("external-address", "false", "disk-size", "0"))) {
			List<Offer> offers = provider.offers();
			assertEquals(List.of("e2-standard-2", "e2-standard-4", "n2-standard-2"), offers.stream().map(Offer::id).toList(), "both pages, without what is deprecated");
			Offer small = offers.getFirst();
			assertEquals(Map.of("cpu", 2.0, "memory", 8 * Math.pow(1024, 3)), small.capacity());
			assertEquals("e2-standard-2, 2 vCPUs, 8 GiB", small.name());
			assertEquals("europe-west3", small.region());
			assertEquals(List.of("europe-west3-a", "europe-west3-b"), small.zones(), "a zone that is down offers nothing");
			assertEquals(List.of("europe-west3-a"), offers.get(1).zones());
			assertEquals(List.of(5, 2, 3), offers.stream().map(Offer::quotaLeft).toList(), "cores left: 10 here, 12 in the project, 6 of N2");
			assertFalse(small.price().isKnown(), "Compute Engine tells no prices");
			assertEquals(Duration.ofSeconds(40), small.leadMedian());
		}
	}

	@Test
	void addressesAndDisksAreQuotasToo() throws Exception {
		try (WrittenExchanges exchanges = withOffers(WrittenGoogle.exchanges())) {
			try (CloudProvider provider = WrittenGoogle.open(exchanges, Map.of("disk-size", "0"))) {
				assertEquals(List.of(1, 1, 1), provider.offers().stream().map(Offer::quotaLeft).toList(), "one address");
			}
			try (CloudProvider provider = WrittenGoogle.open(exchanges, Map.of("external-address", "false", "disk-size", "40"))) {
				assertEquals(List.of(2, 2, 2), provider.offers().stream().map(Offer::quotaLeft).toList(), "80 GB of solid state");
			}
			try (CloudProvider provider = WrittenGoogle.open(exchanges, Map.of("external-address", "false", "disk-size", "40", "disk-type", "pd-standard"))) {
				assertEquals(List.of(5, 2, 3), provider.offers().stream().map(Offer::quotaLeft).toList());
			}
		}
	}

	@Test
	void listReadsAllPagesOfTheRegion() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("pageOne", WrittenGoogle.instance(exchanges, "web-7-0a", "europe-west3-a", "RUNNING", Map.of("shadowweaver-token", "h-1", "purpose", "test"), ITEMS))
					.value("pageTwo", Stream.of("PROVISIONING", "STAGING", "STOPPING", "TERMINATED", "SUSPENDED", "REPAIRING")
							.map(status -> WrittenGoogle.instance(exchanges, "other-" + status.toLowerCase(java.util.Locale.ROOT), "europe-west3-a", status, Map.of(), Map.of()))
							.collect(Collectors.joining(", ")))
					.always("instances-1", "instances-2");
			List<Instance> listed = provider.list();
			assertEquals(List.of(State.RUNNING, State.PENDING, State.PENDING, State.DELETING, State.FAILED, State.FAILED, State.FAILED),
					listed.stream().map(Instance::state).toList(), "what stands elsewhere is left out");
			Instance ours = listed.getFirst();
			assertEquals("europe-west3-a/web-7-0a", ours.id());
			assertEquals("web-7-0a", ours.name());
			assertEquals("F00D", ours.token(), "as the metadata have it; a label cannot");
			assertEquals("10.0.0.7", ours.resource());
			assertEquals("10.0.0.7", ours.address());
			assertEquals("e2-standard-2", ours.offer());
			assertEquals("europe-west3-a", ours.zone());
			assertEquals(Instant.parse("2026-03-02T08:00:00Z"), ours.createdAt());
			assertEquals(Map.of("shadowweaver-token", "F00D", "shadowweaver-group", "web", "purpose", "test", "cost centre", "A/7"), ours.tags());
			assertEquals("Its status is TERMINATED.", listed.get(4).detail());
		}
	}

	@Test
	void theOperatorChoosesIdAndAddress() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances")) {
			exchanges.value("instances", ours(exchanges, "RUNNING", ""));
			try (CloudProvider provider = WrittenGoogle.open(exchanges, Map.of("resource-id", "name", "address", "public"))) {
				assertEquals("web-7-0a 203.0.113.7", provider.list().getFirst().resource() + " " + provider.list().getFirst().address());
			}
			try (CloudProvider provider = WrittenGoogle.open(exchanges, Map.of("resource-id", "id"))) {
				assertEquals("5501", provider.list().getFirst().resource());
			}
		}
	}

	@Test
	void discoveryTellsWhatRunsAndWhoOwnsIt() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances", "machine-type"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("instances", WrittenGoogle.instance(exchanges, "web-mig-x1", "europe-west3-a", "RUNNING", Map.of("tier", "web"),
					Map.of("created-by", "projects/4711/regions/europe-west3/instanceGroupManagers/web-mig")) + "," + ours(exchanges, "TERMINATED", ""));
			List<Resource> seen = provider.discover().stream().map(change -> ((ResourceSeen) change).resource()).toList();
			provider.discover();
			assertEquals(1, seen.size(), "what is stopped bears no load");
			Resource member = seen.getFirst();
			assertEquals("10.0.0.7", member.id());
			assertEquals("web-mig", member.labels().get(Resource.OWNER));
			assertEquals("europe-west3-a/web-mig-x1", member.labels().get(Resource.INSTANCE));
			assertEquals("e2-standard-2", member.labels().get(Resource.OFFER));
			assertEquals("europe-west3", member.labels().get(Resource.REGION));
			assertEquals("web", member.labels().get("tier"));
			assertEquals(2.0, member.capacity().get("cpu"));
			assertEquals(1, exchanges.played("machine-type"), "a type never changes");
		}
	}

	@Test
	void createSendsTheWholeWishOnce() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.once("instances-of-token-none", "image-family", "insert");
			Instance made = provider.create(WrittenGoogle.wish());
			assertEquals("europe-west3-a/" + Names.instance("web-7", "f00d"), made.id());
			assertEquals("f00d", made.token());
			assertEquals(State.PENDING, made.state());
			assertEquals(List.of("token", "instances-of-token-none", "image-family", "insert"), exchanges.played());
		}
	}

	@Test
	void aLostAnswerIsFollowedByTheSameRequest() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			List<String> requests = new java.util.ArrayList<>();
			exchanges.value("made", request -> {
				requests.add(request.get("request") + request.get("name"));
				return "5501";
			}).always("instances-of-token-none", "image-family", "insert-any");
			provider.create(WrittenGoogle.wish());
			provider.create(WrittenGoogle.wish());
			provider.create(WrittenGoogle.wish("beef", "e2-standard-2", ""));
			assertEquals(requests.get(0), requests.get(1), "within the hour Compute Engine makes one of it");
			assertFalse(requests.get(0).equals(requests.get(2)), "another token is another instance");
		}
	}

	@Test
	void aNameThatIsTakenByTheSameTokenIsTheInstance() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.always("instances-of-token-none", "image-family", "insert-taken", "instance-get").value("found", ours(exchanges, "STAGING", ""));
			assertEquals("europe-west3-a/web-7-0a", provider.create(WrittenGoogle.wish()).id());
			assertThrows(RefusedException.class, () -> provider.create(WrittenGoogle.wish("beef", "e2-standard-2", "")), "somebody else's");
		}
	}

	@Test
	void cloudConfigGoesWhereCloudInitReadsIt() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("image-family"); Compute compute = compute(exchanges)) {
			Launch launch = new Launch(compute, settings(exchanges));
			String call = launch.call(WrittenGoogle.wish(), "projects/p/global/images/i", "#cloud-config\npackages: []").toString();
			assertTrue(call.contains("{\"key\":\"user-data\",\"value\":\"#cloud-config"), call);
			assertFalse(call.contains("startup-script"), call);
		}
	}

	private static GcpSettings settings(WrittenExchanges exchanges) throws Exception {
		return GcpSettings.of(io.shadowweaver.tck.Declared.only("io.shadowweaver.provider.gcp", "provider").settings(WrittenGoogle.texts(exchanges.address().toString(), Map.of())));
	}

	private static Compute compute(WrittenExchanges exchanges) throws Exception {
		return Compute.open(settings(exchanges), text -> text, java.time.InstantSource.system());
	}

	@Test
	void anImageIsNamedInFourWays() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("image-family", "image"); Compute compute = compute(exchanges)) {
			Launch launch = new Launch(compute, settings(exchanges));
			assertEquals("projects/debian-cloud/global/images/debian-12-bookworm-v20260210", launch.image("debian-cloud/debian-12"), "the newest of a family");
			assertEquals("projects/debian-cloud/global/images/debian-12-bookworm-v20260210", launch.image("projects/debian-cloud/global/images/family/debian-12"));
			assertEquals("projects/shadow-1/global/images/web-42", launch.image("web-42"));
			assertThrows(RefusedException.class, () -> launch.image("a/b/c"));
			assertThrows(RefusedException.class, () -> launch.image("web 42"));
		}
	}

	@Test
	void anInsertionThatFailsLaterIsTold() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("made", "5501").value("instances", "").always("instances", "instances-of-token-none", "image-family", "insert-any").once("operation-running", "operation-failed");
			Instance made = provider.create(WrittenGoogle.wish());
			assertEquals(List.of(), provider.list(), "still open");
			exchanges.value("instances", WrittenGoogle.instance(exchanges, made.name(), "europe-west3-a", "PROVISIONING", Map.of(), Map.of("shadowweaver-token", "f00d")));
			assertEquals(List.of(State.PENDING), provider.list().stream().map(Instance::state).toList(), "it is there for a moment");
			exchanges.value("instances", "");
			Instance failed = provider.list().getFirst();
			assertEquals(made.id(), failed.id());
			assertEquals(State.FAILED, failed.state());
			assertEquals("f00d", failed.token());
			assertEquals("It was not made: the quota is used up (QUOTA_EXCEEDED): Quota 'CPUS' exceeded. Limit: 24.0 in region europe-west3.", failed.detail());
			assertEquals(1, provider.list().size(), "told until it is removed");
			exchanges.once("delete-gone");
			provider.delete(made.id());
			assertEquals(List.of(), provider.list());
		}
	}

	@Test
	void anInsertionThatIsDoneIsAskedForNoMore() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("made", "5501").value("instances", "").always("instances", "instances-of-token-none", "image-family", "insert-any").once("operation-done");
			provider.create(WrittenGoogle.wish());
			assertEquals(List.of(), provider.list());
			assertEquals(List.of(), provider.list());
		}
	}

	@Test
	void whatRunsIsPutIntoItsTargetPoolOnce() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("instances", ours(exchanges, "STAGING", "targetPools/web-pool"));
			assertEquals("", provider.list().getFirst().detail(), "not before it runs");
			exchanges.value("instances", ours(exchanges, "RUNNING", "targetPools/web-pool")).once("target-pool", "target-pool-add");
			assertEquals("", provider.list().getFirst().detail());
			provider.list();
		}
	}

	@Test
	void whatIsInAlreadyIsLeftThere() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("instances", ours(exchanges, "RUNNING", "instanceGroups/web-group")).once("instance-group-1", "instance-group-2");
			provider.list();
			provider.list();
		}
	}

	@Test
	void aRegistrationThatFailsIsToldAndTriedAgain() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("instances", ours(exchanges, "RUNNING", "targetPools/web-pool")).once("target-pool-gone", "target-pool-add-gone");
			Instance listed = provider.list().getFirst();
			assertEquals(State.RUNNING, listed.state());
			assertTrue(listed.detail().startsWith("web-7-0a cannot be registered in targetPools/web-pool at Google Compute Engine, project shadow-1, europe-west3"), listed.detail());
			exchanges.once("target-pool-with-it");
			assertEquals("", provider.list().getFirst().detail());
		}
	}

	@Test
	void drainingTakesOutAndForgets() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances", "instance-get"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			String it = ours(exchanges, "RUNNING", "targetPools/web-pool");
			exchanges.value("found", it).value("instances", it).once("target-pool-with-it", "target-pool-remove", "set-metadata");
			provider.drain("europe-west3-a/web-7-0a");
			provider.list();
			exchanges.value("found", ours(exchanges, "RUNNING", "instanceGroups/web-group")).once("instance-group-1", "instance-group-2", "instance-group-remove", "set-metadata");
			provider.drain("europe-west3-a/web-7-0a");
			exchanges.value("found", ours(exchanges, "RUNNING", ""));
			provider.drain("europe-west3-a/web-7-0a");
			exchanges.value("found", ours(exchanges, "RUNNING", "instanceGroups/web-group")).once("instance-group-gone", "set-metadata");
			provider.drain("europe-west3-a/web-7-0a");
		}
	}

	@Test
	void anInstanceIsPutIntoAnInstanceGroup() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges().always("instances"); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.value("instances", ours(exchanges, "RUNNING", "instanceGroups/web-group")).once("instance-group-empty", "instance-group-add");
			assertEquals("", provider.list().getFirst().detail());
		}
	}

	@Test
	void aGroupIsResizedThroughItsOwner() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.once("managers", "resize", "managers-zonal", "resize-zonal");
			provider.setSize("fleet", 5);
			provider.setSize("batch", 2);
			exchanges.once("managers");
			provider.setSize("web-mig", 3);
			exchanges.once("managers-two");
			assertTrue(assertThrows(RefusedException.class, () -> provider.setSize("fleet", 5)).getMessage().contains("several"));
			exchanges.once("managers-autoscaler");
			assertTrue(assertThrows(RefusedException.class, () -> provider.setSize("fleet", 5)).getMessage().contains("autoscaler"));
			exchanges.once("managers-none");
			assertThrows(RefusedException.class, () -> provider.setSize("nobody", 5));
		}
	}

	@Test
	void noInstanceIsMadeBesideAnOwner() throws Exception {
		try (WrittenExchanges exchanges = WrittenGoogle.exchanges(); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			CreateRequest wish = WrittenGoogle.wish();
			CreateRequest owned = new CreateRequest(wish.token(), wish.name(), "fleet", wish.offer(), wish.zone(), wish.image(), wish.network(), wish.userData(), wish.tags(),
					wish.registration(), wish.reviewBy());
			assertTrue(assertThrows(RefusedException.class, () -> provider.create(owned)).getMessage().contains("'web-mig' owns the group"));
			assertThrows(RefusedException.class, () -> provider.dryRun(owned));
			assertEquals(List.of(), exchanges.played());
		}
	}

	@Test
	void aDryRunShowsTheCallsWithoutUserData() throws Exception {
		try (WrittenExchanges exchanges = withOffers(WrittenGoogle.exchanges()); CloudProvider provider = WrittenGoogle.open(exchanges)) {
			exchanges.once("image-family", "subnetwork", "instance-group");
			List<String> calls = provider.dryRun(WrittenGoogle.wish("f00d", "e2-standard-2", "instanceGroups/web-group"));
			assertEquals(2, calls.size());
			String insert = calls.getFirst();
			assertTrue(insert.startsWith("POST " + exchanges.address() + "/compute/v1/projects/shadow-1/zones/europe-west3-a/instances?requestId="), insert);
			assertTrue(insert.contains("\"startup-script\",\"value\":\"(not shown)\"") && !insert.contains("#!/bin/sh"), insert);
			assertTrue(insert.contains("\"diskSizeGb\":\"20\"") && insert.contains("\"key\":\"shadowweaver-registration\""), insert);
			assertTrue(calls.getLast().contains("/instanceGroups/web-group/addInstances {\"instances\":"), calls.getLast());
			assertEquals(0, exchanges.played().stream().filter(name -> name.startsWith("insert")).count());
		}
	}
}
