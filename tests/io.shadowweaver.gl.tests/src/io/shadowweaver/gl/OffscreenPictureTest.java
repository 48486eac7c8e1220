// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Display;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.Arrangement;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.Frame;
import io.shadowweaver.scene.draw.FrameBuilder;

/** What is drawn, read back pixel by pixel. Needs an X display; the software renderer does. */
class OffscreenPictureTest {
	private static final int WIDTH = 1000;
	private static final int HEIGHT = 700;
	private static final float ASPECT = (float) WIDTH / HEIGHT;
	private static final ViewSettings VIEW = ViewSettings.defaults(ZoneOffset.UTC);

	private static OffscreenTarget target;
	private static GlyphSource glyphs;

	@BeforeAll
	static void open() throws GlUnavailableException {
		glyphs = new GlyphSource(Display.getDefault(), 1);
		target = OffscreenTarget.create(WIDTH, HEIGHT);
	}

	@AfterAll
	static void close() {
		target.close();
	}

	private static SceneModel scene(WeaverState state, ViewSettings view) {
		return new SceneBuilder().build(state, view, PastValues.NONE, Duration.ZERO);
	}

	private static Frame frame(SceneModel scene, Camera camera) {
		return FrameBuilder.build(scene, camera, WIDTH, HEIGHT, 1, glyphs.atlas());
	}

	private static int pixel(ImageData picture, Vector3f at) {
		return picture.getPixel(Math.clamp(Math.round(at.x * WIDTH), 0, WIDTH - 1), Math.clamp(Math.round(at.y * HEIGHT), 0, HEIGHT - 1));
	}

	private static void assertNear(int expected, int actual, String what) {
		for (int shift = 0; shift <= 16; shift += 8) {
			assertTrue(Math.abs((expected >> shift & 255) - (actual >> shift & 255)) <= 2,
					what + ": expected #%06x, is #%06x".formatted(expected, actual));
		}
	}

	/** The past has no shadow, so that from the top nothing stands before the blocks. */
	@Test
	void theTopOfABlockHasTheColourOfTheLegend() {
		WeaverState state = SyntheticEstate.of(60);
		for (Palette palette : Palette.all()) {
			ViewSettings view = VIEW.withPalette(palette).withCursor(Optional.of(SyntheticEstate.NOW.minusSeconds(60)));
			SceneModel scene = new SceneBuilder().build(state, view, id -> state.series().value(id), Duration.ZERO);
			Camera camera = Camera.fit(scene.bounds(), ASPECT).top().zoom(.5f);
			target.draw(frame(scene, camera), 0);
			ImageData picture = target.picture();
			int seen = 0;
			for (Node node : scene.nodes()) {
				Vector3f at = Camera.project(camera.matrix(ASPECT), node.x(), node.y(), node.height() + .002f);
				boolean covered = at == null || at.x < .02 || at.x > .98 || at.y < .12 || at.y > .95 || at.x < .35 && at.y > .8 || node.lifecycle().isComing()
						|| scene.labels().stream().anyMatch(label -> near(Camera.project(camera.matrix(ASPECT), label.x(), label.y(), label.z()), at));
				if (!covered) {
					assertNear(node.colour(), pixel(picture, at), palette.id() + " " + node.id());
					assertEquals(scene.legend().scale().colour(node.use()), node.colour());
					seen++;
				}
			}
			assertTrue(seen >= 5, "only " + seen + " tops were seen");
		}
	}

	private static boolean near(Vector3f label, Vector3f at) {
		return label != null && Math.abs(label.x - at.x) < .25 && Math.abs(label.y - at.y) < .06;
	}

	@Test
	void theGroundIsOpaqueAndOfItsColour() {
		for (Palette palette : Palette.all()) {
			SceneModel scene = scene(SyntheticEstate.of(60), VIEW.withPalette(palette));
			target.draw(frame(scene, Camera.fit(scene.bounds(), ASPECT).pan(0, 40)), 0);
			assertNear(palette.ground(), pixel(target.picture(), new Vector3f(.9f, .3f, 0)), palette.id());
		}
	}

	@Test
	void aShadowIsSeenThroughAndItsRingIsSolid() {
		WeaverState state = SyntheticEstate.of(60);
		SceneModel scene = scene(state, VIEW);
		Node node = scene.nodes().stream().filter(n -> n.ghost().isPresent() && n.ghost().get().drawn() && n.pulse() == 0
				&& n.alarm().isEmpty() && n.id().startsWith("app-") && n.ghost().get().median() > n.height() + .15f).findFirst().orElseThrow();
		Camera camera = new Camera(node.x(), node.y(), 1, 45, 70, 4, false);
		target.draw(frame(scene, camera), 0);
		ImageData picture = target.picture();
		float half = node.size() / 2 * 1.2f;
		Vector3f onRing = Camera.project(camera.matrix(ASPECT), node.x() + half * .91f, node.y() + half * .3f, node.ghost().get().median());
		int ring = pixel(picture, onRing);
		int expected = node.ghost().get().colour();
		for (int shift = 0; shift <= 16; shift += 8) {
			assertTrue(Math.abs((expected >> shift & 255) - (ring >> shift & 255)) <= 28, "ring #%06x for #%06x".formatted(ring, expected));
		}
		Vector3f throughWall = Camera.project(camera.matrix(ASPECT), node.x() + node.size() / 2, node.y(), node.height() / 2);
		int wall = pixel(picture, throughWall);
		assertNotEquals(shaded(node.colour()), wall, "the wall of the sleeve is not seen before the block");
		assertNotEquals(expected, wall, "the wall of the sleeve is not seen through");
	}

	private static int shaded(int rgb) {
		return (int) ((rgb >> 16 & 255) * .82) << 16 | (int) ((rgb >> 8 & 255) * .82) << 8 | (int) ((rgb & 255) * .82);
	}

	@Test
	void onlyWhatPulsesChangesFromFrameToFrame() {
		SceneModel scene = scene(SyntheticEstate.of(60), VIEW.withArrangement(Arrangement.USUAL.withParticles(false)));
		assertTrue(scene.pulses());
		Frame frame = frame(scene, Camera.fit(scene.bounds(), ASPECT));
		target.draw(frame, 0);
		ImageData low = target.picture();
		target.draw(frame, .5);
		ImageData high = target.picture();
		int changed = 0;
		for (int i = 0; i < low.data.length; i++) {
			changed += low.data[i] == high.data[i] ? 0 : 1;
		}
		assertTrue(changed > 50 && changed < low.data.length / 20, changed + " bytes changed");
		target.draw(frame, 2);
		assertEquals(0, java.util.Arrays.compare(low.data, target.picture().data), "a whole period later the picture is another");
	}

	@Test
	void reducedMotionPulsesNothing() {
		SceneModel scene = scene(SyntheticEstate.of(60), VIEW.withReducedMotion(true));
		assertEquals(false, frame(scene, Camera.fit(scene.bounds(), ASPECT)).pulses());
	}

	@Test
	void theSentenceIsWritten() {
		SceneModel scene = scene(SyntheticEstate.of(60), VIEW);
		target.draw(frame(scene, Camera.fit(scene.bounds(), ASPECT)), 0);
		ImageData picture = target.picture();
		int ink = 0;
		for (int y = 12; y < 34; y++) {
			for (int x = 20; x < 400; x++) {
				ink += (picture.getPixel(x, y) & 0xFF) > 0xB0 ? 1 : 0;
			}
		}
		assertTrue(ink > 300, "only " + ink + " bright pixels where the sentence is");
		assertNear(Palette.DARK.breach(), picture.getPixel(11, 20), "the bar of a critical breach");
	}

	@Test
	void selectionIsOutlined() {
		WeaverState state = SyntheticEstate.of(60);
		SceneModel scene = scene(state, VIEW.withSelection(Set.of("db-1")));
		Node node = scene.node("db-1").orElseThrow();
		Camera camera = new Camera(node.x(), node.y(), 1, 45, 38, 6, false);
		target.draw(frame(scene, camera), 0);
		float half = node.size() / 2 * 1.02f;
		Vector3f corner = Camera.project(camera.matrix(ASPECT), node.x() + half, node.y() - half, node.height() * .5f);
		assertNear(0xFFFFFF, pixel(target.picture(), corner), "the front edge of the selected block");
	}

	@Test
	void wayLandIsRefusedWithASentenceBeforeACanvasIsMade() {
		assertTrue(GlSupport.obstacle(Map.of("WAYLAND_DISPLAY", "wayland-0"), "gtk").orElseThrow().contains("Wayland"));
		assertTrue(GlSupport.obstacle(Map.of("GDK_BACKEND", "wayland", "DISPLAY", ":0"), "gtk").isPresent());
		assertTrue(GlSupport.obstacle(Map.of(), "gtk").orElseThrow().contains("X display"));
		assertEquals(Optional.empty(), GlSupport.obstacle(Map.of("WAYLAND_DISPLAY", "wayland-0", "GDK_BACKEND", "x11", "DISPLAY", ":0"), "gtk"));
		assertEquals(Optional.empty(), GlSupport.obstacle(Map.of(), "win32"));
	}

	@Test
	void unknownCharactersAreDrawnAfterTheyWereAdded() {
		GlyphSource source = new GlyphSource(Display.getDefault(), 1);
		var before = source.atlas();
		assertEquals(false, source.add(java.util.List.of("web 12 → 15")));
		assertSame(before, source.atlas());
		assertTrue(source.add(java.util.List.of("Пример")));
		assertTrue(source.atlas().covers("Пример"));
	}

	@Test
	void glyphsGrowWithTheScale() {
		var twice = new GlyphSource(Display.getDefault(), 2).atlas();
		for (var font : io.shadowweaver.scene.draw.GlyphAtlas.Font.values()) {
			float ratio = twice.width(font, "web 12 → 15 by 14:05") / glyphs.atlas().width(font, "web 12 → 15 by 14:05");
			assertTrue(ratio > 1.8 && ratio < 2.2, font + " grew by " + ratio);
			assertTrue(glyphs.atlas().line(font) >= 11, "texts are at least 11 pixels high");
		}
	}

	@Test
	void aPictureBeforeTheFirstFrameIsRefused() throws GlUnavailableException {
		try (OffscreenTarget empty = OffscreenTarget.create(10, 10)) {
			assertThrows(IllegalStateException.class, empty::picture);
		}
	}
}
