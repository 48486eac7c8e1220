// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.log;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens the log channel. */
public final class LogChannelFactory implements AlertChannelFactory {
	@Override
	public AlertChannel open(Settings settings, PluginContext context) throws PluginException {
		long kibibytes = settings.integer("size");
		long files = settings.integer("files");
		if (kibibytes < 1 || kibibytes > 1 << 20) {
			throw new PluginException("File size (size): must be 1 to 1048576 KiB, not " + kibibytes + ".");
		}
		if (files < 0 || files > 1000) {
			throw new PluginException("Files (files): must be 0 to 1000, not " + files + ".");
		}
		return new LogChannel(context.directory(), kibibytes * 1024, (int) files);
	}
}
