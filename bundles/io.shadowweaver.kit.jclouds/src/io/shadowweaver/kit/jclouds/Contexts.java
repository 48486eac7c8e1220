// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.jclouds;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import org.jclouds.Constants;
import org.jclouds.ContextBuilder;
import org.jclouds.http.okhttp.OkHttpClientSupplier;
import org.jclouds.http.okhttp.config.OkHttpCommandExecutorServiceModule;

import com.google.inject.AbstractModule;
import com.google.inject.Module;

/** Sets up jclouds: each call once, nothing of it in a log. */
public final class Contexts {
	private Contexts() {
	}

	/** Keeps jclouds from logging, for a context that needs nothing else of this. */
	public static Module silence() {
		return new Silence();
	}

	/** The modules of an account whose API binds no client of its own. */
	public static List<Module> modules(StrictClient client) {
		return List.of(new Silence(), new OkHttpCommandExecutorServiceModule(), new AbstractModule() {
			@Override
			protected void configure() {
				bind(OkHttpClientSupplier.class).toInstance(client);
			}
		});
	}

	/**
	 * Addresses, identifies and limits a context that is about to be built. No call is made.
	 *
	 * @param builder    of the API
	 * @param endpoint   where
	 * @param identity   who
	 * @param credential the secret
	 * @param timeout    of connecting, and of each wait for bytes
	 * @param more       properties of the API
	 * @return the builder
	 */
	public static ContextBuilder prepare(ContextBuilder builder, URI endpoint, String identity, String credential, Duration timeout, Properties more) {
		Properties properties = new Properties();
		properties.putAll(more);
		String millis = Long.toString(Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
		properties.setProperty(Constants.PROPERTY_CONNECTION_TIMEOUT, millis);
		properties.setProperty(Constants.PROPERTY_SO_TIMEOUT, millis);
		properties.setProperty(Constants.PROPERTY_MAX_RETRIES, "0");
		properties.setProperty(Constants.PROPERTY_IDEMPOTENT_METHODS, "");
		return builder.endpoint(endpoint.toString()).credentials(identity, credential).overrides(properties);
	}
}
