// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.util.HashMap;
import java.util.Map;

import org.jclouds.openstack.nova.v2_0.domain.Address;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;
import org.jclouds.openstack.nova.v2_0.domain.Server;
import org.jclouds.openstack.nova.v2_0.domain.ServerExtendedStatus;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.topology.Resource;

/** What servers of Nova are to the product. */
final class Machines {
	/** What the label {@code provider} says. */
	static final String PROVIDER = "openstack";
	private static final double MEBIBYTE = 1 << 20;
	private static final double GIBIBYTE = 1 << 30;

	private Machines() {
	}

	/**
	 * A server as a machine.
	 *
	 * @param resource the id of its resource
	 * @param flavours by id; one that is no longer offered is missing
	 * @param detail   why it failed; empty for none
	 */
	static Instance instance(Server server, String resource, String region, Map<String, Flavor> flavours, String detail) {
		Map<String, String> metadata = server.getMetadata();
		return new Instance(server.getId(), name(server), metadata.getOrDefault(CreateRequest.TOKEN, ""), resource, offer(server, flavours), region,
				zone(server), address(server), state(server), server.getCreated().toInstant(), metadata, detail);
	}

	/** A server as a resource of the topology. */
	static Resource resource(Server server, String id, String region, Map<String, Flavor> flavours) {
		Map<String, String> labels = new HashMap<>(server.getMetadata());
		String token = labels.remove(CreateRequest.TOKEN);
		if (token != null) {
			labels.put(Resource.TOKEN, token);
		}
		labels.put(Resource.PROVIDER, PROVIDER);
		labels.put(Resource.INSTANCE, server.getId());
		labels.put(Resource.REGION, region);
		labels.put(Resource.ZONE, zone(server));
		labels.put(Resource.OFFER, offer(server, flavours));
		labels.put(Resource.ADDRESS, address(server));
		labels.values().removeIf(String::isEmpty);
		Flavor flavour = flavours.get(server.getFlavor().getId());
		return Resource.live(id, "vm", name(server), labels, flavour == null ? Map.of() : capacity(flavour));
	}

	/** What 'full' is for a server of a flavour. */
	static Map<String, Double> capacity(Flavor flavour) {
		Map<String, Double> capacity = new HashMap<>();
		capacity.put(Metric.CPU.id(), (double) flavour.getVcpus());
		capacity.put(Metric.MEMORY.id(), flavour.getRam() * MEBIBYTE);
		capacity.put(Metric.DISK.id(), flavour.getDisk() * GIBIBYTE);
		// a server that boots from a volume has no disk of its flavour
		capacity.values().removeIf(value -> value <= 0);
		return capacity;
	}

	static Instance.State state(Server server) {
		ServerExtendedStatus extended = server.getExtendedStatus().orNull();
		if (extended != null && "deleting".equals(extended.getTaskState())) {
			return Instance.State.DELETING;
		}
		return switch (server.getStatus()) {
		case DELETED, SOFT_DELETED -> Instance.State.DELETING;
		case ERROR, UNKNOWN, UNRECOGNIZED, SHUTOFF, SUSPENDED, PAUSED -> Instance.State.FAILED;
		case BUILD, REBUILD -> Instance.State.PENDING;
		default -> Instance.State.RUNNING;
		};
	}

	static String name(Server server) {
		return server.getName() == null ? server.getId() : server.getName();
	}

	private static String zone(Server server) {
		return server.getAvailabilityZone().or("");
	}

	private static String offer(Server server, Map<String, Flavor> flavours) {
		Flavor flavour = flavours.get(server.getFlavor().getId());
		return flavour == null ? "" : flavour.getName();
	}

	/** An address of version 4 where there is one. */
	static String address(Server server) {
		return server.getAddresses().values().stream().sorted((a, b) -> Integer.compare(a.getVersion(), b.getVersion())).map(Address::getAddr).findFirst().orElse("");
	}
}
