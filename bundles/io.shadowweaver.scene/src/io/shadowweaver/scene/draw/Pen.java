// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.scene.draw.GlyphAtlas.Font;
import io.shadowweaver.scene.draw.GlyphAtlas.Glyph;

/** Writes texts and plates as quads in pixels from the top left. */
final class Pen {
	final Floats quads = new Floats();
	final GlyphAtlas atlas;

	Pen(GlyphAtlas atlas) {
		this.atlas = atlas;
	}

	void plate(float x, float y, float width, float height, int colour, float alpha) {
		quads.add(Math.round(x), Math.round(y), Math.round(width), Math.round(height), -1, -1, -1, -1, Floats.red(colour), Floats.green(colour),
				Floats.blue(colour), alpha);
	}

	float text(Font font, String text, float x, float y, int colour) {
		float at = Math.round(x);
		float top = Math.round(y);
		for (int i = 0; i < text.length(); i++) {
			Glyph glyph = atlas.glyph(font, text.charAt(i));
			if (text.charAt(i) != ' ' && text.charAt(i) != '\u00a0') {
				quads.add(Math.round(at), top, glyph.width(), glyph.height(), glyph.x(), glyph.y(), glyph.x() + glyph.width(), glyph.y() + glyph.height(),
						Floats.red(colour), Floats.green(colour), Floats.blue(colour), 1);
			}
			at += glyph.advance();
		}
		return at;
	}

	/** Breaks a text into lines at spaces. */
	List<String> wrap(Font font, String text, float width) {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		for (String word : text.split(" ")) {
			String longer = line.isEmpty() ? word : line + " " + word;
			if (!line.isEmpty() && atlas.width(font, longer) > width) {
				lines.add(line.toString());
				line = new StringBuilder(word);
			} else {
				line = new StringBuilder(longer);
			}
		}
		if (!line.isEmpty()) {
			lines.add(line.toString());
		}
		return lines;
	}
}
