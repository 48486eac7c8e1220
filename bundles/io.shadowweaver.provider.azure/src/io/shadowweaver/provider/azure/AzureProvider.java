// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.kit.rest.Faults;
import io.shadowweaver.kit.rest.RestAnswer;
import io.shadowweaver.kit.rest.RestCall;

/** One resource group and location of an Azure subscription. */
final class AzureProvider implements CloudProvider {
	private interface Call<T> {
		T run() throws IOException, PluginException;
	}

	/** What a removal is answered where there is nothing to remove. */
	private static final int NOT_THERE = 204;

	private final AzureSettings settings;
	private final Arm arm;
	private final InstantSource clock;
	private final Faults faults;
	private final Sizes sizes;
	private final Machines machines;
	private final NetworkInterfaces interfaces;
	private final Launch launch;
	private final Creation creation;
	private final ScaleSets scaleSets;
	private final Changes changes;

	/** @param mask takes secrets out of a text */
	AzureProvider(AzureSettings settings, Arm arm, UnaryOperator<String> mask, InstantSource clock) {
		this.settings = settings;
		this.arm = arm;
		this.clock = clock;
		faults = new Faults(settings.name(), mask, arm.skew());
		sizes = new Sizes(arm, settings);
		machines = new Machines(arm, settings);
		interfaces = new NetworkInterfaces(arm, faults);
		launch = new Launch(arm, settings, interfaces);
		changes = new Changes(arm, settings.machines().settling());
		creation = new Creation(arm, machines, interfaces, launch, faults, clock, changes);
		scaleSets = new ScaleSets(arm, settings, machines);
	}

	@Override
	public List<Offer> offers() throws PluginException {
		return faults.ask("The sizes cannot be listed", () -> {
			Sizes.Quota quota = sizes.quota();
			return sizes.offered().stream().map(size -> new Offer(size.name(), size.label(), size.capacity(), settings.scope().location(), size.zones(), Price.UNKNOWN,
					quota.left(size), settings.machines().leadMedian(), settings.machines().leadP95())).toList();
		});
	}

	/** Registers on the way what has come to run and waits for it. Of what was left half made, the interface stands for the machine. */
	@Override
	public List<Instance> list() throws PluginException {
		return faults.ask("The machines cannot be listed", () -> {
			Map<String, JsonNode> nics = NetworkInterfaces.byId(arm);
			Map<String, Instance> all = new HashMap<>();
			for (Machines.Machine machine : machines.all(nics)) {
				Instance instance = machines.instance(machine, interfaces.register(machine));
				String trouble = changes.trouble(instance.name(), instance.state());
				all.put(instance.name(), trouble.isEmpty() ? instance : machines.instance(machine, trouble));
			}
			for (JsonNode nic : nics.values()) {
				String machine = Names.machineOf(nic.path("name").asText());
				if (NetworkInterfaces.isLeft(nic) && !all.containsKey(machine)) {
					all.put(machine, left(nic, machine));
				}
			}
			changes.keep(all.keySet(), clock.instant());
			return all.values().stream().sorted(Comparator.comparing(Instance::name)).toList();
		});
	}

	/** It goes with a machine that is removed. While the machine may still appear, it is on its way. */
	private Instance left(JsonNode nic, String machine) throws IOException {
		Instant made = NetworkInterfaces.madeAt(nic);
		if (NetworkInterfaces.isGoing(nic) || changes.isGoing(machine, clock.instant())) {
			return machines.left(nic, Instance.State.DELETING, made, "Its network interface is on its way out.");
		}
		String why = changes.trouble(machine, Instance.State.FAILED);
		if (why.isEmpty() && clock.instant().isBefore(made.plus(settings.machines().settling()))) {
			return machines.left(nic, Instance.State.PENDING, made, "Its network interface is there, the machine not yet.");
		}
		return machines.left(nic, Instance.State.FAILED, made, "Only its network interface is there. " + (why.isEmpty() ? "Delete it." : why));
	}

	@Override
	public List<TopologyChange> discover() throws PluginException {
		return faults.ask("The machines cannot be listed", () -> {
			List<TopologyChange> seen = new ArrayList<>();
			List<Machines.Machine> all = new ArrayList<>(machines.all());
			all.addAll(scaleSets.members());
			for (Machines.Machine machine : all) {
				if (machine.isRunning()) {
					seen.add(new TopologyChange.ResourceSeen(machines.resource(machine, sizes.capacity(Machines.size(machine)))));
				}
			}
			return seen;
		});
	}

	@Override
	public Instance create(CreateRequest wish) throws PluginException {
		launch.check(wish);
		return creation.make(wish);
	}

	/** Size, zone, quota, image, subnet, security group, backend pool and name are looked up; Azure itself has no dry run of a single machine. */
	@Override
	public List<String> dryRun(CreateRequest wish) throws PluginException {
		launch.check(wish);
		Offer offer = offers().stream().filter(one -> one.id().equals(wish.offer())).findFirst()
				.orElseThrow(() -> new RefusedException(AccountFault.MISSING, settings.name() + " offers no size '" + wish.offer() + "' now."));
		if (!wish.zone().isEmpty() && !offer.zones().contains(wish.zone())) {
			throw new RefusedException(AccountFault.MISSING, settings.name() + " has no " + wish.offer() + " in zone " + wish.zone() + ", only in " + offer.zones() + ".");
		}
		if (offer.quotaLeft() < 1) {
			throw new RefusedException(AccountFault.LIMIT, settings.name() + " has no quota left for one more " + wish.offer() + ".");
		}
		return faults.ask("Whether '" + wish.name() + "' can be made cannot be found out", () -> {
			launch.checkParts(wish);
			creation.checkName(wish);
			List<String> lines = new ArrayList<>(List.of(launch.networkInterface(wish, clock.instant()).toString(), launch.machine(wish, true).toString()));
			if (!wish.registration().isEmpty()) {
				lines.add("PUT of the network interface with backend pool " + interfaces.pool(wish.registration()) + ", once it runs");
			}
			return lines;
		});
	}

	@Override
	public void drain(String instance) throws PluginException {
		if (!Names.isName(instance)) {
			return;
		}
		faults.change(instance + " cannot be drained", () -> {
			try {
				interfaces.deregister(instance);
			} catch (IOException e) {
				// it has just gone
				if (!Arm.isGone(e)) {
					throw e;
				}
			}
		});
	}

	/** With a machine Azure removes its disk and its interface; of what was left half made, the interface goes alone. */
	@Override
	public void delete(String instance) throws PluginException {
		if (!Names.isName(instance)) {
			return;
		}
		faults.change(instance + " cannot be removed", () -> {
			Optional<URI> operation = remove(instance);
			changes.removed(instance, operation, clock.instant());
		});
	}

	private Optional<URI> remove(String machine) throws IOException {
		RestCall call = RestCall.of("DELETE", arm.at(arm.inGroup(Machines.TYPE + "/" + machine), Arm.COMPUTE));
		try {
			RestAnswer answer = arm.send(call);
			if (answer.status() != NOT_THERE) {
				return arm.operation(call, answer);
			}
		} catch (IOException e) {
			if (!Arm.isGone(e)) {
				throw e;
			}
		}
		interfaces.remove(machine);
		return Optional.empty();
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		faults.change("The size of '" + group + "' cannot be set", () -> {
			scaleSets.setSize(group, size);
		});
	}

	@Override
	public Duration settling() {
		return settings.machines().settling();
	}

	@Override
	public void close() {
		arm.close();
	}
}
