// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jclouds.http.HttpRequest;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;
import org.jclouds.openstack.nova.v2_0.domain.Server;
import org.jclouds.openstack.nova.v2_0.domain.ServerCreated;
import org.jclouds.openstack.nova.v2_0.domain.regionscoped.AvailabilityZone;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.kit.rest.Faults;

/**
 * A project of an OpenStack cloud. A server that is to be registered becomes a member of its pool when {@link #list()} first sees it active: it has no
 * address before. A group that a stack of Heat owns is resized through the stack; its members bear no token of ours, so that they are never ours to delete.
 */
final class OpenStackProvider implements CloudProvider {
	private final Cloud cloud;
	private final Settings settings;
	private final InstantSource clock;
	private final Pools pools;
	private final Stacks stacks;
	private final ResourceIds ids;
	private final Map<String, String> registered = new HashMap<>();

	OpenStackProvider(Cloud cloud, Settings settings, InstantSource clock) throws PluginException {
		this.cloud = cloud;
		this.settings = settings;
		this.clock = clock;
		this.pools = new Pools(cloud);
		this.stacks = new Stacks(cloud, Stacks.owners(settings));
		this.ids = ResourceIds.parse(settings.text("resource-id"));
	}

	@Override
	public List<Offer> offers() throws PluginException {
		List<String> zones = zones();
		Quota quota = quota();
		List<Offer> offers = new ArrayList<>();
		for (Flavor flavour : flavours().values()) {
			offers.add(new Offer(flavour.getName(), flavour.getName(), Machines.capacity(flavour), cloud.region(), zones, Price.UNKNOWN, quota.fits(flavour),
					settings.duration("lead.median"), settings.duration("lead.p95")));
		}
		offers.sort(Comparator.comparing(Offer::id));
		return offers;
	}

	private Quota quota() throws PluginException {
		try {
			return Quota.of(cloud.call("GET", compute() + "/limits", null));
		} catch (RuntimeException e) {
			throw cloud.faults().failed("The quota cannot be read", e);
		}
	}

	private String compute() throws PluginException {
		return cloud.address("compute").orElseThrow(() -> new PluginException("The catalogue names no compute service (Nova)."));
	}

	/** By id. */
	private Map<String, Flavor> flavours() throws PluginException {
		Map<String, Flavor> flavours = new HashMap<>();
		try {
			cloud.nova().getFlavorApi(cloud.region()).listInDetail().concat().forEach(flavour -> flavours.put(flavour.getId(), flavour));
		} catch (RuntimeException e) {
			throw cloud.faults().failed("The flavours cannot be listed", e);
		}
		return flavours;
	}

	private List<String> zones() throws PluginException {
		try {
			return cloud.nova().getAvailabilityZoneApi(cloud.region()).get().listAvailabilityZones().toList().stream()
					.filter(zone -> zone.getState().isAvailable()).map(AvailabilityZone::getName).sorted().toList();
		} catch (RuntimeException e) {
			throw cloud.faults().failed("The availability zones cannot be listed", e);
		}
	}

	/** All servers of the project, page by page. */
	private List<Server> servers() throws PluginException {
		try {
			return List.copyOf(cloud.nova().getServerApi(cloud.region()).listInDetail().concat().toList());
		} catch (RuntimeException e) {
			throw cloud.faults().failed("The servers cannot be listed", e);
		}
	}

	@Override
	public List<Instance> list() throws PluginException {
		Map<String, Flavor> flavours = flavours();
		List<Server> servers = servers();
		Map<String, String> resources = ids.of(servers);
		List<Instance> list = new ArrayList<>();
		for (Server server : servers) {
			list.add(Machines.instance(server, resources.get(server.getId()), cloud.region(), flavours, detail(server)));
		}
		registered.keySet().retainAll(resources.keySet());
		return list;
	}

	private String detail(Server server) {
		boolean ours = server.getMetadata().containsKey(CreateRequest.TOKEN);
		return switch (Machines.state(server)) {
		case FAILED -> ours ? reason(server) : "Is " + server.getStatus() + ".";
		case RUNNING -> ours ? register(server) : "";
		case PENDING, DELETING -> "";
		};
	}

	private String reason(Server server) {
		String state = "Is " + server.getStatus() + ".";
		try {
			String message = cloud.call("GET", compute() + "/servers/" + server.getId(), null).path("server").path("fault").path("message").asText();
			return message.isEmpty() ? state : state + " " + settings.mask(message);
		} catch (PluginException | RuntimeException e) {
			// the list is of more use than the reason
			return state;
		}
	}

	private String register(Server server) {
		String registration = server.getMetadata().getOrDefault(Wish.REGISTRATION, "");
		String address = Machines.address(server);
		if (registration.isEmpty() || address.isEmpty() || address.equals(registered.get(server.getId()))) {
			return "";
		}
		try {
			pools.register(registration, address);
			registered.put(server.getId(), address);
			return "";
		} catch (PluginException e) {
			return e.getMessage();
		}
	}

	@Override
	public List<TopologyChange> discover() throws PluginException {
		Map<String, Flavor> flavours = flavours();
		List<Server> servers = servers();
		Map<String, String> resources = ids.of(servers);
		List<TopologyChange> changes = new ArrayList<>();
		for (Server server : servers) {
			String id = resources.get(server.getId());
			if (Machines.state(server) == Instance.State.RUNNING && !id.isBlank()) {
				changes.add(new TopologyChange.ResourceSeen(Machines.resource(server, id, cloud.region(), flavours)));
			}
		}
		return changes;
	}

	@Override
	public Instance create(CreateRequest request) throws PluginException {
		Map<String, Flavor> flavours = flavours();
		Optional<Instance> there = existing(request, flavours);
		if (there.isPresent()) {
			return there.get();
		}
		cloud.faults().checkClock();
		Wish wish = Wish.of(request, settings, cloud, flavours, zones());
		if (!request.registration().isEmpty()) {
			pools.dryRun(request.registration());
		}
		ServerCreated made;
		try {
			made = cloud.nova().getServerApi(cloud.region()).create(request.name(), wish.image(), wish.flavour().getId(), wish.options());
		} catch (RuntimeException e) {
			throw cloud.faults().changing("Server " + request.name() + " cannot be made", e);
		}
		return new Instance(made.getId(), request.name(), request.token(), ids.ofNew(request.name(), made.getId()), request.offer(), cloud.region(), request.zone(), "",
				Instance.State.PENDING, clock.instant(), wish.metadata(), "");
	}

	/** The server that bears the token; the oldest, should somebody have copied its metadata. */
	private Optional<Instance> existing(CreateRequest request, Map<String, Flavor> flavours) throws PluginException {
		List<Server> servers = servers();
		Map<String, String> resources = ids.of(servers);
		String region = cloud.region();
		Optional<Instance> found = servers.stream().filter(server -> request.token().equals(server.getMetadata().get(CreateRequest.TOKEN)))
				.filter(server -> Machines.state(server) != Instance.State.DELETING).min(Comparator.comparing(Server::getCreated))
				.map(server -> Machines.instance(server, resources.get(server.getId()), region, flavours, ""));
		if (found.isPresent() && !found.get().offer().equals(request.offer())) {
			throw new RefusedException("The token " + request.token() + " was used for another wish: server " + found.get().id() + " is of flavour '" + found.get().offer() + "'.");
		}
		return found;
	}

	@Override
	public List<String> dryRun(CreateRequest request) throws PluginException {
		Map<String, Flavor> flavours = flavours();
		cloud.faults().checkClock();
		Wish wish = Wish.of(request, settings, cloud, flavours, zones());
		int left = quota().fits(wish.flavour());
		if (left == 0) {
			throw new RefusedException(AccountFault.LIMIT, "The quota of project '" + settings.text("project") + "' has no room for another " + request.offer() + ".");
		}
		List<String> calls = new ArrayList<>();
		calls.add("GET " + compute() + "/servers/detail (nothing is made where a server bears the token " + request.token() + ")");
		HttpRequest call = cloud.creation(request.name(), wish.image(), wish.flavour().getId(), wish.options());
		String body = String.valueOf(call.getPayload().getRawContent()).replaceAll("(\"user_data\":\")[^\"]*", "$1(" + request.userData().length() + " characters)");
		calls.add("POST " + call.getEndpoint() + " " + body + " (" + wish.flavour().getId() + " is " + request.offer() + "; the quota has room for " + left + ")");
		if (!request.registration().isEmpty()) {
			calls.add(pools.dryRun(request.registration()));
		}
		return calls;
	}

	@Override
	public void drain(String instance) throws PluginException {
		Optional<Server> server = server(instance);
		if (server.isPresent() && registration(server.get()).isPresent()) {
			pools.drain(registration(server.get()).get(), Machines.address(server.get()));
		}
	}

	@Override
	public void delete(String instance) throws PluginException {
		Optional<Server> server = server(instance);
		if (server.isPresent() && registration(server.get()).isPresent()) {
			pools.remove(registration(server.get()).get(), Machines.address(server.get()));
		}
		try {
			cloud.nova().getServerApi(cloud.region()).delete(instance);
		} catch (RuntimeException e) {
			if (!Faults.isNotFound(e)) {
				throw cloud.faults().changing("Server " + instance + " cannot be deleted", e);
			}
		}
	}

	private Optional<Server> server(String id) throws PluginException {
		try {
			return Optional.ofNullable(cloud.nova().getServerApi(cloud.region()).get(id));
		} catch (RuntimeException e) {
			if (Faults.isNotFound(e)) {
				return Optional.empty();
			}
			throw cloud.faults().failed("Server " + id + " cannot be read", e);
		}
	}

	private static Optional<String> registration(Server server) {
		String registration = server.getMetadata().getOrDefault(Wish.REGISTRATION, "");
		return registration.isEmpty() || Machines.address(server).isEmpty() ? Optional.empty() : Optional.of(registration);
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		stacks.setSize(group, size);
	}

	@Override
	public Duration settling() {
		return settings.duration("settling");
	}

	@Override
	public void close() {
		cloud.close();
	}
}
