// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens channels to Alertmanagers. */
public final class AlertmanagerChannelFactory implements AlertChannelFactory {
	private static final Set<String> HEADERS = Set.of("host", "content-length", "content-type", "connection", "expect", "upgrade");
	private static final Set<String> LABELS = Set.of("alertname", "estate", "subject", "metric", "severity", "source");

	@Override
	public AlertChannel open(Settings settings, PluginContext context) throws PluginException {
		Duration timeout = positive(settings, "timeout", "Time limit");
		Duration resend = positive(settings, "resend", "Sent again");
		String header = settings.text("header");
		if (settings.has("secret") && (!header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || HEADERS.contains(header.toLowerCase(Locale.ROOT)))) {
			throw new PluginException("Header (header): '" + header + "' cannot carry the secret.");
		}
		if (settings.text("secret").chars().anyMatch(c -> c < 32 || c > 126)) {
			throw new PluginException("Secret (secret): it must be plain printable characters, without line breaks.");
		}
		if (settings.uri("url").getRawUserInfo() != null || settings.uri("url").getRawQuery() != null) {
			throw new PluginException("Address (url): a password or a query does not belong into the address; use the secret.");
		}
		Wording wording = new Wording(labels(settings.text("labels")), settings.text("runbook"), settings.text("dashboard"));
		return new AlertmanagerChannel(new Alertmanager(settings.uri("url"), header, settings.text("secret"), timeout), wording, resend, context.estate(), context.directory());
	}

	private static Duration positive(Settings settings, String key, String label) throws PluginException {
		Duration duration = settings.duration(key);
		if (duration.isZero()) {
			throw new PluginException(label + " (" + key + "): must be over zero.");
		}
		return duration;
	}

	private static Map<String, String> labels(String text) throws PluginException {
		Map<String, String> labels = new TreeMap<>();
		for (String one : text.isBlank() ? new String[0] : text.split(",")) {
			String[] pair = one.strip().split("=", 2);
			if (pair.length < 2 || !pair[0].strip().matches("[a-zA-Z_][a-zA-Z0-9_]*") || pair[1].isBlank() || LABELS.contains(pair[0].strip())) {
				throw new PluginException("Labels (labels): '" + one.strip() + "' is no label to add, such as team=ops; " + String.join(", ", LABELS.stream().sorted().toList()) + " are set for each alert.");
			}
			labels.put(pair[0].strip(), pair[1].strip());
		}
		return labels;
	}
}
