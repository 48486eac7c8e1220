// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.plugin.PluginException;

/**
 * A size of container that is offered.
 *
 * @param name   unique in the account
 * @param cores  over 0
 * @param memory bytes, over 0
 */
record Size(String name, double cores, long memory) {
	private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\d+(?:\\.\\d+)?)\\s+(\\d+)\\s*(MiB|GiB)");
	private static final double NANO = 1e9;

	/** Reads the setting, one size a line. */
	static List<Size> parse(String text) throws PluginException {
		List<Size> sizes = new ArrayList<>();
		for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
			Matcher matcher = LINE.matcher(line);
			if (!matcher.matches() || Double.parseDouble(matcher.group(2)) <= 0 || Long.parseLong(matcher.group(3)) <= 0) {
				throw new PluginException("Sizes (sizes): '" + line + "' is not a name, a number of cores and memory such as 512MiB or 2GiB.");
			}
			Size size = new Size(matcher.group(1), Double.parseDouble(matcher.group(2)), Long.parseLong(matcher.group(3)) << (matcher.group(4).equals("GiB") ? 30 : 20));
			if (sizes.stream().anyMatch(other -> other.name.equals(size.name))) {
				throw new PluginException("Sizes (sizes): there are two of the name '" + size.name + "'.");
			}
			sizes.add(size);
		}
		if (sizes.isEmpty()) {
			throw new PluginException("Sizes (sizes) is required.");
		}
		return List.copyOf(sizes);
	}

	Map<String, Double> capacity() {
		return Map.of(Metric.CPU.id(), cores, Metric.MEMORY.id(), (double) memory);
	}

	/** Cores as the API counts them. */
	long nanoCpus() {
		return Math.round(cores * NANO);
	}
}
