// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
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
}
