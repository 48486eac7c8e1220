// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.PastValues;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.Frame;
import io.shadowweaver.scene.draw.FrameBuilder;

/** Pictures in files, which are drawn in parts. Needs an X display. */
class PictureFileTest {
	@TempDir
	Path folder;

	private static Frame frame(int width, int height, boolean perspective) {
		// an estate that has been silent for an hour is hatched, so that a seam in the hatch would be seen
		SceneModel scene = new SceneBuilder().build(SyntheticEstate.of(60), ViewSettings.defaults(ZoneOffset.UTC), PastValues.NONE, Duration.ofHours(1));
		Camera camera = Camera.fit(scene.bounds(), (float) width / height).withPerspective(perspective);
		return FrameBuilder.build(scene, camera, width, height, 1, new GlyphSource(Display.getDefault(), 1).atlas());
	}

	private ImageData write(Frame frame, int across, int down) throws Exception {
		Path file = folder.resolve(across + "x" + down + ".png");
		PictureFile.write(file, frame, share -> true, across, down);
		return new ImageData(file.toString());
	}

	private static int differences(ImageData a, ImageData b) {
		int different = 0;
		for (int y = 0; y < a.height; y++) {
			for (int x = 0; x < a.width; x++) {
				different += a.palette.getRGB(a.getPixel(x, y)).equals(b.palette.getRGB(b.getPixel(x, y))) ? 0 : 1;
			}
		}
		return different;
	}

	@Test
	void aPictureInPartsIsTheWholeOne() throws Exception {
		for (boolean perspective : new boolean[] { false, true }) {
			Frame frame = frame(701, 453, perspective);
			ImageData whole = write(frame, 4096, 4096);
			ImageData parts = write(frame, 128, 100);
			assertEquals(701, parts.width);
			assertEquals(453, parts.height);
			// edges fall on the other side of a pixel's middle here and there, since floats are rounded otherwise
			int different = differences(whole, parts);
			assertTrue(different < 701 * 453 / 400, different + " pixels differ, perspective " + perspective);
		}
	}

	@Test
	void theFileHasWhatWasDrawn() throws Exception {
		Frame frame = frame(400, 300, false);
		ImageData read = write(frame, 4096, 4096);
		try (OffscreenTarget target = OffscreenTarget.create(400, 300)) {
			target.draw(frame, .5);
			assertEquals(0, differences(target.picture(), read));
		}
		assertTrue(Files.size(folder.resolve("4096x4096.png")) < 400 * 300 * 3 / 4, "it is packed");
	}

	@Test
	void whatIsCancelledLeavesWhatWasThere() throws Exception {
		Path file = folder.resolve("kept.png");
		Files.writeString(file, "what was there");
		Frame frame = frame(300, 200, false);
		assertThrows(CancellationException.class, () -> PictureFile.write(file, frame, share -> share < .4, 100, 100));
		assertEquals("what was there", Files.readString(file));
		assertEquals(List.of(file), files());
	}

	@Test
	void aFolderThatIsNotThereIsSaid() {
		Frame frame = frame(30, 20, false);
		assertThrows(IOException.class, () -> PictureFile.write(folder.resolve("none/a.png"), frame, share -> true));
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> all = Files.list(folder)) {
			return all.toList();
		}
	}

	@Test
	void partsOutsideOfThePictureAreRefused() {
		Frame frame = frame(30, 20, false);
		assertThrows(IllegalArgumentException.class, () -> frame.part(20, 0, 11, 20));
		assertThrows(IllegalArgumentException.class, () -> frame.part(0, -1, 10, 10));
		assertEquals(10 + 5, frame.part(10, 5, 10, 10).hatch());
		assertEquals(10 - 5, frame.part(10, 5, 10, 10).stripes());
	}
}
