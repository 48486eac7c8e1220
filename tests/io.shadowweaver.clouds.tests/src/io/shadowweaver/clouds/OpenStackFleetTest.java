// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.tck.Declared;

/** From samples to servers and back: the fleet's daily peak is forecast, met by three servers of the real OpenStack, and they go after it. */
class OpenStackFleetTest {
	private static final String ESTATE = "openstack-fleet";
	private static final double CRITICAL = .9;

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
			cloud.clear(ESTATE);
		}
	}

	@Test
	void threeServersAreActiveBeforeThePeakAndGoAfterIt() throws Exception {
		try (FleetOnCloud fleet = new FleetOnCloud(directory, ESTATE, Declared.only(OpenStackAccount.BUNDLE, "provider"), OpenStackAccount.settings(cloud),
				OpenStackAccount.template(cloud, cloud.said.get("OPENSTACK_IMAGE")), 3)) {
			WeaverState begun = fleet.until("a plan", Duration.ofHours(6), state -> !state.queue().isEmpty());
			Plan plan = begun.plans().stream().filter(one -> one.id().equals(begun.queue().getFirst().plan())).findFirst().orElseThrow();
			assertFalse(plan.basis().isEmpty(), "on a forecast: " + plan);
			assertTrue(plan.needs().getFirst().from().isAfter(plan.createdAt()), "before it is needed: " + plan);
			WeaverState carrying = fleet.until("three servers that carry traffic", Duration.ofHours(4), state -> fleet.entries(QueueEntry.State.READY).size() == 3);
			List<RealOpenStack.Server> servers = cloud.servers(ESTATE);
			assertEquals(3, servers.size(), servers.toString());
			assertTrue(servers.stream().allMatch(server -> server.status().equals("ACTIVE")), servers.toString());
			assertEquals(fleet.readyAt().keySet(), new TreeSet<>(servers.stream().map(RealOpenStack.Server::token).toList()));
			assertEquals(2, servers.stream().map(RealOpenStack.Server::zone).distinct().count(), "spread over the zones: " + servers);

			WeaverState state = fleet.until("three more members in the topology", Duration.ofHours(1), now -> now.topology().liveMembers(FleetOnCloud.GROUP).size() == FleetOnCloud.BASE + 3);
			List<Resource> made = state.topology().liveMembers(FleetOnCloud.GROUP).stream().filter(member -> !member.label(Resource.TOKEN).isEmpty()).toList();
			assertEquals(fleet.readyAt().keySet(), new TreeSet<>(made.stream().map(member -> member.label(Resource.TOKEN)).toList()), made.toString());

			fleet.until("three removals", Duration.ofHours(18), now -> fleet.entries(QueueEntry.State.DELETED).size() == 3);
			assertTrue(fleet.readyAt().values().stream().allMatch(ready -> ready.isBefore(fleet.peakAt())), fleet.readyAt() + " before " + fleet.peakAt());
			assertTrue(carrying.time().isBefore(fleet.peakAt()), "all ACTIVE at " + carrying.time() + ", before " + fleet.peakAt());
			assertTrue(fleet.entries(QueueEntry.State.DELETED).stream().allMatch(removal -> removal.queuedAt().isAfter(fleet.peakAt())), "removed after the peak");
			assertTrue(fleet.busiest() < CRITICAL, "never critical: " + fleet.busiest());
			fleet.until("the fleet as it was", Duration.ofHours(1), now -> now.topology().liveMembers(FleetOnCloud.GROUP).size() == FleetOnCloud.BASE);
			// Nova lists a server for a moment longer, as one that is deleted
			for (int i = 0; i < 100 && !cloud.servers(ESTATE).isEmpty(); i++) {
				Thread.sleep(100);
			}
			assertEquals(List.of(), cloud.servers(ESTATE));
			System.out.println(String.join("\n", fleet.story()));
		}
	}
}
