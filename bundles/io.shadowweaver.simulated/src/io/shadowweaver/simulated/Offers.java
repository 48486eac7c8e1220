// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Unit;

/** The types of machine of the simulated cloud, and the two metrics that are not among the standard ones. */
final class Offers {
	/** Requests a second that were turned away. */
	static final Metric SHED = new Metric("shed", "Shed requests", Unit.REQUESTS_PER_SECOND, Unit.REQUESTS_PER_SECOND,
			Metric.Full.NONE, Aggregation.SUM);
	/** Messages that wait. */
	static final Metric QUEUE_LENGTH = new Metric("queue.length", "Queue length", Unit.COUNT, Unit.COUNT, Metric.Full.NONE,
			Aggregation.SUM);

	/**
	 * @param id       of the offer
	 * @param name     for the operator
	 * @param tier     the tier whose requests it serves
	 * @param cores    processor cores
	 * @param gigabytes memory
	 * @param network  bytes a second, each way
	 * @param disk     bytes
	 * @param requests requests a second of its tier at full load
	 * @param price    an hour, in EUR
	 * @param onSale   whether new ones can be made
	 */
	record Type(String id, String name, String tier, double cores, double gigabytes, double network, double disk,
			double requests, double price, boolean onSale) {
		/** What 'full' is, by metric. */
		Map<String, Double> capacity() {
			Map<String, Double> capacity = new LinkedHashMap<>();
			capacity.put("cpu", cores);
			capacity.put("memory", gigabytes * 1e9);
			capacity.put("network.in", network);
			capacity.put("network.out", network);
			if (disk > 0) {
				capacity.put("disk", disk);
			}
			capacity.put("requests", requests);
			return capacity;
		}
	}

	private static final Map<String, Type> TYPES = new LinkedHashMap<>();

	static {
		for (Type type : List.of(
				new Type("lb.medium", "Load balancer, medium", "lb", 2, 4, 625e6, 0, 3000, .035, false),
				new Type("web.small", "Web, 2 cores", "web", 2, 4, 125e6, 40e9, 400, .052, true),
				new Type("web.large", "Web, 4 cores", "web", 4, 8, 250e6, 40e9, 800, .104, true),
				new Type("app.medium", "Application, 4 cores", "app", 4, 16, 125e6, 80e9, 260, .126, true),
				new Type("app.large", "Application, 8 cores", "app", 8, 32, 250e6, 80e9, 520, .252, true),
				new Type("db.large", "Database, 8 cores", "db", 8, 64, 625e6, 2e12, 1800, .610, false),
				new Type("cache.large", "Cache, 32 GB", "cache", 4, 32, 625e6, 0, 9000, .290, false),
				new Type("queue.small", "Queue, 2 cores", "queue", 2, 8, 125e6, 200e9, 400, .088, false))) {
			TYPES.put(type.id(), type);
		}
	}

	private Offers() {
	}

	/** All types, in order. */
	static List<Type> all() {
		return List.copyOf(TYPES.values());
	}

	/** A type by its id, or {@code null}. */
	static Type find(String id) {
		return TYPES.get(id);
	}

	/** Requests a second that a machine of a type serves at full load. */
	static double requests(String id) {
		return TYPES.get(id).requests();
	}
}
