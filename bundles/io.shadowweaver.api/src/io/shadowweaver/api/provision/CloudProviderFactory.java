// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens a provider account; the class named in the extension point {@code cloudProviders}. Has a public no-argument constructor. */
@ConsumerType
public interface CloudProviderFactory {
	/**
	 * @param settings checked values of the declared parameters
	 * @param context  the estate
	 * @return the open account
	 * @throws PluginException naming the setting that is wrong
	 */
	CloudProvider open(Settings settings, PluginContext context) throws PluginException;
}
