// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.kit.rest.Faults;
import io.shadowweaver.kit.rest.RestCall;

/**
 * Network interfaces: those of machines, which are put into backend pools of a load balancer and taken out, and those that are left over. The wish
 * to be registered is a tag of the interface until the machine runs, and goes with the registration in one call, so that no restart puts it back.
 */
final class NetworkInterfaces {
	/** The tag that holds where it registers. */
	static final String REGISTRATION = "shadowweaver-registration";
	/** The tag that holds when it was asked for, since Azure does not tell. */
	static final String MADE = "shadowweaver-made";
	private static final String TYPE = "Microsoft.Network/networkInterfaces";
	private static final String POOLS = "loadBalancerBackendAddressPools";

	private final Arm arm;
	private final Faults faults;
	private final Set<String> settled = new HashSet<>();

	NetworkInterfaces(Arm arm, Faults faults) {
		this.arm = arm;
		this.faults = faults;
	}

	/** All of the resource group, by their id in lower case. */
	static Map<String, JsonNode> byId(Arm arm) throws IOException {
		Map<String, JsonNode> all = new HashMap<>();
		arm.list(arm.inGroup(TYPE), Arm.NETWORK).forEach(json -> all.put(Machines.key(json), json));
		return all;
	}

	/** The id of the interface of a machine. */
	static String id(Arm arm, String machine) {
		return arm.inGroup(TYPE + "/" + Names.networkInterface(machine));
	}

	/** That of a machine; empty where it is not there. */
	Optional<JsonNode> find(String machine) throws IOException {
		return arm.find(id(arm, machine), Arm.NETWORK);
	}

	/** The first configuration of an interface, or that which says that it is the first. */
	static JsonNode primary(JsonNode nic) {
		JsonNode configurations = nic.path("properties").path("ipConfigurations");
		for (JsonNode one : configurations) {
			if (one.path("properties").path("primary").asBoolean()) {
				return one;
			}
		}
		return configurations.path(0);
	}

	/** Whether it is ours and no machine has it. */
	static boolean isLeft(JsonNode nic) {
		return nic.path("tags").has(CreateRequest.TOKEN) && nic.path("properties").path("virtualMachine").path("id").asText().isEmpty();
	}

	/** Whether Azure removes it. */
	static boolean isGoing(JsonNode nic) {
		return nic.path("properties").path("provisioningState").asText().equals("Deleting");
	}

	/** When it was asked for, by our clock; the beginning of time where nobody says. */
	static Instant madeAt(JsonNode nic) {
		try {
			return Instant.parse(nic.path("tags").path(MADE).asText());
		} catch (DateTimeException e) {
			return Instant.EPOCH;
		}
	}

	/** Whether a text names where to register: {@code BALANCER/POOL} of the resource group, or the id of a pool. */
	static boolean isTarget(String text) {
		String[] parts = text.split("/", -1);
		return text.startsWith("/") ? text.matches("(?i)/subscriptions/[^/?#]+/resourceGroups/[^/?#]+/providers/Microsoft.Network/loadBalancers/[^/?#]+/backendAddressPools/[^/?#]+")
				: parts.length == 2 && Names.isName(parts[0]) && Names.isName(parts[1]);
	}

	/** The id of a pool. */
	String pool(String target) {
		return target.startsWith("/") ? target : arm.inGroup("Microsoft.Network/loadBalancers/" + target.replace("/", "/backendAddressPools/"));
	}

	/**
	 * Registers a running machine that waits for it.
	 *
	 * @return what went wrong, as a sentence; empty when nothing did or nothing was to be done
	 */
	String register(Machines.Machine machine) {
		String target = target(machine.nic());
		if (target.isEmpty() || !machine.isRunning() || settled.contains(machine.name())) {
			return "";
		}
		try {
			String pool = pool(target);
			if (!isMember(machine.nic(), pool)) {
				ObjectNode nic = machine.nic().deepCopy();
				((ObjectNode) primary(nic).path("properties")).withArray("/" + POOLS).addObject().put("id", pool);
				arm.complete(put(machine.name(), nic));
			}
			settled.add(machine.name());
			return "";
		} catch (IOException e) {
			return faults.changing(machine.name() + " cannot be registered in " + target, e).getMessage();
		}
	}

	/** Takes a machine out, if it is in, and forgets that it was to be there. */
	void deregister(String machine) throws IOException {
		Optional<JsonNode> found = find(machine);
		String target = found.map(NetworkInterfaces::target).orElse("");
		if (target.isEmpty()) {
			return;
		}
		settled.add(machine);
		String pool = pool(target);
		ObjectNode nic = found.get().deepCopy();
		ObjectNode configuration = (ObjectNode) primary(nic).path("properties");
		ArrayNode others = JsonNodeFactory.instance.arrayNode();
		configuration.path(POOLS).forEach(one -> {
			if (!one.path("id").asText().equalsIgnoreCase(pool)) {
				others.add(one);
			}
		});
		configuration.set(POOLS, others);
		((ObjectNode) nic.path("tags")).remove(REGISTRATION);
		arm.complete(put(machine, nic));
	}

	/** Removes the interface of a machine that is not there, if it is ours and nobody has it. */
	void remove(String machine) throws IOException {
		Optional<JsonNode> found = find(machine);
		if (found.isPresent() && isLeft(found.get())) {
			try {
				arm.complete(RestCall.of("DELETE", arm.at(id(arm, machine), Arm.NETWORK)));
			} catch (IOException e) {
				if (!Arm.isGone(e)) {
					throw e;
				}
			}
		}
	}

	/** The call that writes an interface. */
	RestCall put(String machine, JsonNode body) {
		return RestCall.of("PUT", arm.at(id(arm, machine), Arm.NETWORK), body);
	}

	private static boolean isMember(JsonNode nic, String pool) {
		for (JsonNode one : primary(nic).path("properties").path(POOLS)) {
			if (one.path("id").asText().equalsIgnoreCase(pool)) {
				return true;
			}
		}
		return false;
	}

	private static String target(JsonNode nic) {
		String target = nic.path("tags").path(REGISTRATION).asText();
		return isTarget(target) ? target : "";
	}
}
