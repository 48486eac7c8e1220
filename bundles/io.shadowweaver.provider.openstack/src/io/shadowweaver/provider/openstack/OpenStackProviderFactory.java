// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;

/** Opens an account at an OpenStack cloud. */
public final class OpenStackProviderFactory implements CloudProviderFactory {
	@Override
	public CloudProvider open(Settings settings, PluginContext context) throws PluginException {
		if (settings.duration("lead.p95").compareTo(settings.duration("lead.median")) < 0) {
			throw new PluginException("The 95th percentile of the lead (lead.p95) is shorter than its median (lead.median).");
		}
		Cloud cloud = new Cloud(settings, context.clock());
		try {
			return new OpenStackProvider(cloud, settings, context.clock());
		} catch (PluginException | RuntimeException e) {
			cloud.close();
			throw e;
		}
	}
}
