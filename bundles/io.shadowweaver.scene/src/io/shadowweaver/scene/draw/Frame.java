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
 * @param dots        blocks that are too many to be boxes, as flat squares, {@value #DOT} floats each: middle x y z, half side, r g b, pattern
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
 * @param left        pixels of the whole picture that are left of a {@linkplain #part part}, so that patterns go on there
 * @param below       likewise below it
 */
public record Frame(int width, int height, float[] matrix, int quadrant, int ground, float[] boxes, float[][] prisms, float[] dots, float[] lines, float[] sleeves,
		float[] overLines, float[] glyphs, float[] pulseSleeves, float[] pulseLines, float[] particles, GlyphAtlas atlas, Detail detail,
		List<LabelPlacer.Placed> handles, int left, int below) {
	/** Floats of a box. */
	public static final int BOX = 11;
	/** Floats of a dot. */
	public static final int DOT = 8;
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
	/** Pattern of a box, lit from the sides, or of a dot: plain. */
	public static final float PLAIN = 0;
	/** Pattern of a box: diagonal hatch, no fresh data. */
	public static final float STALE = 1;
	/** Pattern of a box: hatched above the height in its parameter. */
	public static final float LOWER = 2;

	/** Pattern of a dot: hollow, its colour is that of a shadow. Sleeves, which are all shadows, need none: their walls are striped. */
	public static final float PREDICTED = 3;

	/** A whole picture. */
	public Frame(int width, int height, float[] matrix, int quadrant, int ground, float[] boxes, float[][] prisms, float[] dots, float[] lines, float[] sleeves,
			float[] overLines, float[] glyphs, float[] pulseSleeves, float[] pulseLines, float[] particles, GlyphAtlas atlas, Detail detail,
			List<LabelPlacer.Placed> handles) {
		this(width, height, matrix, quadrant, ground, boxes, prisms, dots, lines, sleeves, overLines, glyphs, pulseSleeves, pulseLines, particles, atlas, detail, handles, 0, 0);
	}

	/**
	 * A rectangle of the picture as a picture of its own: parts beside each other are the whole one, pixel by pixel. Nothing in it can be dragged.
	 *
	 * @param left       pixels that are left out at the left, 0 or more
	 * @param top        likewise at the top
	 * @param partWidth  in pixels, positive; no further than to the right edge
	 * @param partHeight likewise, to the lower edge
	 */
	public Frame part(int left, int top, int partWidth, int partHeight) {
		if (left < 0 || top < 0 || partWidth < 1 || partHeight < 1 || left + partWidth > width || top + partHeight > height) {
			throw new IllegalArgumentException(partWidth + " × " + partHeight + " at " + left + ", " + top + " is no part of " + width + " × " + height);
		}
		// what was at the middle of the part comes to the middle, and its edges to the edges, of clip space
		float across = (float) width / partWidth;
		float upwards = (float) height / partHeight;
		float right = (width - 2f * left - partWidth) / partWidth;
		float up = (2f * top + partHeight - height) / partHeight;
		float[] moved = matrix.clone();
		for (int column = 0; column < 16; column += 4) {
			moved[column] = matrix[column] * across + matrix[column + 3] * right;
			moved[column + 1] = matrix[column + 1] * upwards + matrix[column + 3] * up;
		}
		float[] texts = glyphs.clone();
		for (int i = 0; i < texts.length; i += GLYPH) {
			texts[i] -= left;
			texts[i + 1] -= top;
		}
		return new Frame(partWidth, partHeight, moved, quadrant, ground, boxes, prisms, dots, lines, sleeves, overLines, texts, pulseSleeves, pulseLines, particles, atlas,
				detail, List.of(), this.left + left, below + height - top - partHeight);
	}

	/** Where diagonal hatches begin, that fall to the right: what is left of a part and below it, in pixels. */
	public int hatch() {
		return left + below;
	}

	/** Where stripes begin that rise to the right, in pixels. */
	public int stripes() {
		return left - below;
	}

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
		return alarms() || flows();
	}

	/** Whether something pulses that somebody should see, wherever else they look. */
	public boolean alarms() {
		return pulseSleeves.length > 0 || pulseLines.length > 0;
	}

	/** Whether particles move along links. */
	public boolean flows() {
		return particles.length > 0;
	}
}
