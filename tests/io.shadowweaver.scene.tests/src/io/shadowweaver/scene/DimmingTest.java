// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;

import org.junit.jupiter.api.Test;

class DimmingTest {
	private static final SceneModel WHOLE = new SceneBuilder().build(new TestEstate().live("a", "web", "r", "z", .5).live("b", "web", "r", "z", 1.4).live("c", "db", "r", "y", .2).state(),
			ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ZERO);

	@Test
	void whatIsLookedForStaysAndTheRestStepsBackInItsPlace() {
		SceneModel dimmed = Dimming.of(WHOLE, Set.of("a"));
		assertEquals(WHOLE.node("a"), dimmed.node("a"));
		SceneModel.Node before = WHOLE.node("b").orElseThrow();
		SceneModel.Node after = dimmed.node("b").orElseThrow();
		assertEquals(Oklab.mix(before.colour(), WHOLE.view().palette().ground(), Dimming.AWAY), after.colour());
		assertNotEquals(before.colour(), after.colour());
		assertEquals(before.height(), after.height());
		assertEquals(before.x(), after.x());
		assertTrue(after.ghost().isEmpty() && after.alarm().isEmpty());
		assertEquals(0, after.pulse());
		assertTrue(dimmed.labels().stream().noneMatch(label -> label.subject().equals("b") || label.subject().equals("c")));
	}

	@Test
	void aBlockStaysWhereOneInsideIsLookedFor() {
		SceneModel dimmed = Dimming.of(WHOLE, Set.of("a"));
		assertEquals(WHOLE.blocks().size(), dimmed.blocks().size());
		for (int i = 0; i < WHOLE.blocks().size(); i++) {
			Block block = WHOLE.blocks().get(i);
			boolean inside = WHOLE.nodes().subList(block.from(), block.to()).stream().anyMatch(node -> node.id().equals("a"));
			assertEquals(inside, block.equals(dimmed.blocks().get(i)), block.place().id());
		}
		assertTrue(WHOLE.blocks().size() > 2);
	}
}
