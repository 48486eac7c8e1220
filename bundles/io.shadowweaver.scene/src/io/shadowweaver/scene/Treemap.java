// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.shadowweaver.scene.SceneModel.Node;

/**
 * The twin in two dimensions: groups and in them their members as rectangles, squarified (Bruls, Huizing, van Wijk, 2000).
 * Pure functions.
 */
public final class Treemap {
	/** Height of the title of a group, in the unit of the lengths. */
	public static final double TITLE = 18;

	private Treemap() {
	}

	/**
	 * A rectangle.
	 *
	 * @param id     the id of the resource, or the key of the group
	 * @param node   the resource; empty for a group
	 * @param x      left edge
	 * @param y      upper edge
	 * @param width  its width
	 * @param height its height
	 */
	public record Tile(String id, Optional<Node> node, double x, double y, double width, double height) {
		/** Whether a point lies in it. */
		public boolean contains(double px, double py) {
			return px >= x && px < x + width && py >= y && py < y + height;
		}
	}

	/**
	 * Lays out a scene: each group before its members.
	 *
	 * @param width  of the picture
	 * @param height of the picture
	 */
	public static List<Tile> layOut(SceneModel scene, double width, double height) {
		Map<String, List<Node>> groups = new TreeMap<>(NaturalOrder.INSTANCE);
		scene.nodes().forEach(node -> groups.computeIfAbsent(node.group(), key -> new ArrayList<>()).add(node));
		List<String> keys = new ArrayList<>(groups.keySet());
		keys.sort(Comparator.<String>comparingDouble(key -> -weight(groups.get(key))).thenComparing(NaturalOrder.INSTANCE));
		List<Tile> tiles = new ArrayList<>();
		double[] weights = keys.stream().mapToDouble(key -> weight(groups.get(key))).toArray();
		List<double[]> places = squarify(weights, 0, 0, width, height);
		for (int i = 0; i < keys.size(); i++) {
			double[] place = places.get(i);
			tiles.add(new Tile(keys.get(i), Optional.empty(), place[0], place[1], place[2], place[3]));
			List<Node> members = groups.get(keys.get(i));
			members.sort(Comparator.<Node>comparingDouble(node -> -area(node)).thenComparing(Node::name, NaturalOrder.INSTANCE));
			double[] areas = members.stream().mapToDouble(Treemap::area).toArray();
			List<double[]> inner = squarify(areas, place[0] + 2, place[1] + TITLE, Math.max(1, place[2] - 4), Math.max(1, place[3] - TITLE - 2));
			for (int m = 0; m < members.size(); m++) {
				double[] at = inner.get(m);
				tiles.add(new Tile(members.get(m).id(), Optional.of(members.get(m)), at[0], at[1], at[2], at[3]));
			}
		}
		return tiles;
	}

	private static double area(Node node) {
		return node.size() * node.size();
	}

	private static double weight(List<Node> nodes) {
		return nodes.stream().mapToDouble(Treemap::area).sum();
	}

	/** Rectangles of areas that are in the proportion of the weights, as square as can be; weights descend. */
	static List<double[]> squarify(double[] weights, double x, double y, double width, double height) {
		List<double[]> places = new ArrayList<>();
		double total = 0;
		for (double weight : weights) {
			total += weight;
		}
		double unit = total > 0 ? width * height / total : 0;
		int from = 0;
		while (from < weights.length) {
			double side = Math.min(width, height);
			int to = from + 1;
			double sum = weights[from] * unit;
			while (to < weights.length && worst(weights, from, to + 1, sum + weights[to] * unit, unit, side) <= worst(weights, from, to, sum, unit, side)) {
				sum += weights[to] * unit;
				to++;
			}
			double thick = side > 0 ? sum / side : 0;
			double along = 0;
			for (int i = from; i < to; i++) {
				double length = thick > 0 ? weights[i] * unit / thick : 0;
				places.add(width >= height ? new double[] { x, y + along, thick, length } : new double[] { x + along, y, length, thick });
				along += length;
			}
			if (width >= height) {
				x += thick;
				width -= thick;
			} else {
				y += thick;
				height -= thick;
			}
			from = to;
		}
		return places;
	}

	private static double worst(double[] weights, int from, int to, double sum, double unit, double side) {
		double most = weights[from] * unit;
		double least = weights[to - 1] * unit;
		return Math.max(side * side * most / (sum * sum), sum * sum / (side * side * least));
	}
}
