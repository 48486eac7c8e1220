// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.scene.SceneModel.Label;
import io.shadowweaver.scene.SceneModel.Node;

/** What is not looked for steps back: its colour is nearly that of the ground, and it has no shadow, no pulse and no label. Pure. */
public final class Dimming {
	/** So much of the ground is in a colour that steps back. */
	static final double AWAY = .78;

	private Dimming() {
	}

	/**
	 * A scene in which only some resources stand out.
	 *
	 * @param matching their ids
	 */
	public static SceneModel of(SceneModel scene, Set<String> matching) {
		int ground = scene.view().palette().ground();
		List<Node> nodes = scene.nodes().stream().map(node -> matching.contains(node.id()) ? node : dimmed(node, ground)).toList();
		Set<String> away = new HashSet<>();
		scene.nodes().stream().map(Node::id).filter(id -> !matching.contains(id)).forEach(away::add);
		List<Label> labels = scene.labels().stream().filter(label -> !away.contains(label.subject()) || label.kind() == Label.Kind.SELECTED || label.kind() == Label.Kind.HOVER).toList();
		List<Block> blocks = scene.blocks().stream().map(block -> scene.nodes().subList(block.from(), block.to()).stream().anyMatch(node -> matching.contains(node.id())) ? block : dimmed(block, ground))
				.toList();
		return new SceneModel(scene.estate(), scene.version(), scene.now(), scene.shown(), scene.past(), scene.view(), scene.places(), nodes, scene.groups(), blocks, scene.beams(), labels,
				scene.legend(), scene.headline(), scene.bounds());
	}

	private static Node dimmed(Node node, int ground) {
		return new Node(node.id(), node.name(), node.shape(), node.group(), node.lifecycle(), node.x(), node.y(), node.size(), node.height(), Float.NaN, node.use(), node.text(),
				Oklab.mix(node.colour(), ground, AWAY), node.stale(), Optional.empty(), Optional.empty(), 0, node.selected(), node.hovered(), node.construction(), Float.NaN, Optional.empty(),
				-1);
	}

	private static Block dimmed(Block block, int ground) {
		return new Block(block.place(), block.from(), block.to(), 0, block.use(), block.height(), Oklab.mix(block.colour(), ground, AWAY), block.stale(), Optional.empty(), Optional.empty(), 0,
				block.selected(), block.hovered(), block.text());
	}
}
