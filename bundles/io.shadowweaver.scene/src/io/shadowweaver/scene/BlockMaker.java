// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.scene.SceneModel.Alarm;
import io.shadowweaver.scene.SceneModel.Ghost;
import io.shadowweaver.scene.SceneModel.GroupMark;
import io.shadowweaver.scene.SceneModel.Node;

/** Makes the blocks that stand for many resources, from the inside to the outside. */
final class BlockMaker {
	private final NodeMaker maker;
	private final ViewSettings view;
	private final List<Node> nodes;
	private final Map<String, GroupMark> marks = new HashMap<>();
	private final Map<String, Optional<Ghost>> own = new HashMap<>();

	BlockMaker(NodeMaker maker, ViewSettings view, List<Node> nodes, List<GroupMark> groups) {
		this.maker = maker;
		this.view = view;
		this.nodes = nodes;
		groups.forEach(group -> marks.put(group.key(), group));
	}

	/**
	 * Blocks in the order of their places: a region before its zones, a zone before its clusters, and each before its patches.
	 *
	 * @param places  in that order
	 * @param members how many nodes stand on each patch, by its id; the nodes are in the order of the patches
	 */
	List<Block> blocks(List<Place> places, Map<String, Integer> members) {
		List<Block> blocks = new ArrayList<>();
		int region = -1;
		int zone = -1;
		int cluster = -1;
		int from = 0;
		for (Place place : places) {
			switch (place.kind()) {
			case REGION -> {
				close(blocks, cluster);
				close(blocks, zone);
				close(blocks, region);
				zone = -1;
				cluster = -1;
				region = blocks.size();
				blocks.add(empty(place, from));
			}
			case ZONE -> {
				close(blocks, cluster);
				close(blocks, zone);
				cluster = -1;
				zone = blocks.size();
				blocks.add(empty(place, from));
			}
			case CLUSTER -> {
				close(blocks, cluster);
				cluster = blocks.size();
				blocks.add(empty(place, from));
			}
			case PATCH -> {
				int to = from + members.getOrDefault(place.id(), 0);
				blocks.add(patch(place, from, to));
				from = to;
			}
			}
		}
		close(blocks, cluster);
		close(blocks, zone);
		close(blocks, region);
		return blocks;
	}

	private static Block empty(Place place, int from) {
		return new Block(place, from, from, 0, Double.NaN, 0, 0, true, Optional.empty(), Optional.empty(), 0, false, false, "");
	}

	private Block patch(Place place, int from, int to) {
		Node worst = null;
		Optional<Ghost> ghost = Optional.empty();
		Alarm alarm = null;
		int alarms = 0;
		for (Node node : nodes.subList(from, to)) {
			if (worst == null || badness(node) > badness(worst)) {
				worst = node;
			}
			ghost = worse(ghost, node.ghost());
			if (node.alarm().isPresent()) {
				alarms++;
				alarm = worse(alarm, node.alarm().get());
			}
		}
		GroupMark mark = marks.get(place.group());
		alarm = worse(alarm, maker.alarm(place.group()).orElse(null));
		if (worst == null) {
			return empty(place, from);
		}
		Node first = worst;
		Optional<Ghost> groups = own.computeIfAbsent(place.group(), key -> maker.groupGhost(key, first));
		return block(place, from, to, alarms, worst.use(), worst.height(), worst.colour(), worst.stale(), groups.isPresent() ? groups : ghost, alarm,
				mark != null && mark.selected(), mark != null && mark.hovered());
	}

	/** What is fresh and highest is the worst; where the heat tells something else, by that. */
	private double badness(Node node) {
		double known = node.stale() || !Double.isFinite(node.use()) ? -1e6 : 0;
		return known + switch (view.heat()) {
		case PREDICTED -> Double.isFinite(node.use()) ? node.use() : 0;
		case DIFFERENCE -> node.ghost().map(ghost -> ghost.predicted() - (Double.isFinite(node.use()) ? node.use() : 0)).orElse(-1e3);
		case CONFIDENCE -> node.ghost().map(ghost -> ghost.worst() - ghost.predicted()).orElse(-1e3);
		};
	}

	private static Optional<Ghost> worse(Optional<Ghost> one, Optional<Ghost> other) {
		return one.isEmpty() || other.isPresent() && other.get().worst() > one.get().worst() ? other : one;
	}

	private static final Comparator<Alarm> WORST_FIRST = Comparator.comparing((Alarm a) -> a.isOpen() ? 0 : 1)
			.thenComparing(a -> a.severity() == Severity.CRITICAL ? 0 : 1).thenComparing(Alarm::breachAt);

	private static Alarm worse(Alarm one, Alarm other) {
		return one == null || other != null && WORST_FIRST.compare(other, one) < 0 ? other : one;
	}

	/** Fills a region, zone or cluster with the worst of the blocks that were added behind it. */
	private void close(List<Block> blocks, int at) {
		if (at < 0) {
			return;
		}
		Block worst = null;
		Optional<Ghost> ghost = Optional.empty();
		Alarm alarm = null;
		int alarms = 0;
		for (Block inner : blocks.subList(at + 1, blocks.size())) {
			if (inner.place().kind() != Place.Kind.PATCH) {
				continue;
			}
			if (worst == null || worst.stale() && !inner.stale() || worst.stale() == inner.stale() && inner.use() > worst.use()) {
				worst = inner;
			}
			ghost = worse(ghost, inner.ghost());
			alarms += inner.alarms();
			alarm = worse(alarm, inner.alarm().orElse(null));
		}
		if (worst != null) {
			Place place = blocks.get(at).place();
			blocks.set(at, block(place, blocks.get(at).from(), blocks.getLast().to(), alarms, worst.use(), worst.height(), worst.colour(), worst.stale(),
					ghost, alarm, view.selection().contains(place.subject()), view.hover().equals(place.subject())));
		}
	}

	private Block block(Place place, int from, int to, int alarms, double use, float height, int colour, boolean stale, Optional<Ghost> ghost,
			Alarm alarm, boolean selected, boolean hovered) {
		float pulse = alarm == null || !alarm.isOpen() ? 0 : alarm.severity() == Severity.CRITICAL ? 1f : .5f;
		String worst = Double.isFinite(use) ? ", worst " + Math.round(use * 100) + "\u00a0%" : "";
		String ahead = ghost.map(g -> " → " + Math.round(g.worst() * 100) + "\u00a0%").orElse("");
		String alert = alarms == 0 ? "" : alarms == 1 ? ", 1 alert" : ", " + alarms + " alerts";
		return new Block(place, from, to, alarms, use, height, colour, stale, ghost, Optional.ofNullable(alarm), pulse, selected, hovered,
				place.name() + " " + (to - from) + worst + ahead + alert);
	}
}
