// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Need;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.SceneModel.Alarm;
import io.shadowweaver.scene.SceneModel.GroupMark;
import io.shadowweaver.scene.SceneModel.Node;

/** Makes the marks of groups: their label, their worst alert, whether they pulse. */
final class GroupMarker {
	private static final Comparator<Alarm> WORST_FIRST = Comparator.comparing((Alarm a) -> a.isOpen() ? 0 : 1)
			.thenComparing(a -> a.severity() == Severity.CRITICAL ? 0 : 1).thenComparing(Alarm::breachAt);
	private static final Duration USUAL_LEAD = Duration.ofMinutes(10);

	private final WeaverState state;
	private final ViewSettings view;
	private final Layout layout;
	private final List<Node> nodes;
	private final boolean groupsPulse;
	private final Map<String, Alarm> alarms;
	private final Oddities oddities;

	GroupMarker(WeaverState state, ViewSettings view, Layout layout, List<Node> nodes, boolean groupsPulse, Oddities oddities) {
		this.state = state;
		this.view = view;
		this.layout = layout;
		this.nodes = nodes;
		this.groupsPulse = groupsPulse;
		this.oddities = oddities;
		alarms = NodeMaker.alarms(state);
	}

	List<GroupMark> marks() {
		Map<String, List<String>> patches = new LinkedHashMap<>();
		for (Place place : layout.places().values()) {
			if (place.kind() == Place.Kind.PATCH) {
				patches.computeIfAbsent(place.group(), key -> new ArrayList<>()).add(place.id());
			}
		}
		Map<String, List<Node>> members = new LinkedHashMap<>();
		nodes.forEach(node -> members.computeIfAbsent(node.group(), key -> new ArrayList<>()).add(node));
		List<GroupMark> marks = new ArrayList<>();
		patches.forEach((key, places) -> marks.add(mark(key, places, members.getOrDefault(key, List.of()))));
		return marks;
	}

	private GroupMark mark(String key, List<String> places, List<Node> members) {
		List<Alarm> all = new ArrayList<>();
		Optional.ofNullable(alarms.get(key)).ifPresent(all::add);
		members.forEach(node -> node.alarm().ifPresent(all::add));
		all.sort(WORST_FIRST);
		Optional<Alarm> worst = all.stream().findFirst();
		boolean own = alarms.containsKey(key) && alarms.get(key).isOpen();
		float pulse = worst.filter(Alarm::isOpen).filter(a -> own || groupsPulse).map(a -> a.severity() == Severity.CRITICAL ? 1f : .5f).orElse(0f);
		String id = key.startsWith(SeriesId.GROUP_PREFIX) ? key.substring(SeriesId.GROUP_PREFIX.length()) : "";
		float water = view.tide() ? NodeMaker.tide(lead(id, worst)) : Float.NaN;
		return new GroupMark(key, GroupKey.name(state.topology(), key), text(key, id, members), places, worst, pulse,
				view.selection().contains(key), view.hover().equals(key), water, oddities.of(key));
	}

	/** How long it takes to provision for a group, as its alerts and plans know it. */
	private Duration lead(String group, Optional<Alarm> alarm) {
		return state.plans().stream().filter(plan -> plan.group().equals(group)).map(Plan::leadP95).findFirst()
				.or(() -> alarm.map(a -> Duration.between(a.startBy(), a.breachAt()))).filter(lead -> !lead.isNegative()).orElse(USUAL_LEAD);
	}

	/** 'web 12 → 15 by 14:05'. */
	private String text(String key, String id, List<Node> members) {
		String name = GroupKey.name(state.topology(), key);
		long live = members.stream().filter(node -> node.lifecycle().carriesLoad()).count();
		long coming = members.stream().filter(node -> node.lifecycle().isComing()).count();
		String now = name + " " + live;
		// the plans are those of the real estate
		Optional<Need> need = state.plans().stream().filter(plan -> view.scenario().isEmpty() && plan.group().equals(id) && plan.isOpen()).flatMap(plan -> plan.needs().stream())
				.max(Comparator.comparingInt(Need::required));
		if (need.isPresent()) {
			return now + " → " + need.get().required() + " by " + Words.time(need.get().from(), state.time(), view.zone()) + suffix(coming);
		}
		GroupOutlook outlook = state.unattended().groups().get(id);
		int first = outlook == null ? -1 : outlook.firstDeficit();
		if (first >= 0) {
			return now + " → " + outlook.required().get(first) + " by " + Words.time(outlook.times().get(first), state.time(), view.zone())
					+ suffix(coming);
		}
		return now + suffix(coming);
	}

	private static String suffix(long coming) {
		return coming == 0 ? "" : ", " + coming + " coming";
	}
}
