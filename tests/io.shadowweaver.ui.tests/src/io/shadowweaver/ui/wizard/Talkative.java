// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.io.IOException;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;

/** A provider that quotes its password in each failure, as libraries do that quote the header of a request. */
public final class Talkative implements CloudProviderFactory {
	@Override
	public CloudProvider open(Settings settings, PluginContext context) throws PluginException {
		String quoted = "401 for Authorization: " + settings.text("password");
		System.getLogger("io.shadowweaver.talkative").log(System.Logger.Level.ERROR, quoted, new IllegalStateException("wrapped", new IOException(quoted)));
		throw new PluginException(quoted, new IOException(quoted));
	}
}
