// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.tck.CloudProviderContract;
import io.shadowweaver.tck.WrittenExchanges;

/** The contract of providers, over written exchanges that remember what was made: one instance a name and zone, as the reference says of Compute Engine. */
class GcpContractWrittenExchangesTest extends CloudProviderContract {
	/** An instance that the exchanges have made. */
	private record Made(String name, String zone, String token, boolean ended) {
	}

	private final Map<String, Made> made = new TreeMap<>();
	private WrittenExchanges exchanges;

	@BeforeEach
	void listen() throws IOException {
		exchanges = WrittenGoogle.exchanges().value("made", request -> {
			made.putIfAbsent(request.get("zone") + "/" + request.get("name"), new Made(request.get("name"), request.get("zone"), request.get("ours"), false));
			return Integer.toString(5500 + made.size());
		}).value("instances", request -> texts(one -> true)).value("ofToken", request -> texts(one -> one.token().equals(request.get("label"))))
				.value("found", request -> texts(one -> one.name().equals(request.get("name")))).value("ended", request -> {
					made.computeIfPresent(request.get("zone") + "/" + request.get("name"), (id, one) -> new Made(one.name(), one.zone(), one.token(), true));
					return "5501";
				})
				.always("region", "project", "zones", "machine-types-a-1", "machine-types-a-2", "machine-types-b", "machine-type", "image-family", "instances", "instances-of-token",
						"insert-type-gone", "insert-any", "instance-get", "delete", "managers-none", "operation-done");
	}

	@AfterEach
	void end() {
		exchanges.close();
	}

	private String texts(Predicate<Made> which) {
		return made.values().stream().filter(which).map(one -> WrittenGoogle.instance(exchanges, one.name(), one.zone(), one.ended() ? "STOPPING" : "RUNNING",
				Map.of("purpose", "tck", "shadowweaver-token", one.token(), "shadowweaver-group", "web"),
				Map.of("shadowweaver-token", one.token(), "shadowweaver-group", "web", "shadowweaver-review", "2027-01-01T00:00:00Z"))).collect(Collectors.joining(", "));
	}

	@Override
	protected CloudProvider open() throws Exception {
		return WrittenGoogle.open(exchanges, Map.of("external-address", "false"));
	}

	@Override
	protected String group() {
		return "web";
	}

	@Override
	protected String image() {
		return WrittenGoogle.FAMILY;
	}

	@Override
	protected void pass(Duration time) {
		// the exchanges tell of each change at once
	}
}
