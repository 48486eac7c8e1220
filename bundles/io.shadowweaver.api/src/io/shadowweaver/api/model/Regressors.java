// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Values of the regressors of each slot at one time after another: what is known, or itself forecast, of the times ahead. Their order is that of
 * {@link TrainingSeries#regressors()}.
 */
@ProviderType
@FunctionalInterface
public interface Regressors {
	/** No slot has regressors. */
	Regressors NONE = (slot, regressor, lead) -> 0;

	/**
	 * @param slot      the slot
	 * @param regressor the index of the regressor
	 * @param lead      in steps after the last value that the model has; in an update 0 is the value that is handed over
	 * @return finite
	 */
	double value(int slot, int regressor, int lead);
}
