// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.scene.Block;
import io.shadowweaver.scene.Detail;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.scene.Place;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.SceneModel.GroupMark;
import io.shadowweaver.scene.SceneModel.Label;
import io.shadowweaver.scene.SceneModel.Node;

/** The labels of what is seen: where a block stands for many, its own instead of theirs. */
final class LabelChoice {
	private LabelChoice() {
	}

	/** The most important first. */
	static List<Label> of(SceneModel scene, Detail detail) {
		if (detail.solids().isEmpty()) {
			return scene.labels();
		}
		Set<String> seen = new HashSet<>();
		detail.nodes().stream().map(Node::id).forEach(seen::add);
		scene.groups().stream().map(GroupMark::key).forEach(seen::add);
		List<Label> labels = new ArrayList<>();
		for (Label label : scene.labels()) {
			if (label.subject().isEmpty() || seen.contains(label.subject()) || label.kind() == Label.Kind.SELECTED || label.kind() == Label.Kind.HOVER) {
				labels.add(label);
			}
		}
		for (Detail.Solid solid : detail.solids()) {
			Block block = solid.block();
			if (block.place().kind() != Place.Kind.PATCH || block.alarms() > 0 || block.selected() || block.hovered()) {
				labels.add(label(solid, scene.view().palette()));
			}
		}
		labels.sort(Comparator.comparing(Label::kind));
		return labels;
	}

	private static Label label(Detail.Solid solid, Palette palette) {
		Block block = solid.block();
		Place place = block.place();
		Label.Kind kind = block.selected() ? Label.Kind.SELECTED : block.hovered() ? Label.Kind.HOVER
				: block.alarms() > 0 ? Label.Kind.BREACH : Label.Kind.GROUP;
		int accent = block.alarm().map(alarm -> alarm.severity() == Severity.CRITICAL ? palette.breach() : palette.warning()).orElse(-1);
		return new Label(kind, block.text(), place.centreX(), place.centreY(), block.reach() * solid.stretch(), block.subject(), accent);
	}
}
