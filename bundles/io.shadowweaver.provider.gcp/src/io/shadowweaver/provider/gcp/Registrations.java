// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.AnswerException;
import io.shadowweaver.kit.rest.Faults;
import io.shadowweaver.kit.rest.RestCall;

/**
 * Puts instances into a target pool of the region, or an unmanaged instance group of their zone, and takes them out. The wish stands in the
 * instance's metadata until it runs, and goes with the registration, so that no restart puts it back.
 */
final class Registrations {
	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private final Compute compute;
	private final GcpSettings settings;
	private final Faults faults;
	private final Set<String> settled = new HashSet<>();

	Registrations(Compute compute, GcpSettings settings, Faults faults) {
		this.compute = compute;
		this.settings = settings;
		this.faults = faults;
	}

	/** Whether a text names where to register. */
	static boolean isTarget(String text) {
		String[] parts = text.split("/", -1);
		return parts.length == 2 && Set.of("targetPools", "instanceGroups").contains(parts[0]) && Names.isName(parts[1]);
	}

	/** The path of a target for an instance of a zone. */
	String path(String target, String zone) {
		return (target.startsWith("targetPools/") ? "regions/" + settings.region() : "zones/" + zone) + "/" + target;
	}

	/** The call that registers. */
	RestCall adding(String target, Instances.Place place) {
		return change(target, place, target.startsWith("targetPools/") ? "addInstance" : "addInstances");
	}

	private RestCall change(String target, Instances.Place place, String action) {
		ObjectNode body = JSON.objectNode();
		body.putArray("instances").addObject().put("instance", compute.link(place.path()));
		return compute.change("POST", path(target, place.zone()) + "/" + action, body);
	}

	/**
	 * Registers a running instance that waits for it.
	 *
	 * @return what went wrong, as a sentence; empty when nothing did or nothing was to be done
	 */
	String register(JsonNode instance) {
		String target = target(instance);
		Instances.Place place = Instances.Place.of(instance);
		if (target.isEmpty() || !Instances.isRunning(instance) || settled.contains(place.id())) {
			return "";
		}
		try {
			if (!isMember(target, place)) {
				check(compute.send(adding(target, place)), "registered");
			}
			settled.add(place.id());
			return "";
		} catch (IOException e) {
			return faults.changing(place.name() + " cannot be registered in " + target, e).getMessage();
		} catch (PluginException e) {
			return e.getMessage();
		}
	}

	/** Takes an instance out, if it is in, and forgets that it was to be there. */
	void deregister(JsonNode instance) throws IOException, PluginException {
		String target = target(instance);
		if (target.isEmpty()) {
			return;
		}
		Instances.Place place = Instances.Place.of(instance);
		settled.add(place.id());
		if (isMember(target, place)) {
			check(compute.send(change(target, place, target.startsWith("targetPools/") ? "removeInstance" : "removeInstances")), "taken out");
		}
		check(compute.send(compute.change("POST", place.path() + "/setMetadata", without(instance))), "taken out for good");
	}

	/** The metadata without the registration, with the fingerprint by which Compute Engine sees whether somebody else has changed them meanwhile. */
	private static ObjectNode without(JsonNode instance) {
		JsonNode metadata = instance.path("metadata");
		ObjectNode body = JSON.objectNode().put("fingerprint", metadata.path("fingerprint").asText());
		ArrayNode items = body.putArray("items");
		for (JsonNode item : metadata.path("items")) {
			if (!item.path("key").asText().equals(Tags.REGISTRATION)) {
				items.add(item);
			}
		}
		return body;
	}

	private void check(Operation operation, String what) throws RefusedException {
		if (operation.isFailed()) {
			throw new RefusedException(operation.fault(), settings.name() + ": it could not be " + what + ": " + operation.reason() + ".");
		}
	}

	private boolean isMember(String target, Instances.Place place) throws IOException {
		String end = "/" + place.path();
		if (target.startsWith("targetPools/")) {
			Optional<JsonNode> pool = compute.find(path(target, place.zone()));
			for (JsonNode member : pool.map(found -> found.path("instances")).orElse(JSON.arrayNode())) {
				if (member.asText().endsWith(end)) {
					return true;
				}
			}
			return false;
		}
		try {
			return compute.listBy(path(target, place.zone()) + "/listInstances").stream().anyMatch(member -> member.path("instance").asText().endsWith(end));
		} catch (AnswerException e) {
			// a group that is gone has no members
			if (e.status() != 404) {
				throw e;
			}
			return false;
		}
	}

	private static String target(JsonNode instance) {
		String target = Tags.metadata(instance).getOrDefault(Tags.REGISTRATION, "");
		return isTarget(target) ? target : "";
	}
}
