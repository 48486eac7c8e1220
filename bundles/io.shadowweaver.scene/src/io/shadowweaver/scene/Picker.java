// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.joml.Intersectionf;
import org.joml.Vector2f;
import org.joml.Vector3f;

import io.shadowweaver.scene.SceneModel.GroupMark;
import io.shadowweaver.scene.SceneModel.Node;

/**
 * Finds what a ray hits first, by a tree of boxes in flat arrays (skip pointers, median split). Immutable: made for a scene,
 * read by any thread.
 */
public final class Picker {
	private static final int LEAF = 4;

	/** Six floats a box: minimum, maximum. */
	private final float[] leaves;
	private final String[] ids;
	private final float[] nodes;
	/** For each tree node: where to go on when it is missed, and where its leaves are: -1 when it is an inner one. */
	private final int[] skip;
	private final int[] first;
	private final int[] count;
	private int used;

	private Picker(float[] leaves, String[] ids) {
		this.leaves = leaves;
		this.ids = ids;
		int most = Math.max(1, 2 * ids.length);
		nodes = new float[most * 6];
		skip = new int[most];
		first = new int[most];
		count = new int[most];
		if (ids.length > 0) {
			int[] order = new int[ids.length];
			for (int i = 0; i < order.length; i++) {
				order[i] = i;
			}
			build(order, 0, order.length);
			arrange(order);
		}
	}

	/** A picker of a scene: blocks with their shadows, plots of what comes, and the patches of groups below them. */
	public static Picker of(SceneModel scene) {
		List<String> ids = new ArrayList<>();
		List<float[]> boxes = new ArrayList<>();
		for (Node node : scene.nodes()) {
			float half = node.size() / 2 * (node.ghost().filter(SceneModel.Ghost::drawn).isPresent() || node.construction().isPresent() ? 1.2f : 1);
			float top = node.construction().isPresent() ? Math.max(node.reach(), .5f) : Math.max(node.reach(), .1f);
			ids.add(node.id());
			boxes.add(new float[] { node.x() - half, node.y() - half, 0, node.x() + half, node.y() + half, top });
		}
		for (GroupMark group : scene.groups()) {
			for (Place place : scene.places()) {
				if (place.kind() == Place.Kind.PATCH && place.group().equals(group.key())) {
					ids.add(group.key());
					boxes.add(new float[] { place.x(), place.y(), 0, place.x() + place.width(), place.y() + place.depth(), SceneModel.PLATE });
				}
			}
		}
		float[] flat = new float[boxes.size() * 6];
		for (int i = 0; i < boxes.size(); i++) {
			System.arraycopy(boxes.get(i), 0, flat, i * 6, 6);
		}
		return new Picker(flat, ids.toArray(String[]::new));
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
			int axis = box[3] - box[0] >= box[4] - box[1] ? 0 : 1;
			Integer[] part = new Integer[to - from];
			for (int i = from; i < to; i++) {
				part[i - from] = order[i];
			}
			java.util.Arrays.sort(part, (a, b) -> Float.compare(leaves[a * 6 + axis], leaves[b * 6 + axis]));
			for (int i = from; i < to; i++) {
				order[i] = part[i - from];
			}
			int middle = (from + to) / 2;
			build(order, from, middle);
			build(order, middle, to);
		}
		skip[node] = used;
	}

	private void arrange(int[] order) {
		float[] sorted = new float[leaves.length];
		String[] names = new String[ids.length];
		for (int i = 0; i < order.length; i++) {
			System.arraycopy(leaves, order[i] * 6, sorted, i * 6, 6);
			names[i] = ids[order[i]];
		}
		System.arraycopy(sorted, 0, leaves, 0, sorted.length);
		System.arraycopy(names, 0, ids, 0, names.length);
	}

	/**
	 * What a ray hits first.
	 *
	 * @return the id of a resource or the key of a group; empty when it hits nothing
	 */
	public Optional<String> pick(Camera.Ray ray) {
		String best = null;
		float nearest = Float.MAX_VALUE;
		Vector2f hit = new Vector2f();
		int node = 0;
		while (node < used) {
			if (!hits(nodes, node, ray, hit) || hit.x > nearest) {
				node = skip[node];
				continue;
			}
			if (first[node] >= 0) {
				for (int i = first[node]; i < first[node] + count[node]; i++) {
					if (hits(leaves, i, ray, hit) && hit.x < nearest) {
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
