// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ScenesForTests;
import io.shadowweaver.scene.ViewSettings;

public class FrameBuilderTest {
	/** One glyph for all characters. */
	public static GlyphAtlas atlas() {
		Map<Integer, GlyphAtlas.Glyph> glyphs = new HashMap<>();
		for (GlyphAtlas.Font font : GlyphAtlas.Font.values()) {
			glyphs.put(GlyphAtlas.key(font, '?'), new GlyphAtlas.Glyph(0, 0, 7, 14, 7));
		}
		return new GlyphAtlas(16, 16, new byte[256], glyphs, Map.of(GlyphAtlas.Font.SMALL, 14f, GlyphAtlas.Font.LARGE, 20f));
	}

	private static SceneModel scene(WeaverState state, ViewSettings view) {
		return new SceneBuilder().build(state, view, PastValues.NONE, Duration.ZERO);
	}

	private static Frame frame(SceneModel scene, Camera camera, int budget) {
		return FrameBuilder.build(scene, camera, 800, 600, 1, atlas(), budget);
	}

	@Test
	void everyBlockIsABoxOrADotAndWhatIsSelectedIsABox() {
		ViewSettings view = ViewSettings.defaults(ZoneOffset.UTC);
		SceneModel scene = scene(ScenesForTests.fleet(100), view);
		Camera camera = Camera.fit(scene.bounds(), 800f / 600);
		int places = (int) scene.places().stream().filter(place -> place.kind() != io.shadowweaver.scene.Place.Kind.REGION).count();
		Frame whole = frame(scene, camera, 1000);
		assertEquals(scene.nodes().size() + places, whole.boxes().length / Frame.BOX);
		assertEquals(0, whole.dots().length);
		Frame thin = frame(scene, camera, 10);
		assertEquals(10 + places, thin.boxes().length / Frame.BOX);
		assertEquals(scene.nodes().size() - 10, thin.dots().length / Frame.DOT);
		SceneModel selected = scene(ScenesForTests.fleet(100), view.withSelection(Set.of("web-100")));
		var node = selected.node("web-100").orElseThrow();
		Frame one = frame(selected, camera, 1);
		float x = one.boxes()[places * Frame.BOX] + one.boxes()[places * Frame.BOX + 3] / 2;
		assertEquals(node.x(), x, 1e-4);
	}

	@Test
	void whatIsUnusualIsABoxWithADiamondInAColourOfNoSeverity() {
		ViewSettings view = ViewSettings.defaults(ZoneOffset.UTC);
		SceneModel scene = scene(ScenesForTests.unusual(50), view);
		Camera camera = Camera.fit(scene.bounds(), 800f / 600);
		int calm = frame(scene(ScenesForTests.fleet(50), view), camera, 1000).overLines().length / Frame.LINE;
		float[] lines = frame(scene, camera, 1000).overLines();
		int colour = view.palette().unusual();
		int diamond = 0;
		for (int i = 0; i < lines.length; i += Frame.LINE) {
			diamond += lines[i + 6] == Floats.red(colour) && lines[i + 7] == Floats.green(colour) && lines[i + 8] == Floats.blue(colour) ? 1 : 0;
		}
		assertEquals(lines.length / Frame.LINE - calm, diamond, "nothing else was added");
		assertEquals(4 * 4 + 4, diamond, "a full one of four outlines for the value, a hollow one for the forecast");
		int places = (int) scene.places().stream().filter(place -> place.kind() != io.shadowweaver.scene.Place.Kind.REGION).count();
		float x = frame(scene, camera, 2).boxes()[places * Frame.BOX] + frame(scene, camera, 2).boxes()[places * Frame.BOX + 3] / 2;
		assertTrue(Math.abs(x - scene.node("web-1").orElseThrow().x()) < 1e-4 || Math.abs(x - scene.node("web-2").orElseThrow().x()) < 1e-4);
	}

	@Test
	void whatIsOutsideOfThePictureCostsNothing() {
		SceneModel scene = scene(ScenesForTests.fleet(100), ViewSettings.defaults(ZoneOffset.UTC));
		Camera near = Camera.fit(scene.bounds(), 800f / 600).zoom(.2f);
		assertTrue(frame(scene, near, 1000).boxes().length < frame(scene, Camera.fit(scene.bounds(), 800f / 600), 1000).boxes().length / 2);
	}

	@Test
	void sleevesComeFromTheBackToTheFront() {
		SceneModel scene = scene(ScenesForTests.rising(60), ViewSettings.defaults(ZoneOffset.UTC));
		for (float azimuth : new float[] { 45, 135, 225, 315 }) {
			Camera camera = new Camera(0, 0, 0, azimuth, 38, 10, false).fitted(scene.bounds(), 800f / 600, 0);
			float[] sleeves = frame(scene, camera, 1000).sleeves();
			assertEquals(60, sleeves.length / Frame.SLEEVE);
			float last = Float.MAX_VALUE;
			for (int i = 0; i < sleeves.length; i += Frame.SLEEVE) {
				float depth = sleeves[i] * camera.forward().x + sleeves[i + 1] * camera.forward().y;
				assertTrue(depth <= last + 1e-4, "at azimuth " + azimuth);
				last = depth;
			}
		}
	}
}
