// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Proxies before all services of a region, whose addresses in the region's answers become those of the proxies: the region goes away as a whole. */
final class FaultyRegion implements AutoCloseable {
	private final Map<String, FaultyProxy> proxies = new TreeMap<>();

	/** @param origins where its services listen, each without a path */
	FaultyRegion(Set<String> origins) throws IOException {
		for (String origin : origins) {
			proxies.put(origin, new FaultyProxy(origin, Duration.ZERO, this::through));
		}
	}

	/** A text in which the addresses of the services are those of their proxies. */
	String through(String text) {
		String through = text;
		for (Map.Entry<String, FaultyProxy> proxy : proxies.entrySet()) {
			through = through.replace(proxy.getKey(), proxy.getValue().endpoint());
		}
		return through;
	}

	/** All connections end, and new ones are refused. */
	void refuse() {
		proxies.values().forEach(FaultyProxy::refuse);
	}

	/** Its services answer again. */
	void listen() throws IOException {
		for (FaultyProxy proxy : proxies.values()) {
			proxy.listen();
		}
	}

	/** All requests meet a fault; {@code null} ends that. */
	void always(FaultyProxy.Fault fault) {
		proxies.values().forEach(proxy -> proxy.always(fault));
	}

	@Override
	public void close() {
		proxies.values().forEach(FaultyProxy::close);
	}
}
