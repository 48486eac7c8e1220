// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.cloudevents;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens channels of CloudEvents. */
public final class CloudEventsChannelFactory implements AlertChannelFactory {
	@Override
	public AlertChannel open(Settings settings, PluginContext context) throws PluginException {
		if (settings.duration("timeout").isZero()) {
			throw new PluginException("Time limit (timeout): must be over zero.");
		}
		if (settings.text("token").chars().anyMatch(c -> c <= 32 || c > 126)) {
			throw new PluginException("Token (token): it must be plain printable characters, without blanks and line breaks.");
		}
		if (settings.uri("url").getRawUserInfo() != null) {
			throw new PluginException("Address (url): a password does not belong into the address; use the token.");
		}
		String origin = settings.flag("handshake") ? settings.text("origin") : "";
		if (settings.flag("handshake") && !origin.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
			throw new PluginException("Origin (origin): '" + origin + "' is no DNS name.");
		}
		return new CloudEventsChannel(new CloudEventsChannel.Target(settings.uri("url"), origin, settings.text("token"), settings.text("signing"), settings.duration("timeout")));
	}
}
