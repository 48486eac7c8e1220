// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.ui.IMemento;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.Arrangement;
import io.shadowweaver.scene.HeatMode;
import io.shadowweaver.scene.ShadowStyle;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;

/**
 * What is chosen in one twin alone. Immutable.
 *
 * @param heat   what the colour of the shadow tells
 * @param style  where the shadow stands
 * @param links  whether links are drawn
 * @param tide   whether height is the time to breach
 * @param ghosts whether what was forecast for now is drawn
 * @param arrangement by what resources stand together, and whether flows move
 */
record TwinSettings(HeatMode heat, ShadowStyle style, boolean links, boolean tide, boolean ghosts, Arrangement arrangement) {
	static final TwinSettings START = new TwinSettings(HeatMode.PREDICTED, ShadowStyle.SLEEVE, true, false, false, Arrangement.USUAL);

	private static final String HEAT = "heat";
	private static final String STYLE = "style";
	private static final String LINKS = "links";
	private static final String TIDE = "tide";
	private static final String GHOSTS = "ghosts";
	private static final String GROUP_BY = "groupBy";
	private static final String FLOW = "flow";

	TwinSettings with(HeatMode mode) {
		return new TwinSettings(mode, style, links, tide, ghosts, arrangement);
	}

	TwinSettings with(ShadowStyle place) {
		return new TwinSettings(heat, place, links, tide, ghosts, arrangement);
	}

	TwinSettings withLinks(boolean shown) {
		return new TwinSettings(heat, style, shown, tide, ghosts, arrangement);
	}

	TwinSettings withTide(boolean shown) {
		return new TwinSettings(heat, style, links, shown, ghosts, arrangement);
	}

	TwinSettings withGhosts(boolean shown) {
		return new TwinSettings(heat, style, links, tide, shown, arrangement);
	}

	TwinSettings with(Arrangement other) {
		return new TwinSettings(heat, style, links, tide, ghosts, other);
	}

	/**
	 * All that the scene needs to know, from what is shared by the windows and what is chosen here.
	 *
	 * @param frame   the newest frame of the feed
	 * @param palette the colours
	 * @param still   whether nothing may pulse
	 * @param hover   the id under the mouse; empty for none
	 * @param morph   0 the chosen shadow, 1 the other one
	 */
	ViewSettings view(Frame frame, io.shadowweaver.ui.core.Palette palette, boolean still, String hover, double morph) {
		var cursor = frame.cursor();
		double chosen = cursor.kind() == Shadow.Kind.UNATTENDED ? 1 : 0;
		Optional<java.time.Instant> time = cursor.time().filter(t -> !t.equals(frame.now()));
		return new ViewSettings(cursor.metric(), Math.clamp(cursor.level(), .5, .99), heat, time, cursor.horizon(),
				chosen + (1 - 2 * chosen) * morph, morph > 0, style, palette.twin(), still, links, tide, ghosts, places(frame.selection(), frame.state()), hover,
				ZoneId.systemDefault(), frame.scenarioName(), GroupHandle.factors(frame), arrangement);
	}

	/** Keeps them for the next run. */
	void save(IMemento memento) {
		texts().forEach(memento::putString);
	}

	/** Those of the last run; what is missing or not known any more is as at the start. */
	static TwinSettings restored(IMemento memento) {
		Map<String, String> texts = new HashMap<>();
		for (String key : memento.getAttributeKeys()) {
			texts.put(key, memento.getString(key));
		}
		return of(texts);
	}

	/** As they are kept: text by key. */
	Map<String, String> texts() {
		Map<String, String> texts = new HashMap<>(Map.of(HEAT, heat.name(), STYLE, style.name(), LINKS, Boolean.toString(links), TIDE, Boolean.toString(tide),
				GHOSTS, Boolean.toString(ghosts), GROUP_BY, arrangement.groupBy()));
		arrangement.particles().ifPresent(moving -> texts.put(FLOW, Boolean.toString(moving)));
		return texts;
	}

	/** As they were kept; what is missing or not known any more is as at the start. */
	static TwinSettings of(Map<String, String> texts) {
		return new TwinSettings(constant(HeatMode.values(), texts.get(HEAT), START.heat), constant(ShadowStyle.values(), texts.get(STYLE), START.style),
				flag(texts, LINKS, START.links), flag(texts, TIDE, START.tide), flag(texts, GHOSTS, START.ghosts),
				new Arrangement(texts.getOrDefault(GROUP_BY, ""), Optional.ofNullable(texts.get(FLOW)).map(Boolean::parseBoolean)));
	}

	private static <E extends Enum<E>> E constant(E[] all, String name, E otherwise) {
		return Arrays.stream(all).filter(one -> one.name().equals(name)).findFirst().orElse(otherwise);
	}

	private static boolean flag(Map<String, String> texts, String key, boolean otherwise) {
		String value = texts.get(key);
		return value == null ? otherwise : Boolean.parseBoolean(value);
	}

	/** Where what is selected stands: for an alert, a plan or an entry of the queue that is what it concerns. */
	static Set<String> places(List<Item> items, WeaverState state) {
		Set<String> ids = new HashSet<>();
		for (Item item : items) {
			switch (item.kind()) {
			case RESOURCE -> ids.add(item.id());
			case ZONE -> ids.add("zone:" + item.id());
			case REGION -> ids.add("region:" + item.id());
			case GROUP -> ids.add(SeriesId.GROUP_PREFIX + item.id());
			case ALERT -> state.alerts().stream().filter(alert -> alert.id().equals(item.id())).forEach(alert -> ids.add(alert.subject()));
			case PLAN -> state.plans().stream().filter(plan -> plan.id().equals(item.id())).forEach(plan -> ids.add(SeriesId.GROUP_PREFIX + plan.group()));
			case ENTRY -> state.queue().stream().filter(entry -> entry.token().equals(item.id())).forEach(entry -> ids.add(entry.resource()));
			default -> {
				// other things have no place in the scene
			}
			}
		}
		return ids;
	}

	/** The item of an id of the scene; empty for a cluster, and for a group that is none of the estate's scaling groups. */
	static Optional<Item> item(String id) {
		if (id.startsWith(SeriesId.GROUP_PREFIX)) {
			return Optional.of(Item.group(id.substring(SeriesId.GROUP_PREFIX.length())));
		}
		if (id.startsWith("zone:")) {
			return Optional.of(new Item(Item.Kind.ZONE, id.substring("zone:".length())));
		}
		if (id.startsWith("region:")) {
			return Optional.of(new Item(Item.Kind.REGION, id.substring("region:".length())));
		}
		return id.startsWith("cluster:") || id.startsWith("tier:") || id.startsWith("kind:") || id.startsWith("label:") ? Optional.empty() : Optional.of(Item.resource(id));
	}
}
