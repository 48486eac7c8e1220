// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.plugin.PluginException;

/**
 * One query and what its answer means.
 *
 * @param name     how it is named in sentences
 * @param kind     samples, or a capacity
 * @param metrics  what the values are; more than one where a capacity holds for several
 * @param unit     in which the server gives them
 * @param label    the label whose value is the id of the resource
 * @param query    PromQL
 * @param host     whether what it finds is a host
 * @param own      whether the operator wrote it
 */
record Rule(String name, Kind kind, List<Metric> metrics, Unit unit, String label, String query, boolean host,
		boolean own) {
	enum Kind {
		/** Values over time. */
		SAMPLES,
		/** What is full, read now and then. */
		CAPACITY
	}

	private static final Pattern LINE = Pattern.compile(
			"(capacity\\s+)?([a-z][a-z0-9_.-]*)\\s*(?:\\[([^\\]]*)\\])?\\s*(?:by\\s+([A-Za-z_][A-Za-z0-9_]*))?\\s*=\\s*(.+)");
	/** Interfaces that carry what another one carries already. */
	private static final String DEVICES = "device!~\"lo|veth.*|docker.*|br-.*|virbr.*|cni.*|flannel.*|cali.*|tap.*|tun.*\"";
	/** File systems without a disk of their own. */
	private static final String DISKS = "fstype!~\"tmpfs|devtmpfs|ramfs|squashfs|iso9660|proc|sysfs|cgroup.*|nsfs|autofs|fuse.*\"";

	/** A counter by the name that Prometheus gives it, and what makes rates of one. */
	private static final Pattern COUNTER = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*_total\\b");
	private static final Pattern RATE = Pattern.compile("\\b(i?rate|increase|i?delta|deriv|resets|changes)\\s*\\(");

	Metric metric() {
		return metrics.get(0);
	}

	/**
	 * Whether its values are running totals: an own query that reads a counter and makes no rate of it. Where one adds up several counters, the reset of one
	 * looks like that of the sum; there {@code rate()} in the query knows better.
	 */
	boolean isCounter() {
		return own && kind == Kind.SAMPLES && COUNTER.matcher(query).find() && !RATE.matcher(query).find();
	}

	/** What its values are once rates were made of running totals. */
	private static Metric kept(String id, Unit unit, boolean counter) {
		return Metric.of(id, counter ? unit.perSecond() : unit);
	}

	/**
	 * Reads own rules.
	 *
	 * @param text  one rule a line; blank lines and those that begin with # are left out
	 * @param label of the resource where a rule names none
	 * @return the rules, in order
	 * @throws PluginException naming line and reason
	 */
	static List<Rule> parse(String text, String label) throws PluginException {
		List<Rule> rules = new ArrayList<>();
		int number = 0;
		for (String raw : text.split("\n", -1)) {
			number++;
			String line = raw.strip();
			if (line.isEmpty() || line.startsWith("#")) {
				continue;
			}
			String where = "Own queries (rules), line " + number + ": ";
			Matcher matcher = LINE.matcher(line);
			if (!matcher.matches()) {
				throw new PluginException(where + "'" + line + "' is not of the form metric[unit] = PromQL.");
			}
			String id = matcher.group(2);
			boolean capacity = matcher.group(1) != null;
			Metric known = standard(id);
			Unit unit = known == null ? Unit.COUNT : capacity ? capacityUnit(known) : known.unit();
			if (matcher.group(3) != null) {
				Optional<Unit> given = Unit.parse(matcher.group(3));
				if (given.isEmpty()) {
					throw new PluginException(where + "the unit '" + matcher.group(3) + "' is not known.");
				}
				if (known != null && given.get().dimension() != unit.dimension()) {
					throw new PluginException(where + (capacity ? "the capacity of " : "") + id + " is measured in "
							+ (unit == Unit.RATIO ? "ratio" : unit.symbol()) + ", which " + given.get().symbol() + " is not.");
				}
				unit = given.get();
			}
			boolean counter = !capacity && COUNTER.matcher(matcher.group(5)).find() && !RATE.matcher(matcher.group(5)).find();
			rules.add(new Rule(capacity ? "capacity " + id : id, capacity ? Kind.CAPACITY : Kind.SAMPLES,
					List.of(kept(id, unit, counter)), unit, matcher.group(4) == null ? label : matcher.group(4), matcher.group(5), false,
					true));
		}
		return rules;
	}

	private static Metric standard(String id) {
		return Metric.standard().stream().filter(metric -> metric.id().equals(id)).findFirst().orElse(null);
	}

	/** CPU utilisation is a ratio of cores, memory and disk of bytes. */
	private static Unit capacityUnit(Metric metric) {
		return switch (metric.id()) {
		case "cpu" -> Unit.CORES;
		case "memory", "disk" -> Unit.BYTES;
		default -> metric.unit();
		};
	}

	/**
	 * What makes hosts of node_exporter's series.
	 *
	 * @param matchers label matchers that are set into each selector; empty for all
	 * @param window   span of rates, in PromQL
	 * @param label    of the resource
	 */
	static List<Rule> hosts(String matchers, String window, String label) {
		String also = matchers.isBlank() ? "" : "," + matchers.strip();
		String only = matchers.isBlank() ? "" : "{" + matchers.strip() + "}";
		String by = " by (" + label + ") (";
		List<Rule> rules = new ArrayList<>();
		rules.add(sample(Metric.CPU, label,
				"clamp(1 - avg" + by + "rate(node_cpu_seconds_total{mode=\"idle\"" + also + "}[" + window + "])), 0, 1)"));
		rules.add(sample(Metric.MEMORY, label,
				"1 - sum" + by + "node_memory_MemAvailable_bytes" + only + ") / sum" + by + "node_memory_MemTotal_bytes" + only + ")"));
		rules.add(sample(Metric.NETWORK_IN, label,
				"sum" + by + "rate(node_network_receive_bytes_total{" + DEVICES + also + "}[" + window + "]))"));
		rules.add(sample(Metric.NETWORK_OUT, label,
				"sum" + by + "rate(node_network_transmit_bytes_total{" + DEVICES + also + "}[" + window + "]))"));
		rules.add(sample(Metric.DISK, label, "max" + by + "1 - node_filesystem_avail_bytes{" + DISKS + also
				+ "} / (node_filesystem_size_bytes{" + DISKS + also + "} > 0))"));
		rules.add(capacity(List.of(Metric.CPU), Unit.CORES, label, "count" + by + "node_cpu_seconds_total{mode=\"idle\"" + also + "})"));
		rules.add(capacity(List.of(Metric.MEMORY), Unit.BYTES, label, "sum" + by + "node_memory_MemTotal_bytes" + only + ")"));
		rules.add(capacity(List.of(Metric.NETWORK_IN, Metric.NETWORK_OUT), Unit.BYTES_PER_SECOND, label,
				"sum" + by + "node_network_speed_bytes{" + DEVICES + also + "} > 0)"));
		rules.add(capacity(List.of(Metric.DISK), Unit.BYTES, label,
				"max" + by + "node_filesystem_size_bytes{" + DISKS + also + "})"));
		return rules;
	}

	/** Latency as a quantile of a histogram's buckets. */
	static Rule latency(String buckets, double quantile, String window, String label) {
		return new Rule("latency", Kind.SAMPLES, List.of(Metric.LATENCY), Unit.SECONDS, label,
				"histogram_quantile(" + quantile + ", sum by (le, " + label + ") (rate(" + buckets + "[" + window + "])))", false, false);
	}

	private static Rule sample(Metric metric, String label, String query) {
		return new Rule(metric.id(), Kind.SAMPLES, List.of(metric), metric.unit(), label, query, true, false);
	}

	private static Rule capacity(List<Metric> metrics, Unit unit, String label, String query) {
		return new Rule("capacity " + metrics.get(0).id(), Kind.CAPACITY, metrics, unit, label, query, true, false);
	}
}
