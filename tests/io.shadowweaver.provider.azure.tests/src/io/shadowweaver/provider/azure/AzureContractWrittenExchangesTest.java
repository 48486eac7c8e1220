// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

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

/** The contract of providers, over written exchanges that remember what was made: one machine a name, as the reference says of Azure. */
class AzureContractWrittenExchangesTest extends CloudProviderContract {
	/** Tokens by the name of the machine. */
	private final Map<String, String> made = new TreeMap<>();
	private WrittenExchanges exchanges;

	@BeforeEach
	void listen() throws IOException {
		exchanges = WrittenAzure.exchanges().value("made", request -> {
			made.put(request.get("name"), request.get("ours"));
			return "id-" + made.size();
		}).value("machines", request -> made.entrySet().stream().map(one -> WrittenAzure.machine(one.getKey(), "\"purpose\": \"tck\", \"shadowweaver-token\": \"" + one.getValue()
				+ "\", \"shadowweaver-group\": \"web\", \"shadowweaver-review\": \"2027-01-01T00:00:00Z\"", "Succeeded")).collect(Collectors.joining(", ")))
				.value("statuses", request -> made.keySet().stream().map(name -> WrittenAzure.status(name, "running")).collect(Collectors.joining(", ")))
				.value("deleted", request -> made.remove(request.get("name")) == null ? "204" : "202")
				.always("skus", "skus-2", "usages", "machines", "status", "interfaces", "interface-put", "interface-gone", "machine-put-any", "machine-gone", "machine-delete", "image", "subnet",
						"scale-set-gone", "scale-sets");
	}

	@AfterEach
	void end() {
		exchanges.close();
	}

	@Override
	protected CloudProvider open() throws Exception {
		return WrittenAzure.open(exchanges);
	}

	@Override
	protected String group() {
		return "web";
	}

	@Override
	protected String image() {
		return WrittenAzure.IMAGE;
	}

	@Override
	protected void pass(Duration time) {
		// the exchanges tell of each change at once
	}
}
