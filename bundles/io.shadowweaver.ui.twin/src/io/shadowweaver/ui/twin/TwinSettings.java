// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.scene.HeatMode;
import io.shadowweaver.scene.Palette;
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
 */
record TwinSettings(HeatMode heat, ShadowStyle style, boolean links, boolean tide, boolean ghosts) {
	static final TwinSettings START = new TwinSettings(HeatMode.PREDICTED, ShadowStyle.SLEEVE, true, false, false);

	TwinSettings with(HeatMode mode) {
		return new TwinSettings(mode, style, links, tide, ghosts);
	}

	TwinSettings with(ShadowStyle place) {
		return new TwinSettings(heat, place, links, tide, ghosts);
	}

	TwinSettings withLinks(boolean shown) {
		return new TwinSettings(heat, style, shown, tide, ghosts);
	}

	TwinSettings withTide(boolean shown) {
		return new TwinSettings(heat, style, links, shown, ghosts);
	}

	TwinSettings withGhosts(boolean shown) {
		return new TwinSettings(heat, style, links, tide, shown);
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
				chosen + (1 - 2 * chosen) * morph, morph > 0, style, colours(palette), still, links, tide, ghosts, selection(frame.selection()), hover,
				ZoneId.systemDefault());
	}

	static Palette colours(io.shadowweaver.ui.core.Palette palette) {
		return switch (palette) {
		case GREEN_RED_DARK -> Palette.DARK;
		case SAFE_DARK -> Palette.SAFE_DARK;
		case GREEN_RED_LIGHT -> Palette.LIGHT;
		case SAFE_LIGHT -> Palette.SAFE_LIGHT;
		};
	}

	private static Set<String> selection(List<Item> items) {
		Set<String> ids = new HashSet<>();
		for (Item item : items) {
			switch (item.kind()) {
			case RESOURCE -> ids.add(item.id());
			case GROUP -> ids.add(SeriesId.GROUP_PREFIX + item.id());
			default -> {
				// other things have no place in the scene
			}
			}
		}
		return ids;
	}

	/** The item of an id of the scene; empty for a group that is none of the estate's scaling groups. */
	static Optional<Item> item(String id) {
		if (id.startsWith(SeriesId.GROUP_PREFIX)) {
			return Optional.of(Item.group(id.substring(SeriesId.GROUP_PREFIX.length())));
		}
		return id.startsWith("tier:") || id.startsWith("kind:") ? Optional.empty() : Optional.of(Item.resource(id));
	}
}
