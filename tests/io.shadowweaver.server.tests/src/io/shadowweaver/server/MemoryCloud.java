// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.TopologyChange;

/** Offers one size; what is made of it is being built for ever. It may refuse for a while to make anything. */
final class MemoryCloud implements CloudProvider {
	private final List<Instance> machines = new ArrayList<>();
	private boolean down;

	/** Refuses whatever is to be made. */
	synchronized void goDown() {
		down = true;
	}

	@Override
	public List<Offer> offers() {
		return List.of(new Offer("small", "Small", Map.of("requests", 100.), "", List.of(), Price.UNKNOWN, 10, Duration.ofMinutes(1), Duration.ofMinutes(2)));
	}

	@Override
	public synchronized List<Instance> list() {
		return List.copyOf(machines);
	}

	@Override
	public List<TopologyChange> discover() {
		return List.of();
	}

	@Override
	public synchronized Instance create(CreateRequest request) throws RefusedException {
		if (down) {
			throw new RefusedException(AccountFault.DOWN, "It is being maintained.");
		}
		Instance made = new Instance("i-" + machines.size(), request.name(), request.token(), request.name(), request.offer(), "", request.zone(), "", Instance.State.PENDING, SineEstate.START, request.tags(), "");
		machines.add(made);
		return made;
	}

	@Override
	public List<String> dryRun(CreateRequest request) {
		return List.of("create " + request);
	}

	@Override
	public void drain(String instance) {
		throw new AssertionError("there is nothing to drain");
	}

	@Override
	public void delete(String instance) {
		throw new AssertionError("there is nothing to delete");
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
