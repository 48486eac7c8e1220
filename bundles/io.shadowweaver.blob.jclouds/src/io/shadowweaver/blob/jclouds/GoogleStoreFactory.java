// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.Properties;

import org.jclouds.ContextBuilder;
import org.jclouds.googlecloud.config.GoogleCloudProperties;
import org.jclouds.googlecloudstorage.GoogleCloudStorageProviderMetadata;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens buckets of Google Cloud Storage. */
public final class GoogleStoreFactory extends CloudStoreFactory {
	@Override
	String service() {
		return "Google Cloud Storage";
	}

	@Override
	ContextBuilder builder(Settings settings, Properties properties) throws PluginException {
		if (!settings.text("credential").contains("PRIVATE KEY-----")) {
			throw new PluginException("Private key (credential): it is no key in PEM.");
		}
		properties.setProperty(GoogleCloudProperties.PROJECT_NAME, settings.text("project"));
		return ContextBuilder.newBuilder(new GoogleCloudStorageProviderMetadata());
	}
}
