// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

class TopologyTest {
	private static Resource machine(String id, String tier) {
		return Resource.live(id, "vm", id, Map.of("tier", tier), Map.of("cpu", 2.));
	}

	private static ScalingGroup group(String id, Selector members) {
		return new ScalingGroup(id, id, members, ScalingGroup.Scaling.NONE, ScalingGroup.Owner.WEAVER, 0, 9, 1, Template.NONE,
				Placement.ANYWHERE, List.of(), "traffic", Duration.ZERO);
	}

	@Test
	void aResourceIsInOneGroupAtMost() {
		Topology topology = new Topology(Map.of("a", machine("a", "web"), "b", machine("b", "db")), Set.of(),
				Map.of("g1", group("g1", Selector.of("tier", "web")), "g2", group("g2", Selector.of("kind", "vm"))));
		assertEquals(List.of("a"), topology.members("g1").stream().map(Resource::id).toList());
		assertEquals(List.of("b"), topology.members("g2").stream().map(Resource::id).toList());
		assertEquals(Optional.of("g1"), topology.groupOf("a"));
	}

	@Test
	void anEmptySelectorChoosesNothing() {
		assertFalse(new Selector(Map.of()).matches(machine("a", "web")));
	}

	@Test
	void whatCannotBeIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> machine("group:a", "web"));
		assertThrows(IllegalArgumentException.class, () -> Resource.live("a", "vm", "a", Map.of(), Map.of("cpu", 0.)));
		assertThrows(IllegalArgumentException.class,
				() -> new Resource("a", "vm", "a", "", Map.of(), Map.of(), Lifecycle.BUILDING, Optional.empty()));
		assertThrows(IllegalArgumentException.class, () -> new DemandTarget("cpu", 1.1));
		assertThrows(IllegalArgumentException.class, () -> group("a/b", Selector.of("tier", "web")));
	}

	@Test
	void aClusterIsALabelOrWhatAResourceRunsOn() {
		Map<String, Resource> all = new HashMap<>();
		all.put("k", Resource.live("k", "cluster", "prod-eu", Map.of(), Map.of()));
		all.put("node", on("node", "k"));
		all.put("pod", on("pod", "node"));
		all.put("other", on("other", "node").with(Resource.CLUSTER, "blue"));
		all.put("inside", on("inside", "other"));
		all.put("alone", on("alone", "gone"));
		all.put("a", on("a", "b"));
		all.put("b", on("b", "a"));
		Topology topology = new Topology(all, Set.of(), Map.of());
		assertEquals(Optional.of("prod-eu"), topology.clusterOf("pod"));
		assertEquals(Optional.of("prod-eu"), topology.clusterOf("node"));
		assertEquals(Optional.of("blue"), topology.clusterOf("other"));
		assertEquals(Optional.of("blue"), topology.clusterOf("inside"));
		for (String none : List.of("k", "alone", "a", "unknown")) {
			assertEquals(Optional.empty(), topology.clusterOf(none), none);
		}
	}

	private static Resource on(String id, String parent) {
		return new Resource(id, "container", id, parent, Map.of(), Map.of(), Lifecycle.LIVE, Optional.empty());
	}
}
