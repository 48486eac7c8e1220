// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.Properties;

import org.jclouds.ContextBuilder;
import org.jclouds.googlecloud.config.GoogleCloudProperties;
import org.jclouds.googlecloudstorage.GoogleCloudStorageProviderMetadata;
import org.jclouds.oauth.v2.config.OAuthProperties;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens buckets of Google Cloud Storage. */
public final class GoogleStoreFactory extends CloudStoreFactory {
	private static final String TOKENS = "oauth.endpoint";

	@Override
	String service() {
		return "Google Cloud Storage";
	}

	/** Parts of one object are objects of the same bucket there, which a list would show. */
	@Override
	Traits traits() {
		return new Traits(false, true, false);
	}

	@Override
	ContextBuilder builder(Settings settings, Properties properties) throws PluginException {
		if (!settings.text("credential").contains("PRIVATE KEY-----")) {
			throw new PluginException("Private key (credential): it is no key in PEM.");
		}
		// the tokens' own address, and whom their request names, are one
		properties.setProperty(TOKENS, settings.uri("tokens").toString());
		properties.setProperty(OAuthProperties.AUDIENCE, settings.uri("tokens").toString());
		properties.setProperty(GoogleCloudProperties.PROJECT_NAME, settings.text("project"));
		return ContextBuilder.newBuilder(new GoogleCloudStorageProviderMetadata());
	}
}
