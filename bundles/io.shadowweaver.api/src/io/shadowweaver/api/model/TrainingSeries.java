// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import java.util.List;
import java.util.Objects;

import io.shadowweaver.api.metric.Series;

/**
 * One series to train on.
 *
 * @param slot       the number under which the model keeps its state of this series; small, dense and stable
 * @param values     the history, oldest first
 * @param seasons    seasonal periods in steps, strongest first; empty for none
 * @param lower      values cannot be below; negative infinity for no bound
 * @param upper      values cannot be above; positive infinity for no bound
 * @param regressors what drives the series, each as long as the history; empty for none
 */
public record TrainingSeries(int slot, Series values, List<Integer> seasons, double lower, double upper,
		List<Regressor> regressors) {
	/** Checks the lengths. */
	public TrainingSeries {
		Objects.requireNonNull(values, "values");
		seasons = List.copyOf(seasons);
		regressors = List.copyOf(regressors);
		if (slot < 0 || !(lower < upper)) {
			throw new IllegalArgumentException("slot " + slot + ", bounds " + lower + " to " + upper);
		}
		for (Regressor regressor : regressors) {
			if (regressor.values().length != values.length()) {
				throw new IllegalArgumentException("regressor " + regressor.id() + " of " + regressor.values().length + " values for a history of " + values.length());
			}
		}
	}
}
