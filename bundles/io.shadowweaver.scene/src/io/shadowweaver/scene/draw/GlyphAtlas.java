// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.Map;

/**
 * Glyphs in one picture of opacities. Immutable; the arrays are not copied.
 *
 * @param width  of the picture
 * @param height of the picture
 * @param alpha  opacities by rows
 * @param glyphs by {@link #key}
 * @param lines  height of a line of each font, in pixels
 */
public record GlyphAtlas(int width, int height, byte[] alpha, Map<Integer, Glyph> glyphs, Map<Font, Float> lines) {
	/** The fonts of a scene. */
	public enum Font {
		/** Labels. */
		SMALL,
		/** The first part of the sentence. */
		LARGE
	}

	/** Where a glyph is in the picture, and how wide it is. */
	public record Glyph(int x, int y, int width, int height, float advance) {
	}

	/** Where {@code text} stands in for it. */
	private static final char UNKNOWN = '?';

	/** The key of a character in a font. */
	public static int key(Font font, char character) {
		return font.ordinal() << 16 | character;
	}

	/** The glyph of a character, or that of the question mark. */
	public Glyph glyph(Font font, char character) {
		Glyph glyph = glyphs.get(key(font, character));
		return glyph != null ? glyph : glyphs.get(key(font, UNKNOWN));
	}

	/** Whether all characters of a text are there. */
	public boolean covers(String text) {
		return text.chars().allMatch(c -> glyphs.containsKey(key(Font.SMALL, (char) c)));
	}

	/** The width of a text in pixels. */
	public float width(Font font, String text) {
		float width = 0;
		for (int i = 0; i < text.length(); i++) {
			width += glyph(font, text.charAt(i)).advance();
		}
		return width;
	}

	/** The height of a line in pixels. */
	public float line(Font font) {
		return lines.get(font);
	}
}
