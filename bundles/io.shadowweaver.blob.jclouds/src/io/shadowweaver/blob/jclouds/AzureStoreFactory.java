// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.Properties;

import org.jclouds.ContextBuilder;
import org.jclouds.azure.storage.config.AzureStorageProperties;
import org.jclouds.azureblob.AzureBlobProviderMetadata;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens containers of Azure Blob Storage. */
public final class AzureStoreFactory extends CloudStoreFactory {
	@Override
	String service() {
		return "Azure Blob Storage";
	}

	/** jclouds signs parts so that Azurite refuses them, as a real account may; whole objects are taken. */
	@Override
	Traits traits() {
		return Traits.WHOLE;
	}

	@Override
	ContextBuilder builder(Settings settings, Properties properties) throws PluginException {
		if (!settings.text("credential").matches("[A-Za-z0-9+/]+={0,2}")) {
			throw new PluginException("Account key (credential): it is no key of a storage account.");
		}
		properties.setProperty(AzureStorageProperties.AUTH_TYPE, "azureSharedKey");
		properties.setProperty(AzureStorageProperties.ACCOUNT, settings.text("identity"));
		return ContextBuilder.newBuilder(new AzureBlobProviderMetadata());
	}
}
