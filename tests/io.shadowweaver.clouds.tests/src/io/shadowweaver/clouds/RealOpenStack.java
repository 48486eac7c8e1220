// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.tck.RealServers;

/** The real OpenStack as a test sees it, by its own calls: what the cloud itself says is there, and what its administrator does. */
final class RealOpenStack {
	private static final String DELETING = "DELETING";

	/** What {@code tests/servers/openstack.sh} says of it. */
	final Map<String, String> said;
	private final Session customer;
	private final Session administrator;

	/** A server as nova lists it. */
	record Server(String id, String name, String status, String zone, Map<String, String> metadata) {
		String token() {
			return metadata.getOrDefault(CreateRequest.TOKEN, "");
		}
	}

	private RealOpenStack(Map<String, String> said) {
		this.said = said;
		customer = new Session(said.get("OPENSTACK_IDENTITY"), said.get("OPENSTACK_PROJECT"));
		administrator = new Session(said.get("OPENSTACK_ADMIN"), said.get("OPENSTACK_ADMIN_PROJECT"));
	}

	/** Starts it if need be. */
	static RealOpenStack up() {
		return new RealOpenStack(RealServers.up("openstack"));
	}

	/** Where its services listen, each without a path: that of the identity service, and all of its catalogue. */
	Set<String> origins() {
		Set<String> origins = new TreeSet<>(Set.of(origin(said.get("OPENSTACK_ENDPOINT"))));
		customer.token().path("catalog").findValuesAsText("url").forEach(url -> origins.add(origin(url)));
		return origins;
	}

	private static String origin(String address) {
		URI uri = URI.create(address);
		return uri.getScheme() + "://" + uri.getAuthority();
	}

	/** The servers that an estate made and that are not being removed. */
	List<Server> servers(String estate) {
		return all().stream().filter(server -> !server.status().equals(DELETING) && estate.equals(server.metadata().get(CreateRequest.ESTATE))).toList();
	}

	private List<Server> all() {
		List<Server> servers = new ArrayList<>();
		for (JsonNode one : customer.call("GET", "compute", "/servers/detail", null).checked().body().path("servers")) {
			Map<String, String> metadata = new HashMap<>();
			one.path("metadata").properties().forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
			String status = one.path("OS-EXT-STS:task_state").asText().equals("deleting") ? DELETING : one.path("status").asText();
			servers.add(new Server(one.path("id").asText(), one.path("name").asText(), status, one.path("OS-EXT-AZ:availability_zone").asText(), metadata));
		}
		return servers;
	}

	/** Removes a server by hand. */
	void delete(String id) {
		customer.call("DELETE", "compute", "/servers/" + id, null);
	}

	/** Removes all servers of an estate and waits until they are gone. */
	void clear(String estate) throws InterruptedException {
		for (int i = 0; i < 120; i++) {
			List<Server> left = all().stream().filter(server -> estate.equals(server.metadata().get(CreateRequest.ESTATE))).toList();
			if (left.isEmpty()) {
				return;
			}
			if (i % 20 == 0) {
				left.forEach(server -> delete(server.id()));
			}
			Thread.sleep(500);
		}
		throw new IllegalStateException("the servers of " + estate + " do not go");
	}

	/** Makes a type of server: two cores and 4 GB, open to all. */
	void flavor(String id) {
		administrator.call("POST", "compute", "/flavors", Map.of("flavor", Map.of("id", id, "name", id, "vcpus", 2, "ram", 4096, "disk", 1))).checked();
	}

	/** Withdraws a type of server; one that is not there is no error. */
	void withdraw(String id) {
		administrator.call("DELETE", "compute", "/flavors/" + id, null);
	}

	/** Limits how many servers the project may have. */
	void quota(int instances) {
		administrator.call("PUT", "compute", "/os-quota-sets/" + customer.project(), Map.of("quota_set", Map.of("instances", instances, "force", true))).checked();
	}

	/** Gives the user another password: what tokens it has are void from then on. */
	void password(String password) {
		administrator.call("PATCH", "identity", "/users/" + customer.user(), Map.of("user", Map.of("password", password))).checked();
	}

	/** A user's token, its project and the addresses of the services. */
	private final class Session {
		private final String[] identity;
		private final String projectName;
		private Optional<Http.Answer> open = Optional.empty();

		Session(String identity, String projectName) {
			this.identity = identity.split(":");
			this.projectName = projectName;
		}

		private JsonNode token() {
			if (open.isEmpty()) {
				Map<String, Object> domain = Map.of("name", identity[0]);
				open = Optional.of(Http.call("POST", said.get("OPENSTACK_ENDPOINT") + "auth/tokens", Map.of(), Map.of("auth", Map.of(
						"identity", Map.of("methods", List.of("password"), "password",
								Map.of("user", Map.of("name", identity[1], "domain", domain, "password", said.get("OPENSTACK_CREDENTIAL")))),
						"scope", Map.of("project", Map.of("name", projectName, "domain", domain))))).checked());
			}
			return open.get().body().path("token");
		}

		String project() {
			return token().path("project").path("id").asText();
		}

		String user() {
			return token().path("user").path("id").asText();
		}

		private String address(String service) {
			for (JsonNode one : token().path("catalog")) {
				if (one.path("type").asText().equals(service)) {
					return one.path("endpoints").path(0).path("url").asText().replaceAll("/$", "");
				}
			}
			return said.get("OPENSTACK_ENDPOINT").replaceAll("/$", "");
		}

		Http.Answer call(String method, String service, String path, Object body) {
			Http.Answer answer = authorised(method, service, path, body);
			// a token of the second in which a password was changed is void too, and services believe what they heard for a while
			for (int i = 0; answer.status() == 401 && i < 20; i++) {
				pause();
				open = Optional.empty();
				answer = authorised(method, service, path, body);
			}
			return answer;
		}

		private static void pause() {
			try {
				Thread.sleep(1000);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted", e);
			}
		}

		private Http.Answer authorised(String method, String service, String path, Object body) {
			String address = address(service) + path;
			return Http.call(method, address, Map.of("X-Auth-Token", open.orElseThrow().answer().headers().firstValue("X-Subject-Token").orElseThrow()), body);
		}
	}
}
