// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.SceneModel.Alarm;
import io.shadowweaver.scene.SceneModel.GroupMark;
import io.shadowweaver.scene.SceneModel.Label;
import io.shadowweaver.scene.SceneModel.Legend;
import io.shadowweaver.scene.SceneModel.Legend.Sample;
import io.shadowweaver.scene.SceneModel.Node;

/** Writes the labels, the most important first, and the legend. */
final class LabelWriter {
	private final WeaverState state;
	private final ViewSettings view;
	/** More than these have no room in any picture. */
	private static final int MOST_BREACHES = 1000;
	private static final float HANDLE_HEIGHT = 1.6f;

	private final Metric metric;
	private final Instant shown;
	private final boolean inPast;
	private final Layout layout;
	private final Map<String, Alarm> groupAlarms;
	private final Providers providers;

	LabelWriter(WeaverState state, ViewSettings view, Metric metric, Instant shown, boolean inPast, Layout layout, Providers providers) {
		this.state = state;
		this.view = view;
		this.metric = metric;
		this.shown = shown;
		this.inPast = inPast;
		this.layout = layout;
		this.providers = providers;
		groupAlarms = NodeMaker.alarms(state);
	}

	List<Label> write(List<Node> nodes, List<GroupMark> groups) {
		List<Label> labels = new ArrayList<>();
		Set<String> keys = groups.stream().map(GroupMark::key).collect(Collectors.toSet());
		nodes.stream().filter(node -> node.alarm().isPresent() && (node.selected() || node.hovered() || !groupSays(node, keys)))
				.sorted(Comparator.comparing((Node node) -> node.alarm().get().isOpen() ? 0 : 1)
						.thenComparing(node -> node.alarm().get().severity() == Severity.CRITICAL ? 0 : 1)
						.thenComparing(node -> node.alarm().get().breachAt()))
				.limit(MOST_BREACHES)
				.forEach(node -> labels.add(breach(node)));
		nodes.stream().filter(node -> node.alarm().isEmpty() && (node.selected() || node.hovered())).forEach(node -> labels.add(
				label(node.selected() ? Label.Kind.SELECTED : Label.Kind.HOVER, node.name() + " " + values(node) + made(node), node, node.provider())));
		nodes.stream().filter(node -> node.construction().isPresent() && !node.selected() && !node.hovered()).forEach(node -> {
			boolean late = node.construction().get().isLate();
			labels.add(label(late ? Label.Kind.LATE : Label.Kind.COMING, coming(node), node, late ? view.palette().breach() : node.provider()));
		});
		groups.forEach(group -> group(group, labels));
		for (Place place : layout.places().values()) {
			if (place.kind() == Place.Kind.CLUSTER) {
				labels.add(new Label(Label.Kind.CLUSTER, place.name(), place.x(), place.y(), 0, "", -1));
			} else if (place.kind() == Place.Kind.ZONE && !place.name().isEmpty()) {
				labels.add(new Label(Label.Kind.ZONE, place.name(), place.centreX(), place.y(), 0, "", -1));
			} else if (place.kind() == Place.Kind.REGION) {
				labels.add(new Label(Label.Kind.REGION, place.name(), place.x(), place.y(), 0, "", -1));
			}
		}
		labels.sort(Comparator.comparing(Label::kind));
		return labels;
	}

	/** Where the whole group breaches, its own label says so, and those of the members would only repeat it. */
	private boolean groupSays(Node node, Set<String> groups) {
		return groupAlarms.containsKey(node.group()) && groups.contains(node.group())
				&& groupAlarms.get(node.group()).severity().compareTo(node.alarm().get().severity()) >= 0;
	}

	private static Label label(Label.Kind kind, String text, Node node, int accent) {
		return new Label(kind, text, node.x(), node.y(), node.reach() + .12f, node.id(), accent);
	}

	private String values(Node node) {
		if (node.construction().isPresent()) {
			return coming(node).substring(node.name().length()).strip();
		}
		String now = (node.stale() ? node.text() + " (stale)" : node.text()) + unusual(node.unusual());
		return node.ghost().map(ghost -> now + " → " + predicted(ghost.predicted()) + " (" + quantile() + " " + predicted(ghost.worst()) + ") at "
				+ Words.time(shown, state.time(), view.zone())).orElse(now);
	}

	private String made(Node node) {
		String said = providers.said(node.id());
		return said.isEmpty() ? "" : " (" + said + ")";
	}

	private static String unusual(Optional<SceneModel.Unusual> unusual) {
		return unusual.map(odd -> " ◆ " + odd.text() + ";").orElse("");
	}

	private String quantile() {
		return "p" + Math.round(view.quantile() * 100);
	}

	/** Utilisation in per cent; for a metric without 'full' the height is relative, so that only the live value is exact. */
	private static String predicted(double use) {
		return Math.round(use * 100) + "\u00a0%";
	}

	private Label breach(Node node) {
		Alarm alarm = node.alarm().get();
		boolean other = !alarm.metric().equals(metric.id());
		String name = other && state.metrics().containsKey(alarm.metric()) ? state.metrics().get(alarm.metric()).name() + " " : "";
		String when = alarm.breachAt().isAfter(state.time()) ? "at " + Words.time(alarm.breachAt(), state.time(), view.zone()) : "now";
		String word = alarm.severity() == Severity.CRITICAL ? "critical " : "warning ";
		String mark = alarm.covered() ? " ✓" : alarm.acknowledged() ? " (seen)" : "";
		String values = node.selected() || node.hovered() ? " " + values(node) : "";
		return label(Label.Kind.BREACH, node.name() + " " + name + word + when + mark + values, node,
				alarm.severity() == Severity.CRITICAL ? view.palette().breach() : view.palette().warning());
	}

	private String coming(Node node) {
		var construction = node.construction().get();
		String what = switch (node.lifecycle()) {
		case PLANNED -> "planned, start by " + Words.time(construction.startBy(), state.time(), view.zone());
		case QUEUED -> "queued, ready " + Words.time(construction.eta(), state.time(), view.zone());
		default -> Math.round(construction.progress() * 100) + "\u00a0%, ready " + Words.time(construction.eta(), state.time(), view.zone());
		};
		String late = construction.isLate() ? ", late for " + Words.time(construction.needBy(), state.time(), view.zone()) : "";
		return node.name() + " " + what + late;
	}

	/** A handle over the middle of a group, where it has that one. */
	private void handle(String key, String text, List<Place> patches, List<Label> labels) {
		Double factor = view.handles().get(key);
		if (factor != null) {
			Place middle = patches.get(patches.size() / 2);
			labels.add(new Label(Label.Kind.HANDLE, text + Words.factor(factor), middle.centreX(), middle.centreY(), SceneModel.FULL * HANDLE_HEIGHT, key, view.palette().ink()));
		}
	}

	/** At the right end of the row of a group, in the region where it has most patches; its name alone in the others. */
	private void group(GroupMark group, List<Label> labels) {
		Map<String, List<Place>> byRegion = new HashMap<>();
		for (String patch : group.patches()) {
			Place place = layout.places().get(patch);
			byRegion.computeIfAbsent(patch.substring(0, patch.indexOf('/')), r -> new ArrayList<>()).add(place);
		}
		List<String> regions = new ArrayList<>(byRegion.keySet());
		regions.sort(Comparator.<String>comparingInt(region -> -byRegion.get(region).size()).thenComparing(NaturalOrder.INSTANCE));
		List<Place> patches = byRegion.get(regions.getFirst());
		handle(group.key(), "⇕ traffic × ", patches, labels);
		handle(ViewSettings.MEMBERS + group.key(), "⇕ members × ", patches, labels);
		int accent = group.alarm().map(alarm -> alarm.severity() == Severity.CRITICAL ? view.palette().breach() : view.palette().warning()).orElse(-1);
		for (String region : regions) {
			Place last = byRegion.get(region).stream().max(Comparator.comparing(Place::x)).orElseThrow();
			boolean main = region.equals(regions.getFirst());
			String tick = !main ? "" : group.alarm().map(LabelWriter::sign).orElse("");
			String odd = !main || group.unusual().isEmpty() ? "" : group.selected() || group.hovered() ? unusual(group.unusual()) : " ◆";
			labels.add(new Label(main ? Label.Kind.GROUP : Label.Kind.ZONE, main ? group.text() + tick + odd : group.name(), last.x() + last.width() + .45f,
					last.centreY(), 0, group.key(), main ? accent : -1));
		}
	}

	/** An alert in a word, so that its colour is not needed: ticked where a plan covers it. */
	private static String sign(Alarm alarm) {
		return alarm.covered() ? " ✓" : alarm.severity() == Severity.CRITICAL ? " ▽ critical" : " ▽ warning";
	}

	Legend legend(HeatScale scale, Limits limits, boolean unusual, int links) {
		List<String> notes = new ArrayList<>();
		if (view.tide() && !inPast) {
			return new Legend("Tide: height = time to breach (log, 24 h at full height)", scale, anchors(scale, limits),
					List.of("Under water: too late to provision."), providers.colours(), List.of());
		}
		String when = Words.time(shown, state.time(), view.zone());
		if (inPast) {
			notes.add("Past: " + when + ". No shadow there.");
		} else {
			String kind = view.unattended() >= .5 ? "if nobody acts" : "as planned";
			notes.add("Solid: now. Sleeve: " + when + " " + kind + ", ring median, whisker " + quantile() + ".");
		}
		String full = metric.full() == Metric.Full.NONE ? limits.ruled() ? "critical" : "the scale" : "100 % of capacity";
		notes.add("Frame: " + full + ".");
		if (unusual) {
			notes.add("Blue ◆: unusual in the last " + Words.span(Oddities.LASTING) + ", no breach. Hollow: an unusual forecast.");
		}
		if (links > BeamMaker.MOST) {
			notes.add(BeamMaker.MOST + " of " + links + " links are drawn: those of what is selected, then by traffic.");
		}
		String title = switch (view.heat()) {
		case PREDICTED -> metric.name() + (limits.ruled() ? ": warning " + anchor(limits.warning()) + ", critical " + anchor(limits.critical()) : "");
		case DIFFERENCE -> metric.name() + ": predicted − live";
		case CONFIDENCE -> metric.name() + ": width p10–p90";
		};
		return new Legend(title, scale, anchors(scale, limits), notes, providers.colours(), inPast ? List.of(Sample.LIVE, Sample.STALE) : List.of(Sample.values()));
	}

	private List<String> anchors(HeatScale scale, Limits limits) {
		List<String> texts = new ArrayList<>();
		for (double anchor : scale.anchors()) {
			String sign = view.heat() == HeatMode.DIFFERENCE && anchor > 0 ? "+" : "";
			texts.add(view.heat() == HeatMode.PREDICTED ? anchor(anchor) : sign + Math.round(anchor * 100));
		}
		return texts;
	}

	/** In the unit of the metric; a share of what is full in per cent. */
	private String anchor(double value) {
		return metric.full() != Metric.Full.NONE ? Math.round(value * 100) + "\u00a0%" : Words.value(metric, value);
	}
}
