// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.webhook;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens webhook channels. */
public final class WebhookChannelFactory implements AlertChannelFactory {
	private static final Set<String> OURS = Set.of("host", "content-length", "content-type", "connection", "expect", "upgrade", "idempotency-key");

	@Override
	public AlertChannel open(Settings settings, PluginContext context) throws PluginException {
		Duration timeout = settings.duration("timeout");
		if (timeout.isZero()) {
			throw new PluginException("Time limit (timeout): must be over zero.");
		}
		String header = settings.text("header");
		if (settings.has("secret") && (!header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || OURS.contains(header.toLowerCase(Locale.ROOT)))) {
			throw new PluginException("Header (header): '" + header + "' cannot carry the secret.");
		}
		if (settings.text("secret").chars().anyMatch(c -> c < 32 || c > 126)) {
			throw new PluginException("Secret (secret): it must be plain printable characters, without line breaks.");
		}
		if (settings.uri("url").getRawUserInfo() != null) {
			throw new PluginException("Address (url): a password does not belong into the address; use the secret.");
		}
		return new WebhookChannel(settings.uri("url"), header, settings.text("secret"), timeout);
	}
}
