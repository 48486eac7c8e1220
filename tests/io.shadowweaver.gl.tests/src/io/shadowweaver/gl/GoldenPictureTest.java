// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.scene.Arrangement;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.Frame;
import io.shadowweaver.scene.draw.FrameBuilder;

/** Whole pictures beside those that were accepted, without texts, whose fonts differ from machine to machine. */
class GoldenPictureTest {
	private static final int WIDTH = 480;
	private static final int HEIGHT = 300;
	private static final Path CHANGED = Path.of("target", "golden");
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

	private static ImageData picture(int resources, ViewSettings view, float zoom, boolean perspective) {
		SceneModel scene = new SceneBuilder().build(SyntheticEstate.of(resources), view, PastValues.NONE, Duration.ZERO);
		Camera camera = Camera.fit(scene.bounds(), (float) WIDTH / HEIGHT).zoom(zoom).withPerspective(perspective);
		Frame frame = FrameBuilder.build(scene, camera, WIDTH, HEIGHT, 1, glyphs.atlas());
		target.draw(new Frame(frame.width(), frame.height(), frame.matrix(), frame.quadrant(), frame.ground(), frame.boxes(), frame.prisms(), frame.dots(),
				frame.lines(), frame.sleeves(), frame.overLines(), new float[0], frame.pulseSleeves(), frame.pulseLines(), frame.particles(), frame.atlas(),
				frame.detail(), frame.handles()), .25);
		return target.picture();
	}

	private static void assertAccepted(String name, ImageData picture) throws IOException {
		assertEquals(Optional.empty(), Golden.compare(name, picture, CHANGED));
	}

	@Test
	void aSmallEstateInTheDark() throws IOException {
		assertAccepted("small-dark", picture(60, VIEW.withSelection(Set.of("web-2")).withHover("db-1"), 1, false));
	}

	@Test
	void aSmallEstateInTheLightWithFlowsInPerspective() throws IOException {
		assertAccepted("small-safe-light", picture(60, VIEW.withPalette(Palette.SAFE_LIGHT).withArrangement(Arrangement.USUAL.withParticles(true)), .8f, true));
	}

	@Test
	void theTide() throws IOException {
		assertAccepted("tide", picture(60, VIEW.withTide(true).withReducedMotion(true), 1, false));
	}

	@Test
	void aLargeEstateInBlocks() throws IOException {
		assertAccepted("blocks-dark", picture(10_000, VIEW.withSelection(Set.of("group:web")), 1, false));
	}

	@Test
	void aLargeEstateFromNear() throws IOException {
		assertAccepted("near-light", picture(10_000, VIEW.withPalette(Palette.LIGHT), .15f, false));
	}

	/** What would be seen if it failed. */
	@Test
	void aChangeIsToldAndShownBesideItsDifference(@TempDir Path folder) throws IOException {
		ImageData accepted = picture(60, VIEW, 1, false);
		ImageData other = picture(60, VIEW.withPalette(Palette.SAFE_DARK), 1, false);
		assertEquals(Optional.empty(), Golden.compare("same", accepted, accepted, folder));
		String said = Golden.compare("other", accepted, other, folder).orElseThrow();
		assertTrue(said.startsWith("other has changed: ") && said.contains(folder.toString()), said);
		for (String part : new String[] { "is", "was", "difference" }) {
			assertTrue(Files.size(folder.resolve("other-" + part + ".png")) > 500, part);
		}
		try (var files = Files.list(folder)) {
			assertEquals(3, files.count(), "nothing is written where nothing has changed");
		}
	}
}
