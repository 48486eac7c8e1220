// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;

/** Opens the cloud of the estate's simulated fleet. */
public final class SimulatedProviderFactory implements CloudProviderFactory {
	@Override
	public CloudProvider open(Settings settings, PluginContext context) throws PluginException {
		CloudSettings cloud = CloudSettings.of(settings);
		SimulatedFleet fleet = context.shared(SimulatedFleet.class, () -> new SimulatedFleet(context.clock()));
		fleet.cloud().configure(cloud, context.directory());
		return fleet.provider();
	}
}
