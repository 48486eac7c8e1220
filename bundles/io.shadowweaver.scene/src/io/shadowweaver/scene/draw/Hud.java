// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.Headline;
import io.shadowweaver.scene.SceneModel.Legend;
import io.shadowweaver.scene.draw.GlyphAtlas.Font;

/** What lies flat over the scene: the sentence at the top left, the legend at the bottom left. */
final class Hud {
	private static final int STEPS = 48;

	private final Pen pen;
	private final Palette palette;
	private final float width;
	private final float height;
	private final float scale;

	Hud(Pen pen, Palette palette, float width, float height, float scale) {
		this.pen = pen;
		this.palette = palette;
		this.width = width;
		this.height = height;
		this.scale = scale;
	}

	/** Draws both, and says where labels must not be. */
	void draw(SceneModel scene, List<Rect> taken) {
		headline(scene.headline(), taken);
		legend(scene.legend(), taken);
	}

	private void headline(Headline headline, List<Rect> taken) {
		float pad = 9 * scale;
		float bar = 5 * scale;
		float room = Math.min(width - 4 * pad - bar, 760 * scale);
		List<String> what = pen.wrap(Font.LARGE, headline.what(), room);
		List<String> rest = pen.wrap(Font.SMALL, headline.rest(), room);
		float wide = 0;
		for (String line : what) {
			wide = Math.max(wide, pen.atlas.width(Font.LARGE, line));
		}
		for (String line : rest) {
			wide = Math.max(wide, pen.atlas.width(Font.SMALL, line));
		}
		float tall = what.size() * pen.atlas.line(Font.LARGE) + rest.size() * pen.atlas.line(Font.SMALL) + pad * 1.2f;
		pen.plate(pad, pad, wide + bar + 2 * pad, tall, palette.plate(), .8f);
		int accent = headline.severity().map(s -> s == Severity.CRITICAL ? palette.breach() : palette.warning())
				.orElse(headline.fresh() ? palette.heat().get(1) : palette.stale());
		pen.plate(pad, pad, bar, tall, accent, 1);
		float y = pad * 1.6f;
		for (String line : what) {
			pen.text(Font.LARGE, line, 2 * pad + bar, y, palette.ink());
			y += pen.atlas.line(Font.LARGE);
		}
		for (String line : rest) {
			pen.text(Font.SMALL, line, 2 * pad + bar, y, headline.fresh() ? palette.quiet() : palette.ink());
			y += pen.atlas.line(Font.SMALL);
		}
		taken.add(new Rect(pad, pad, wide + bar + 2 * pad, tall));
	}

	private void legend(Legend legend, List<Rect> taken) {
		float pad = 9 * scale;
		float line = pen.atlas.line(Font.SMALL);
		boolean notes = height > 480 * scale && width > 640 * scale;
		float ramp = Math.min(Math.max((notes ? 260 : 180) * scale, room(legend)), width - 4 * pad);
		float wide = Math.max(ramp, samples(legend, 0, 0, false));
		if (notes) {
			for (String note : legend.notes()) {
				wide = Math.max(wide, pen.atlas.width(Font.SMALL, note));
			}
		}
		boolean providers = notes && !legend.providers().isEmpty();
		if (providers) {
			wide = Math.max(wide, swatches(legend, 0, 0, false));
		}
		wide = Math.min(Math.max(wide, pen.atlas.width(Font.SMALL, legend.title())), width - 4 * pad);
		float tall = line * (2 + (legend.samples().isEmpty() ? 0 : 1) + (providers ? 1 : 0) + (notes ? legend.notes().size() : 0)) + 12 * scale + pad * 1.4f;
		float x = pad;
		float y = height - pad - tall;
		pen.plate(x, y, wide + 2 * pad, tall, palette.plate(), .8f);
		taken.add(new Rect(x, y, wide + 2 * pad, tall));
		x += pad;
		y += pad * .6f;
		pen.text(Font.SMALL, legend.title(), x, y, palette.ink());
		y += line + 2 * scale;
		List<Double> anchors = legend.scale().anchors();
		int parts = anchors.size() - 1;
		for (int i = 0; i < STEPS; i++) {
			float left = x + ramp * i / STEPS;
			double place = (i + .5) / STEPS * parts;
			int stop = (int) place;
			double value = anchors.get(stop) + (anchors.get(stop + 1) - anchors.get(stop)) * (place - stop);
			pen.plate(left, y, Math.round(x + ramp * (i + 1) / STEPS) - Math.round(left), 9 * scale,
					legend.scale().colour(value), 1);
		}
		y += 10 * scale;
		anchors(legend, x, y, ramp);
		y += line;
		if (!legend.samples().isEmpty()) {
			samples(legend, x, y, true);
			y += line;
		}
		if (notes) {
			for (String note : legend.notes()) {
				pen.text(Font.SMALL, note, x, y, palette.quiet());
				y += line;
			}
		}
		if (providers) {
			swatches(legend, x, y, true);
		}
	}

	/** What patterns mean, in one line; what has no room is left out. Returns its width. */
	private float samples(Legend legend, float x, float y, boolean draw) {
		Samples drawn = new Samples(pen, palette, scale);
		float last = width - 3 * 9 * scale;
		float at = x;
		for (Legend.Sample sample : legend.samples()) {
			float breadth = Samples.WIDTH * scale + 4 * scale + pen.atlas.width(Font.SMALL, sample.text());
			if (at + breadth > last) {
				break;
			}
			if (draw) {
				drawn.draw(sample, at, y + (pen.atlas.line(Font.SMALL) - Samples.HEIGHT * scale) / 2);
				pen.text(Font.SMALL, sample.text(), at + (Samples.WIDTH + 4) * scale, y, palette.quiet());
			}
			at += breadth + 10 * scale;
		}
		return at - x;
	}

	/** Who made what is framed in which colour, in one line; returns its width. */
	private float swatches(Legend legend, float x, float y, boolean draw) {
		float side = 9 * scale;
		float at = x;
		String before = "Made by ";
		if (draw) {
			pen.text(Font.SMALL, before, at, y, palette.quiet());
		}
		at += pen.atlas.width(Font.SMALL, before);
		for (Map.Entry<String, Integer> provider : legend.providers().entrySet()) {
			if (draw) {
				pen.plate(at, y + 2 * scale, side, side, provider.getValue(), 1);
				pen.text(Font.SMALL, provider.getKey(), at + side + 4 * scale, y, palette.quiet());
			}
			at += side + 14 * scale + pen.atlas.width(Font.SMALL, provider.getKey());
		}
		return at - x;
	}

	/** So wide a ramp has room for the numbers of the last two stops, critical and full, beside each other. */
	private float room(Legend legend) {
		int last = legend.values().size() - 1;
		float critical = pen.atlas.width(Font.SMALL, legend.values().get(last - 1));
		return last * (critical / 2 + 5 * scale + pen.atlas.width(Font.SMALL, legend.values().get(last)));
	}

	/** What is critical first, then the warning and the ends; of the rest what has room. */
	private void anchors(Legend legend, float x, float y, float ramp) {
		int last = legend.values().size() - 1;
		List<float[]> taken = new ArrayList<>();
		for (int i : last == 4 ? new int[] { 3, 2, 0, 4, 1 } : new int[] { 0, last, last / 2 }) {
			String text = legend.values().get(i);
			float breadth = pen.atlas.width(Font.SMALL, text);
			float left = Math.clamp(x + ramp * i / last - breadth / 2, x, Math.max(x, x + ramp - breadth));
			if (taken.stream().noneMatch(other -> left < other[1] + 4 * scale && other[0] < left + breadth + 4 * scale)) {
				pen.text(Font.SMALL, text, left, y, palette.quiet());
				taken.add(new float[] { left, left + breadth });
			}
		}
	}

	/** A rectangle in pixels. */
	record Rect(float x, float y, float width, float height) {
		boolean overlaps(Rect other) {
			return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
		}
	}
}
