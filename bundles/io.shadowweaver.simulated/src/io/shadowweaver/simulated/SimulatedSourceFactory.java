// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Instant;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;

/** Opens the metrics of the estate's simulated fleet. */
public final class SimulatedSourceFactory implements MetricSourceFactory {
	@Override
	public MetricSource open(Settings settings, PluginContext context) throws PluginException {
		SimulatedFleet fleet = context.shared(SimulatedFleet.class, () -> new SimulatedFleet(context.clock()));
		// Opened again, a fleet that began 'now' began when it was first opened.
		Instant begin = fleet.settings() == null ? context.clock().instant() : fleet.settings().start();
		fleet.setUp(FleetSettings.of(settings, begin));
		fleet.providerConnection(settings.text("provider"));
		return fleet.source();
	}
}
