// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.example.model;

import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.ForecastModelFactory;
import io.shadowweaver.api.model.ModelNeeds;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Named in {@code plugin.xml}: makes one {@link MovingMedian} a cohort. */
public final class MovingMedianFactory implements ForecastModelFactory {
	@Override
	public ForecastModel create(Settings settings) throws PluginException {
		long window = settings.integer("window");
		if (window < 1 || window > 10_000) {
			throw new PluginException("Window (window): " + window + " is not between 1 and 10000.");
		}
		return new MovingMedian((int) window);
	}

	@Override
	public ModelNeeds needs() {
		return new ModelNeeds("1", 1, 0, true, 1, 20);
	}
}
