// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.tck.Declared;

/** The plan makes real containers before the fleet's daily peak and removes them after it. */
class PodmanFleetTest {
	private static final String ESTATE = "podman-fleet";

	@TempDir
	Path directory;
	private RealPodman podman;

	@BeforeEach
	void begin() {
		podman = RealPodman.up();
		podman.clear(ESTATE);
	}

	@AfterEach
	void end() {
		if (podman != null) {
			podman.clear(ESTATE);
		}
	}

	@Test
	void containersAreMadeAndRemovedByThePlan() throws Exception {
		Template template = new Template("", List.of(PodmanAccount.OFFER), podman.said.get("PODMAN_IMAGE"), "", "", Map.of(), "");
		try (FleetOnCloud fleet = new FleetOnCloud(directory, ESTATE, Declared.only(PodmanAccount.BUNDLE, "provider"), PodmanAccount.settings(podman.endpoint()), template, 3)) {
			fleet.until("three containers that carry traffic", Duration.ofHours(10), state -> fleet.entries(QueueEntry.State.READY).size() == 3);
			List<RealPodman.Container> there = podman.containers(ESTATE);
			assertEquals(fleet.readyAt().keySet(), new TreeSet<>(there.stream().map(RealPodman.Container::token).toList()));
			assertTrue(there.size() == 3 && there.stream().allMatch(container -> container.state().equals("running")), there.toString());
			fleet.until("three more members in the topology", Duration.ofHours(1), state -> state.topology().liveMembers(FleetOnCloud.GROUP).size() == FleetOnCloud.BASE + 3);
			fleet.until("three removals", Duration.ofHours(18), state -> fleet.entries(QueueEntry.State.DELETED).size() == 3);
			assertTrue(fleet.readyAt().values().stream().allMatch(ready -> ready.isBefore(fleet.peakAt())), fleet.readyAt() + " before " + fleet.peakAt());
			assertEquals(List.of(), podman.containers(ESTATE));
		}
	}
}
