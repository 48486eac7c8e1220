// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.store;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens a blob store; the class named in the extension point {@code blobStores}. Has a public no-argument constructor. */
@ConsumerType
public interface BlobStoreFactory {
	/**
	 * @param settings checked values of the declared parameters
	 * @param context  the estate
	 * @return the open store
	 * @throws PluginException naming the setting that is wrong
	 */
	BlobStore open(Settings settings, PluginContext context) throws PluginException;
}
