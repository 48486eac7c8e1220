// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.tck.Declared;

/** What goes wrong at the real OpenStack is a sentence at the account or the plan, and everything else goes on. */
class OpenStackTroubleTest {
	private static final String ESTATE = "trouble";
	private static final int SERVERS = 40;
	private static final String FLAVOR = "m1.passing";

	@TempDir
	Path directory;
	private RealOpenStack cloud;

	@BeforeEach
	void begin() throws InterruptedException {
		cloud = RealOpenStack.up();
		cloud.clear(ESTATE);
	}

	@AfterEach
	void end() throws InterruptedException {
		if (cloud != null) {
			cloud.quota(SERVERS);
			cloud.password(cloud.said.get("OPENSTACK_CREDENTIAL"));
			cloud.clear(ESTATE);
		}
	}

	private FleetOnCloud fleet(Map<String, String> account, String image) throws Exception {
		return new FleetOnCloud(directory, ESTATE, Declared.only(OpenStackAccount.BUNDLE, "provider"), account, OpenStackAccount.template(cloud, image), 3);
	}

	private FleetOnCloud fleet(Map<String, String> account) throws Exception {
		return fleet(account, cloud.said.get("OPENSTACK_IMAGE"));
	}

	private FleetOnCloud fleet() throws Exception {
		return fleet(OpenStackAccount.settings(cloud), cloud.said.get("OPENSTACK_IMAGE"));
	}

	@Test
	void wrongCredentials() throws Exception {
		try (FleetOnCloud fleet = fleet(OpenStackAccount.settings(cloud, "wrong"), cloud.said.get("OPENSTACK_IMAGE"))) {
			WeaverState state = fleet.until("a failed account", Duration.ofMinutes(30), Trouble::failed);
			String sentence = state.statuses().get("provider:" + FleetOnCloud.ACCOUNT).sentence();
			assertTrue(sentence.matches("(?s).*(credential|password|refuse|401).*"), sentence);
			assertFalse(sentence.contains("wrong"), "no secret in " + sentence);
			Trouble.goesOn(fleet);
		}
	}

	@Test
	void aTokenThatIsVoidIsRenewedAndAPasswordThatIsVoidIsTold() throws Exception {
		try (FleetOnCloud fleet = fleet()) {
			fleet.until("an account that answers", Duration.ofMinutes(30), state -> !Trouble.failed(state) && state.statuses().containsKey("provisioning:" + FleetOnCloud.ACCOUNT));
			cloud.password("another");
			// Nova believes for ten seconds what it was told of a token
			Thread.sleep(11_000);
			fleet.until("a failed account", Duration.ofMinutes(60), Trouble::failed);
			Trouble.goesOn(fleet);
			cloud.password(cloud.said.get("OPENSTACK_CREDENTIAL"));
			// keystone takes a token of the second of the change for one from before it
			Thread.sleep(2000);
			fleet.until("an account that answers again with a new token", Duration.ofHours(2), state -> !Trouble.failed(state));
		}
	}

	@Test
	void aQuotaOfNothing() throws Exception {
		cloud.quota(0);
		try (FleetOnCloud fleet = fleet()) {
			WeaverState state = fleet.until("a sentence on the quota", Duration.ofHours(6), now -> now.statuses().values().stream().anyMatch(status -> status.sentence().contains("quota"))
					|| now.plans().stream().anyMatch(plan -> plan.toString().contains("quota")));
			assertEquals(List.of(), cloud.servers(ESTATE));
			assertFalse(Trouble.failed(state), state.statuses().toString());
			Trouble.goesOn(fleet);
			cloud.quota(SERVERS);
			fleet.until("a server once there is a quota", Duration.ofHours(4), now -> !fleet.entries(QueueEntry.State.READY).isEmpty());
		}
	}

	@Test
	void anImageThatIsNotThere() throws Exception {
		try (FleetOnCloud fleet = fleet(OpenStackAccount.settings(cloud), "no-such-image")) {
			fleet.until("a refusal", Duration.ofHours(6), now -> !fleet.entries(QueueEntry.State.FAILED).isEmpty());
			String sentence = fleet.entries(QueueEntry.State.FAILED).getFirst().sentence();
			assertTrue(sentence.contains("no-such-image"), sentence);
			assertEquals(List.of(), cloud.servers(ESTATE));
			Trouble.goesOn(fleet);
		}
	}

	@Test
	void aTypeThatHasGone() throws Exception {
		cloud.withdraw(FLAVOR);
		cloud.flavor(FLAVOR);
		Template template = new Template("", List.of(FLAVOR), cloud.said.get("OPENSTACK_IMAGE"), cloud.said.get("OPENSTACK_NETWORK"), "", Map.of(), "");
		try (FleetOnCloud fleet = new FleetOnCloud(directory, ESTATE, Declared.only(OpenStackAccount.BUNDLE, "provider"), OpenStackAccount.settings(cloud), template, 3)) {
			fleet.until("an account that answers", Duration.ofMinutes(30), state -> Trouble.says(state, "offers"));
			cloud.withdraw(FLAVOR);
			WeaverState state = fleet.until("a sentence on the type", Duration.ofHours(6), now -> Trouble.says(now, FLAVOR) || !fleet.entries(QueueEntry.State.FAILED).isEmpty());
			assertTrue(Trouble.says(state, FLAVOR) || fleet.entries(QueueEntry.State.FAILED).getFirst().sentence().contains(FLAVOR), state.statuses().toString());
			assertEquals(List.of(), cloud.servers(ESTATE));
			assertFalse(Trouble.failed(state), state.statuses().toString());
			Trouble.goesOn(fleet);
			cloud.flavor(FLAVOR);
			fleet.until("a server once the type is there again", Duration.ofHours(6), now -> !fleet.entries(QueueEntry.State.READY).isEmpty());
		} finally {
			cloud.withdraw(FLAVOR);
		}
	}

	@Test
	void aRegionThatIsNotThere() throws Exception {
		Map<String, String> account = new HashMap<>(OpenStackAccount.settings(cloud));
		account.put("region", "RegionTwo");
		try (FleetOnCloud fleet = fleet(account)) {
			WeaverState state = fleet.until("a failed account", Duration.ofMinutes(30), Trouble::failed);
			String sentence = state.statuses().get("provider:" + FleetOnCloud.ACCOUNT).sentence();
			assertTrue(sentence.contains("RegionTwo"), sentence);
			Trouble.goesOn(fleet);
			assertEquals(List.of(), cloud.servers(ESTATE));
		}
	}

	@Test
	void aServerThatSomebodyRemovesByHand() throws Exception {
		try (FleetOnCloud fleet = fleet()) {
			fleet.until("a server that carries traffic", Duration.ofHours(6), now -> !fleet.entries(QueueEntry.State.READY).isEmpty());
			String token = fleet.readyAt().keySet().iterator().next();
			cloud.delete(cloud.servers(ESTATE).stream().filter(server -> server.token().equals(token)).findFirst().orElseThrow().id());
			fleet.until("a sentence on the server that is gone", Duration.ofHours(2),
					now -> now.queue().stream().anyMatch(entry -> entry.token().equals(token) && entry.sentence().contains("no more")));
			fleet.until("another server in its place", Duration.ofHours(4), now -> fleet.readyAt().size() > 1);
			assertTrue(cloud.servers(ESTATE).stream().noneMatch(server -> server.token().equals(token)));
			Trouble.goesOn(fleet);
		}
	}
}
