// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.scene.Treemap.Tile;

class TreemapTest {
	@Test
	void tilesHaveTheirShareDoNotOverlapAndFillTheGroup() {
		SceneModel scene = new SceneBuilder().build(TestEstate.fleet(30).state(), ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE,
				Duration.ZERO);
		List<Tile> tiles = Treemap.layOut(scene, 900, 600);
		List<Tile> members = tiles.stream().filter(tile -> tile.node().isPresent()).toList();
		List<Tile> groups = tiles.stream().filter(tile -> tile.node().isEmpty()).toList();
		assertEquals(scene.nodes().size(), members.size());
		assertEquals(900. * 600, groups.stream().mapToDouble(tile -> tile.width() * tile.height()).sum(), 1);
		for (List<Tile> level : List.of(groups, members)) {
			for (int i = 0; i < level.size(); i++) {
				for (int j = i + 1; j < level.size(); j++) {
					Tile a = level.get(i);
					Tile b = level.get(j);
					double across = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
					double down = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
					assertTrue(across < 1e-6 || down < 1e-6, a.id() + " overlaps " + b.id());
				}
			}
		}
	}

	@Test
	void areasAreInProportion() {
		List<double[]> places = Treemap.squarify(new double[] { 6, 6, 4, 3, 2, 2, 1 }, 0, 0, 6, 4);
		double[] weights = { 6, 6, 4, 3, 2, 2, 1 };
		for (int i = 0; i < weights.length; i++) {
			assertEquals(weights[i], places.get(i)[2] * places.get(i)[3], 1e-9);
		}
		// The example of the paper: its first rectangles are 3 × 2.
		assertEquals(3, places.getFirst()[2], 1e-9);
		assertEquals(2, places.getFirst()[3], 1e-9);
	}
}
