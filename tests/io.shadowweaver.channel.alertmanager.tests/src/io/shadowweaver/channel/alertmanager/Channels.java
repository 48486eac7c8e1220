// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Opens channels as the engine does. */
final class Channels {
	private static final List<Parameter> PARAMETERS = List.of(new Parameter("url", "Address", ParameterType.URL, "", "", true, false, ""),
			text("header", "Header", "Authorization", false), text("secret", "Secret", "", true), text("labels", "Labels", "", false), text("runbook", "Runbook", "", false),
			text("dashboard", "Dashboard", "", false), new Parameter("resend", "Sent again", ParameterType.DURATION, "", "1m", false, false, ""),
			new Parameter("timeout", "Time limit", ParameterType.DURATION, "", "10s", false, false, ""));

	private Channels() {
	}

	private static Parameter text(String key, String label, String value, boolean secret) {
		return new Parameter(key, label, ParameterType.STRING, "", value, false, secret, "");
	}

	/** A channel of the estate {@code test}; settings as key and value in turn. */
	static AlertChannel open(String url, Path directory, String... more) throws PluginException {
		Map<String, String> values = new HashMap<>(Map.of("url", url));
		for (int i = 0; i < more.length; i += 2) {
			values.put(more[i], more[i + 1]);
		}
		return new AlertmanagerChannelFactory().open(Settings.of(PARAMETERS, values), new PluginContext() {
			@Override
			public String estate() {
				return "test";
			}

			@Override
			public InstantSource clock() {
				return Instant::now;
			}

			@Override
			public Path directory() {
				return directory;
			}

			@Override
			public <T> T shared(Class<T> type, Supplier<? extends T> create) {
				throw new AssertionError("a channel shares nothing");
			}
		});
	}
}
