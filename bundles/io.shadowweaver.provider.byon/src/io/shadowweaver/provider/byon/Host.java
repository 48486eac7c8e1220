// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.plugin.PluginException;

/**
 * A host of the pool.
 *
 * @param name    unique in the pool
 * @param user    who logs in
 * @param address where
 * @param port    of SSH
 * @param offer   the offer that it belongs to
 * @param cores   over 0
 * @param memory  bytes, over 0
 * @param region  empty for none
 * @param zone    empty for none
 * @param state   the folder on the host that says who has it
 * @param labels  the operator's own
 */
record Host(String name, String user, String address, int port, String offer, double cores, long memory, String region, String zone, String state,
		Map<String, String> labels) {
	private static final Pattern PLACE = Pattern.compile("([^@\\s]+)@([^@:\\s]+|\\[[0-9A-Fa-f:]+\\])(?::(\\d{1,5}))?");
	private static final Pattern MEMORY = Pattern.compile("(\\d{1,9})(MiB|GiB)");
	private static final int SSH = 22;

	/**
	 * Reads the setting, one host a line.
	 *
	 * @param state the folder where a line names none
	 */
	static List<Host> parse(String text, String state) throws PluginException {
		List<Host> hosts = new ArrayList<>();
		for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList()) {
			Host host = parseLine(line, state);
			if (hosts.stream().anyMatch(other -> other.name.equals(host.name))) {
				throw new PluginException("Hosts (hosts): there are two of the name '" + host.name + "'.");
			}
			hosts.add(host);
		}
		if (hosts.isEmpty()) {
			throw new PluginException("Hosts (hosts) is required.");
		}
		return List.copyOf(hosts);
	}

	private static Host parseLine(String line, String state) throws PluginException {
		String[] words = line.split("\\s+");
		Matcher place = words.length < 2 ? null : PLACE.matcher(words[1]);
		if (place == null || !place.matches() || words[0].contains("/")) {
			throw new PluginException("Hosts (hosts): '" + line + "' does not begin with a name and user@address:port.");
		}
		Map<String, String> facts = new HashMap<>();
		for (int i = 2; i < words.length; i++) {
			int equals = words[i].indexOf('=');
			if (equals < 1) {
				throw new PluginException("Hosts (hosts): '" + words[i] + "' of " + words[0] + " is not of the form key=value.");
			}
			facts.put(words[i].substring(0, equals), words[i].substring(equals + 1));
		}
		double cores = cores(words[0], facts.remove("cores"));
		String memory = String.valueOf(facts.remove("memory"));
		Matcher size = MEMORY.matcher(memory);
		if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
			throw new PluginException("Hosts (hosts): memory of " + words[0] + " must be such as memory=8GiB.");
		}
		int port = place.group(3) == null ? SSH : Integer.parseInt(place.group(3));
		if (port < 1 || port > 65535) {
			throw new PluginException("Hosts (hosts): " + words[0] + " has no port " + port + ".");
		}
		String offer = facts.containsKey("offer") ? facts.remove("offer") : (cores == Math.rint(cores) ? Long.toString((long) cores) : Double.toString(cores)) + "-cores-" + memory;
		return new Host(words[0], place.group(1), place.group(2).replaceAll("[\\[\\]]", ""), port, offer, cores, Long.parseLong(size.group(1)) << (size.group(2).equals("GiB") ? 30 : 20),
				value(facts, "region", ""), value(facts, "zone", ""), value(facts, "state", state), Map.copyOf(facts));
	}

	private static double cores(String name, String text) throws PluginException {
		try {
			double cores = Double.parseDouble(String.valueOf(text));
			if (cores > 0 && Double.isFinite(cores)) {
				return cores;
			}
		} catch (NumberFormatException e) {
			// falls through to the one sentence
		}
		throw new PluginException("Hosts (hosts): cores of " + name + " must be such as cores=4.");
	}

	private static String value(Map<String, String> facts, String key, String otherwise) {
		String value = facts.remove(key);
		return value == null ? otherwise : value;
	}

	Map<String, Double> capacity() {
		return Map.of(Metric.CPU.id(), cores, Metric.MEMORY.id(), (double) memory);
	}

	@Override
	public String toString() {
		return name + " (" + user + "@" + address + ":" + port + ")";
	}
}
