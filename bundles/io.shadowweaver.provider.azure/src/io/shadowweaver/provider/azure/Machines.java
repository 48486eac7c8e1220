// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Instance.State;
import io.shadowweaver.api.topology.Resource;

/** Machines of the resource group and location as Azure describes them, and what the product reads of them. The provider's id of one is its name. */
final class Machines {
	/** Of all machines. */
	static final String TYPE = "Microsoft.Compute/virtualMachines";

	/**
	 * @param json    the machine, as its own interface has it
	 * @param power   such as {@code running}; empty while Azure does not tell
	 * @param nic     its first network interface; missing where that is not there
	 * @param address under which others reach it; empty for none
	 */
	record Machine(JsonNode json, String power, JsonNode nic, String address) {
		String name() {
			return json.path("name").asText();
		}

		Map<String, String> tags() {
			return Machines.tags(json);
		}

		boolean isRunning() {
			return power.equals("running");
		}

		private String size() {
			return json.path("properties").path("hardwareProfile").path("vmSize").asText();
		}

		private State state() {
			return switch (json.path("properties").path("provisioningState").asText()) {
			case "Creating" -> State.PENDING;
			case "Deleting" -> State.DELETING;
			case "Failed" -> State.FAILED;
			default -> switch (power) {
			case "running" -> State.RUNNING;
			case "", "starting" -> State.PENDING;
			// what is stopped stays, costs its disk, and bears no load
			default -> State.FAILED;
			};
			};
		}
	}

	private final Arm arm;
	private final AzureSettings settings;

	Machines(Arm arm, AzureSettings settings) {
		this.arm = arm;
		this.settings = settings;
	}

	/** All of the resource group that stand in the location. */
	List<Machine> all() throws IOException {
		return all(NetworkInterfaces.byId(arm));
	}

	/** @param interfaces by their id in lower case */
	List<Machine> all(Map<String, JsonNode> interfaces) throws IOException {
		List<JsonNode> found = here();
		Map<String, String> power = found.isEmpty() ? Map.of() : power();
		Map<String, String> publicAddresses = settings.publicAddress() ? publicAddresses() : Map.of();
		List<Machine> machines = new ArrayList<>();
		for (JsonNode json : found) {
			JsonNode nic = interfaces.getOrDefault(primaryInterface(json), JsonNodeFactory.instance.missingNode());
			machines.add(new Machine(json, power.getOrDefault(key(json), ""), nic, address(nic, publicAddresses)));
		}
		return machines;
	}

	/** That with the token. */
	Optional<JsonNode> ofToken(String token) throws IOException {
		return here().stream().filter(json -> token.equals(tags(json).get(CreateRequest.TOKEN))).findFirst();
	}

	/** That with the name, wherever it stands. */
	Optional<JsonNode> named(String name) throws IOException {
		return arm.find(arm.inGroup(TYPE + "/" + name), Arm.COMPUTE);
	}

	private List<JsonNode> here() throws IOException {
		return arm.list(arm.inGroup(TYPE), Arm.COMPUTE).stream().filter(this::isHere).toList();
	}

	/** Whether a machine stands in the location. */
	boolean isHere(JsonNode json) {
		return json.path("location").asText().replace(" ", "").equalsIgnoreCase(settings.scope().location());
	}

	/** The state of power of all machines of the subscription, since Azure tells it of a resource group only one by one. */
	private Map<String, String> power() throws IOException {
		Map<String, String> power = new HashMap<>();
		for (JsonNode json : arm.list(arm.inSubscription(TYPE), Arm.COMPUTE, "statusOnly", "true")) {
			for (JsonNode status : json.path("properties").path("instanceView").path("statuses")) {
				String code = status.path("code").asText();
				if (code.startsWith("PowerState/")) {
					power.put(key(json), code.substring("PowerState/".length()));
				}
			}
		}
		return power;
	}

	private Map<String, String> publicAddresses() throws IOException {
		Map<String, String> addresses = new HashMap<>();
		for (JsonNode json : arm.list(arm.inGroup("Microsoft.Network/publicIPAddresses"), Arm.NETWORK)) {
			addresses.put(key(json), json.path("properties").path("ipAddress").asText());
		}
		return addresses;
	}

	/** Ids do not mind their case. */
	static String key(JsonNode json) {
		return json.path("id").asText().toLowerCase(Locale.ROOT);
	}

	private static String primaryInterface(JsonNode json) {
		JsonNode interfaces = json.path("properties").path("networkProfile").path("networkInterfaces");
		for (JsonNode one : interfaces) {
			if (one.path("properties").path("primary").asBoolean()) {
				return key(one);
			}
		}
		return key(interfaces.path(0));
	}

	private String address(JsonNode nic, Map<String, String> publicAddresses) {
		JsonNode configuration = NetworkInterfaces.primary(nic).path("properties");
		return settings.publicAddress() ? publicAddresses.getOrDefault(key(configuration.path("publicIPAddress")), "") : privateAddress(nic);
	}

	private static String privateAddress(JsonNode nic) {
		return NetworkInterfaces.primary(nic).path("properties").path("privateIPAddress").asText();
	}

	static Map<String, String> tags(JsonNode json) {
		Map<String, String> tags = new HashMap<>();
		json.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
		return tags;
	}

	/**
	 * As the provisioning sees it.
	 *
	 * @param detail a sentence to be told of it; empty where its state is to speak
	 */
	Instance instance(Machine machine, String detail) {
		State state = machine.state();
		String said = !detail.isEmpty() || state != State.FAILED ? detail : machine.json().path("properties").path("provisioningState").asText().equals("Failed")
				? "Azure could not provision it." : "Its power state is " + machine.power() + ".";
		return new Instance(machine.name(), machine.name(), machine.tags().getOrDefault(CreateRequest.TOKEN, ""), resourceId(machine), machine.size(),
				settings.scope().location(), zone(machine.json()), machine.address(), state, createdAt(machine.json()), machine.tags(), said);
	}

	/** As it is answered when it has just been asked for, or found by its token. */
	Instance instance(JsonNode json) {
		return instance(new Machine(json, "", JsonNodeFactory.instance.missingNode(), ""), "");
	}

	/** What was left of a wish of which Azure has made the network interface alone. */
	Instance left(JsonNode nic, State state, Instant madeAt, String detail) {
		Map<String, String> tags = tags(nic);
		String name = Names.machineOf(nic.path("name").asText());
		return new Instance(name, name, tags.getOrDefault(CreateRequest.TOKEN, ""), name, "", settings.scope().location(), "", "", state, madeAt, tags, detail);
	}

	/** As the topology has it: labels are the tags and what Azure knows. */
	Resource resource(Machine machine, Map<String, Double> capacity) {
		Map<String, String> labels = new HashMap<>(machine.tags());
		put(labels, Resource.REGION, settings.scope().location());
		put(labels, Resource.ZONE, zone(machine.json()));
		put(labels, Resource.INSTANCE, machine.name());
		put(labels, Resource.OFFER, machine.size());
		put(labels, Resource.ADDRESS, machine.address());
		put(labels, Resource.TOKEN, machine.tags().getOrDefault(CreateRequest.TOKEN, ""));
		put(labels, Resource.OWNER, Names.last(machine.json().path("properties").path("virtualMachineScaleSet").path("id").asText()));
		return Resource.live(resourceId(machine), "vm", machine.name(), labels, capacity);
	}

	/** The size of a machine. */
	static String size(Machine machine) {
		return machine.size();
	}

	private static void put(Map<String, String> labels, String key, String value) {
		if (!value.isEmpty()) {
			labels.put(key, value);
		}
	}

	private String zone(JsonNode json) {
		String number = json.path("zones").path(0).asText();
		return number.isEmpty() ? "" : settings.scope().location() + "-" + number;
	}

	private static Instant createdAt(JsonNode json) {
		try {
			return OffsetDateTime.parse(json.path("properties").path("timeCreated").asText()).toInstant();
		} catch (DateTimeException e) {
			return Instant.EPOCH;
		}
	}

	/** Its name where it has not yet what was asked for. */
	private String resourceId(Machine machine) {
		String wanted = switch (settings.resourceId()) {
		case ADDRESS -> privateAddress(machine.nic());
		case NAME -> machine.name();
		case ID -> machine.json().path("properties").path("vmId").asText();
		};
		return wanted.isEmpty() ? machine.name() : wanted;
	}
}
