// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.List;

import io.shadowweaver.scene.Detail;
import io.shadowweaver.scene.Oklab;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.Place;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.Beam;

/**
 * Draws links: an arc whose width is the traffic now, a wider or narrower translucent one for the traffic predicted, both in a
 * colour that means no severity, out of the blocks that stand for many; a thin line on the ground where nothing is measured.
 */
final class BeamDrawer {
	private static final float THINNEST = 1.5f;
	private static final float WIDEST = 9;
	private static final int MOST_PARTICLES = 4000;

	private final Palette palette;
	private final Strokes lines;
	private final Strokes overLines;
	private final Floats particles = new Floats();
	private final List<Detail.Solid> solids;
	private final boolean moving;
	private final int parts;
	private final double most;
	private int count;

	BeamDrawer(SceneModel scene, Detail detail, Strokes lines, Strokes overLines) {
		solids = detail.solids();
		palette = scene.view().palette();
		this.lines = lines;
		this.overLines = overLines;
		moving = scene.view().arrangement().moves(scene.beams().size(), scene.view().reducedMotion());
		parts = scene.beams().size() > 200 ? 7 : 16;
		double largest = 0;
		for (Beam beam : scene.beams()) {
			largest = Math.max(largest, Math.max(Double.isFinite(beam.now()) ? beam.now() : 0, Double.isFinite(beam.predicted()) ? beam.predicted() : 0));
		}
		most = largest;
	}

	/** The area of a dot of that width would be as the traffic: wide ones do not hide the rest. */
	private float width(double traffic) {
		return most > 0 && traffic > 0 ? THINNEST + (WIDEST - THINNEST) * (float) Math.sqrt(traffic / most) : THINNEST;
	}

	void draw(Beam beam) {
		float wayX = beam.toX() - beam.fromX();
		float wayY = beam.toY() - beam.fromY();
		float length = (float) Math.hypot(wayX, wayY);
		if (length < .01f) {
			return;
		}
		boolean measured = Double.isFinite(beam.now());
		boolean predicted = Double.isFinite(beam.predicted());
		float lift = Math.max(lift(beam.fromX(), beam.fromY()), lift(beam.toX(), beam.toY()));
		if (!beam.emphasised() && !measured && !predicted && lift == 0) {
			lines.add(beam.fromX(), beam.fromY(), .02f, beam.toX(), beam.toY(), .02f, palette.quiet(), .5f, 2, 0, 0);
			arrow(beam, wayX / length, wayY / length, .02f, lines);
			move(beam, length, 0);
			return;
		}
		float rise = Math.min(.6f + length * .12f, 3) + lift * 1.2f;
		int colour = beam.emphasised() ? palette.ink() : Oklab.mix(palette.quiet(), palette.ink(), .35);
		if (predicted) {
			arc(beam, wayX, wayY, rise, colour, .28f, width(beam.predicted()));
		}
		if (measured || !predicted) {
			arc(beam, wayX, wayY, rise, colour, beam.emphasised() ? .9f : .7f, width(measured ? beam.now() : 0));
		}
		arrow(beam, wayX / length, wayY / length, .02f + rise, overLines);
		move(beam, length, rise);
	}

	/** How high a link must come out of the block that stands for what it begins or ends at. */
	private float lift(float x, float y) {
		for (Detail.Solid solid : solids) {
			Place place = solid.block().place();
			if (x >= place.x() && x <= place.x() + place.width() && y >= place.y() && y <= place.y() + place.depth()) {
				return solid.block().reach() * solid.stretch();
			}
		}
		return 0;
	}

	private void arc(Beam beam, float wayX, float wayY, float rise, int colour, float alpha, float width) {
		float fromX = beam.fromX();
		float fromY = beam.fromY();
		float fromZ = .02f;
		for (int i = 1; i <= parts; i++) {
			float t = (float) i / parts;
			float x = beam.fromX() + wayX * t;
			float y = beam.fromY() + wayY * t;
			float z = .02f + 4 * rise * t * (1 - t);
			overLines.add(fromX, fromY, fromZ, x, y, z, colour, alpha, width, Frame.BUTT, 0);
			fromX = x;
			fromY = y;
			fromZ = z;
		}
	}

	private void arrow(Beam beam, float unitX, float unitY, float z, Strokes strokes) {
		float middleX = (beam.fromX() + beam.toX()) / 2;
		float middleY = (beam.fromY() + beam.toY()) / 2;
		float size = z > 1 ? .25f : .1f;
		for (int side = -1; side <= 1; side += 2) {
			strokes.add(middleX + unitX * size, middleY + unitY * size, z, middleX - (unitX - side * unitY) * size, middleY - (unitY + side * unitX) * size, z,
					palette.quiet(), .9f, 2, 0, 0);
		}
	}

	/** More and faster where there is more traffic; none where nothing flows or nobody knows. */
	private void move(Beam beam, float length, float rise) {
		if (!moving || !(beam.now() > 0) || count >= MOST_PARTICLES) {
			return;
		}
		double share = Math.sqrt(beam.now() / most);
		int some = 1 + (int) Math.round(4 * share);
		float speed = (float) ((.6 + 2.4 * share) / Math.max(length, 1));
		int colour = palette.ink();
		for (int i = 0; i < some; i++) {
			particles.add(beam.fromX(), beam.fromY(), beam.toX(), beam.toY(), rise, (float) i / some, speed, 5, Floats.red(colour), Floats.green(colour),
					Floats.blue(colour));
			count++;
		}
	}

	/** The particles with sides in pixels of the device. */
	float[] particles(float scale) {
		float[] all = particles.toArray();
		for (int i = 0; i < all.length; i += Frame.PARTICLE) {
			all[i + 7] *= scale;
		}
		return all;
	}
}
