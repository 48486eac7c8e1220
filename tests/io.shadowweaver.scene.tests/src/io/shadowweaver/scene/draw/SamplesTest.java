// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.SceneModel.Legend.Sample;

/** The small pictures of the legend, pixel by pixel. */
class SamplesTest {
	private static final int WIDTH = (int) Samples.WIDTH;
	private static final int HEIGHT = (int) Samples.HEIGHT;

	/** The luminance of each pixel; NaN where nothing is drawn. */
	private static double[][] drawn(Sample sample, int scale) {
		Pen pen = new Pen(new GlyphAtlas(1, 1, new byte[1], Map.of(), Map.of(GlyphAtlas.Font.SMALL, 14f, GlyphAtlas.Font.LARGE, 20f)));
		new Samples(pen, Palette.DARK, scale).draw(sample, 0, 0);
		double[][] picture = new double[HEIGHT * scale][WIDTH * scale];
		for (double[] row : picture) {
			java.util.Arrays.fill(row, Double.NaN);
		}
		float[] quads = pen.quads.toArray();
		for (int i = 0; i < quads.length; i += Frame.GLYPH) {
			double luma = (.2126 * quads[i + 8] + .7152 * quads[i + 9] + .0722 * quads[i + 10]) * quads[i + 11];
			for (int y = (int) quads[i + 1]; y < quads[i + 1] + quads[i + 3]; y++) {
				for (int x = (int) quads[i]; x < quads[i] + quads[i + 2]; x++) {
					assertTrue(y >= 0 && y < picture.length && x >= 0 && x < picture[0].length, sample + " is drawn outside of its place: " + x + ", " + y);
					picture[y][x] = luma;
				}
			}
		}
		return picture;
	}

	/** How many pixels are as light as their neighbour at the upper right, or at the lower right. */
	private static int alike(double[][] picture, int down) {
		int alike = 0;
		for (int y = 1; y < picture.length - 1; y++) {
			for (int x = 0; x < picture[0].length - 1; x++) {
				alike += picture[y][x] == picture[y + down][x + 1] ? 1 : 0;
			}
		}
		return alike;
	}

	private static int inner(double[][] picture) {
		return (picture.length - 2) * (picture[0].length - 1);
	}

	@Test
	void eachHasItsPatternAtEveryScale() {
		for (int scale = 1; scale <= 2; scale++) {
			double[][] live = drawn(Sample.LIVE, scale);
			assertEquals(inner(live), alike(live, -1));
			assertEquals(inner(live), alike(live, 1));
			double[][] predicted = drawn(Sample.PREDICTED, scale);
			assertEquals(inner(predicted), alike(predicted, -1), "stripes of what is predicted rise");
			assertTrue(alike(predicted, 1) < inner(predicted) * .9);
			double[][] stale = drawn(Sample.STALE, scale);
			assertEquals(inner(stale), alike(stale, 1), "stripes of what is stale fall");
			assertTrue(alike(stale, -1) < inner(stale) * .9);
			double[][] lower = drawn(Sample.LOWER, scale);
			assertEquals(lower[lower.length - 1][0], lower[lower.length - 1][5], "below the ring it is even");
			assertTrue(alike(lower, -1) < inner(lower));
		}
	}
}
