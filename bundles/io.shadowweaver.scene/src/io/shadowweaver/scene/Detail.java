// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.joml.Vector3f;

import io.shadowweaver.scene.SceneModel.Node;

/**
 * How much of a large estate is seen from somewhere (semantic zoom): a region, a zone, a cluster or a group in a zone is one block for as
 * long as what is inside would be too small to be told apart, and opens when one comes near. A small estate is always open.
 * Immutable; a function of the scene, the camera and the size of the picture.
 */
public final class Detail {
	/** An estate of so many resources is always seen with all of them. */
	public static final int WHOLE = 1500;
	/** So many resources are seen one by one in a still picture. */
	public static final int STILL = 24_000;
	/** The same while the camera moves and every picture must be there in time. */
	public static final int MOVING = 3000;

	/** A patch opens where a cell is so many points wide. */
	private static final float APART = 7;
	/** A zone or cluster opens where what is inside has such a side, a region where its zones have. */
	private static final float TOLD = 16;

	/**
	 * A block that stands for what is inside.
	 *
	 * @param block   what it is
	 * @param stretch by how much its heights are larger than those of a single resource, so that they can be read from afar
	 */
	public record Solid(Block block, float stretch) {
		/** The share of its place on each side that is left free. */
		public float inset() {
			return Math.min(block.place().width(), block.place().depth()) * .06f;
		}
	}

	/** All is seen. */
	public static final Detail OPEN = new Detail();

	private final List<Solid> solids = new ArrayList<>();
	private final List<Node> nodes = new ArrayList<>();
	private final Set<String> closed = new HashSet<>();

	private Detail() {
	}

	/** Blocks that stand for what is inside, as far as they are in the picture. */
	public List<Solid> solids() {
		return Collections.unmodifiableList(solids);
	}

	/** Resources that are seen themselves, as far as they are in the picture. */
	public List<Node> nodes() {
		return Collections.unmodifiableList(nodes);
	}

	/** Whether a place, by its id, is hidden in a block: its own one, or that of the zone or region around it. */
	public boolean isClosed(String place) {
		return closed.contains(place);
	}

	/** All resources by themselves, in the picture or not. */
	public static Detail whole(SceneModel scene) {
		Detail detail = new Detail();
		detail.nodes.addAll(scene.nodes());
		return detail;
	}

	/**
	 * Chooses.
	 *
	 * @param scene  what is to be seen
	 * @param camera from where
	 * @param width  of the picture in points, positive
	 * @param height likewise
	 * @param most   how many resources may be seen one by one
	 */
	public static Detail of(SceneModel scene, Camera camera, float width, float height, int most) {
		Detail detail = new Detail();
		View view = new View(camera, width, height);
		if (scene.nodes().size() <= WHOLE) {
			scene.nodes().stream().filter(view::sees).forEach(detail.nodes::add);
			return detail;
		}
		List<Block> near = new ArrayList<>();
		List<Block> blocks = scene.blocks();
		for (int i = 0; i < blocks.size(); i++) {
			Block block = blocks.get(i);
			int end = end(blocks, i);
			boolean one = switch (block.place().kind()) {
			case REGION, ZONE, CLUSTER -> view.side(block.place(), inside(blocks, i, end)) < TOLD;
			case PATCH -> view.cell(block.place()) < APART;
			};
			if (one) {
				detail.close(blocks, i, end, view);
				i = end - 1;
			} else if (block.place().kind() == Place.Kind.PATCH && view.sees(block.place(), block.reach())) {
				near.add(block);
			}
		}
		near.sort(Comparator.comparingDouble((Block block) -> view.distance(block.place())).thenComparing(block -> block.place().id()));
		for (Block block : near) {
			List<Node> seen = scene.nodes().subList(block.from(), block.to()).stream().filter(view::sees).toList();
			if (detail.nodes.isEmpty() || detail.nodes.size() + seen.size() <= most) {
				detail.nodes.addAll(seen);
			} else {
				detail.close(List.of(block), 0, 1, view);
			}
		}
		return detail;
	}

	/** Behind the last block that is inside of a block. */
	private static int end(List<Block> blocks, int at) {
		int end = at + 1;
		while (end < blocks.size() && blocks.get(end).place().kind().ordinal() > blocks.get(at).place().kind().ordinal()) {
			end++;
		}
		return end;
	}

	/** How many blocks are in a block, those in them not counted. */
	private static int inside(List<Block> blocks, int at, int end) {
		int count = 0;
		for (int i = at + 1; i < end; i = end(blocks, i)) {
			count++;
		}
		return Math.max(1, count);
	}

	private void close(List<Block> blocks, int from, int to, View view) {
		blocks.subList(from, to).forEach(block -> closed.add(block.place().id()));
		Block block = blocks.get(from);
		if (block.size() > 0 && view.sees(block.place(), block.reach() * 12)) {
			solids.add(new Solid(block, view.stretch(block.place())));
		}
	}

	/** What the camera makes of places. */
	private static final class View {
		private final Camera camera;
		private final float height;
		private final float[] matrix;
		private final float lean;
		private final float margin;

		View(Camera camera, float width, float height) {
			this.camera = camera;
			this.height = height;
			matrix = camera.matrix(width / height).get(new float[16]);
			lean = (float) Math.sin(Math.toRadians(camera.elevation()));
			margin = 1.5f / camera.extent();
		}

		/** Points that a cell at the middle of a place is wide. */
		float cell(Place place) {
			if (!camera.perspective()) {
				return height / camera.extent();
			}
			float x = Math.clamp(camera.x(), place.x(), place.x() + place.width());
			float y = Math.clamp(camera.y(), place.y(), place.y() + place.depth());
			Vector3f forward = camera.forward();
			Vector3f eye = camera.eye();
			float distance = (x - eye.x) * forward.x + (y - eye.y) * forward.y - eye.z * forward.z;
			return height / camera.extent() * camera.distance() / Math.max(distance, .1f);
		}

		/** The side in points of one of some equal parts of a place. */
		float side(Place place, int parts) {
			float cell = cell(place);
			return (float) Math.sqrt(place.width() * place.depth() * lean / parts) * cell;
		}

		/** A full block is a third as high as it is wide, but never so low that it could not be read. */
		float stretch(Place place) {
			float cell = cell(place);
			float points = Math.clamp(Math.min(place.width(), place.depth()) * cell * .4f, 16, 48);
			return Math.max(1, points / (SceneModel.FULL * cell));
		}

		double distance(Place place) {
			return Math.hypot(Math.max(0, Math.max(place.x() - camera.x(), camera.x() - place.x() - place.width())),
					Math.max(0, Math.max(place.y() - camera.y(), camera.y() - place.y() - place.depth())));
		}

		/** Whether a block may be in the picture; tall ones are given room. */
		boolean sees(Node node) {
			float w = w(node.x(), node.y(), 0);
			if (w <= 0) {
				return false;
			}
			float x = (m(0, node.x(), node.y(), 0) / w + 1) / 2;
			float low = (1 - m(1, node.x(), node.y(), 0) / w) / 2;
			float high = (1 - m(1, node.x(), node.y(), node.reach()) / w) / 2;
			return x > -margin && x < 1 + margin && low > -margin && high < 1 + margin;
		}

		private float m(int row, float x, float y, float z) {
			return matrix[row] * x + matrix[row + 4] * y + matrix[row + 8] * z + matrix[row + 12];
		}

		private float w(float x, float y, float z) {
			return m(3, x, y, z);
		}

		/** Whether the box over a place may be in the picture. */
		boolean sees(Place place, float top) {
			boolean left = true;
			boolean rightOut = true;
			boolean above = true;
			boolean below = true;
			for (int corner = 0; corner < 8; corner++) {
				float x = (corner & 1) == 0 ? place.x() : place.x() + place.width();
				float y = (corner & 2) == 0 ? place.y() : place.y() + place.depth();
				float z = (corner & 4) == 0 ? 0 : top;
				float w = w(x, y, z);
				if (w <= 0) {
					return true;
				}
				float across = m(0, x, y, z) / w;
				float up = m(1, x, y, z) / w;
				left &= across < -1;
				rightOut &= across > 1;
				below &= up < -1;
				above &= up > 1;
			}
			return !left && !rightOut && !above && !below;
		}
	}
}
