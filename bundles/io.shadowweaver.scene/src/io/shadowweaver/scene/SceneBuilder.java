// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.scene.SceneModel.Beam;
import io.shadowweaver.scene.SceneModel.GroupMark;
import io.shadowweaver.scene.SceneModel.Node;

/**
 * Makes scenes of one window. Keeps the layout from one state to the next, so that nothing moves that need not; otherwise a
 * function of its arguments. For one thread: the scene thread.
 */
public final class SceneBuilder {
	/** With more shadows than this pulsing, groups pulse instead. */
	static final int MOST_PULSES = 20;

	private final Trust trust = new Trust();
	private final Map<String, Layout> real = new HashMap<>();
	private Layout layout = Layout.EMPTY;
	private String estate = "";
	private String grouped = "";
	private String imagined = "";
	private Instant entered = Instant.EPOCH;
	private Topology laidOut;

	/**
	 * Makes a scene.
	 *
	 * @param state   the estate
	 * @param view    what the operator chose; a metric that the estate does not have is shown as missing
	 * @param past    values at the cursor, while it is in the past
	 * @param silence how long ago, by the clock on the wall, the state came
	 */
	public SceneModel build(WeaverState state, ViewSettings view, PastValues past, Duration silence) {
		layOut(state, view);
		if (view.scenario().isEmpty()) {
			trust.remember(state);
		}
		Metric metric = state.metrics().getOrDefault(view.metric(), Metric.of(view.metric(), io.shadowweaver.api.metric.Unit.RATIO));
		Instant shown = view.cursor().orElse(state.time().plus(view.lookAhead()));
		boolean inPast = view.cursor().isPresent() && view.cursor().get().isBefore(state.time());
		Oddities oddities = new Oddities(state, inPast ? shown : state.time());
		Providers providers = new Providers(state, view.palette());
		NodeMaker maker = new NodeMaker(state, view, metric, shown, inPast, past, layout, trust, oddities, providers);
		Map<String, List<Resource>> members = new HashMap<>();
		for (Resource resource : state.topology().resources().values()) {
			layout.cell(resource.id()).ifPresent(cell -> members.computeIfAbsent(cell.patch(), patch -> new ArrayList<>()).add(resource));
		}
		List<Place> places = List.copyOf(layout.places().values());
		List<Node> nodes = new ArrayList<>(state.topology().resources().size());
		for (Place place : places) {
			members.getOrDefault(place.id(), List.of()).forEach(resource -> nodes.add(maker.node(resource)));
		}
		boolean groupsPulse = nodes.stream().filter(node -> node.pulse() > 0).count() > MOST_PULSES;
		if (groupsPulse) {
			nodes.replaceAll(SceneBuilder::calm);
		}
		List<GroupMark> groups = new GroupMarker(state, view, layout, nodes, groupsPulse, oddities).marks();
		Map<String, Integer> counts = new HashMap<>();
		members.forEach((patch, mine) -> counts.put(patch, mine.size()));
		List<Block> blocks = new BlockMaker(maker, view, nodes, groups).blocks(places, counts);
		List<Beam> beams = view.links() ? new BeamMaker(state, view, layout, groups).beams(shown, inPast) : List.of();
		LabelWriter labels = new LabelWriter(state, view, metric, shown, inPast, layout, providers);
		return new SceneModel(state.estate(), state.version(), state.time(), shown, inPast, view, places, nodes, groups, blocks,
				beams.subList(0, Math.min(beams.size(), BeamMaker.MOST)), labels.write(nodes, groups),
				labels.legend(maker.scale(), maker.limits(), !oddities.isEmpty(), beams.size()),
				headline(state, view, silence, past), bounds(places, nodes));
	}

	/**
	 * Each way to group has a layout of its own, of which the usual one and the last are remembered. A scenario is laid out from the real
	 * estate and leaves no trace there: whoever is lost in it stands where it was afterwards.
	 */
	private void layOut(WeaverState state, ViewSettings view) {
		String groupBy = view.arrangement().groupBy();
		String scenario = view.scenario();
		if (!estate.equals(state.estate())) {
			real.clear();
			layout = Layout.EMPTY;
			laidOut = null;
			estate = state.estate();
		}
		if (!groupBy.equals(grouped) || !scenario.equals(imagined)) {
			if (imagined.isEmpty()) {
				real.put(grouped, layout);
				real.keySet().removeIf(by -> !by.isEmpty() && !by.equals(grouped));
			}
			layout = real.getOrDefault(groupBy, Layout.EMPTY);
			laidOut = null;
			entered = state.time();
		}
		grouped = groupBy;
		imagined = scenario;
		Instant now = scenario.isEmpty() ? state.time() : entered;
		if (laidOut != state.topology() || layout.restless(now)) {
			layout = layout.next(state.topology(), state.name(), groupBy, now, held(state, view));
			laidOut = state.topology();
		}
	}

	/** What somebody looks at, or will look for. */
	private static Set<String> held(WeaverState state, ViewSettings view) {
		Set<String> held = new HashSet<>(view.selection());
		held.add(view.hover());
		state.alerts().stream().filter(Alert::isActive).forEach(alert -> held.add(alert.subject()));
		return held;
	}

	/** Where everything stands at present. */
	public Layout layout() {
		return layout;
	}

	private static Node calm(Node node) {
		return new Node(node.id(), node.name(), node.shape(), node.group(), node.lifecycle(), node.x(), node.y(), node.size(), node.height(), node.frame(),
				node.use(), node.text(), node.colour(), node.stale(), node.ghost(), node.alarm(), 0, node.selected(), node.hovered(),
				node.construction(), node.trust(), node.unusual(), node.provider());
	}

	/** The sentence, which says first when what is seen is not real. */
	private static SceneModel.Headline headline(WeaverState state, ViewSettings view, Duration silence, PastValues past) {
		SceneModel.Headline plain = compared(state, view, silence, past);
		return view.scenario().isEmpty() ? plain
				: new SceneModel.Headline("What if: " + view.scenario() + ". " + plain.what(), plain.rest(), plain.severity(), plain.fresh(), plain.subject());
	}

	/** While the operator holds 'do nothing', the sentence compares. */
	private static SceneModel.Headline compared(WeaverState state, ViewSettings view, Duration silence, PastValues past) {
		if (!view.compare()) {
			return new HeadlineWriter(state, view).write(silence, past);
		}
		SceneModel.Headline plain = new HeadlineWriter(state, view).write(silence, past);
		SceneModel.Consequence consequence = Consequences.of(state, view.quantile());
		if (consequence.unattended().isZero() && consequence.planned().isZero()) {
			return plain;
		}
		return new SceneModel.Headline(plain.what(), Consequences.sentence(consequence) + " " + plain.rest(), plain.severity().or(
				() -> java.util.Optional.of(Severity.WARNING)), plain.fresh(), plain.subject());
	}

	private static Bounds bounds(List<Place> places, List<Node> nodes) {
		float minX = 0;
		float minY = 0;
		float maxX = 1;
		float maxY = 1;
		for (Place place : places) {
			minX = Math.min(minX, place.x());
			minY = Math.min(minY, place.y());
			maxX = Math.max(maxX, place.x() + place.width());
			maxY = Math.max(maxY, place.y() + place.depth());
		}
		float height = SceneModel.FULL;
		for (Node node : nodes) {
			height = Math.max(height, node.reach());
		}
		return new Bounds(minX, minY, maxX, maxY, height);
	}
}
