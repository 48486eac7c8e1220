// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import io.shadowweaver.gl.PictureFile;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.draw.FrameBuilder;

/**
 * What a picture in a file is to be like.
 *
 * @param width  in pixels, 1 to {@value io.shadowweaver.gl.PictureFile#MOST}
 * @param height likewise
 * @param ground what is behind the scene
 */
record PictureWish(int width, int height, Ground ground) {
	/** Texts and lines grow with the picture up to this; beyond, there is more to see. */
	private static final float LARGEST = 4;

	/** Square points for a box, about what a window gives to each of {@link FrameBuilder#STILL}. */
	private static final double ROOM = 700;

	/** What is behind the scene. */
	enum Ground {
		SCREEN("As on the screen"), DARK("Dark"), LIGHT("Light, for print");

		private final String label;

		Ground(String label) {
			this.label = label;
		}

		String label() {
			return label;
		}

		/** The colours for it. */
		Palette of(Palette shown) {
			return this == SCREEN ? shown : shown.onGround(this == DARK);
		}
	}

	/** Checks. */
	PictureWish {
		if (width < 1 || height < 1 || width > PictureFile.MOST || height > PictureFile.MOST) {
			throw new IllegalArgumentException("a picture has 1 to " + PictureFile.MOST + " pixels a side, not " + width + " × " + height);
		}
	}

	/**
	 * Pixels of a point.
	 *
	 * @param shownWidth  of what is on the screen, in points
	 * @param shownHeight likewise
	 */
	float scale(int shownWidth, int shownHeight) {
		return Math.clamp(Math.min((float) width / Math.max(1, shownWidth), (float) height / Math.max(1, shownHeight)), 1, LARGEST);
	}

	/** How many blocks are boxes: as many more than on a screen as the picture has more room. */
	int budget(float scale) {
		return (int) Math.max(FrameBuilder.STILL, (double) width * height / (scale * scale) / ROOM);
	}

	/** From where all is seen that is seen on the screen: further away where the picture is slimmer. */
	Camera camera(Camera shown, float shownAspect) {
		float aspect = (float) width / height;
		return aspect < shownAspect ? shown.zoom(shownAspect / aspect) : shown;
	}
}
