// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.metric.Metric;

/**
 * What an operator chose to see.
 *
 * @param metric        the id of the metric
 * @param quantile      the quantile at which the whisker ends and a breach is tested, .5 to .99
 * @param heat          what the colour of the shadow tells
 * @param cursor        the moment that is shown; empty for now
 * @param lookAhead     how far ahead the shadow is shown while the cursor is at now; positive
 * @param unattended    0 shows the planned shadow, 1 the unattended one; between them while one becomes the other
 * @param compare       whether the sentence compares doing nothing with the plans
 * @param style         where the shadow stands
 * @param palette       the colours
 * @param reducedMotion whether a double outline stands for a pulse
 * @param links         whether links are drawn
 * @param tide          whether height shows the time to breach, under water where it is shorter than the lead
 * @param ghosts        whether a thin outline shows what was forecast for now
 * @param selection     ids of resources, and of groups behind {@code group:}
 * @param hover         the id under the mouse; empty for none
 * @param zone          for the times in texts
 * @param scenario      the name of the scenario that is seen; empty for the real estate
 * @param handles       what is multiplied by what, where there is a handle: the traffic of a group by its key, its members by its key behind
 *                      {@value #MEMBERS}
 * @param arrangement   by what resources stand together, and whether flows are seen to move
 */
public record ViewSettings(String metric, double quantile, HeatMode heat, Optional<Instant> cursor, Duration lookAhead,
		double unattended, boolean compare, ShadowStyle style, Palette palette, boolean reducedMotion, boolean links, boolean tide, boolean ghosts,
		Set<String> selection, String hover, ZoneId zone, String scenario, Map<String, Double> handles,
		Arrangement arrangement) {
	/** What precedes the key of a group where its members are meant. */
	public static final String MEMBERS = "members:";

	/** Checks and copies. */
	public ViewSettings {
		Objects.requireNonNull(metric, "metric");
		Objects.requireNonNull(heat, "heat");
		Objects.requireNonNull(cursor, "cursor");
		Objects.requireNonNull(style, "style");
		Objects.requireNonNull(palette, "palette");
		Objects.requireNonNull(hover, "hover");
		Objects.requireNonNull(zone, "zone");
		Objects.requireNonNull(scenario, "scenario");
		Objects.requireNonNull(arrangement, "arrangement");
		selection = Set.copyOf(selection);
		handles = Map.copyOf(handles);
		if (!(quantile >= .5 && quantile <= .99)) {
			throw new IllegalArgumentException("quantile must be .5 to .99: " + quantile);
		}
		if (!(unattended >= 0 && unattended <= 1)) {
			throw new IllegalArgumentException("unattended must be 0 to 1: " + unattended);
		}
		if (lookAhead.isNegative() || lookAhead.isZero()) {
			throw new IllegalArgumentException("lookAhead must be positive: " + lookAhead);
		}
	}

	/** CPU, the .9 quantile, one hour ahead, planned, dark. */
	public static ViewSettings defaults(ZoneId zone) {
		return new ViewSettings(Metric.CPU.id(), .9, HeatMode.PREDICTED, Optional.empty(), Duration.ofHours(1), 0, false,
				ShadowStyle.SLEEVE, Palette.DARK, false, true, false, false, Set.of(), "", zone, "", Map.of(), Arrangement.USUAL);
	}

	/** With another metric. */
	public ViewSettings withMetric(String id) {
		return new ViewSettings(id, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts, selection,
				hover, zone, scenario, handles, arrangement);
	}

	/** With another quantile. */
	public ViewSettings withQuantile(double level) {
		return new ViewSettings(metric, level, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts, selection,
				hover, zone, scenario, handles, arrangement);
	}

	/** With another heat. */
	public ViewSettings withHeat(HeatMode mode) {
		return new ViewSettings(metric, quantile, mode, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts,
				selection, hover, zone, scenario, handles, arrangement);
	}

	/** At another moment. */
	public ViewSettings withCursor(Optional<Instant> moment) {
		return new ViewSettings(metric, quantile, heat, moment, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts,
				selection, hover, zone, scenario, handles, arrangement);
	}

	/** Looking further or less far ahead. */
	public ViewSettings withLookAhead(Duration ahead) {
		return new ViewSettings(metric, quantile, heat, cursor, ahead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts, selection,
				hover, zone, scenario, handles, arrangement);
	}

	/** Between the planned shadow (0) and the unattended one (1). */
	public ViewSettings withUnattended(double share) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, share, compare, style, palette, reducedMotion, links, tide, ghosts, selection,
				hover, zone, scenario, handles, arrangement);
	}

	/** With or without the comparison of doing nothing with the plans. */
	public ViewSettings withCompare(boolean wanted) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, wanted, style, palette, reducedMotion, links, tide, ghosts,
				selection, hover, zone, scenario, handles, arrangement);
	}

	/** With the shadow elsewhere. */
	public ViewSettings withStyle(ShadowStyle place) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, place, palette, reducedMotion, links, tide, ghosts,
				selection, hover, zone, scenario, handles, arrangement);
	}

	/** In other colours. */
	public ViewSettings withPalette(Palette colours) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, colours, reducedMotion, links, tide, ghosts,
				selection, hover, zone, scenario, handles, arrangement);
	}

	/** With or without motion. */
	public ViewSettings withReducedMotion(boolean reduced) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reduced, links, tide, ghosts, selection,
				hover, zone, scenario, handles, arrangement);
	}

	/** With or without links. */
	public ViewSettings withLinks(boolean shown) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, shown, tide, ghosts,
				selection, hover, zone, scenario, handles, arrangement);
	}

	/** With or without the tide. */
	public ViewSettings withTide(boolean shown) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, shown, ghosts,
				selection, hover, zone, scenario, handles, arrangement);
	}

	/** With or without the trust ghosts. */
	public ViewSettings withGhosts(boolean shown) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, shown,
				selection, hover, zone, scenario, handles, arrangement);
	}

	/** With something else selected. */
	public ViewSettings withSelection(Set<String> ids) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts, ids,
				hover, zone, scenario, handles, arrangement);
	}

	/** With something else under the mouse; empty for nothing. */
	public ViewSettings withHover(String id) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts,
				selection, id, zone, scenario, handles, arrangement);
	}

	/** In a scenario. */
	public ViewSettings withScenario(String name) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts, selection,
				hover, zone, name, handles, arrangement);
	}

	/** With handles of traffic. */
	public ViewSettings withHandles(Map<String, Double> factors) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts, selection,
				hover, zone, scenario, factors, arrangement);
	}

	/** Arranged otherwise. */
	public ViewSettings withArrangement(Arrangement other) {
		return new ViewSettings(metric, quantile, heat, cursor, lookAhead, unattended, compare, style, palette, reducedMotion, links, tide, ghosts, selection,
				hover, zone, scenario, handles, other);
	}
}
