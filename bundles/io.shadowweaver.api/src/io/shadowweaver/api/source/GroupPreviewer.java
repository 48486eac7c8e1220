// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.source;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** What a {@link MetricSourceFactory} also implements when its settings hold rules for groups, for a preview in the connection form. */
@ConsumerType
public interface GroupPreviewer {
	/**
	 * Asks what stands behind the settings and applies their rules. Blocks, so it is called off the UI thread; keeps nothing open.
	 *
	 * @param settings checked values of the declared parameters
	 * @return the groups as they would be now
	 * @throws PluginException naming the setting that is wrong, or saying why nothing answers
	 */
	GroupPreview preview(Settings settings) throws PluginException;
}
