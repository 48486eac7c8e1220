// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.scene.SceneModel.Beam;
import io.shadowweaver.scene.SceneModel.GroupMark;

/** Makes the links that are drawn: those between groups, and those of what is selected or under the mouse. */
final class BeamMaker {
	/** So many are drawn; more could not be told apart. */
	static final int MOST = 2000;

	private final WeaverState state;
	private final ViewSettings view;
	private final Layout layout;
	private final Map<String, GroupMark> groups = new HashMap<>();
	private final List<Beam> beams = new ArrayList<>();

	BeamMaker(WeaverState state, ViewSettings view, Layout layout, List<GroupMark> marks) {
		this.state = state;
		this.view = view;
		this.layout = layout;
		marks.forEach(group -> groups.put(group.key(), group));
	}

	/** All of them, what is emphasised first, then by traffic; the caller draws at most {@link #MOST}. */
	List<Beam> beams(Instant shown, boolean inPast) {
		Map<String, Set<String>> flow = GroupFlow.links(state.topology(), view.arrangement().groupBy());
		Traffic traffic = new Traffic(state, view, shown, inPast, flow);
		flow.forEach((from, targets) -> targets.forEach(to -> between(from, to, traffic)));
		for (Link link : state.topology().links()) {
			if ((touches(link.from()) || touches(link.to())) && layout.cell(link.from()).isPresent() && layout.cell(link.to()).isPresent()) {
				Layout.Cell from = layout.cell(link.from()).get();
				Layout.Cell to = layout.cell(link.to()).get();
				beams.add(new Beam(from.x(), from.y(), to.x(), to.y(), true, Double.NaN, Double.NaN));
			}
		}
		beams.sort(Comparator.comparing((Beam beam) -> !beam.emphasised()).thenComparing(beam -> Double.isFinite(beam.now()) ? -beam.now() : 1));
		return beams;
	}

	private void between(String from, String to, Traffic traffic) {
		boolean strong = view.selection().contains(from) || view.selection().contains(to);
		for (Place start : ends(from)) {
			for (Place end : ends(to)) {
				if (region(start).equals(region(end))) {
					beams.add(new Beam(start.centreX(), start.centreY(), end.centreX(), end.centreY(), strong, traffic.now(from, to), traffic.predicted(from, to)));
				}
			}
		}
	}

	private boolean touches(String id) {
		return view.selection().contains(id) || view.hover().equals(id);
	}

	/** In each region the middle one of the patches of a group. */
	private List<Place> ends(String key) {
		Map<String, List<Place>> byRegion = new TreeMap<>();
		GroupMark group = groups.get(key);
		if (group != null) {
			group.patches().stream().map(layout.places()::get).forEach(place -> byRegion.computeIfAbsent(region(place), r -> new ArrayList<>()).add(place));
		}
		return byRegion.values().stream().map(places -> places.get(places.size() / 2)).toList();
	}

	private static String region(Place patch) {
		return patch.subject().substring(0, patch.subject().indexOf('/'));
	}
}
