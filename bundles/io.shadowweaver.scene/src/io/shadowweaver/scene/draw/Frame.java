// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.List;
import java.util.Optional;

import io.shadowweaver.scene.Detail;

/**
 * All that a graphics library needs to draw one picture: instances in flat arrays, in the order in which they are drawn.
 * Immutable by agreement: the arrays are not copied and never changed. Colours are 0 to 1.
 *
 * @param width       of the picture in pixels of the device
 * @param height      likewise
 * @param matrix      world to clip space, 16 floats by columns
 * @param quadrant    from which quarter the camera looks, 0 to 3: decides which walls of a sleeve come first
 * @param ground      the background, {@code 0xRRGGBB}
 * @param boxes       opaque boxes, {@value #BOX} floats each: corner x y z, size x y z, r g b, pattern, parameter
 * @param prisms      blocks that are no boxes, by the ordinal of their {@link io.shadowweaver.scene.Shape}, like {@code boxes}; empty for boxes
 * @param dots        blocks that are too many to be boxes, as flat squares, {@value #DOT} floats each: middle x y z, half side, r g b
 * @param lines       lines below the sleeves, {@value #LINE} floats each: from x y z, to x y z, r g b a, width, dash, pulse
 * @param sleeves     hollow sleeves from back to front, {@value #SLEEVE} floats each: middle x y, half side along x, along y, from z, to z, r g b,
 *                    opacity of walls, of the ring, pulse
 * @param overLines   lines over the sleeves, like {@code lines}
 * @param glyphs      texts and plates, {@value #GLYPH} floats each: x y from the top left, width, height in pixels, then the
 *                    place in the atlas in texels (negative: solid) and r g b a
 * @param pulseSleeves sleeves that pulse, not among {@code sleeves}
 * @param pulseLines  lines that pulse, not among the others
 * @param particles   what moves along links, {@value #PARTICLE} floats each: from x y, to x y, rise of the arc, phase 0 to 1, rounds a second, side in
 *                    pixels, r g b
 * @param atlas       the glyphs
 * @param detail      what of the scene was seen in blocks that stand for many, and what by itself
 * @param handles     labels that can be dragged, where they were placed
 */
public record Frame(int width, int height, float[] matrix, int quadrant, int ground, float[] boxes, float[][] prisms, float[] dots, float[] lines, float[] sleeves,
		float[] overLines, float[] glyphs, float[] pulseSleeves, float[] pulseLines, float[] particles, GlyphAtlas atlas, Detail detail,
		List<LabelPlacer.Placed> handles) {
	/** Floats of a box. */
	public static final int BOX = 11;
	/** Floats of a dot. */
	public static final int DOT = 7;
	/** Floats of a line. */
	public static final int LINE = 13;
	/** Floats of a sleeve. */
	public static final int SLEEVE = 12;
	/** Floats of a particle. */
	public static final int PARTICLE = 11;
	/** Floats of a glyph. */
	public static final int GLYPH = 12;
	/** Dash of a line whose ends do not reach beyond its points, so that translucent ones can follow each other. */
	public static final float BUTT = -1;
	/** Pattern of a box: plain, lit from the sides. */
	public static final float PLAIN = 0;
	/** Pattern of a box: diagonal hatch, no fresh data. */
	public static final float STALE = 1;
	/** Pattern of a box: hatched above the height in its parameter. */
	public static final float LOWER = 2;

	/** The key of the group whose handle is at a point, in pixels of the device. */
	public Optional<String> handle(float x, float y) {
		return handles.stream().filter(placed -> x >= placed.x() && y >= placed.y() && x <= placed.x() + placed.width() && y <= placed.y() + placed.height())
				.map(placed -> placed.label().subject()).findFirst();
	}

	/** Whether far things are smaller. */
	public boolean perspective() {
		return matrix[3] != 0 || matrix[7] != 0 || matrix[11] != 0;
	}

	/** Whether it must be drawn again although nothing changes. */
	public boolean pulses() {
		return pulseSleeves.length > 0 || pulseLines.length > 0 || particles.length > 0;
	}
}
