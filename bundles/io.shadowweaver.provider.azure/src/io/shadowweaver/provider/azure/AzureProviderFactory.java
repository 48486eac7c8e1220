// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;

/** Opens one resource group and location of an Azure subscription. Nothing is called before the first question. */
public final class AzureProviderFactory implements CloudProviderFactory {
	@Override
	public CloudProvider open(Settings settings, PluginContext context) throws PluginException {
		AzureSettings azure = AzureSettings.of(settings);
		return new AzureProvider(azure, Arm.open(azure, settings::mask, context.clock()), settings::mask, context.clock());
	}
}
