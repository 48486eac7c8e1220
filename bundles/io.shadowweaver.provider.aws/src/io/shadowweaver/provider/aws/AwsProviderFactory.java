// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;

/** Opens one region of an account at Amazon EC2. Nothing is called before the first question. */
public final class AwsProviderFactory implements CloudProviderFactory {
	@Override
	public CloudProvider open(Settings settings, PluginContext context) throws PluginException {
		AwsSettings aws = AwsSettings.of(settings);
		return new AwsProvider(aws, AwsClients.open(aws));
	}
}
