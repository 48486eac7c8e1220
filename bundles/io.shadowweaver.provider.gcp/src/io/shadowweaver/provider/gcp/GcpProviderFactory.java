// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;

/** Opens one region of a project at Google Compute Engine. Nothing is called before the first question. */
public final class GcpProviderFactory implements CloudProviderFactory {
	@Override
	public CloudProvider open(Settings settings, PluginContext context) throws PluginException {
		GcpSettings gcp = GcpSettings.of(settings);
		return new GcpProvider(gcp, Compute.open(gcp, settings::mask, context.clock()), settings::mask, context.clock());
	}
}
