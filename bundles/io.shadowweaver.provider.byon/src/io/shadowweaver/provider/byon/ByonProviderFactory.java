// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;

/** Opens a pool of hosts. */
public final class ByonProviderFactory implements CloudProviderFactory {
	@Override
	public CloudProvider open(Settings settings, PluginContext context) throws PluginException {
		if (settings.duration("lead.p95").compareTo(settings.duration("lead.median")) < 0) {
			throw new PluginException("The 95th percentile of the lead (lead.p95) is shorter than its median (lead.median).");
		}
		if (!settings.has("key-file") && !settings.has("password")) {
			throw new PluginException("A private key (key-file) or a password (password) is required.");
		}
		return new ByonProvider(Host.parse(settings.text("hosts"), settings.text("state")), settings, context.clock());
	}
}
