// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.FontData;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.scene.draw.GlyphAtlas;
import io.shadowweaver.scene.draw.GlyphAtlas.Glyph;

/** Draws glyphs with the fonts of the window system. UI thread only; no AWT. */
public final class GlyphSource {
	private static final String SIGNS = "–—→←≥≤×·…✓◆▽▮●−µ°“”‘’";
	private static final int SMALL_PIXELS = 12;
	private static final int LARGE_PIXELS = 16;
	private static final int WIDTH = 1024;

	private final Display display;
	private final float scale;
	/** Pixels of the device in a point, as the window system draws; the rest of the scale is in the size of the font. */
	private final float zoom;
	private final Set<Character> characters = new TreeSet<>();
	private GlyphAtlas atlas;

	/**
	 * @param display whose system font is used
	 * @param scale   pixels of the device in a point
	 */
	public GlyphSource(Display display, float scale) {
		this.display = display;
		this.scale = scale;
		zoom = display.getPrimaryMonitor().getZoom() / 100f;
		for (char c = ' '; c < 256; c++) {
			if (c < 127 || c >= 160) {
				characters.add(c);
			}
		}
		SIGNS.chars().forEach(c -> characters.add((char) c));
		atlas = make();
	}

	/** The glyphs so far. */
	public GlyphAtlas atlas() {
		return atlas;
	}

	/** The scale that they were made for. */
	public float scale() {
		return scale;
	}

	/**
	 * Adds the characters of texts that are not there yet.
	 *
	 * @return whether there is a new atlas
	 */
	public boolean add(Iterable<String> texts) {
		int before = characters.size();
		for (String text : texts) {
			text.chars().filter(c -> c >= ' ').forEach(c -> characters.add((char) c));
		}
		if (characters.size() == before) {
			return false;
		}
		atlas = make();
		return true;
	}

	private GlyphAtlas make() {
		FontData system = display.getSystemFont().getFontData()[0];
		Font small = font(system.getName(), SMALL_PIXELS, SWT.NORMAL);
		Font large = font(system.getName(), LARGE_PIXELS, SWT.BOLD);
		try {
			Map<Integer, Glyph> points = new HashMap<>();
			Map<GlyphAtlas.Font, Float> lines = new EnumMap<>(GlyphAtlas.Font.class);
			int height = layOut(small, large, points, lines);
			return picture(small, large, points, lines, height);
		} finally {
			small.dispose();
			large.dispose();
		}
	}

	private Font font(String name, int pixels, int style) {
		return new Font(display, name, Math.round(pixels * scale / zoom * 72f / display.getDPI().y), style);
	}

	/** Puts glyphs into rows, in points. */
	private int layOut(Font small, Font large, Map<Integer, Glyph> glyphs, Map<GlyphAtlas.Font, Float> lines) {
		Image probe = new Image(display, 1, 1);
		GC gc = new GC(probe);
		try {
			int x = 0;
			int y = 0;
			int row = 0;
			for (GlyphAtlas.Font font : GlyphAtlas.Font.values()) {
				gc.setFont(font == GlyphAtlas.Font.SMALL ? small : large);
				lines.put(font, (float) Math.round(gc.getFontMetrics().getHeight() * zoom));
				for (char c : characters) {
					Point size = gc.textExtent(String.valueOf(c), SWT.DRAW_TRANSPARENT);
					if (x + size.x + 2 > WIDTH) {
						x = 0;
						y += row + 1;
						row = 0;
					}
					glyphs.put(GlyphAtlas.key(font, c), new Glyph(x + 1, y, size.x, size.y, size.x));
					x += size.x + 3;
					row = Math.max(row, size.y);
				}
			}
			return y + row + 1;
		} finally {
			gc.dispose();
			probe.dispose();
		}
	}

	private GlyphAtlas picture(Font small, Font large, Map<Integer, Glyph> points, Map<GlyphAtlas.Font, Float> lines, int height) {
		Image image = new Image(display, WIDTH, height);
		GC gc = new GC(image);
		try {
			gc.setBackground(new Color(0, 0, 0));
			gc.fillRectangle(0, 0, WIDTH, height);
			gc.setForeground(new Color(255, 255, 255));
			gc.setTextAntialias(SWT.ON);
			Map<Integer, Glyph> glyphs = new HashMap<>();
			for (GlyphAtlas.Font font : GlyphAtlas.Font.values()) {
				gc.setFont(font == GlyphAtlas.Font.SMALL ? small : large);
				for (char c : characters) {
					Glyph at = points.get(GlyphAtlas.key(font, c));
					gc.drawText(String.valueOf(c), at.x(), at.y(), SWT.DRAW_TRANSPARENT);
					glyphs.put(GlyphAtlas.key(font, c), new Glyph(Math.round(at.x() * zoom), Math.round(at.y() * zoom), Math.round(at.width() * zoom),
							Math.round(at.height() * zoom), at.advance() * zoom));
				}
			}
			ImageData data = image.getImageData(Math.round(zoom * 100));
			byte[] alpha = new byte[data.width * data.height];
			int[] row = new int[data.width];
			for (int y = 0; y < data.height; y++) {
				data.getPixels(0, y, data.width, row, 0);
				for (int x = 0; x < data.width; x++) {
					var rgb = data.palette.getRGB(row[x]);
					alpha[y * data.width + x] = (byte) ((rgb.red + rgb.green + rgb.blue) / 3);
				}
			}
			return new GlyphAtlas(data.width, data.height, alpha, Map.copyOf(glyphs), Map.copyOf(lines));
		} finally {
			gc.dispose();
			image.dispose();
		}
	}
}
