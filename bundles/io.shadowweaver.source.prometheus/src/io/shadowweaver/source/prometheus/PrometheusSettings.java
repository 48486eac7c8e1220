// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/**
 * The settings of a source, checked as far as that is possible without the server.
 *
 * @param connection  how to reach it
 * @param step        distance of two samples, whole seconds
 * @param history     how far back
 * @param delay       how long after its end a step is read
 * @param rules       all queries, presets first
 * @param groups      in order; the first that fits counts
 * @param label       of the resource
 * @param stripPort   whether a port is left out of ids
 * @param matchers    of hosts, for their labels
 * @param hosts       whether node_exporter is read
 * @param target      safe utilisation
 * @param groupMax    members of a group at most
 */
record PrometheusSettings(Connection connection, Duration step, Duration history, Duration delay, List<Rule> rules,
		List<GroupRule> groups, String label, boolean stripPort, String matchers, boolean hosts, double target, int groupMax) {
	/**
	 * How to reach a server.
	 *
	 * @param url           without a slash at its end
	 * @param authorization value of the header; empty for none
	 * @param timeout       of one answer
	 */
	record Connection(String url, String authorization, Duration timeout) {
		/** Without the secret. */
		@Override
		public String toString() {
			return url;
		}
	}

	static PrometheusSettings of(Settings settings) throws PluginException {
		Duration step = settings.duration("step");
		if (step.compareTo(Duration.ofSeconds(1)) < 0 || step.getNano() != 0) {
			throw new PluginException("Step (step): " + settings.text("step") + " is not a whole number of seconds, at least one.");
		}
		Duration window = settings.has("rate-window") ? settings.duration("rate-window") : step.multipliedBy(4);
		if (!settings.has("rate-window") && window.compareTo(Duration.ofMinutes(1)) < 0) {
			window = Duration.ofMinutes(1);
		}
		if (window.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new PluginException("Rate window (rate-window): " + settings.text("rate-window") + " is shorter than a second.");
		}
		if (settings.duration("timeout").isZero()) {
			throw new PluginException("Time-out (timeout): it must be longer than nothing.");
		}
		String label = settings.text("id-label");
		if (!label.matches("[A-Za-z_][A-Za-z0-9_]*")) {
			throw new PluginException("Label of the resource (id-label): '" + label + "' is not the name of a label.");
		}
		List<Rule> own = Rule.parse(settings.text("rules"), label);
		List<Rule> rules = new ArrayList<>();
		String span = window.toMillis() % 1000 == 0 ? window.toSeconds() + "s" : window.toMillis() + "ms";
		if (settings.flag("hosts")) {
			rules.addAll(Rule.hosts(settings.text("hosts-matcher"), span, label));
		}
		if (settings.flag("latency")) {
			rules.add(latency(settings, span, label));
		}
		// An own query of a metric takes the place of a preset's.
		rules.removeIf(preset -> own.stream().anyMatch(rule -> rule.name().equals(preset.name())));
		rules.addAll(own);
		if (rules.stream().noneMatch(rule -> rule.kind() == Rule.Kind.SAMPLES)) {
			throw new PluginException("There is nothing to read: switch the hosts of node_exporter on or give own queries.");
		}
		double target = settings.number("group-target");
		if (!(target > 0 && target <= 1)) {
			throw new PluginException("Safe utilisation (group-target): " + target + " is not over 0 and at most 1.");
		}
		long max = settings.integer("group-max");
		if (max < 1 || max > 1_000_000) {
			throw new PluginException("Largest group (group-max): " + max + " is not between 1 and 1,000,000.");
		}
		return new PrometheusSettings(connection(settings), step, settings.duration("history"), settings.duration("delay"),
				List.copyOf(rules), GroupRule.parse(settings.text("groups")), label, settings.flag("strip-port"),
				settings.text("hosts-matcher"), settings.flag("hosts"), target, (int) max);
	}

	private static Rule latency(Settings settings, String span, String label) throws PluginException {
		String buckets = settings.text("latency-histogram");
		if (!buckets.matches("[A-Za-z_:][A-Za-z0-9_:]*(\\{.*\\})?")) {
			throw new PluginException("Histogram (latency-histogram): '" + buckets + "' is not the name of a series, with or without matchers.");
		}
		double quantile = settings.has("latency-quantile") ? settings.number("latency-quantile") : .95;
		if (!(quantile > 0 && quantile < 1)) {
			throw new PluginException("Quantile (latency-quantile): " + quantile + " is not over 0 and under 1.");
		}
		return Rule.latency(buckets, quantile, span, label);
	}

	private static Connection connection(Settings settings) throws PluginException {
		String url = settings.uri("url").toString().replaceAll("/+$", "");
		if (settings.uri("url").getUserInfo() != null) {
			throw new PluginException("Address (url): give user and password in their own fields, where they are kept secret.");
		}
		if (settings.has("token") && settings.has("username")) {
			throw new PluginException("Give either a token (token) or a user (username), not both.");
		}
		String authorization = "";
		if (settings.has("token")) {
			authorization = "Bearer " + settings.text("token");
		} else if (settings.has("username")) {
			String pair = settings.text("username") + ":" + settings.text("password");
			authorization = "Basic "
					+ java.util.Base64.getEncoder().encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8));
		}
		return new Connection(url, authorization, settings.duration("timeout"));
	}
}
