// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.kit.rest.Faults;
import io.shadowweaver.kit.rest.RestCall;

/** One region of a project at Google Compute Engine. */
final class GcpProvider implements CloudProvider {
	private static final String NOT_SHOWN = "(not shown)";

	private interface Call<T> {
		T run() throws IOException, PluginException;
	}

	private final GcpSettings settings;
	private final Compute compute;
	private final InstantSource clock;
	private final Faults faults;
	private final MachineTypes types;
	private final Instances instances;
	private final Launch launch;
	private final Launches launches;
	private final Registrations registrations;
	private final ManagedGroups managedGroups;

	/** @param mask takes secrets out of a text */
	GcpProvider(GcpSettings settings, Compute compute, UnaryOperator<String> mask, InstantSource clock) {
		this.settings = settings;
		this.compute = compute;
		this.clock = clock;
		faults = new Faults(settings.name(), mask, compute.skew());
		types = new MachineTypes(compute, settings);
		instances = new Instances(compute, settings);
		launch = new Launch(compute, settings);
		launches = new Launches(compute);
		registrations = new Registrations(compute, settings, faults);
		managedGroups = new ManagedGroups(compute, settings);
	}

	@Override
	public List<Offer> offers() throws PluginException {
		return faults.ask("The machine types cannot be listed", () -> {
			Region region = Region.read(compute, settings.region());
			List<Offer> offers = new ArrayList<>();
			for (MachineTypes.Offered one : types.offered(region.zones())) {
				offers.add(new Offer(one.type().name(), one.type().label(), one.type().capacity(), settings.region(), one.zones(), Price.UNKNOWN,
						region.left(one.type(), settings.template()), settings.machines().leadMedian(), settings.machines().leadP95()));
			}
			return offers;
		});
	}

	/** Registers on the way what has come to run and waits for it. */
	@Override
	public List<Instance> list() throws PluginException {
		return faults.ask("The instances cannot be listed", () -> {
			List<Instance> all = new ArrayList<>();
			Set<String> ids = new HashSet<>();
			for (JsonNode instance : instances.all()) {
				all.add(instances.instance(instance, registrations.register(instance)));
				ids.add(all.getLast().id());
			}
			all.addAll(launches.failed(ids, clock.instant()));
			return all;
		});
	}

	@Override
	public List<TopologyChange> discover() throws PluginException {
		return faults.ask("The instances cannot be listed", () -> {
			List<TopologyChange> seen = new ArrayList<>();
			for (JsonNode instance : instances.all()) {
				if (Instances.isRunning(instance)) {
					Map<String, Double> capacity = types.capacity(Instances.Place.of(instance).zone(), Names.last(instance.path("machineType").asText()));
					seen.add(new TopologyChange.ResourceSeen(instances.resource(instance, capacity)));
				}
			}
			return seen;
		});
	}

	@Override
	public Instance create(CreateRequest wish) throws PluginException {
		launch.check(wish);
		return faults.make("'" + wish.name() + "' cannot be made", () -> {
			Optional<JsonNode> there = instances.ofToken(wish.token());
			if (there.isPresent()) {
				return instances.instance(there.get(), "");
			}
			faults.checkClock();
			RestCall call = launch.call(wish, launch.image(wish.image()), wish.userData());
			Instances.Place place = launch.place(wish);
			Operation operation;
			try {
				operation = compute.send(call);
			} catch (IOException e) {
				// its name is taken, so that an earlier call with this token has made it after all
				if (Faults.answer(e).filter(answer -> answer.status() == 409).isEmpty()) {
					throw e;
				}
				Optional<JsonNode> made = instances.find(place).filter(one -> wish.token().equals(Tags.of(one).get(CreateRequest.TOKEN)));
				return instances.instance(made.orElseThrow(() -> e), "");
			}
			if (operation.isFailed()) {
				String sentence = settings.name() + " cannot make '" + wish.name() + "': " + operation.reason() + ".";
				throw operation.isCertain() ? new RefusedException(operation.fault(), sentence)
						: new AccountException(operation.fault(), sentence + " Whether it was done is not known.", null);
			}
			Instance coming = instances.coming(wish, place, operation.target(), clock.instant());
			launches.follow(operation, coming);
			return coming;
		});
	}

	/** Type, zone, quota, image, network and registration are looked up; Compute Engine itself has no dry run of an insertion. */
	@Override
	public List<String> dryRun(CreateRequest wish) throws PluginException {
		launch.check(wish);
		Offer offer = offers().stream().filter(one -> one.id().equals(wish.offer())).findFirst()
				.orElseThrow(() -> new RefusedException(AccountFault.MISSING, settings.name() + " offers no machine type '" + wish.offer() + "' among " + settings.types() + "."));
		if (!offer.zones().contains(wish.zone())) {
			throw new RefusedException(AccountFault.MISSING, settings.name() + " has no " + wish.offer() + " in zone " + wish.zone() + ", only in " + offer.zones() + ".");
		}
		if (offer.quotaLeft() < 1) {
			throw new RefusedException(AccountFault.LIMIT, settings.name() + " has no quota left for one more " + wish.offer() + ".");
		}
		return faults.ask("Whether '" + wish.name() + "' can be made cannot be found out", () -> {
			List<String> lines = new ArrayList<>();
			String image = launch.image(wish.image());
			require("subnetwork", launch.subnetwork(wish.network()));
			lines.add(launch.call(wish, image, wish.userData().isEmpty() ? "" : NOT_SHOWN).toString());
			if (!wish.registration().isEmpty()) {
				require("registration", registrations.path(wish.registration(), wish.zone()));
				lines.add(registrations.adding(wish.registration(), launch.place(wish)) + " once it runs");
			}
			return lines;
		});
	}

	private void require(String what, String path) throws IOException, RefusedException {
		if (!path.isEmpty() && compute.find(path).isEmpty()) {
			throw new RefusedException(AccountFault.MISSING, settings.name() + " has no " + what + " " + path + ".");
		}
	}

	@Override
	public void drain(String instance) throws PluginException {
		faults.change(instance + " cannot be drained", () -> {
			Optional<Instances.Place> place = Instances.Place.of(instance);
			Optional<JsonNode> found = place.isEmpty() ? Optional.empty() : instances.find(place.get());
			try {
				if (found.isPresent()) {
					registrations.deregister(found.get());
				}
			} catch (IOException e) {
				// it, or where it was registered, has just gone
				if (!Faults.isNotFound(e)) {
					throw e;
				}
			}
		});
	}

	@Override
	public void delete(String instance) throws PluginException {
		launches.forget(instance);
		Optional<Instances.Place> place = Instances.Place.of(instance);
		if (place.isEmpty()) {
			return;
		}
		faults.change(instance + " cannot be removed", () -> {
			// the same within a minute only: a removal that failed and is wanted again must not be taken for the one that failed
			String request = Names.uuid("removal", instance + " " + clock.instant().truncatedTo(ChronoUnit.MINUTES)).toString();
			try {
				Operation operation = compute.send(compute.change("DELETE", place.get().path(), JsonNodeFactory.instance.missingNode(), "requestId", request));
				if (operation.isFailed()) {
					throw new AccountException(operation.fault(), settings.name() + " cannot remove " + instance + ": " + operation.reason() + ".", null);
				}
			} catch (IOException e) {
				if (!Faults.isNotFound(e)) {
					throw e;
				}
			}
		});
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		faults.change("The size of '" + group + "' cannot be set", () -> {
			managedGroups.setSize(group, size);
		});
	}

	@Override
	public Duration settling() {
		return settings.machines().settling();
	}

	@Override
	public void close() {
		compute.close();
	}
}
