// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import org.joml.Vector3f;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Oklab;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.Ghost;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.scene.ShadowStyle;

/** Draws one resource: block, frame, sleeve, ring, whisker, outlines, and the signs of what is coming. */
final class NodeDrawer {
	private static final float WIDER = 1.2f;
	private static final float WALL = .28f;
	private static final float RING = .90f;
	private static final int ARC = 28;
	/** With more blocks than this in a picture, what is calm is drawn without frames and edges. */
	private static final int CROWD = 300;

	final Floats sleeves = new Floats();
	final Floats pulseSleeves = new Floats();
	private final SceneModel scene;
	private final Palette palette;
	private final Floats boxes;
	private final Floats[] prisms;
	private final Strokes lines;
	private final Strokes overLines;
	private final Strokes pulseLines;
	private final Vector3f right;
	private final boolean crowded;
	private final float[][] corners;

	NodeDrawer(SceneModel scene, int visible, Camera camera, Floats[] prisms, Strokes lines, Strokes overLines, Strokes pulseLines) {
		this.scene = scene;
		crowded = visible > CROWD;
		this.palette = scene.view().palette();
		this.prisms = prisms;
		boxes = prisms[0];
		this.lines = lines;
		this.overLines = overLines;
		this.pulseLines = pulseLines;
		right = camera.right();
		// Corners as seen: front, right, back, left.
		float[][] all = { { 1, -1 }, { 1, 1 }, { -1, 1 }, { -1, -1 } };
		int quadrant = (int) Math.floor(camera.azimuth() / 90) & 3;
		corners = new float[4][];
		for (int i = 0; i < 4; i++) {
			corners[i] = all[(i + quadrant) & 3];
		}
	}

	void draw(Node node) {
		float half = node.size() / 2;
		if (node.lifecycle().isComing()) {
			coming(node, half);
		} else {
			block(node, half);
		}
		node.ghost().filter(Ghost::drawn).ifPresent(ghost -> ghost(node, ghost, half));
		if (!Float.isNaN(node.trust())) {
			overLines.rectangle(node.x() - half, node.y() - half, 2 * half, 2 * half, node.trust(), palette.ink(), .75f, 1, 0, 0);
		}
		if (node.selected() || node.hovered()) {
			outline(node, half, palette.selection(), node.selected() ? 3 : 1.5f);
		}
		if (node.alarm().filter(SceneModel.Alarm::covered).isPresent()) {
			tick(node.x(), node.y(), node.reach() + .3f);
		}
		node.unusual().ifPresent(unusual -> diamond(node.x(), node.y(), node.reach() + (node.alarm().isPresent() ? .62f : .3f), !unusual.forecast()));
	}

	private void block(Node node, float half) {
		int colour = node.lifecycle() == Lifecycle.FAILED || node.lifecycle() == Lifecycle.GONE ? Oklab.mix(palette.stale(), palette.ground(), .5)
				: node.lifecycle() == Lifecycle.DRAINING ? Oklab.mix(node.colour(), palette.stale(), .5) : node.colour();
		float pattern = node.stale() ? Frame.STALE : Frame.PLAIN;
		float parameter = 0;
		if (!node.stale() && node.ghost().filter(ghost -> ghost.lower() && ghost.drawn()).isPresent()) {
			pattern = Frame.LOWER;
			parameter = node.ghost().get().median();
		}
		float height = Math.max(node.height(), .03f);
		prisms[node.shape().ordinal()].add(node.x() - half, node.y() - half, .002f, 2 * half, 2 * half, height, Floats.red(colour), Floats.green(colour), Floats.blue(colour),
				pattern, parameter);
		if (node.provider() >= 0) {
			float foot = half * WIDER;
			lines.rectangle(node.x() - foot, node.y() - foot, 2 * foot, 2 * foot, .01f, node.provider(), .9f, 1.5f, 0, 0);
		}
		boolean told = !crowded || node.selected() || node.hovered() || node.use() > .85;
		if (!Float.isNaN(node.frame()) && told) {
			int edge = Oklab.mix(palette.ground(), palette.quiet(), .75);
			lines.rectangle(node.x() - half, node.y() - half, 2 * half, 2 * half, node.frame(), edge, .55f, 1, 0, 0);
			float[] front = corners[0];
			if (height < node.frame()) {
				lines.add(node.x() + front[0] * half, node.y() + front[1] * half, height, node.x() + front[0] * half, node.y() + front[1] * half,
						node.frame(), edge, .3f, 1, 0, 0);
			}
		}
	}

	private void ghost(Node node, Ghost ghost, float half) {
		ShadowStyle style = scene.view().style();
		float x = node.x();
		float y = node.y();
		float side = half * WIDER;
		float from = .004f;
		float ring = ghost.median();
		float upper = ghost.upper();
		if (style == ShadowStyle.BESIDE) {
			side = Math.min(.14f, half * .4f);
			x += corners[1][0] * (half + side + .03f) * .5f + corners[0][0] * (half + side + .03f) * .5f;
			y += corners[1][1] * (half + side + .03f) * .5f + corners[0][1] * (half + side + .03f) * .5f;
		} else if (style == ShadowStyle.MIRRORED) {
			from = -.01f;
			ring = -ghost.median();
			upper = -ghost.upper();
		}
		boolean pulse = node.pulse() > 0 && !scene.view().reducedMotion();
		boolean steady = node.alarm().isPresent() && !pulse;
		Floats target = pulse ? pulseSleeves : sleeves;
		target.add(x, y, side, side, from, ring, Floats.red(ghost.colour()), Floats.green(ghost.colour()), Floats.blue(ghost.colour()),
				steady ? .45f : WALL, RING, pulse ? node.pulse() : 0);
		boolean told = !crowded || node.selected() || node.hovered() || node.alarm().isPresent();
		Strokes edges = pulse ? pulseLines : overLines;
		for (int i = 0; i < 4; i++) {
			if (i != 2 && told) {
				edges.add(x + corners[i][0] * side, y + corners[i][1] * side, from, x + corners[i][0] * side, y + corners[i][1] * side, ring, ghost.colour(), .85f,
						1.5f, 4, pulse ? node.pulse() : 0);
			}
		}
		float wx = x + corners[0][0] * side;
		float wy = y + corners[0][1] * side;
		if (Math.abs(upper - ring) > .02f && told) {
			overLines.add(wx, wy, ring, wx, wy, upper, palette.ink(), .85f, 1.5f, 0, 0);
			overLines.add(wx - right.x * .09f, wy - right.y * .09f, upper, wx + right.x * .09f, wy + right.y * .09f, upper, palette.ink(), .85f, 1.5f, 0, 0);
		}
		if (node.pulse() > 0 && scene.view().reducedMotion()) {
			int colour = node.alarm().get().severity() == Severity.CRITICAL ? palette.breach() : palette.warning();
			for (float grow : new float[] { 1.08f, 1.24f }) {
				overLines.rectangle(x - side * grow, y - side * grow, 2 * side * grow, 2 * side * grow, ring, colour, 1, 1.5f, 0, 0);
			}
		}
	}

	private void outline(Node node, float half, int colour, float width) {
		float side = half * (node.construction().isPresent() ? WIDER : 1.02f);
		float top = Math.max(node.height(), .03f) + .004f;
		if (node.construction().isPresent()) {
			overLines.rectangle(node.x() - side, node.y() - side, 2 * side, 2 * side, .01f, colour, 1, width, 0, 0);
			return;
		}
		overLines.rectangle(node.x() - side, node.y() - side, 2 * side, 2 * side, top, colour, 1, width, 0, 0);
		for (int i = 0; i < 4; i++) {
			if (i != 2) {
				overLines.add(node.x() + corners[i][0] * side, node.y() + corners[i][1] * side, .01f, node.x() + corners[i][0] * side,
						node.y() + corners[i][1] * side, top, colour, 1, width, 0, 0);
			}
		}
		for (int i : new int[] { 0, 3 }) {
			float[] a = corners[i];
			float[] b = corners[(i + 1) & 3];
			overLines.add(node.x() + a[0] * side, node.y() + a[1] * side, .01f, node.x() + b[0] * side, node.y() + b[1] * side, .01f, colour, 1, width, 0, 0);
		}
	}

	private void coming(Node node, float half) {
		var construction = node.construction().orElseThrow();
		float side = half * WIDER;
		int colour = construction.isLate() ? palette.breach() : palette.ink();
		lines.rectangle(node.x() - side, node.y() - side, 2 * side, 2 * side, .01f, node.provider() < 0 ? palette.ink() : node.provider(), .9f, node.provider() < 0 ? 1.5f : 2.5f, 4, 0);
		if (node.lifecycle() == Lifecycle.QUEUED) {
			clock(node.x(), node.y(), .42f, .2f, colour);
		} else if (node.lifecycle() == Lifecycle.BUILDING) {
			float full = node.ghost().map(Ghost::median).orElse(SceneModel.FULL / 2);
			int fill = Oklab.mix(palette.ground(), palette.ink(), .42);
			boxes.add(node.x() - half * .9f, node.y() - half * .9f, .002f, 1.8f * half, 1.8f * half, Math.max(.04f, (float) construction.progress() * full),
					Floats.red(fill), Floats.green(fill), Floats.blue(fill), Frame.PLAIN, 0);
			ring(node.x(), node.y(), half * 1.55f, (float) construction.progress(), colour);
		}
	}

	private void ring(float x, float y, float radius, float progress, int colour) {
		for (int i = 0; i < ARC; i++) {
			double a = 2 * Math.PI * i / ARC;
			double b = 2 * Math.PI * (i + 1) / ARC;
			boolean done = (float) i / ARC < progress;
			overLines.add(x + radius * (float) Math.sin(a), y + radius * (float) Math.cos(a), .02f, x + radius * (float) Math.sin(b),
					y + radius * (float) Math.cos(b), .02f, done ? colour : palette.quiet(), done ? 1 : .4f, done ? 3 : 1, 0, 0);
		}
	}

	private void clock(float x, float y, float z, float radius, int colour) {
		for (int i = 0; i < ARC; i++) {
			hand(x, y, z, radius, (double) i / ARC, radius, (double) (i + 1) / ARC, colour);
		}
		hand(x, y, z, 0, 0, radius * .75f, 0, colour);
		hand(x, y, z, 0, 0, radius * .5f, .3, colour);
	}

	private void hand(float x, float y, float z, float fromRadius, double from, float toRadius, double to, int colour) {
		float a = fromRadius * (float) Math.sin(2 * Math.PI * from);
		float b = toRadius * (float) Math.sin(2 * Math.PI * to);
		overLines.add(x + right.x * a, y + right.y * a, z + fromRadius * (float) Math.cos(2 * Math.PI * from), x + right.x * b, y + right.y * b,
				z + toRadius * (float) Math.cos(2 * Math.PI * to), colour, 1, 1.5f, 0, 0);
	}

	/** Stands above what is unusual: a diamond that is full for a value and hollow for a forecast. */
	private void diamond(float x, float y, float z, boolean full) {
		int colour = palette.unusual();
		for (float size = .17f; size > .02f; size -= full ? .045f : 1) {
			float dx = right.x * size;
			float dy = right.y * size;
			overLines.add(x - dx, y - dy, z, x, y, z + size, colour, 1, 2.5f, 0, 0);
			overLines.add(x, y, z + size, x + dx, y + dy, z, colour, 1, 2.5f, 0, 0);
			overLines.add(x + dx, y + dy, z, x, y, z - size, colour, 1, 2.5f, 0, 0);
			overLines.add(x, y, z - size, x - dx, y - dy, z, colour, 1, 2.5f, 0, 0);
		}
	}

	private void tick(float x, float y, float z) {
		int colour = palette.heat().get(1);
		overLines.add(x - right.x * .14f, y - right.y * .14f, z, x - right.x * .03f, y - right.y * .03f, z - .12f, colour, 1, 3, 0, 0);
		overLines.add(x - right.x * .03f, y - right.y * .03f, z - .12f, x + right.x * .18f, y + right.y * .18f, z + .16f, colour, 1, 3, 0, 0);
	}
}
