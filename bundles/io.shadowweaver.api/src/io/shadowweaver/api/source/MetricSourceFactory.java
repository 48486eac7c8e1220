// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.source;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens a metric source; the class named in the extension point {@code metricSources}. Has a public no-argument constructor. */
@ConsumerType
public interface MetricSourceFactory {
	/**
	 * Opens a source. Reads no data yet.
	 *
	 * @param settings checked values of the declared parameters
	 * @param context  the estate
	 * @return the open source
	 * @throws PluginException naming the setting that is wrong
	 */
	MetricSource open(Settings settings, PluginContext context) throws PluginException;
}
