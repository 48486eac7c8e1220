// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import io.shadowweaver.scene.Oklab;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.SceneModel.Legend.Sample;

/** Small pictures of the patterns of the scene, as they are drawn there, for its legend. */
final class Samples {
	/** Width and height in points. */
	static final float WIDTH = 18;
	static final float HEIGHT = 10;
	/** The stripes of sleeves and hatches of blocks, as the shaders have them: period and breadth in points. */
	private static final float STRIPES = 6;
	private static final float STRIPE = 2;
	private static final float HATCH = 7;
	private static final float LINE = 2.2f;
	private static final double SHADE = .45;

	private final Pen pen;
	private final Palette palette;
	private final float scale;

	Samples(Pen pen, Palette palette, float scale) {
		this.pen = pen;
		this.palette = palette;
		this.scale = scale;
	}

	/** Draws one with its top left corner there. */
	void draw(Sample sample, float x, float y) {
		float width = WIDTH * scale;
		float height = HEIGHT * scale;
		int colour = palette.heat().get(1);
		switch (sample) {
		case LIVE -> pen.plate(x, y, width, height, colour, 1);
		case PREDICTED -> {
			pen.plate(x, y, width, height, colour, .25f);
			diagonals(x, y, width, height, STRIPES, STRIPE, true, colour);
		}
		case LOWER -> {
			pen.plate(x, y, width, height, colour, 1);
			diagonals(x, y, width, Math.round(height * .6f), HATCH, LINE, false, dark(colour));
		}
		case STALE -> {
			pen.plate(x, y, width, height, palette.stale(), 1);
			diagonals(x, y, width, height, HATCH, LINE, false, dark(palette.stale()));
		}
		}
	}

	private static int dark(int colour) {
		return Oklab.mix(colour, 0, 1 - SHADE);
	}

	/** Row by row, since there are only upright plates. */
	private void diagonals(float x, float y, float width, float height, float period, float breadth, boolean rising, int colour) {
		int step = Math.max(2, Math.round(period * scale));
		int thick = Math.max(1, Math.round(breadth * scale));
		int rows = Math.round(height);
		int columns = Math.round(width);
		for (int row = 0; row < rows; row++) {
			for (int start = Math.floorMod(rising ? -row : row, step) - step; start < columns; start += step) {
				int from = Math.max(0, start);
				int to = Math.min(columns, start + thick);
				if (to > from) {
					pen.plate(x + from, y + row, to - from, 1, colour, 1);
				}
			}
		}
	}
}
