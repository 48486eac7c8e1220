// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.Optional;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.ui.core.Limits;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.table.Painters.Bar;

/** The length and colour of a value against the limits of its resource. Pure. */
final class Heat {
	private Heat() {
	}

	/**
	 * The bar of a value.
	 *
	 * @param state    the estate
	 * @param palette  the colours
	 * @param resource whose value it is
	 * @param metric   its metric
	 * @param value    in base units
	 * @param stale    whether the value is old
	 */
	static Bar bar(WeaverState state, Palette palette, Resource resource, Metric metric, double value, boolean stale) {
		if (Double.isNaN(value)) {
			return Bar.NONE;
		}
		Optional<Limits> limits = limits(state, resource, metric);
		if (limits.isEmpty()) {
			return Bar.NONE;
		}
		int colour = stale ? palette.stale() : palette.colour(value, limits.get());
		return new Bar(value / limits.get().capacity(), colour);
	}

	/** The limits of a metric of a resource; for a utilisation without a rule the usual ones. */
	static Optional<Limits> limits(WeaverState state, Resource resource, Metric metric) {
		return Limits.of(state, resource, metric.id()).or(() -> metric.full() == Metric.Full.ONE ? Optional.of(Limits.DEFAULT) : Optional.empty());
	}

	/** How far a value is towards critical, 1 at critical; {@code NaN} where there are no limits or no value. */
	static double pressure(WeaverState state, Resource resource, Metric metric, double value) {
		return limits(state, resource, metric).map(limits -> value / limits.critical()).orElse(Double.NaN);
	}
}
