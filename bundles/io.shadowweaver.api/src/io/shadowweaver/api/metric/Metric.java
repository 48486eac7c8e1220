// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.metric;

import java.util.Objects;

/**
 * What is measured.
 *
 * @param id          stable id, lower case with dots, such as {@code network.in}
 * @param name        what the operator reads
 * @param unit        the base unit in which values are kept
 * @param display     the unit in which values are shown (CPU: a ratio inside, per cent on the screen)
 * @param full        what 'full' means
 * @param aggregation how members combine
 */
public record Metric(String id, String name, Unit unit, Unit display, Full full, Aggregation aggregation) {

	/** What a full resource is, so that a value becomes a utilisation. */
	public enum Full {
		/** The value is a utilisation: 1 is full; times the resource's capacity it is a demand. */
		ONE,
		/** The value is a demand: divided by the resource's capacity of this metric it is a utilisation. */
		CAPACITY,
		/** Nothing is full, as with latency; thresholds are absolute. */
		NONE
	}

	/** Checks that the units are of one dimension and the base unit is one. */
	public Metric {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(full, "full");
		Objects.requireNonNull(aggregation, "aggregation");
		if (!id.matches("[a-z][a-z0-9_.-]*")) {
			throw new IllegalArgumentException("metric id '" + id + "' must match [a-z][a-z0-9_.-]*");
		}
		if (unit.dimension() != display.dimension()) {
			throw new IllegalArgumentException("metric " + id + ": " + unit + " cannot be shown in " + display);
		}
		if (unit.toBase(1) != 1) {
			throw new IllegalArgumentException("metric " + id + ": " + unit + " is not a base unit");
		}
	}

	/** Processor utilisation; capacity in cores. */
	public static final Metric CPU = new Metric("cpu", "CPU", Unit.RATIO, Unit.PERCENT, Full.ONE, Aggregation.MEAN);
	/** Memory utilisation; capacity in bytes. */
	public static final Metric MEMORY = new Metric("memory", "Memory", Unit.RATIO, Unit.PERCENT, Full.ONE, Aggregation.MEAN);
	/** Use of the fullest disk; capacity in bytes. */
	public static final Metric DISK = new Metric("disk", "Disk", Unit.RATIO, Unit.PERCENT, Full.ONE, Aggregation.MEAN);
	/** Bytes a second received. */
	public static final Metric NETWORK_IN = new Metric("network.in", "Network in", Unit.BYTES_PER_SECOND,
			Unit.MEGABYTES_PER_SECOND, Full.CAPACITY, Aggregation.SUM);
	/** Bytes a second sent. */
	public static final Metric NETWORK_OUT = new Metric("network.out", "Network out", Unit.BYTES_PER_SECOND,
			Unit.MEGABYTES_PER_SECOND, Full.CAPACITY, Aggregation.SUM);
	/** Requests a second served. */
	public static final Metric REQUESTS = new Metric("requests", "Requests", Unit.REQUESTS_PER_SECOND,
			Unit.REQUESTS_PER_SECOND, Full.CAPACITY, Aggregation.SUM);
	/** Response time, by default its 95th percentile. */
	public static final Metric LATENCY = new Metric("latency", "Latency", Unit.SECONDS, Unit.MILLISECONDS, Full.NONE,
			Aggregation.MAX);

	/**
	 * The standard metric of an id, or one of that id with a plain unit: nothing is refused for being unknown.
	 *
	 * @param id   the id
	 * @param unit the unit in which values arrive
	 * @return the metric, in the base unit of that unit's dimension
	 */
	public static Metric of(String id, Unit unit) {
		for (Metric metric : standard()) {
			if (metric.id.equals(id)) {
				return metric;
			}
		}
		return switch (unit.dimension()) {
		case RATIO -> new Metric(id, id, Unit.RATIO, Unit.PERCENT, Full.ONE, Aggregation.MEAN);
		case SIZE -> new Metric(id, id, Unit.BYTES, Unit.MEGABYTES, Full.CAPACITY, Aggregation.SUM);
		case THROUGHPUT -> new Metric(id, id, Unit.BYTES_PER_SECOND, Unit.MEGABYTES_PER_SECOND, Full.CAPACITY, Aggregation.SUM);
		case TIME -> new Metric(id, id, Unit.SECONDS, Unit.MILLISECONDS, Full.NONE, Aggregation.MAX);
		case RATE -> new Metric(id, id, Unit.REQUESTS_PER_SECOND, Unit.REQUESTS_PER_SECOND, Full.CAPACITY, Aggregation.SUM);
		case CORES -> new Metric(id, id, Unit.CORES, Unit.CORES, Full.CAPACITY, Aggregation.SUM);
		case COUNT -> new Metric(id, id, Unit.COUNT, Unit.COUNT, Full.NONE, Aggregation.SUM);
		};
	}

	/** The metrics that every part of the product knows. */
	public static java.util.List<Metric> standard() {
		return java.util.List.of(CPU, MEMORY, NETWORK_IN, NETWORK_OUT, DISK, REQUESTS, LATENCY);
	}
}
