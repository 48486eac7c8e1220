// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.Properties;

import org.jclouds.ContextBuilder;
import org.jclouds.s3.S3ApiMetadata;
import org.jclouds.s3.reference.S3Constants;

import io.shadowweaver.api.plugin.Settings;

/** Opens buckets of S3. */
public final class S3StoreFactory extends CloudStoreFactory {
	@Override
	String service() {
		return "S3";
	}

	@Override
	ContextBuilder builder(Settings settings, Properties properties) {
		properties.setProperty(S3Constants.PROPERTY_S3_VIRTUAL_HOST_BUCKETS, Boolean.toString(!settings.flag("path-style")));
		return ContextBuilder.newBuilder(new S3ApiMetadata());
	}
}
