// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.tck.RealServers;

/** The real podman as a test sees it, by its own calls. */
final class RealPodman {
	/** What {@code tests/servers/podman.sh} says of it. */
	final Map<String, String> said;

	/** A container as podman lists it. */
	record Container(String id, String name, String state, Map<String, String> labels) {
		String token() {
			return labels.getOrDefault(CreateRequest.TOKEN, "");
		}
	}

	private RealPodman(Map<String, String> said) {
		this.said = said;
	}

	/** Starts it if need be. */
	static RealPodman up() {
		return new RealPodman(RealServers.up("podman"));
	}

	String endpoint() {
		return said.get("PODMAN_ENDPOINT");
	}

	/** All containers, running or not. */
	List<Container> containers() {
		List<Container> containers = new ArrayList<>();
		for (JsonNode one : Http.call("GET", endpoint() + "/containers/json?all=true", Map.of(), null).checked().body()) {
			Map<String, String> labels = new HashMap<>();
			one.path("Labels").properties().forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
			containers.add(new Container(one.path("Id").asText(), one.path("Names").path(0).asText(), one.path("State").asText(), labels));
		}
		return containers;
	}

	/** The containers that an estate made. */
	List<Container> containers(String estate) {
		return containers().stream().filter(container -> estate.equals(container.labels().get(CreateRequest.ESTATE))).toList();
	}

	/** Removes a container by hand. */
	void delete(String id) {
		Http.call("DELETE", endpoint() + "/containers/" + id + "?force=true", Map.of(), null);
	}

	/** Removes all containers of an estate. */
	void clear(String estate) {
		containers(estate).forEach(container -> delete(container.id()));
	}
}
