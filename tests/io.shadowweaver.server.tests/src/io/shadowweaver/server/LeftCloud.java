// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.topology.TopologyChange;

/** Holds two machines that an earlier journal had made. */
final class LeftCloud implements CloudProvider {
	private final Map<String, Instance> machines = new LinkedHashMap<>();

	LeftCloud(Instant review) {
		for (String id : List.of("i1", "i2")) {
			Map<String, String> tags = Map.of(CreateRequest.TOKEN, "token-" + id, CreateRequest.ESTATE, "sine", CreateRequest.GROUP, "web", CreateRequest.REVIEW, review.toString());
			machines.put(id, new Instance(id, "left-" + id, "token-" + id, "vm-" + id, "small", "", "z", "", Instance.State.RUNNING, review.minus(Duration.ofDays(30)), tags, ""));
		}
	}

	@Override
	public List<Offer> offers() {
		return List.of();
	}

	@Override
	public synchronized List<Instance> list() {
		return List.copyOf(machines.values());
	}

	@Override
	public List<TopologyChange> discover() {
		return List.of();
	}

	@Override
	public Instance create(CreateRequest request) {
		throw new AssertionError("nothing is to be made");
	}

	@Override
	public List<String> dryRun(CreateRequest request) {
		return List.of();
	}

	@Override
	public void drain(String instance) {
		// it carries nothing
	}

	@Override
	public synchronized void delete(String instance) {
		machines.remove(instance);
	}

	@Override
	public void setSize(String group, int size) {
		throw new AssertionError("nobody else owns " + group);
	}

	@Override
	public Duration settling() {
		return Duration.ofSeconds(1);
	}

	@Override
	public void close() {
		// nothing is open
	}
}
