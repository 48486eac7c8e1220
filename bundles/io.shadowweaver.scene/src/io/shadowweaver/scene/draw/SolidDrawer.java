// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.scene.Block;
import io.shadowweaver.scene.Detail.Solid;
import io.shadowweaver.scene.Oklab;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.Place;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.Ghost;

/** Draws a block that stands for many resources: like one of them, over its whole place. */
final class SolidDrawer {
	private static final float OUT = .35f;

	private final Palette palette;
	private final boolean still;
	private final int quadrant;
	private final Floats boxes;
	private final Floats sleeves;
	private final Floats pulseSleeves;
	private final Strokes lines;
	private final Strokes overLines;

	SolidDrawer(SceneModel scene, int quadrant, Floats boxes, Floats sleeves, Floats pulseSleeves, Strokes lines, Strokes overLines) {
		palette = scene.view().palette();
		still = scene.view().reducedMotion();
		this.quadrant = quadrant;
		this.boxes = boxes;
		this.sleeves = sleeves;
		this.pulseSleeves = pulseSleeves;
		this.lines = lines;
		this.overLines = overLines;
	}

	void draw(Solid solid) {
		Block block = solid.block();
		Place place = block.place();
		float inset = solid.inset();
		float x = place.x() + inset;
		float y = place.y() + inset;
		float width = place.width() - 2 * inset;
		float depth = place.depth() - 2 * inset;
		float top = Math.max(block.height(), .03f) * solid.stretch();
		float full = SceneModel.FULL * solid.stretch();
		boxes.add(x, y, .002f, width, depth, top, Floats.red(block.colour()), Floats.green(block.colour()), Floats.blue(block.colour()),
				block.stale() ? Frame.STALE : Frame.PLAIN, 0);
		int edge = Oklab.mix(palette.ground(), palette.quiet(), .75);
		lines.rectangle(x, y, width, depth, full, edge, .55f, 1, 0, 0);
		block.ghost().filter(Ghost::drawn).ifPresent(ghost -> ghost(block, ghost, solid.stretch(), x, y, width, depth, inset));
		if (block.selected() || block.hovered()) {
			float thick = block.selected() ? 3 : 1.5f;
			overLines.rectangle(x, y, width, depth, top + .004f, palette.selection(), 1, thick, 0, 0);
			overLines.rectangle(x - inset / 2, y - inset / 2, width + inset, depth + inset, .012f, palette.selection(), 1, thick, 0, 0);
		}
	}

	private void ghost(Block block, Ghost ghost, float stretch, float x, float y, float width, float depth, float inset) {
		float ring = ghost.median() * stretch;
		float upper = ghost.upper() * stretch;
		float out = inset * OUT;
		boolean pulse = block.pulse() > 0 && !still;
		(pulse ? pulseSleeves : sleeves).add(x + width / 2, y + depth / 2, width / 2 + out, depth / 2 + out, .004f, ring, Floats.red(ghost.colour()),
				Floats.green(ghost.colour()), Floats.blue(ghost.colour()), block.alarm().isPresent() ? .45f : .28f, .9f, pulse ? block.pulse() : 0);
		// the corner in front, as in the quarter from which it is seen
		float cx = quadrant == 0 || quadrant == 1 ? x + width + out : x - out;
		float cy = quadrant == 1 || quadrant == 2 ? y + depth + out : y - out;
		if (upper > ring + .02f * stretch) {
			overLines.add(cx, cy, ring, cx, cy, upper, palette.ink(), .85f, 1.5f, 0, 0);
		}
		if (block.pulse() > 0 && still) {
			int colour = block.alarm().map(alarm -> alarm.severity() == Severity.CRITICAL ? palette.breach() : palette.warning()).orElse(palette.warning());
			overLines.rectangle(x - out, y - out, width + 2 * out, depth + 2 * out, ring, colour, 1, 1.5f, 0, 0);
			overLines.rectangle(x - 2 * out, y - 2 * out, width + 4 * out, depth + 4 * out, ring, colour, 1, 1.5f, 0, 0);
		}
	}
}
