// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.tck.CloudProviderContract;
import io.shadowweaver.tck.WrittenExchanges;

/** The contract of providers, over written exchanges that remember what was made: one instance a client token, as the reference says of EC2. */
class AwsContractWrittenExchangesTest extends CloudProviderContract {
	/** An instance that the exchanges have made. */
	private record Made(String id, String token, String zone, boolean ended) {
	}

	private final Map<String, Made> byToken = new TreeMap<>();
	private WrittenExchanges exchanges;

	@BeforeEach
	void listen() throws IOException {
		exchanges = Amazon.exchanges()
				.value("instance", request -> text(byToken.computeIfAbsent(request.get("token"),
						token -> new Made("i-%017x".formatted(byToken.size() + 1), token, request.get("zone"), false))))
				.value("instances", request -> byToken.values().stream().map(this::text).collect(Collectors.joining("\n")))
				.value("ended", request -> {
					byToken.replaceAll((token, made) -> made.id().equals(request.get("id")) ? new Made(made.id(), token, made.zone(), true) : made);
					return "shutting-down";
				})
				.always("describe-instance-types", "describe-instance-type-offerings", "describe-instances-none-of-id", "describe-instances",
						"run-instances-dry-type-gone", "run-instances-dry", "run-instances-type-gone", "run-instances-any", "terminate-instances-malformed",
						"terminate-instances", "describe-auto-scaling-groups-none");
	}

	@AfterEach
	void end() {
		exchanges.close();
	}

	private String text(Made made) {
		Map<String, String> tags = new TreeMap<>(Map.of("Name", "tck", "purpose", "tck", "shadowweaver-token", made.token(), "shadowweaver-group", "web",
				"shadowweaver-review", "2027-01-01T00:00:00Z"));
		return exchanges.answer("instance", Map.of("id", made.id(), "zone", made.zone(), "state", made.ended() ? "shutting-down" : "running", "code",
				made.ended() ? "32" : "16", "tags", tags.entrySet().stream()
						.map(tag -> "<item><key>" + tag.getKey() + "</key><value>" + tag.getValue() + "</value></item>").collect(Collectors.joining())));
	}

	@Override
	protected CloudProvider open() throws Exception {
		return Amazon.open(exchanges);
	}

	@Override
	protected String group() {
		return "web";
	}

	@Override
	protected String image() {
		return "ami-0abcdef1234567890";
	}

	@Override
	protected void pass(Duration time) {
		// the exchanges tell of each change at once
	}
}
