// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.ui.core.Item;

class SubjectTest {
	private static final Topology TOPOLOGY = new Topology(
			Map.of("w1", Resource.live("w1", "vm", "w1", Map.of(Resource.TIER, "web", Resource.ZONE, "b"), Map.of()), "x", Resource.live("x", "vm", "x", Map.of(), Map.of())), Set.of(),
			Map.of("web", new ScalingGroup("web", "Web", Selector.of(Resource.TIER, "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 0, 9, 1, Template.NONE, Placement.ANYWHERE,
					List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO)));

	private static String on(ChangeKind kind, Item... selected) {
		return Subject.of(List.of(selected), TOPOLOGY).draft(kind).fields().get(ChangeDraft.ON);
	}

	private static String lost(Item... selected) {
		Map<String, String> fields = Subject.of(List.of(selected), TOPOLOGY).draft(ChangeKind.LOSS).fields();
		return fields.get(ChangeDraft.LABEL) + "=" + fields.get(ChangeDraft.VALUE);
	}

	@Test
	void aChangeBeginsWithWhatIsSelected() {
		assertEquals(Change.ESTATE, on(ChangeKind.TRAFFIC));
		assertEquals("group:web", on(ChangeKind.TRAFFIC, Item.resource("w1")));
		assertEquals("x", on(ChangeKind.GROWTH, Item.resource("x")));
		assertEquals("web", on(ChangeKind.SCALE, Item.resource("w1")));
		assertEquals("web", on(ChangeKind.LATENCY_TARGET, Item.group("web")));
		assertEquals("", on(ChangeKind.ADD, Item.resource("x")));
		assertEquals("w1", on(ChangeKind.RESIZE, Item.group("web"), Item.resource("w1")));
		assertEquals("", on(ChangeKind.REMOVE, Item.group("web")));
	}

	@Test
	void whatIsLostIsTheSelectedZoneOrRegionOrTheZoneOfAResource() {
		assertEquals("zone=b", lost(Item.resource("w1")));
		assertEquals("zone=a", lost(new Item(Item.Kind.ZONE, "eu/a"), Item.resource("w1")));
		assertEquals("region=eu", lost(new Item(Item.Kind.REGION, "eu")));
		assertEquals("zone=", lost(Item.resource("x")));
	}
}
