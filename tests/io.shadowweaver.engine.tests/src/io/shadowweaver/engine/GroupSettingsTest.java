// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.TopologyChange;

class GroupSettingsTest {
	private static final Template CLOUD = new Template("cloud", List.of(), "image", "", "", Map.of("tier", "web"), "");
	private static final ScalingGroup WEB = new ScalingGroup("web", "Web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER,
			1, 9, 1, Template.NONE, Placement.ANYWHERE, List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ZERO);

	@Test
	void whatIsNotDecidedStaysAsTheSourceHasIt() {
		assertEquals(Optional.of(WEB), GroupSettings.of("web").apply(Optional.of(WEB)));
		ScalingGroup decided = GroupSettings.of("web").withTemplates(List.of(CLOUD)).withLimits(2, 5).apply(Optional.of(WEB)).orElseThrow();
		assertEquals(List.of(CLOUD), decided.templates());
		assertEquals(List.of(2, 5), List.of(decided.min(), decided.max()));
		assertEquals(WEB.demand(), decided.demand());
	}

	@Test
	void aGroupThatNoSourceNamesNeedsMembers() {
		assertTrue(GroupSettings.of("new").withLimits(1, 3).apply(Optional.empty()).isEmpty());
		GroupSettings own = new GroupSettings("new", Optional.empty(), Optional.of(Selector.of("tier", "new")), Optional.empty(), Optional.empty(), Optional.empty(),
				Optional.empty(), Optional.empty(), Optional.of(List.of(CLOUD)), Optional.empty(), Optional.of(List.of(new DemandTarget("cpu", .6))), Optional.empty(), Optional.empty());
		ScalingGroup group = own.apply(Optional.empty()).orElseThrow();
		assertEquals(ScalingGroup.Scaling.HORIZONTAL, group.scaling());
		assertEquals("new", group.name());
	}

	@Test
	void decisionsThatDoNotFitAreNamed() {
		String message = assertThrows(IllegalArgumentException.class, () -> GroupSettings.of("web").withLimits(5, 2).apply(Optional.of(WEB))).getMessage();
		assertTrue(message.contains("web") && message.contains("5") && message.contains("2"), message);
	}

	@Test
	void whatDoesNotFitLeavesTheGroupAsReportedAndIsTold() {
		TopologyMerger merger = new TopologyMerger();
		merger.decide(List.of(GroupSettings.of("web").withLimits(5, 2)));
		merger.apply("source", List.of(new TopologyChange.GroupSeen(WEB)));
		assertEquals(WEB, merger.topology().groups().get("web"));
		assertTrue(merger.misfits().getFirst().contains("group web"), merger.misfits().toString());
	}

	@Test
	void theTopologyHasTheDecisionsWhateverASourceReportsLater() {
		TopologyMerger merger = new TopologyMerger();
		merger.decide(List.of(GroupSettings.of("web").withTemplates(List.of(CLOUD))));
		merger.apply("source", List.of(new TopologyChange.GroupSeen(WEB), new TopologyChange.ResourceSeen(Resource.live("w1", "vm", "w1", Map.of("tier", "web"), Map.of()))));
		assertEquals(CLOUD, merger.topology().groups().get("web").template());
		assertEquals(1, merger.topology().members("web").size());
		assertSame(merger.topology(), merger.topology());
		merger.decide(List.of());
		assertEquals(Template.NONE, merger.topology().groups().get("web").template());
	}
}
