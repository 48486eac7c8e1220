// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.jclouds.ContextBuilder;
import org.jclouds.location.reference.LocationConstants;
import org.jclouds.openstack.keystone.config.KeystoneProperties;
import org.jclouds.openstack.swift.v1.SwiftApiMetadata;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens containers of Swift. */
public final class SwiftStoreFactory extends CloudStoreFactory {
	/** Held, since a logger that nobody holds forgets its level: Guice warns at each opening that jclouds could be faster. */
	private static final Logger GUICE = Logger.getLogger("com.google.inject.assistedinject");

	static {
		GUICE.setLevel(Level.SEVERE);
	}

	@Override
	String service() {
		return "Swift";
	}

	/** Parts of one object are objects of the same container there, which a list would show. */
	@Override
	Traits traits() {
		return Traits.WHOLE;
	}

	@Override
	ContextBuilder builder(Settings settings, Properties properties) throws PluginException {
		switch (settings.text("auth")) {
		case "tempauth" -> properties.setProperty(KeystoneProperties.CREDENTIAL_TYPE, "tempAuthCredentials");
		case "keystone" -> {
			properties.setProperty(KeystoneProperties.KEYSTONE_VERSION, settings.uri("endpoint").getPath().contains("/v2") ? "2" : "3");
			if (settings.has("project")) {
				properties.setProperty(KeystoneProperties.SCOPE, "project:" + settings.text("project"));
			}
		}
		default -> throw new PluginException("Sign-in (auth): it must be keystone or tempauth.");
		}
		if (settings.has("region")) {
			properties.setProperty(LocationConstants.PROPERTY_REGIONS, settings.text("region"));
		}
		return ContextBuilder.newBuilder(new SwiftApiMetadata());
	}
}
