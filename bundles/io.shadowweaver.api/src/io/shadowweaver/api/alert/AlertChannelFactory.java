// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.alert;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens an alert channel; the class named in the extension point {@code alertChannels}. Has a public no-argument constructor. */
@ConsumerType
public interface AlertChannelFactory {
	/**
	 * @param settings checked values of the declared parameters
	 * @param context  the estate
	 * @return the open channel
	 * @throws PluginException naming the setting that is wrong
	 */
	AlertChannel open(Settings settings, PluginContext context) throws PluginException;
}
