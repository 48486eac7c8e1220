// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Instance.State;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange.ResourceSeen;
import io.shadowweaver.tck.WrittenExchanges;

/** What the provider asks of EC2 and reads from its answers, over exchanges that were written from the API reference. */
class AwsProviderWrittenExchangesTest {
	@Test
	void offersTellSizeZonesAndWhatTheQuotaLeaves() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges, Map.of("vcpu-limit", "14"))) {
			exchanges.once("describe-instance-types-1", "describe-instance-types-2", "describe-instance-type-offerings", "describe-instances-1",
					"describe-instances-2");
			List<Offer> offers = provider.offers();
			assertEquals(List.of("m7i.large", "m7i.xlarge"), offers.stream().map(Offer::id).toList(), "both pages");
			Offer large = offers.getFirst();
			assertEquals(Map.of("cpu", 2.0, "memory", 8 * Math.pow(1024, 3)), large.capacity());
			assertEquals("m7i.large, 2 vCPUs, 8 GiB", large.name());
			assertEquals(List.of("eu-central-1a", "eu-central-1b"), large.zones());
			assertEquals("eu-central-1", large.region());
			assertEquals(4, large.quotaLeft(), "14 vCPUs less 2 and 4 that run; the spot, stopped and ended ones do not count");
			assertEquals(2, offers.getLast().quotaLeft());
			assertFalse(large.price().isKnown(), "EC2 tells no prices");
			assertEquals(Duration.ofSeconds(45), large.leadMedian());
		}
	}

	@Test
	void aTypeThatIsGoneIsNoOffer() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges, Map.of("types", "m7i.*, m1.gone"))) {
			exchanges.once("describe-instance-types", "describe-instance-type-offerings", "describe-instances-1", "describe-instances-2");
			assertEquals(List.of("m7i.large", "m7i.xlarge"), provider.offers().stream().map(Offer::id).toList());
		}
	}

	@Test
	void listReadsAllPagesAndRegistersWhatHasComeToRun() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.always("describe-instances-1", "describe-instances-2").once("register-targets");
			List<Instance> listed = provider.list();
			assertEquals(listed, provider.list(), "registered once");
			assertEquals(List.of(State.RUNNING, State.RUNNING, State.DELETING, State.FAILED, State.FAILED, State.RUNNING),
					listed.stream().map(Instance::state).toList(), "the one that somebody removed is left out");
			Instance ours = listed.getFirst();
			assertEquals("f00d", ours.token());
			assertEquals("web-7", ours.name());
			assertEquals("10.0.1.10", ours.resource());
			assertEquals("10.0.1.10", ours.address());
			assertEquals("eu-central-1a", ours.zone());
			assertEquals("m7i.large", ours.offer());
			assertEquals("web", ours.tags().get(CreateRequest.GROUP));
			assertEquals(Instant.parse("2026-03-02T08:00:00Z"), ours.createdAt());
			assertEquals("", ours.detail());
			assertEquals("Server.InternalError: Internal error on launch", listed.get(3).detail());
			assertEquals("It is stopped.", listed.get(4).detail());
		}
	}

	@Test
	void whatCannotBeRegisteredSaysSoAtTheMachine() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.once("describe-instances-1", "describe-instances-2", "register-targets-refused");
			Instance ours = provider.list().getFirst();
			assertEquals(State.RUNNING, ours.state());
			assertEquals("Amazon EC2 in eu-central-1 refused to register i-0000000000000000a in its target group: the target group is not there (TargetGroupNotFound).",
					ours.detail());
		}
	}

	@Test
	void discoveryTellsOwnerZoneAddressAndCapacity() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges, Map.of("address", "public", "resource-id", "name"))) {
			exchanges.once("describe-instances-1", "describe-instances-2", "describe-instance-types");
			List<Resource> found = provider.discover().stream().map(change -> ((ResourceSeen) change).resource()).toList();
			assertEquals(List.of("web-7", "i-0000000000000000b", "spot"), found.stream().map(Resource::id).toList(), "only what runs");
			Resource ours = found.getFirst();
			assertEquals("18.192.0.10", ours.label(Resource.ADDRESS));
			assertEquals("eu-central-1", ours.label(Resource.REGION));
			assertEquals("eu-central-1a", ours.label(Resource.ZONE));
			assertEquals("i-0000000000000000a", ours.label(Resource.INSTANCE));
			assertEquals("f00d", ours.label(Resource.TOKEN));
			assertEquals("", ours.label(Resource.OWNER));
			assertEquals("web-asg", found.get(1).label(Resource.OWNER), "a member of an Auto Scaling group");
			assertEquals(4, found.get(1).capacity("cpu"));
			assertEquals(16 * Math.pow(1024, 3), found.get(1).capacity("memory"));
		}
	}

	@Test
	void createSendsTheTokenTagsAndUserData() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.once("run-instances");
			Instance made = provider.create(Amazon.wish());
			assertEquals("i-0000000000000000a", made.id());
			assertEquals("f00d", made.token());
			assertEquals(State.PENDING, made.state());
		}
	}

	@Test
	void theSubnetInTheZoneIsTaken() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.once("describe-subnets", "run-instances");
			assertEquals("i-0000000000000000a", provider.create(Amazon.wish("f00d", "m7i.large", "subnet-0b, subnet-0a")).id());
		}
	}

	@Test
	void aTokenWithOtherParametersIsTheMachineThatItMade() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.value("status", "400").value("code", "IdempotentParameterMismatch").value("message", "The request uses the same client token as a previous one")
					.once("error-of-run-instances", "describe-instances-of-token");
			assertEquals("i-0000000000000000a", provider.create(Amazon.wish()).id());
		}
	}

	@Test
	void aLostAnswerIsNotKnownAndTheListTellsOnce() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.once("run-instances-lost");
			PluginException lost = assertThrows(PluginException.class, () -> provider.create(Amazon.wish()));
			assertFalse(lost instanceof RefusedException, "not certain");
			assertEquals("Amazon EC2 in eu-central-1 could not make 'web-7': the connection failed or was lost.", lost.getMessage());
			assertEquals(1, exchanges.played("run-instances-lost"), "neither the SDK nor the JDK tried again by itself");
			exchanges.once("describe-instances-1", "describe-instances-2", "register-targets");
			assertEquals(1, provider.list().stream().filter(one -> one.token().equals("f00d")).count());
		}
	}

	@Test
	void aDryRunAsksEc2AndTellsTheCallWithoutSecrets() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges, Map.of("session-token", Amazon.SESSION))) {
			exchanges.once("describe-instance-types", "describe-instance-type-offerings", "describe-instances-1", "describe-instances-2", "run-instances-dry");
			CreateRequest plain = Amazon.wish();
			List<String> lines = provider.dryRun(new CreateRequest(plain.token(), plain.name(), plain.group(), plain.offer(), plain.zone(), plain.image(),
					plain.network(), plain.userData(), plain.tags(), Amazon.TARGET_GROUP, plain.reviewBy()));
			assertEquals(2, lines.size(), lines.toString());
			assertTrue(lines.getFirst().startsWith("POST " + exchanges.address() + " Action=RunInstances&Version=2016-11-15&"), lines.getFirst());
			assertTrue(lines.getFirst().contains("ClientToken=f00d") && lines.getFirst().contains("InstanceType=m7i.large"), lines.getFirst());
			assertTrue(lines.getFirst().contains("UserData=(not shown)"), "user data: " + lines.getFirst());
			assertFalse(lines.getFirst().contains("DryRun"), "the call that is made has it not");
			assertFalse(lines.toString().contains(Amazon.SECRET) || lines.toString().contains(Amazon.SESSION), "no secret");
			assertTrue(lines.getLast().contains(Amazon.TARGET_GROUP), lines.getLast());
		}
	}

	@Test
	void aDryRunRefusesWhatTheQuotaAndTheZoneForbid() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider full = Amazon.open(exchanges, Map.of("vcpu-limit", "7"))) {
			exchanges.always("describe-instance-types", "describe-instance-type-offerings", "describe-instances-1", "describe-instances-2");
			assertEquals("Amazon EC2 in eu-central-1 has no vCPUs left for a m7i.large: the limit is 7.",
					assertThrows(RefusedException.class, () -> full.dryRun(Amazon.wish())).getMessage());
			CreateRequest wish = Amazon.wish();
			CreateRequest elsewhere = new CreateRequest("f00e", "web-8", "web", "m7i.xlarge", "eu-central-1b", wish.image(), "", "", Map.of(), "", wish.reviewBy());
			assertTrue(assertThrows(RefusedException.class, () -> full.dryRun(elsewhere)).getMessage().contains("no m7i.xlarge in zone eu-central-1b"));
		}
	}

	@Test
	void aMachineThatIsGoneIsDeletedWithoutError() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.value("ended", "shutting-down").once("terminate-instances", "terminate-instances-gone");
			provider.delete("i-0000000000000000a");
			provider.delete("i-0000000000000000a");
			assertEquals(List.of("terminate-instances", "terminate-instances-gone"), exchanges.played());
		}
	}

	@Test
	void drainTakesItOutOfTheTargetGroupForGood() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.once("describe-instances-of-id", "deregister-targets", "delete-tags", "describe-instances-1", "describe-instances-2");
			provider.drain("i-0000000000000000a");
			assertEquals("", provider.list().getFirst().detail(), "not registered again, even while the list is older than the tag's end");
		}
	}

	@Test
	void aScalingGroupIsSetWithinItsLimits() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.always("describe-auto-scaling-groups").once("set-desired-capacity");
			provider.setSize("web", 5);
			provider.setSize("web-asg", 2);
			assertEquals(1, exchanges.played("set-desired-capacity"), "the size that it has needs no call");
			assertEquals("Amazon EC2 in eu-central-1: Auto Scaling group 'web-asg' may have 1 to 6 members, not 7.",
					assertThrows(RefusedException.class, () -> provider.setSize("web", 7)).getMessage());
			exchanges.once("set-desired-capacity-in-progress");
			assertEquals("Amazon EC2 in eu-central-1 refused to set the size of 'web': the group is being scaled already (ScalingActivityInProgress).",
					assertThrows(RefusedException.class, () -> provider.setSize("web", 4)).getMessage());
			exchanges.always("describe-auto-scaling-groups-none");
			assertEquals("Amazon EC2 in eu-central-1 has no Auto Scaling group 'db'.",
					assertThrows(RefusedException.class, () -> provider.setSize("db", 4)).getMessage());
		}
	}

	@Test
	void aRoleIsAssumed() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges();
				CloudProvider provider = Amazon.open(exchanges, Map.of("role", "arn:aws:iam::123456789012:role/weaver"))) {
			exchanges.once("assume-role", "describe-instances-by-role");
			assertEquals(List.of(), provider.list());
		}
	}

	@Test
	void settingsThatCannotBeAreNamed() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges()) {
			for (Map.Entry<String, String> wrong : Map.of("secret-key", "", "region", "the moon", "types", ",", "resource-id", "serial", "address", "both",
					"lead.p95", "1s", "groups", "web", "vcpu-limit", "-1").entrySet()) {
				String message = assertThrows(PluginException.class, () -> Amazon.open(exchanges, Map.of(wrong.getKey(), wrong.getValue()))).getMessage();
				assertTrue(message.contains("(" + wrong.getKey() + ")"), message);
			}
		}
	}
}
