// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.docker;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;

/** Opens an account at a host with the Docker API. */
public final class DockerProviderFactory implements CloudProviderFactory {
	@Override
	public CloudProvider open(Settings settings, PluginContext context) throws PluginException {
		if (settings.duration("lead.p95").compareTo(settings.duration("lead.median")) < 0) {
			throw new PluginException("The 95th percentile of the lead (lead.p95) is shorter than its median (lead.median).");
		}
		return new DockerProvider(settings, context.clock());
	}
}
