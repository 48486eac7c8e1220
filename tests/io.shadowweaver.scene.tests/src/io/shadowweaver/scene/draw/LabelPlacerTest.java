// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.joml.Matrix4f;
import org.junit.jupiter.api.Test;

import io.shadowweaver.scene.SceneModel.Label;
import io.shadowweaver.scene.draw.LabelPlacer.Placed;

class LabelPlacerTest {
	private static GlyphAtlas atlas() {
		Map<Integer, GlyphAtlas.Glyph> glyphs = new HashMap<>();
		for (GlyphAtlas.Font font : GlyphAtlas.Font.values()) {
			for (char c = ' '; c < 127; c++) {
				glyphs.put(GlyphAtlas.key(font, c), new GlyphAtlas.Glyph(0, 0, 7, 14, 7));
			}
		}
		return new GlyphAtlas(16, 16, new byte[256], glyphs, Map.of(GlyphAtlas.Font.SMALL, 14f, GlyphAtlas.Font.LARGE, 20f));
	}

	private static Label label(Label.Kind kind, String text, float x, float y) {
		return new Label(kind, text, x, y, 0, "", -1);
	}

	@Test
	void noneLiesOverAnotherAndThereAreAtMost150() {
		Random random = new Random(3);
		List<Label> labels = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			labels.add(label(i < 100 ? Label.Kind.BREACH : Label.Kind.GROUP, "web-" + i + " 12 by 14:05", random.nextFloat() * 2 - 1,
					random.nextFloat() * 2 - 1));
		}
		List<float[]> taken = List.of(new float[] { 0, 0, 400, 80 });
		List<Placed> placed = LabelPlacer.place(labels, new Matrix4f(), 2500, 1600, 1, atlas(), taken);
		assertEquals(LabelPlacer.MOST, placed.size());
		for (int i = 0; i < placed.size(); i++) {
			assertFalse(placed.get(i).x() < 400 && placed.get(i).y() < 80, "over the sentence");
			for (int j = i + 1; j < placed.size(); j++) {
				Placed a = placed.get(i);
				Placed b = placed.get(j);
				assertTrue(a.x() + a.width() <= b.x() || b.x() + b.width() <= a.x() || a.y() + a.height() <= b.y() || b.y() + b.height() <= a.y());
			}
		}
	}

	@Test
	void theMoreImportantOneWins() {
		List<Label> labels = new ArrayList<>(List.of(label(Label.Kind.BREACH, "first", 0, 0)));
		for (int i = 0; i < 20; i++) {
			labels.add(label(Label.Kind.SELECTED, "same place " + i, 0, 0));
		}
		List<Placed> placed = LabelPlacer.place(labels, new Matrix4f(), 1000, 700, 1, atlas(), List.of());
		assertEquals("first", placed.getFirst().label().text());
		assertTrue(placed.size() < labels.size());
	}

	@Test
	void whatIsOutsideOfThePictureHasNoLabel() {
		assertEquals(List.of(), LabelPlacer.place(List.of(label(Label.Kind.BREACH, "far", 3, 0)), new Matrix4f(), 1000, 700, 1, atlas(), List.of()));
	}
}
