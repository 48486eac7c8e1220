// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.Properties;

import org.jclouds.ContextBuilder;
import org.jclouds.b2.B2ProviderMetadata;

import io.shadowweaver.api.plugin.Settings;

/** Opens buckets of Backblaze B2. */
public final class BackblazeStoreFactory extends CloudStoreFactory {
	@Override
	String service() {
		return "Backblaze B2";
	}

	@Override
	Traits traits() {
		return new Traits(true, false, true);
	}

	@Override
	ContextBuilder builder(Settings settings, Properties properties) {
		return ContextBuilder.newBuilder(new B2ProviderMetadata());
	}
}
