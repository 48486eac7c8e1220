// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.scene.SceneModel.Alarm;
import io.shadowweaver.scene.SceneModel.Ghost;
import io.shadowweaver.scene.SceneModel.Node;

/** What is seen in a scene, in words: for a screen reader. Pure functions; any thread. */
public final class Narration {
	/** So many things that are selected are told one by one. */
	private static final int MOST = 3;

	private final SceneModel scene;
	private final Map<String, Metric> metrics;

	private Narration(SceneModel scene, Map<String, Metric> metrics) {
		this.scene = scene;
		this.metrics = metrics;
	}

	/**
	 * What is selected; the sentence of the scene where nothing is.
	 *
	 * @param scene   what is seen
	 * @param metrics those of the estate, by id
	 */
	public static String of(SceneModel scene, Map<String, Metric> metrics) {
		Narration narration = new Narration(scene, metrics);
		var selected = scene.view().selection();
		if (selected.isEmpty()) {
			return scene.headline().sentence();
		}
		String more = selected.size() > MOST ? " And " + (selected.size() - MOST) + " more." : "";
		return selected.stream().sorted(NaturalOrder.INSTANCE).limit(MOST).map(narration::one).collect(Collectors.joining(" ")) + more;
	}

	/**
	 * One thing: 'web-3, CPU 82 %, predicted 96 % at 14:05, critical breach at 14:05, in 35 min.'
	 *
	 * @param id of a resource, the key of a group, or the id of a zone or region as a place
	 */
	public static String of(SceneModel scene, Map<String, Metric> metrics, String id) {
		return new Narration(scene, metrics).one(id);
	}

	private String one(String id) {
		Optional<Node> node = scene.node(id);
		if (node.isPresent()) {
			return resource(node.get());
		}
		Optional<SceneModel.GroupMark> group = scene.groups().stream().filter(mark -> mark.key().equals(id)).findFirst();
		if (group.isPresent()) {
			return "Group " + group.get().text().replace("→", "to") + alarm(group.get().alarm()) + unusual(group.get().unusual()) + ".";
		}
		// a zone is told by what is inside
		return scene.blocks().stream().filter(block -> block.subject().equals(id)).max(Comparator.comparingInt(Block::size))
				.map(block -> place(block.place().kind()) + block.text().replace("→", "to") + ", " + block.size() + (block.size() == 1 ? " resource" : " resources")
						+ shadow(block.ghost()) + alarm(block.alarm()) + ".")
				.orElse(id + " is not in the scene.");
	}

	private static String place(Place.Kind kind) {
		return kind == Place.Kind.PATCH ? "" : kind == Place.Kind.ZONE ? "Zone " : "Region ";
	}

	private String resource(Node node) {
		if (node.construction().isPresent()) {
			var construction = node.construction().get();
			String state = node.lifecycle() == Lifecycle.BUILDING ? "building, " + Math.round(construction.progress() * 100) + "\u00a0%"
					: node.lifecycle().name().toLowerCase(Locale.ROOT);
			String late = construction.isLate() ? ", late: needed by " + time(construction.needBy()) : "";
			return node.name() + ", " + state + ", ready at " + time(construction.eta()) + late + ".";
		}
		return node.name() + ", " + name(scene.view().metric()) + " " + node.text() + (node.stale() ? ", stale" : "") + shadow(node.ghost()) + alarm(node.alarm())
				+ unusual(node.unusual()) + ".";
	}

	private String shadow(Optional<Ghost> ghost) {
		if (scene.past() || ghost.isEmpty()) {
			return "";
		}
		return ", predicted " + Math.round(ghost.get().predicted() * 100) + "\u00a0%, p" + Math.round(scene.view().quantile() * 100) + " "
				+ Math.round(ghost.get().worst() * 100) + "\u00a0%, at " + time(scene.shown());
	}

	private String alarm(Optional<Alarm> found) {
		if (found.isEmpty()) {
			return "";
		}
		Alarm alarm = found.get();
		String severity = alarm.severity() == Severity.CRITICAL ? "critical" : "warning";
		String metric = alarm.metric().equals(scene.view().metric()) ? "" : " of " + name(alarm.metric());
		boolean coming = alarm.breachAt().isAfter(scene.now());
		String when = coming ? " at " + time(alarm.breachAt()) + ", in " + Words.span(Duration.between(scene.now(), alarm.breachAt())) : " now";
		String care = alarm.covered() ? ", covered by a plan" : alarm.acknowledged() ? ", seen" : "";
		return ", " + severity + " breach" + metric + when + care;
	}

	private static String unusual(Optional<SceneModel.Unusual> unusual) {
		return unusual.map(odd -> ", unusual: " + odd.text()).orElse("");
	}

	private String name(String metric) {
		return Optional.ofNullable(metrics.get(metric)).map(Metric::name).orElse(metric);
	}

	private String time(java.time.Instant time) {
		return Words.time(time, scene.now(), scene.view().zone());
	}
}
