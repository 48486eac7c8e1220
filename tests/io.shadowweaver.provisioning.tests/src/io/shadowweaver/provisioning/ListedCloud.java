// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * A fake provider in memory that outlives provisioners, so that a test reads afterwards what was really made. Unlike an honest
 * provider it makes a second machine when it is called twice with one token: whoever does that is found out.
 */
class ListedCloud implements CloudProvider {
	/** When a machine runs and carries traffic after its creation. */
	Duration lead = Duration.ofMinutes(3);
	/** How long it runs before it carries traffic. */
	Duration warmUp = Duration.ZERO;
	Duration settling = Duration.ofSeconds(90);
	Instant now = Bed.START;
	final List<String> drained = new ArrayList<>();
	final List<Offer> offers = new ArrayList<>();
	final Map<String, Instance> machines = new TreeMap<>();
	final Map<String, Integer> sizes = new HashMap<>();
	final List<String> log = new ArrayList<>();
	/** How many of the next creations make the machine and lose the answer. */
	int loseAnswers;
	/** How many of the next creations fail without making anything, and without saying so. */
	int loseCalls;
	/** Why creations are refused; empty for not. */
	String refusal = "";
	/** What the next calls of list throw; {@code null} for nothing. */
	RuntimeException broken;
	/** What happens while a dry run is asked for; {@code null} for nothing. */
	Runnable stuck;
	/** What the next drains throw; {@code null} for nothing. */
	RuntimeException drainFailure;
	/** Machines whose number in order of creation is in here never carry traffic. */
	final List<Integer> duds = new ArrayList<>();
	/** How many of the next creations make two machines of one token. */
	int doubles;
	private final char prefix;
	private int made;

	ListedCloud() {
		this('i');
	}

	/** @param prefix the first letter of its machines' ids */
	ListedCloud(char prefix) {
		this.prefix = prefix;
		offers.add(offer("small", 100, .10, 50));
	}

	static Offer offer(String id, double requests, double price, int quota) {
		return new Offer(id, id, Map.of("requests", requests), List.of("a", "b", "c"), price, "EUR", quota, Duration.ofMinutes(3), Duration.ofMinutes(5));
	}

	@Override
	public synchronized List<Offer> offers() {
		return List.copyOf(offers);
	}

	@Override
	public synchronized List<Instance> list() {
		if (broken != null) {
			throw broken;
		}
		machines.replaceAll((id, machine) -> machine.state() == Instance.State.PENDING && !now.isBefore(machine.createdAt().plus(lead)) ? state(machine, Instance.State.RUNNING) : machine);
		return List.copyOf(machines.values());
	}

	@Override
	public List<TopologyChange> discover() {
		return List.of();
	}

	@Override
	public synchronized Instance create(CreateRequest request) throws PluginException {
		log.add("create " + request.token());
		if (!refusal.isEmpty()) {
			throw new RefusedException(refusal);
		}
		if (loseCalls > 0) {
			loseCalls--;
			throw new PluginException("The connection was reset.");
		}
		String id = Character.toString(prefix) + ++made;
		Instance machine = new Instance(id, request.name(), request.token(), "vm-" + id, request.offer(), request.zone(), Instance.State.PENDING, now, request.tags(), "");
		machines.put(id, machine);
		if (doubles > 0) {
			doubles--;
			String other = Character.toString(prefix) + ++made;
			machines.put(other, new Instance(other, request.name(), request.token(), "vm-" + other, request.offer(), request.zone(), Instance.State.PENDING, now, request.tags(), ""));
		}
		if (loseAnswers > 0) {
			loseAnswers--;
			throw new PluginException("The answer was lost.");
		}
		return machine;
	}

	@Override
	public synchronized List<String> dryRun(CreateRequest request) throws PluginException {
		if (stuck != null) {
			stuck.run();
		}
		if (!refusal.isEmpty()) {
			throw new RefusedException(refusal);
		}
		return List.of("create " + request.token());
	}

	@Override
	public synchronized void drain(String instance) {
		drained.add(instance);
		if (drainFailure != null) {
			throw drainFailure;
		}
	}

	@Override
	public synchronized void delete(String instance) {
		log.add("delete " + instance);
		machines.remove(instance);
	}

	@Override
	public synchronized void setSize(String group, int size) {
		log.add("setSize " + group + " " + size);
		sizes.put(group, size);
	}

	@Override
	public Duration settling() {
		return settling;
	}

	@Override
	public void close() {
		// it outlives its provisioners
	}

	/** Whether a resource carries traffic now. */
	synchronized boolean healthy(String resource) {
		return machines.values().stream().anyMatch(machine -> machine.resource().equals(resource) && !now.isBefore(machine.createdAt().plus(lead).plus(warmUp))
				&& machine.state() != Instance.State.FAILED && !duds.contains(Integer.parseInt(machine.id().substring(1))));
	}

	synchronized void fail(String id) {
		machines.computeIfPresent(id, (key, machine) -> state(machine, Instance.State.FAILED));
	}

	private static Instance state(Instance machine, Instance.State state) {
		return new Instance(machine.id(), machine.name(), machine.token(), machine.resource(), machine.offer(), machine.zone(), state, machine.createdAt(), machine.tags(), "no host had room");
	}
}
