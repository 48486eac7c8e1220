// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Regressor;

/**
 * What a regressor of a series is.
 *
 * @param id     of the regressor
 * @param driver the series that drives; {@code null} for events
 * @param lag    in blocks, how far behind the driver the series comes
 */
record Cause(String id, SeriesId driver, int lag) {
	/** Events of one kind, or of one text. */
	static Cause event(String id) {
		return new Cause(id, null, 0);
	}

	/** Another series, some blocks before. */
	static Cause driver(SeriesId driver, int lag, LeadPlan plan) {
		return new Cause(driver.metric() + "@" + driver.subject() + "-" + Trainer.text(plan.blockDuration().multipliedBy(lag)), driver, lag);
	}

	boolean isDriver() {
		return driver != null;
	}

	Regressor with(double[] values) {
		return new Regressor(id, isDriver() ? Regressor.Kind.DRIVER : Regressor.Kind.EVENT, values);
	}
}
