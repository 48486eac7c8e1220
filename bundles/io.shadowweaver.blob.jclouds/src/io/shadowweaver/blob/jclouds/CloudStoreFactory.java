// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.Properties;

import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

import com.google.common.collect.ImmutableSet;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.store.BlobNames;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.api.store.BlobStoreFactory;
import io.shadowweaver.kit.jclouds.Contexts;

/** What the stores have in common. */
abstract class CloudStoreFactory implements BlobStoreFactory {
	private static final int RETRIES = 3;

	/** The name of the service, for sentences. */
	abstract String service();

	/** The builder of the API, with what this one alone needs. No call is made. */
	abstract ContextBuilder builder(Settings settings, Properties properties) throws PluginException;

	/** In what it differs. */
	Traits traits() {
		return Traits.USUAL;
	}

	@Override
	public final BlobStore open(Settings settings, PluginContext context) throws PluginException {
		String prefix = settings.text("prefix");
		if (!prefix.isEmpty()) {
			BlobNames.check(prefix + "x");
		}
		Properties properties = new Properties();
		String millis = Long.toString(Math.clamp(settings.duration("timeout").toMillis(), 1_000, 3_600_000));
		properties.setProperty(Constants.PROPERTY_CONNECTION_TIMEOUT, millis);
		properties.setProperty(Constants.PROPERTY_SO_TIMEOUT, millis);
		properties.setProperty(Constants.PROPERTY_MAX_RETRIES, Integer.toString(RETRIES));
		ContextBuilder builder = builder(settings, properties).credentials(settings.text("identity"), settings.text("credential")).overrides(properties)
				.modules(ImmutableSet.of(Contexts.silence()));
		if (settings.has("endpoint")) {
			builder.endpoint(settings.uri("endpoint").toString());
		}
		String container = settings.text("container");
		Faults faults = new Faults(service() + " (" + container + ")", settings.text("credential"));
		try {
			return new CloudBlobStore(builder.buildView(BlobStoreContext.class), container, prefix, traits(), faults);
		} catch (RuntimeException e) {
			throw faults.failure("The store cannot be opened", e);
		}
	}
}
