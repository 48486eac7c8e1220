// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.ArrayList;
import java.util.List;

import org.joml.Matrix4f;
import org.joml.Vector3f;

import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.SceneModel.Label;
import io.shadowweaver.scene.draw.GlyphAtlas.Font;
import io.shadowweaver.scene.draw.Hud.Rect;

/** Places labels in the picture, the most important first: none lies over another, at most {@value #MOST}. */
public final class LabelPlacer {
	/** At most so many labels are drawn. */
	public static final int MOST = 150;

	/** A small picture holds fewer: one for so many points of its area. */
	private static final float ROOM = 6000;
	private static final float[][] ABOVE = { { -.5f, -1 }, { -.5f, -2.1f }, { 0, -1.2f }, { -1, -1.2f }, { -.5f, -3.2f } };
	private static final float[][] BESIDE = { { 0, -.5f }, { 0, .6f }, { 0, -1.6f } };
	private static final float[][] BELOW = { { -.5f, .15f }, { -.5f, 1.2f } };
	private static final float[][] CORNER = { { -1, -.1f }, { -1, 1f } };

	/**
	 * A placed label.
	 *
	 * @param label  what
	 * @param x      left edge of its plate in pixels
	 * @param y      upper edge of its plate in pixels
	 * @param width  of its plate
	 * @param height of its plate
	 * @param tipX   where it points to
	 * @param tipY   where it points to
	 */
	public record Placed(Label label, float x, float y, float width, float height, float tipX, float tipY) {
	}

	private LabelPlacer() {
	}

	/**
	 * Places labels.
	 *
	 * @param labels the most important first
	 * @param matrix world to clip space
	 * @param width  of the picture in pixels
	 * @param height of the picture in pixels
	 * @param scale  pixels a point
	 * @param atlas  measures texts
	 * @param taken  where no label may be, as x, y, width, height
	 */
	public static List<Placed> place(List<Label> labels, Matrix4f matrix, int width, int height, float scale, GlyphAtlas atlas,
			List<float[]> taken) {
		List<Rect> used = new ArrayList<>();
		taken.forEach(rect -> used.add(new Rect(rect[0], rect[1], rect[2], rect[3])));
		List<Placed> placed = new ArrayList<>();
		int most = Math.clamp(Math.round(width / scale * height / scale / ROOM), 8, MOST);
		for (Label label : labels) {
			if (placed.size() == most) {
				break;
			}
			Vector3f at = Camera.project(matrix, label.x(), label.y(), label.z());
			if (at == null || at.x < 0 || at.x > 1 || at.y < 0 || at.y > 1) {
				continue;
			}
			float wide = atlas.width(Font.SMALL, label.text()) + (label.accent() >= 0 ? 13 : 8) * scale;
			float tall = atlas.line(Font.SMALL) + 2 * scale;
			float tipX = at.x * width;
			float tipY = at.y * height;
			for (float[] offset : offsets(label)) {
				float left = tipX + offset[0] * wide;
				float top = tipY + offset[1] * tall;
				left = Math.clamp(left, 2 * scale, Math.max(2 * scale, width - wide - 2 * scale));
				Rect rect = new Rect(left - scale, top - scale, wide + 2 * scale, tall + 2 * scale);
				if (top > 0 && top + tall < height && used.stream().noneMatch(rect::overlaps)) {
					used.add(rect);
					placed.add(new Placed(label, left, top, wide, tall, tipX, tipY));
					break;
				}
			}
		}
		return placed;
	}

	private static float[][] offsets(Label label) {
		return switch (label.kind()) {
		case GROUP -> BESIDE;
		case ZONE -> label.subject().isEmpty() ? BELOW : BESIDE;
		case REGION -> CORNER;
		default -> ABOVE;
		};
	}

	static void draw(Placed placed, Pen pen, Palette palette, float scale) {
		Label label = placed.label;
		boolean quiet = label.kind() == Label.Kind.ZONE || label.kind() == Label.Kind.REGION;
		if (!quiet) {
			pen.plate(placed.x, placed.y, placed.width, placed.height, palette.plate(), .8f);
		}
		float x = placed.x + 4 * scale;
		if (label.accent() >= 0) {
			pen.plate(placed.x, placed.y, 4 * scale, placed.height, label.accent(), 1);
			x += 5 * scale;
		}
		if (label.kind() != Label.Kind.GROUP && !quiet && placed.y + placed.height < placed.tipY - scale) {
			pen.plate(placed.tipX, placed.y + placed.height, scale, placed.tipY - placed.y - placed.height, palette.quiet(), .8f);
		}
		pen.text(Font.SMALL, label.text(), x, placed.y + scale, quiet || label.kind() == Label.Kind.COMING ? palette.quiet() : palette.ink());
	}
}
