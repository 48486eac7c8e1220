// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.joml.Intersectionf;
import org.joml.Vector2f;
import org.joml.Vector3f;

import io.shadowweaver.scene.SceneModel.Node;

/**
 * Finds what a ray hits first, by a tree of boxes in flat arrays (skip pointers; halves of a Morton order). Immutable: made for a scene,
 * read by any thread.
 */
public final class Picker {
	private static final int LEAF = 4;

	/** Six floats a box: minimum, maximum. */
	private final float[] leaves;
	private final String[] ids;
	private final String[] patches;
	private final float[] nodes;
	/** For each tree node: where to go on when it is missed, and where its leaves are: -1 when it is an inner one. */
	private final int[] skip;
	private final int[] first;
	private final int[] count;
	private int used;

	private Picker(float[] leaves, String[] ids, String[] patches) {
		this.patches = patches;
		this.leaves = leaves;
		this.ids = ids;
		int most = Math.max(1, 2 * ids.length);
		nodes = new float[most * 6];
		skip = new int[most];
		first = new int[most];
		count = new int[most];
		if (ids.length > 0) {
			int[] order = ordered();
			build(order, 0, order.length);
			arrange(order);
		}
	}

	/** A picker of a scene: blocks with their shadows, plots of what comes, the patches of groups below them, and the plates of zones under all. */
	public static Picker of(SceneModel scene) {
		List<Block> patches = scene.blocks().stream().filter(block -> block.place().kind() == Place.Kind.PATCH).toList();
		List<Block> zones = scene.blocks().stream().filter(block -> block.place().kind() == Place.Kind.ZONE && !block.place().name().isEmpty()).toList();
		int size = scene.nodes().size() + patches.size() + zones.size();
		String[] ids = new String[size];
		String[] patchOf = new String[size];
		float[] boxes = new float[size * 6];
		int at = 0;
		for (Block block : zones) {
			Place place = block.place();
			ids[at] = block.subject();
			patchOf[at] = place.id();
			// the patches stand on it, so it is beaten by them
			set(boxes, at++, place.x(), place.y(), place.x() + place.width(), place.y() + place.depth(), SceneModel.PLATE / 2);
		}
		for (Block block : patches) {
			Place place = block.place();
			ids[at] = place.group();
			patchOf[at] = place.id();
			set(boxes, at++, place.x(), place.y(), place.x() + place.width(), place.y() + place.depth(), SceneModel.PLATE);
			for (Node node : scene.nodes().subList(block.from(), block.to())) {
				float half = node.size() / 2 * (node.ghost().filter(SceneModel.Ghost::drawn).isPresent() || node.construction().isPresent() ? 1.2f : 1);
				float top = node.construction().isPresent() ? Math.max(node.reach(), .5f) : Math.max(node.reach(), .1f);
				ids[at] = node.id();
				patchOf[at] = place.id();
				set(boxes, at++, node.x() - half, node.y() - half, node.x() + half, node.y() + half, top);
			}
		}
		return new Picker(boxes, ids, patchOf);
	}

	private static void set(float[] boxes, int index, float minX, float minY, float maxX, float maxY, float top) {
		int at = index * 6;
		boxes[at] = minX;
		boxes[at + 1] = minY;
		boxes[at + 2] = 0;
		boxes[at + 3] = maxX;
		boxes[at + 4] = maxY;
		boxes[at + 5] = top;
	}

	/** All boxes along a curve that keeps neighbours together (Morton 1966), so that halves of it are good parts of the tree. */
	private int[] ordered() {
		float least = Float.MAX_VALUE;
		float most = -Float.MAX_VALUE;
		for (int i = 0; i < leaves.length; i += 6) {
			least = Math.min(least, Math.min(leaves[i], leaves[i + 1]));
			most = Math.max(most, Math.max(leaves[i + 3], leaves[i + 4]));
		}
		float scale = 65535 / Math.max(most - least, .001f);
		long[] keys = new long[ids.length];
		for (int i = 0; i < keys.length; i++) {
			int x = (int) (((leaves[i * 6] + leaves[i * 6 + 3]) / 2 - least) * scale);
			int y = (int) (((leaves[i * 6 + 1] + leaves[i * 6 + 4]) / 2 - least) * scale);
			keys[i] = (spread(x) | spread(y) << 1) << 31 | i;
		}
		Arrays.sort(keys);
		int[] order = new int[keys.length];
		for (int i = 0; i < order.length; i++) {
			order[i] = (int) (keys[i] & 0x7FFFFFFF);
		}
		return order;
	}

	/** Sixteen bits with a free one behind each. */
	private static long spread(int value) {
		long bits = value & 0xFFFF;
		bits = (bits | bits << 8) & 0x00FF00FFL;
		bits = (bits | bits << 4) & 0x0F0F0F0FL;
		bits = (bits | bits << 2) & 0x33333333L;
		return (bits | bits << 1) & 0x55555555L;
	}

	private void build(int[] order, int from, int to) {
		int node = used++;
		float[] box = { Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE };
		for (int i = from; i < to; i++) {
			for (int axis = 0; axis < 3; axis++) {
				box[axis] = Math.min(box[axis], leaves[order[i] * 6 + axis]);
				box[axis + 3] = Math.max(box[axis + 3], leaves[order[i] * 6 + axis + 3]);
			}
		}
		System.arraycopy(box, 0, nodes, node * 6, 6);
		first[node] = -1;
		if (to - from <= LEAF) {
			first[node] = from;
			count[node] = to - from;
		} else {
			int middle = (from + to) / 2;
			build(order, from, middle);
			build(order, middle, to);
		}
		skip[node] = used;
	}

	private void arrange(int[] order) {
		float[] sorted = new float[leaves.length];
		String[] names = new String[ids.length];
		String[] places = new String[ids.length];
		for (int i = 0; i < order.length; i++) {
			System.arraycopy(leaves, order[i] * 6, sorted, i * 6, 6);
			names[i] = ids[order[i]];
			places[i] = patches[order[i]];
		}
		System.arraycopy(sorted, 0, leaves, 0, sorted.length);
		System.arraycopy(names, 0, ids, 0, names.length);
		System.arraycopy(places, 0, patches, 0, places.length);
	}

	/**
	 * What a ray hits first.
	 *
	 * @param detail what of the scene is seen in blocks that hide what is inside
	 * @return the id of a resource, the key of a group, or the id of a zone or region; empty when it hits nothing
	 */
	public Optional<String> pick(Camera.Ray ray, Detail detail) {
		String best = null;
		float nearest = Float.MAX_VALUE;
		Vector2f hit = new Vector2f();
		float[] box = new float[6];
		for (Detail.Solid solid : detail.solids()) {
			Place place = solid.block().place();
			set(box, 0, place.x() + solid.inset(), place.y() + solid.inset(), place.x() + place.width() - solid.inset(),
					place.y() + place.depth() - solid.inset(), Math.max(solid.block().reach() * solid.stretch(), SceneModel.PLATE));
			if (hits(box, 0, ray, hit) && hit.x < nearest) {
				nearest = hit.x;
				best = solid.block().subject();
			}
		}
		int node = 0;
		while (node < used) {
			if (!hits(nodes, node, ray, hit) || hit.x > nearest) {
				node = skip[node];
				continue;
			}
			if (first[node] >= 0) {
				for (int i = first[node]; i < first[node] + count[node]; i++) {
					if (hits(leaves, i, ray, hit) && hit.x < nearest && !detail.isClosed(patches[i])) {
						nearest = hit.x;
						best = ids[i];
					}
				}
			}
			node++;
		}
		return Optional.ofNullable(best);
	}

	private static boolean hits(float[] boxes, int index, Camera.Ray ray, Vector2f hit) {
		int at = index * 6;
		Vector3f o = ray.origin();
		Vector3f d = ray.direction();
		return Intersectionf.intersectRayAab(o.x, o.y, o.z, d.x, d.y, d.z, boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3], boxes[at + 4],
				boxes[at + 5], hit);
	}
}
