// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.RefusedException;

/**
 * Pools of Octavia, in which servers are members by their address. A registration is {@code POOL:PORT}, the pool by its id.
 * <p>
 * Calls after <a href="https://docs.openstack.org/api-ref/load-balancer/v2/">the reference of the Load Balancer API v2</a>.
 */
final class Pools {
	private static final String SERVICE = "load-balancer";

	private final Cloud cloud;

	Pools(Cloud cloud) {
		this.cloud = cloud;
	}

	/** A registration, taken apart. */
	record Registration(String pool, int port) {
		static Registration parse(String text) throws RefusedException {
			int colon = text.lastIndexOf(':');
			try {
				int port = Integer.parseInt(text.substring(colon + 1));
				if (colon > 0 && port > 0 && port < 65536) {
					return new Registration(text.substring(0, colon), port);
				}
			} catch (NumberFormatException e) {
				// falls through to the one sentence
			}
			throw new RefusedException("The registration '" + text + "' is not the id of a pool of Octavia, a colon and a port.");
		}
	}

	/** Where the members of a pool are. */
	private String members(Registration registration) throws PluginException {
		Optional<String> address = cloud.address(SERVICE);
		if (address.isEmpty()) {
			throw new RefusedException("The cloud has no load balancers (Octavia) to register at: leave the registration of the template empty, or let the user data register the server.");
		}
		return address.get() + (address.get().matches(".*/v2(\\.0)?") ? "" : "/v2") + "/lbaas/pools/" + registration.pool() + "/members";
	}

	/** The call that registers a server, for a dry run; checks that the pool is there. */
	String dryRun(String text) throws PluginException {
		Registration registration = Registration.parse(text);
		String members = members(registration);
		try {
			cloud.call("GET", members, null);
		} catch (RuntimeException e) {
			throw cloud.faults().changing("Pool " + registration.pool() + " cannot be registered in", e);
		}
		return "POST " + members + " " + body("(address of the server, once it is active)", registration.port());
	}

	/** Registers an address that is not a member yet. */
	void register(String text, String address) throws PluginException {
		Registration registration = Registration.parse(text);
		String members = members(registration);
		try {
			if (find(members, registration, address).isEmpty()) {
				cloud.call("POST", members, body(address, registration.port()));
			}
		} catch (RuntimeException e) {
			throw cloud.faults().failed(address + " cannot be registered in pool " + registration.pool(), e);
		}
	}

	/** Lets a member take no new connections: its weight becomes 0. One that is not there is no error. */
	void drain(String text, String address) throws PluginException {
		Registration registration = Registration.parse(text);
		String members = members(registration);
		try {
			for (String member : find(members, registration, address)) {
				ObjectNode body = JsonNodeFactory.instance.objectNode();
				body.putObject("member").put("weight", 0);
				cloud.call("PUT", members + "/" + member, body);
			}
		} catch (RuntimeException e) {
			throw cloud.faults().failed(address + " cannot be drained in pool " + registration.pool(), e);
		}
	}

	/** Takes an address out of a pool. */
	void remove(String text, String address) throws PluginException {
		Registration registration = Registration.parse(text);
		String members = members(registration);
		try {
			for (String member : find(members, registration, address)) {
				cloud.call("DELETE", members + "/" + member, null);
			}
		} catch (RuntimeException e) {
			throw cloud.faults().failed(address + " cannot be taken out of pool " + registration.pool(), e);
		}
	}

	private List<String> find(String members, Registration registration, String address) {
		List<String> ids = new ArrayList<>();
		for (JsonNode member : cloud.call("GET", members, null).path("members")) {
			if (member.path("address").asText().equals(address) && member.path("protocol_port").asInt() == registration.port()) {
				ids.add(member.path("id").asText());
			}
		}
		return ids;
	}

	private static ObjectNode body(String address, int port) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		body.putObject("member").put("address", address).put("protocol_port", port);
		return body;
	}
}
