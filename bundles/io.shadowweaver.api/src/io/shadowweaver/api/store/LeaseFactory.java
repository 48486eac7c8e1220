// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.store;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens a lease; the class named in the extension point {@code leases}. Has a public no-argument constructor. */
@ConsumerType
public interface LeaseFactory {
	/**
	 * @param settings checked values of the declared parameters
	 * @param context  the estate
	 * @return the lease, not yet held
	 * @throws PluginException naming the setting that is wrong
	 */
	Lease open(Settings settings, PluginContext context) throws PluginException;
}
