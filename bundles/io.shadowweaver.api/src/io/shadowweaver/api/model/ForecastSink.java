// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the forecasts of a model, one slot at a time. */
@ProviderType
@FunctionalInterface
public interface ForecastSink {
	/**
	 * @param slot      the slot
	 * @param median    one value a lead; finite
	 * @param quantiles by lead, then by level ({@link io.shadowweaver.api.forecast.Levels}), or {@code null} when the model
	 *                  knows its median only, which is the usual case
	 */
	void accept(int slot, double[] median, double[][] quantiles);
}
