// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.model;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Makes forecast models; the class named in the extension point {@code forecastModels}. Has a public no-argument constructor. */
@ConsumerType
public interface ForecastModelFactory {
	/**
	 * Makes an untrained model for one cohort: series of one metric and one step.
	 *
	 * @param settings checked values of the declared parameters
	 * @return the model
	 * @throws PluginException when it cannot work here, with the reason (a missing native library, for example)
	 */
	ForecastModel create(Settings settings) throws PluginException;

	/** What models of this factory need and cost. */
	ModelNeeds needs();
}
