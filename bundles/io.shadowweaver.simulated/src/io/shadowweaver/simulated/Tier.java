// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.metric.Metric;

/**
 * The tiers of the simulated service and what a member of each is made of. Requests come in at the load balancers and go on
 * to web, application and data: {@link #callsPerRequest} of the tier before each.
 */
enum Tier {
	LB("lb", "Load balancers", "loadbalancer", 1, "lb.medium", 1, 2, .05, .45, 600, 600, false),
	WEB("web", "Web servers", "vm", 3, "web.small", 1, 2, .05, .95, 900, 14_000, true),
	APP("app", "Application servers", "vm", 3, "app.medium", .55, 4, .06, .94, 2_500, 6_000, true),
	DB("db", "Database", "database", 1, "db.large", 2, 8, .07, .88, 400, 1_800, false),
	CACHE("cache", "Cache", "cache", 1, "cache.large", 3, 2, .03, .80, 120, 900, false),
	QUEUE("queue", "Queue", "queue", 1, "queue.small", .2, 2, .04, .85, 1_500, 1_500, false);

	/** The zones, by region. */
	static final Map<String, List<String>> REGIONS = Map.of("eu-1", List.of("eu-1a", "eu-1b", "eu-1c"), "us-1",
			List.of("us-1a", "us-1b", "us-1c"));
	/** All zones, in order. */
	static final List<String> ZONES = List.of("eu-1a", "eu-1b", "eu-1c", "us-1a", "us-1b", "us-1c");

	/** Value of the label {@code tier}, and id of the scaling group. */
	final String id;
	final String title;
	/** Kind of the resources. */
	final String kind;
	/** Members that are there from the beginning, in each zone. */
	final int perZone;
	/** What those are made from. */
	final String offer;
	/** Requests to this tier for each served by the tier that calls it. */
	final double callsPerRequest;
	/** Requests that a member works on at once: servers of its queueing station. */
	final int servers;
	/** Processor utilisation without a request. */
	final double idle;
	/** Processor utilisation that full load adds. */
	final double busy;
	/** Bytes received and sent for each request. */
	final double bytesIn;
	final double bytesOut;
	/** Whether members can be added. */
	final boolean scales;
	/** The metrics that a member reports, in the order of its columns. */
	final List<Metric> metrics;
	/** The station of one member of the usual size. */
	final Queueing station;

	Tier(String id, String title, String kind, int perZone, String offer, double callsPerRequest, int servers, double idle,
			double busy, double bytesIn, double bytesOut, boolean scales) {
		this.id = id;
		this.title = title;
		this.kind = kind;
		this.perZone = perZone;
		this.offer = offer;
		this.callsPerRequest = callsPerRequest;
		this.servers = servers;
		this.idle = idle;
		this.busy = busy;
		this.bytesIn = bytesIn;
		this.bytesOut = bytesOut;
		this.scales = scales;
		this.metrics = metricsOf(id);
		this.station = new Queueing(servers, servers / Offers.requests(offer));
	}

	private static List<Metric> metricsOf(String id) {
		List<Metric> list = new ArrayList<>(List.of(Metric.CPU, Metric.MEMORY, Metric.NETWORK_IN, Metric.NETWORK_OUT,
				Metric.REQUESTS, Metric.LATENCY));
		if (!id.equals("lb") && !id.equals("cache")) {
			list.add(Metric.DISK);
		}
		switch (id) {
		case "lb", "web", "app" -> list.add(Offers.SHED);
		case "queue" -> list.add(Offers.QUEUE_LENGTH);
		default -> {
			// the common ones are all
		}
		}
		return List.copyOf(list);
	}
}
