// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;

/**
 * The limits of one series of a resource, in the unit of its values: between them colours are interpolated, and lines drawn.
 *
 * @param warning  from here on it is a warning
 * @param critical from here on it is critical, above the warning
 * @param capacity where it is full, above critical; for a metric that has no 'full', half as much again as critical
 */
public record Limits(double warning, double critical, double capacity) {
	private static final Comparator<Threshold> MOST_SPECIFIC = Comparator.comparingInt(Threshold::specificity)
			.reversed().thenComparing(Threshold::id);

	/** Used where no threshold fits: colours still need anchors. */
	public static final Limits DEFAULT = new Limits(.7, .9, 1);

	/** Checks the order. */
	public Limits {
		if (!(warning > 0 && warning < critical && critical < capacity)) {
			throw new IllegalArgumentException("need 0 < warning < critical < capacity: " + warning + ", " + critical + ", " + capacity);
		}
	}

	/**
	 * The rule that holds for a resource and metric.
	 *
	 * @return the most specific one that fits, or empty
	 */
	public static Optional<Threshold> rule(List<Threshold> thresholds, Resource resource, String metric) {
		return thresholds.stream().filter(rule -> rule.metric().equals(metric) && rule.fits(resource)).min(MOST_SPECIFIC);
	}

	/**
	 * The limits of a resource's series.
	 *
	 * @param state    the estate
	 * @param resource the resource
	 * @param metric   the id of the metric
	 * @return empty where there is no rule, or the capacity that would give it a scale is not known
	 */
	public static Optional<Limits> of(WeaverState state, Resource resource, String metric) {
		Metric known = state.metrics().get(metric);
		if (known == null) {
			return Optional.empty();
		}
		double scale = known.full() == Metric.Full.CAPACITY ? resource.capacity(metric) : 1;
		return rule(state.thresholds(), resource, metric).filter(rule -> Double.isFinite(scale)).map(rule -> {
			double full = known.full() == Metric.Full.NONE ? rule.critical() * 1.5 : Math.max(1, rule.critical() * 1.05);
			return new Limits(rule.warning() * scale, rule.critical() * scale, full * scale);
		});
	}

	/** The limits of a series; those of a group's demand are not here, since they depend on what is ready. */
	public static Optional<Limits> of(WeaverState state, SeriesId id) {
		return id.isGroup() ? Optional.empty()
				: state.topology().resource(id.subject()).flatMap(resource -> of(state, resource, id.metric()));
	}
}
