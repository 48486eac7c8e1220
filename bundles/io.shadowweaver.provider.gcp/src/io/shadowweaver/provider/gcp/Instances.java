// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance.State;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.kit.rest.MachineSettings;

/** Instances as Compute Engine describes them, and what the product reads of them. The provider's id of one is {@code ZONE/NAME}. */
final class Instances {
	private static final String MANAGER = "/instanceGroupManagers/";

	/**
	 * Where an instance is.
	 *
	 * @param zone its zone
	 * @param name unique there
	 */
	record Place(String zone, String name) {
		/** From the provider's id; empty where it is no id of ours. */
		static Optional<Place> of(String id) {
			String[] parts = id.split("/", -1);
			return parts.length == 2 && Names.isName(parts[0]) && Names.isName(parts[1]) ? Optional.of(new Place(parts[0], parts[1])) : Optional.empty();
		}

		static Place of(JsonNode instance) {
			return new Place(Names.last(instance.path("zone").asText()), instance.path("name").asText());
		}

		String path() {
			return "zones/" + zone + "/instances/" + name;
		}

		String id() {
			return zone + "/" + name;
		}
	}

	private final Compute compute;
	private final GcpSettings settings;

	Instances(Compute compute, GcpSettings settings) {
		this.compute = compute;
		this.settings = settings;
	}

	/** All of the region. */
	List<JsonNode> all() throws IOException {
		return filtered("");
	}

	/** That with the token, in whatever zone of the region. */
	Optional<JsonNode> ofToken(String token) throws IOException {
		return filtered("labels." + CreateRequest.TOKEN + " = " + Names.tokenLabel(token)).stream()
				.filter(instance -> token.equals(Tags.of(instance).get(CreateRequest.TOKEN))).findFirst();
	}

	private List<JsonNode> filtered(String filter) throws IOException {
		return compute.aggregated("instances", filter, scope -> scope.startsWith("zones/" + settings.region() + "-")).values().stream()
				.flatMap(List::stream).toList();
	}

	/** One; empty where it is gone. */
	Optional<JsonNode> find(Place place) throws IOException {
		return compute.find(place.path());
	}

	/**
	 * As the provisioning sees it.
	 *
	 * @param detail a sentence to be told of it, where its state has none
	 */
	io.shadowweaver.api.provision.Instance instance(JsonNode json, String detail) {
		Map<String, String> tags = Tags.of(json);
		Place place = Place.of(json);
		State state = state(json);
		String said = state == State.FAILED ? "Its status is " + json.path("status").asText("unknown") + words(json) : detail;
		return new io.shadowweaver.api.provision.Instance(place.id(), place.name(), tags.getOrDefault(CreateRequest.TOKEN, ""), resourceId(json),
				Names.last(json.path("machineType").asText()), settings.region(), place.zone(), address(json), state,
				createdAt(json), tags, said);
	}

	/** What {@link #instance} will say of a wish that has just been taken. */
	io.shadowweaver.api.provision.Instance coming(CreateRequest wish, Place place, String number, Instant now) {
		String resource = settings.machines().resourceId() == MachineSettings.ResourceId.ID && !number.isEmpty() ? number : place.name();
		return new io.shadowweaver.api.provision.Instance(place.id(), place.name(), wish.token(), resource, wish.offer(), settings.region(), place.zone(), "",
				State.PENDING, now, wish.metadata(), "");
	}

	private static String words(JsonNode json) {
		String message = json.path("statusMessage").asText();
		return message.isEmpty() ? "." : ": " + message;
	}

	static boolean isRunning(JsonNode json) {
		return state(json) == State.RUNNING;
	}

	private static State state(JsonNode json) {
		return switch (json.path("status").asText()) {
		case "PROVISIONING", "STAGING" -> State.PENDING;
		case "RUNNING" -> State.RUNNING;
		case "STOPPING", "DEPROVISIONING" -> State.DELETING;
		// what is stopped or suspended stays, costs its disk, and bears no load
		default -> State.FAILED;
		};
	}

	/** As the topology has it: labels are the tags and what Compute Engine knows. */
	Resource resource(JsonNode json, Map<String, Double> capacity) {
		Map<String, String> tags = Tags.of(json);
		Map<String, String> labels = new HashMap<>(tags);
		Place place = Place.of(json);
		put(labels, Resource.REGION, settings.region());
		put(labels, Resource.ZONE, place.zone());
		put(labels, Resource.INSTANCE, place.id());
		put(labels, Resource.OFFER, Names.last(json.path("machineType").asText()));
		put(labels, Resource.ADDRESS, address(json));
		put(labels, Resource.TOKEN, tags.getOrDefault(CreateRequest.TOKEN, ""));
		put(labels, Resource.OWNER, owner(json));
		return Resource.live(resourceId(json), "vm", place.name(), labels, capacity);
	}

	/** The managed instance group that it belongs to; empty for none. */
	private static String owner(JsonNode json) {
		String creator = Tags.metadata(json).getOrDefault("created-by", "");
		return creator.contains(MANAGER) ? creator.substring(creator.indexOf(MANAGER) + MANAGER.length()) : "";
	}

	private static void put(Map<String, String> labels, String key, String value) {
		if (!value.isEmpty()) {
			labels.put(key, value);
		}
	}

	private static Instant createdAt(JsonNode json) {
		try {
			return OffsetDateTime.parse(json.path("creationTimestamp").asText()).toInstant();
		} catch (DateTimeException e) {
			return Instant.EPOCH;
		}
	}

	private String address(JsonNode json) {
		JsonNode network = json.path("networkInterfaces").path(0);
		return settings.machines().publicAddress() ? network.path("accessConfigs").path(0).path("natIP").asText() : network.path("networkIP").asText();
	}

	/** Its name where it has not yet what was asked for. */
	private String resourceId(JsonNode json) {
		String wanted = switch (settings.machines().resourceId()) {
		case ADDRESS -> json.path("networkInterfaces").path(0).path("networkIP").asText();
		case NAME -> json.path("name").asText();
		case ID -> json.path("id").asText();
		};
		return wanted.isEmpty() ? json.path("name").asText() : wanted;
	}
}
