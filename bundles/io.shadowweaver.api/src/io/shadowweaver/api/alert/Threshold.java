// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.alert;

import java.util.Objects;

import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Selector;

/**
 * When a metric is too high. Of the thresholds that fit a resource the most specific one holds: with labels before without,
 * with a kind before without, then the first by id.
 *
 * @param id       unique name of the rule
 * @param metric   the id of the metric
 * @param kind     only resources of this kind; empty for any; {@code group} for scaling groups
 * @param labels   only resources with these labels; empty labels for any
 * @param warning  utilisation (or, for a metric that has no 'full', value in base units) from which it is a warning
 * @param critical likewise for critical, above the warning
 * @param recovery below this an alert may be withdrawn, at most the warning
 * @param level    the quantile that is tested, over 0 and under 1
 * @param guidance what an operator should do; inherited by the alert
 */
public record Threshold(String id, String metric, String kind, Selector labels, double warning, double critical,
		double recovery, double level, String guidance) {
	/** Checks the order. */
	public Threshold {
		Objects.requireNonNull(kind, "kind");
		Objects.requireNonNull(labels, "labels");
		Objects.requireNonNull(guidance, "guidance");
		if (id.isBlank() || metric.isBlank()) {
			throw new IllegalArgumentException("a threshold needs an id and a metric");
		}
		if (!(recovery > 0 && recovery <= warning && warning < critical && critical < Double.POSITIVE_INFINITY)) {
			throw new IllegalArgumentException("threshold " + id + ": need 0 < recovery <= warning < critical: " + recovery + ", "
					+ warning + ", " + critical);
		}
		if (!(level > 0 && level < 1)) {
			throw new IllegalArgumentException("threshold " + id + ": level must be between 0 and 1: " + level);
		}
	}

	/** Whether it holds for a resource. */
	public boolean fits(Resource resource) {
		return (kind.isEmpty() || kind.equals(resource.kind())) && (labels.labels().isEmpty() || labels.matches(resource));
	}

	/** How specific it is: the larger wins. */
	public int specificity() {
		return labels.labels().size() * 2 + (kind.isEmpty() ? 0 : 1);
	}
}
