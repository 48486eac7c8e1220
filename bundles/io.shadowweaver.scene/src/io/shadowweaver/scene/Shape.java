// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.Locale;
import java.util.Map;

/** The outline of a block seen from the top, which tells what kind of resource it is. */
public enum Shape {
	/** A square: what computes. */
	BOX("square", 4),
	/** Round: what stores. */
	CYLINDER("round", 12),
	/** Six sides: what holds work for a while. */
	HEXAGON("hexagon", 6),
	/** A square that stands on its corner: what passes work on. */
	DIAMOND("diamond", 4);

	private static final Map<String, Shape> WORDS = Map.ofEntries(Map.entry("database", CYLINDER), Map.entry("db", CYLINDER), Map.entry("storage", CYLINDER),
			Map.entry("volume", CYLINDER), Map.entry("disk", CYLINDER), Map.entry("bucket", CYLINDER), Map.entry("store", CYLINDER),
			Map.entry("cache", HEXAGON), Map.entry("queue", HEXAGON), Map.entry("topic", HEXAGON), Map.entry("broker", HEXAGON),
			Map.entry("loadbalancer", DIAMOND), Map.entry("balancer", DIAMOND), Map.entry("lb", DIAMOND), Map.entry("gateway", DIAMOND),
			Map.entry("proxy", DIAMOND), Map.entry("router", DIAMOND), Map.entry("network", DIAMOND));

	private final String label;
	private final int sides;

	Shape(String label, int sides) {
		this.label = label;
		this.sides = sides;
	}

	/** What the operator reads. */
	public String label() {
		return label;
	}

	/** How many sides it is drawn with. */
	public int sides() {
		return sides;
	}

	/** That of a kind, by its last word, such as {@code aws-database} or {@code load.balancer}; a square for a kind that is not known. */
	public static Shape of(String kind) {
		String[] words = kind.toLowerCase(Locale.ROOT).split("[^a-z]+");
		return words.length == 0 ? BOX : WORDS.getOrDefault(words[words.length - 1], BOX);
	}
}
