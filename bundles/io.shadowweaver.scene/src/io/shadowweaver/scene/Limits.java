// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.topology.Resource;

/**
 * Where a metric of a resource becomes a warning, critical, full. In utilisation; for a metric that has no 'full', in base
 * units.
 *
 * @param warning  the warning
 * @param critical over the warning
 * @param full     the capacity: 1, or for a metric without 'full' the critical value, which the frame stands for
 * @param ruled    whether a threshold says so; otherwise the defaults .7 and .9 give the colours
 */
public record Limits(double warning, double critical, double full, boolean ruled) {
	/**
	 * The limits of a metric of a resource.
	 *
	 * @param thresholds the rules in force
	 * @param metric     the metric
	 * @param resource   the resource
	 * @param largest    the largest value now, the scale of a metric that has neither 'full' nor a threshold
	 */
	public static Limits of(List<Threshold> thresholds, Metric metric, Resource resource, double largest) {
		Optional<Threshold> rule = thresholds.stream()
				.filter(threshold -> threshold.metric().equals(metric.id()) && threshold.fits(resource))
				.min(Comparator.comparingInt(Threshold::specificity).reversed().thenComparing(Threshold::id));
		return of(rule, metric, largest);
	}

	private static Limits of(Optional<Threshold> rule, Metric metric, double largest) {
		if (metric.full() != Metric.Full.NONE) {
			return rule.map(r -> new Limits(r.warning(), r.critical(), 1, true)).orElse(new Limits(.7, .9, 1, false));
		}
		if (rule.isPresent()) {
			return new Limits(rule.get().warning(), rule.get().critical(), rule.get().critical(), true);
		}
		double full = largest > 0 ? largest * 1.25 : 1;
		return new Limits(full * .7, full * .9, full, false);
	}
}
