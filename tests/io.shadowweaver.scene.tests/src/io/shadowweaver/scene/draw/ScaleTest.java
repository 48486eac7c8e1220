// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ScenesForTests;
import io.shadowweaver.scene.ViewSettings;

/** The same picture on a screen of twice as many pixels: what is measured in points is twice as large, and stands at the same place. */
class ScaleTest {
	private static final int WIDTH = 900;
	private static final int HEIGHT = 640;
	private static final String HANDLE = "group:web";

	private static GlyphAtlas atlas(int scale) {
		Map<Integer, GlyphAtlas.Glyph> glyphs = new HashMap<>();
		for (GlyphAtlas.Font font : GlyphAtlas.Font.values()) {
			glyphs.put(GlyphAtlas.key(font, '?'), new GlyphAtlas.Glyph(0, 0, 7 * scale, 14 * scale, 7f * scale));
		}
		return new GlyphAtlas(16 * scale, 16 * scale, new byte[256 * scale * scale], glyphs, Map.of(GlyphAtlas.Font.SMALL, 14f * scale, GlyphAtlas.Font.LARGE, 20f * scale));
	}

	private static Frame frame(int scale) {
		ViewSettings view = new ViewSettings("cpu", .9, io.shadowweaver.scene.HeatMode.PREDICTED, Optional.empty(), Duration.ofHours(1), 1, false,
				io.shadowweaver.scene.ShadowStyle.SLEEVE, io.shadowweaver.scene.Palette.DARK, false, true, false, false, java.util.Set.of(HANDLE), "", ZoneOffset.UTC, "",
				Map.of(HANDLE, 1., ViewSettings.MEMBERS + HANDLE, 1.), io.shadowweaver.scene.Arrangement.USUAL);
		SceneModel scene = new SceneBuilder().build(ScenesForTests.fleet(12), view, PastValues.NONE, Duration.ZERO);
		return FrameBuilder.build(scene, Camera.fit(scene.bounds(), (float) WIDTH / HEIGHT), WIDTH * scale, HEIGHT * scale, scale, atlas(scale));
	}

	@Test
	void linesAndDashesAreTwiceAsWide() {
		Frame one = frame(1);
		Frame two = frame(2);
		for (List<float[]> pair : List.of(List.of(one.lines(), two.lines()), List.of(one.overLines(), two.overLines()), List.of(one.pulseLines(), two.pulseLines()))) {
			assertEquals(pair.get(0).length, pair.get(1).length);
			for (int i = 0; i < pair.get(0).length; i += Frame.LINE) {
				for (int k = 0; k < Frame.LINE; k++) {
					float expected = pair.get(0)[i + k] * (k == 10 || k == 11 ? 2 : 1);
					assertEquals(expected, pair.get(1)[i + k], 1e-5, "line " + i / Frame.LINE + ", float " + k);
				}
			}
		}
		assertTrue(one.overLines().length > 0, "nothing was outlined");
	}

	@Test
	void textsStandAtTheSamePlaceTwiceAsLarge() {
		Frame one = frame(1);
		Frame two = frame(2);
		// the samples of the legend are drawn in rows of pixels, so that there are more of them
		double[] small = extent(one);
		double[] large = extent(two);
		for (int i = 0; i < 4; i++) {
			assertEquals(small[i] * 2, large[i], 4, "edge " + i);
		}
	}

	/** Left, top, right and lower edge of all that is written. */
	private static double[] extent(Frame frame) {
		double[] edges = { 1e9, 1e9, 0, 0 };
		for (int i = 0; i < frame.glyphs().length; i += Frame.GLYPH) {
			float[] quads = frame.glyphs();
			edges[0] = Math.min(edges[0], quads[i]);
			edges[1] = Math.min(edges[1], quads[i + 1]);
			edges[2] = Math.max(edges[2], quads[i] + quads[i + 2]);
			edges[3] = Math.max(edges[3], quads[i + 1] + quads[i + 3]);
		}
		return edges;
	}

	@Test
	void aHandleIsHitAtTheSamePoint() {
		Frame one = frame(1);
		Frame two = frame(2);
		assertEquals(2, one.handles().size());
		int hit = 0;
		for (int y = 0; y < HEIGHT; y += 2) {
			for (int x = 0; x < WIDTH; x += 2) {
				Optional<String> small = one.handle(x, y);
				if (small.isPresent() && one.handle(x - 2, y - 2).equals(small) && one.handle(x + 2, y + 2).equals(small)) {
					assertEquals(small, two.handle(x * 2f, y * 2f), x + ", " + y);
					hit++;
				}
			}
		}
		assertTrue(hit > 100, "handles were hit only at " + hit + " points");
	}

	@Test
	void detailsAreChosenByPointsNotByPixels() {
		assertEquals(frame(1).detail().nodes().size(), frame(2).detail().nodes().size());
		assertEquals(frame(1).boxes().length, frame(2).boxes().length);
	}
}
