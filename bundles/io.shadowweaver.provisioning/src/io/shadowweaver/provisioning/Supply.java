// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.HashMap;
import java.util.Map;

/**
 * What a number of members safely carry together.
 *
 * @param members  how many
 * @param capacity their safe demand together, by metric
 */
record Supply(int members, Map<String, Double> capacity) {
	static final Supply NONE = new Supply(0, Map.of());

	Supply {
		capacity = Map.copyOf(capacity);
	}

	/** With more members of one size; metrics whose unit is not known are left out of the sum. */
	Supply plus(int count, Map<String, Double> unit) {
		Map<String, Double> sum = new HashMap<>(capacity);
		unit.forEach((metric, safe) -> sum.merge(metric, safe * count, Double::sum));
		return new Supply(members + count, sum);
	}

	double of(String metric) {
		return capacity.getOrDefault(metric, 0.);
	}
}
