// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.joml.Matrix4f;
import org.joml.Vector3f;

import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Detail;
import io.shadowweaver.scene.Oklab;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.Place;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.GroupMark;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.scene.ShadowStyle;
import io.shadowweaver.scene.draw.Hud.Rect;

/** Fills the arrays of a {@link Frame} for a scene and a camera. A pure function; any thread. */
public final class FrameBuilder {
	/** So many blocks are drawn as boxes in a still picture; those further from its middle are dots. */
	public static final int STILL = 1500;
	/** The same while the camera moves, where frames take too long. */
	public static final int MOVING = 300;

	private final SceneModel scene;
	private final Camera camera;
	private final int budget;
	private final Palette palette;
	private final Floats[] prisms = { new Floats(), new Floats(), new Floats(), new Floats() };
	private final Floats boxes = prisms[0];
	private final Floats dots = new Floats();
	private final Strokes lines = new Strokes();
	private final Strokes overLines = new Strokes();
	private final Strokes pulseLines = new Strokes();

	private FrameBuilder(SceneModel scene, Camera camera, int budget) {
		this.budget = budget;
		this.scene = scene;
		this.camera = camera;
		palette = scene.view().palette();
	}

	/**
	 * Makes a frame.
	 *
	 * @param scene  what is to be seen
	 * @param camera from where
	 * @param width  of the picture in pixels of the device, positive
	 * @param height likewise
	 * @param scale  pixels a point: line widths and texts grow with it
	 * @param atlas  glyphs, made for that scale
	 */
	public static Frame build(SceneModel scene, Camera camera, int width, int height, float scale, GlyphAtlas atlas) {
		return build(scene, camera, width, height, scale, atlas, STILL);
	}

	/**
	 * Makes a frame that is drawn in time.
	 *
	 * @param budget how many blocks are boxes with their shadows; the rest are dots, but for what is selected or alerting
	 */
	public static Frame build(SceneModel scene, Camera camera, int width, int height, float scale, GlyphAtlas atlas, int budget) {
		return new FrameBuilder(scene, camera, budget).build(width, height, scale, atlas);
	}

	/**
	 * Makes a frame of everything as boxes with all their parts, wherever it is and however small: for a picture that is looked
	 * at closely later, and to compare with.
	 */
	public static Frame whole(SceneModel scene, Camera camera, int width, int height, float scale, GlyphAtlas atlas) {
		return build(scene, camera, width, height, scale, atlas, Integer.MAX_VALUE);
	}

	private Frame build(int width, int height, float scale, GlyphAtlas atlas) {
		Matrix4f matrix = camera.matrix((float) width / height);
		ground();
		scene.places().forEach(this::place);
		Detail detail = budget == Integer.MAX_VALUE ? Detail.whole(scene) : Detail.of(scene, camera, width / scale, height / scale, budget > MOVING ? Detail.STILL : Detail.MOVING);
		BeamDrawer beams = new BeamDrawer(scene, detail, lines, overLines);
		scene.beams().forEach(beams::draw);
		groups(detail);
		List<Node> nodes = new ArrayList<>(detail.nodes());
		if (nodes.size() > budget) {
			thin(nodes);
		}
		NodeDrawer drawer = new NodeDrawer(scene, nodes.size(), camera, prisms, lines, overLines, pulseLines);
		int quadrant = (int) Math.floor(camera.azimuth() / 90) & 3;
		SolidDrawer solids = new SolidDrawer(scene, quadrant, boxes, drawer.sleeves, drawer.pulseSleeves, lines, overLines);
		fromBehind(detail).forEach(solids::draw);
		Vector3f forward = camera.forward();
		nodes.sort((a, b) -> Float.compare(b.x() * forward.x + b.y() * forward.y, a.x() * forward.x + a.y() * forward.y));
		nodes.forEach(drawer::draw);
		Pen pen = new Pen(atlas);
		List<Rect> taken = new ArrayList<>();
		List<float[]> blocked = new ArrayList<>();
		Pen hud = new Pen(atlas);
		new Hud(hud, palette, width, height, scale).draw(scene, taken);
		taken.forEach(rect -> blocked.add(new float[] { rect.x(), rect.y(), rect.width(), rect.height() }));
		List<LabelPlacer.Placed> labels = LabelPlacer.place(LabelChoice.of(scene, detail), matrix, width, height, scale, atlas, blocked);
		labels.forEach(placed -> LabelPlacer.draw(placed, pen, palette, scale));
		pen.quads.add(hud.quads.toArray());
		return new Frame(width, height, matrix.get(new float[16]), quadrant, palette.ground(), boxes.toArray(),
				others(), dots.toArray(),
				lines.scaled(scale),
				drawer.sleeves.toArray(), overLines.scaled(scale), pen.quads.toArray(), drawer.pulseSleeves.toArray(), pulseLines.scaled(scale), beams.particles(scale), atlas, detail,
				labels.stream().filter(placed -> placed.label().kind() == SceneModel.Label.Kind.HANDLE).toList());
	}

	private float[][] others() {
		float[][] others = new float[prisms.length][];
		others[0] = new float[0];
		for (int i = 1; i < prisms.length; i++) {
			others[i] = prisms[i].toArray();
		}
		return others;
	}

	/** Blocks that stand for many, the furthest first. */
	private List<Detail.Solid> fromBehind(Detail detail) {
		Vector3f forward = camera.forward();
		List<Detail.Solid> solids = new ArrayList<>(detail.solids());
		solids.sort(Comparator.comparingDouble(solid -> -solid.block().place().centreX() * forward.x - solid.block().place().centreY() * forward.y));
		return solids;
	}

	/** Keeps what matters and what is nearest to the middle; the rest become dots in the colour of their shadow. */
	private void thin(List<Node> nodes) {
		long[] order = new long[nodes.size()];
		for (int i = 0; i < order.length; i++) {
			Node node = nodes.get(i);
			boolean matters = node.selected() || node.hovered() || node.alarm().isPresent() || node.unusual().isPresent();
			float x = node.x() - camera.x();
			float y = node.y() - camera.y();
			// floats of one sign are in the order of their bits
			order[i] = (long) Float.floatToIntBits(x * x + y * y) << 32 | i | (matters ? Long.MIN_VALUE : 0);
		}
		Arrays.sort(order);
		List<Node> kept = new ArrayList<>(budget);
		for (int i = 0; i < order.length; i++) {
			Node node = nodes.get((int) order[i]);
			if (i < budget) {
				kept.add(node);
				continue;
			}
			boolean predicted = node.ghost().isPresent() && node.ghost().get().drawn();
			int colour = predicted ? node.ghost().get().colour() : node.colour();
			dots.add(node.x(), node.y(), Math.max(node.height(), .03f), node.size() / 2, Floats.red(colour), Floats.green(colour), Floats.blue(colour),
					predicted ? Frame.PREDICTED : Frame.PLAIN);
		}
		nodes.clear();
		nodes.addAll(kept);
	}

	private void ground() {
		var bounds = scene.bounds();
		float side = Math.max(bounds.maxX() - bounds.minX(), bounds.maxY() - bounds.minY());
		float step = side > 1500 ? 100 : side > 150 ? 10 : side > 50 ? 5 : side > 20 ? 2 : 1;
		float minX = (float) Math.floor((bounds.minX() - 3 * step) / step) * step;
		float maxX = (float) Math.ceil((bounds.maxX() + 3 * step) / step) * step;
		float minY = (float) Math.floor((bounds.minY() - 3 * step) / step) * step;
		float maxY = (float) Math.ceil((bounds.maxY() + 3 * step) / step) * step;
		float z = -SceneModel.PLATE;
		for (float x = minX; x <= maxX; x += step) {
			lines.add(x, minY, z, x, maxY, z, palette.grid(), 1, 1, 0, 0);
		}
		for (float y = minY; y <= maxY; y += step) {
			lines.add(minX, y, z, maxX, y, z, palette.grid(), 1, 1, 0, 0);
		}
	}

	private void place(Place place) {
		int edge = Oklab.mix(palette.grid(), palette.quiet(), .25);
		if (place.kind() == Place.Kind.REGION) {
			lines.rectangle(place.x(), place.y(), place.width(), place.depth(), -SceneModel.PLATE * .8f, edge, 1, 1.5f, 0, 0);
			return;
		}
		if (place.kind() == Place.Kind.CLUSTER || scene.view().style() == ShadowStyle.MIRRORED) {
			lines.rectangle(place.x(), place.y(), place.width(), place.depth(), 0, edge, 1, place.kind() == Place.Kind.CLUSTER ? 1.5f : 1, 0, 0);
			return;
		}
		boolean zone = place.kind() == Place.Kind.ZONE;
		int colour = zone ? Oklab.mix(palette.ground(), palette.grid(), .8) : Oklab.mix(palette.grid(), palette.quiet(), .10);
		float from = zone ? -SceneModel.PLATE : -.002f;
		float to = zone ? -.002f : .002f;
		boxes.add(place.x(), place.y(), from, place.width(), place.depth(), to - from, Floats.red(colour), Floats.green(colour), Floats.blue(colour),
				Frame.PLAIN, 0);
	}

	/** Marks on the ground of groups whose members are seen; a block that stands for them says it itself. */
	private void groups(Detail detail) {
		Map<String, GroupMark> marks = new HashMap<>();
		scene.groups().forEach(mark -> marks.put(mark.key(), mark));
		for (Place place : scene.places()) {
			if (place.kind() != Place.Kind.PATCH || detail.isClosed(place.id()) || !marks.containsKey(place.group())) {
				continue;
			}
			GroupMark group = marks.get(place.group());
			float grow = .06f;
			if (group.pulse() > 0) {
				int colour = group.pulse() >= 1 ? palette.breach() : palette.warning();
				if (scene.view().reducedMotion()) {
					overLines.rectangle(place.x() - grow, place.y() - grow, place.width() + 2 * grow, place.depth() + 2 * grow, .01f, colour, 1, 2, 0, 0);
					overLines.rectangle(place.x() - .16f, place.y() - .16f, place.width() + .32f, place.depth() + .32f, .01f, colour, 1, 2, 0, 0);
				} else {
					pulseLines.rectangle(place.x() - grow, place.y() - grow, place.width() + 2 * grow, place.depth() + 2 * grow, .01f, colour, 1, 3, 0,
							group.pulse());
				}
			}
			if (group.selected() || group.hovered()) {
				overLines.rectangle(place.x() - grow, place.y() - grow, place.width() + 2 * grow, place.depth() + 2 * grow, .012f, palette.selection(), 1,
						group.selected() ? 3 : 1.5f, 0, 0);
			}
			if (!Float.isNaN(group.water())) {
				water(place, group.water());
			}
		}
	}

	/** The surface of the tide: an outline and a mesh of lines, through which what is under water is still seen. */
	private void water(Place place, float level) {
		int colour = palette.dark() ? 0x4FA3D9 : 0x1F6FA8;
		overLines.rectangle(place.x(), place.y(), place.width(), place.depth(), level, colour, .95f, 2, 0, 0);
		for (float x = place.x() + .25f; x < place.x() + place.width(); x += .25f) {
			overLines.add(x, place.y(), level, x, place.y() + place.depth(), level, colour, .45f, 1, 0, 0);
		}
	}
}
