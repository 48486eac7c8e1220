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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
	private static final String POWER = "PowerState/";
	private static final Pattern MEMBER = Pattern.compile("(?i).*/virtualMachineScaleSets/([^/]+)/virtualMachines/[^/]+");

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

		/** Of a member of a scale set only its SKU is certain to tell. */
		private String size() {
			String size = json.path("properties").path("hardwareProfile").path("vmSize").asText();
			return size.isEmpty() ? json.path("sku").path("name").asText() : size;
		}

		/** The scale set that it belongs to; empty for none. */
		private String owner() {
			Matcher uniform = MEMBER.matcher(json.path("id").asText());
			return uniform.matches() ? uniform.group(1) : Names.last(json.path("properties").path("virtualMachineScaleSet").path("id").asText());
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
		Map<String, String> publicAddresses = settings.machines().publicAddress() ? publicAddresses(arm.inGroup("Microsoft.Network/publicIPAddresses"), Arm.NETWORK) : Map.of();
		return found.stream().map(json -> machine(json, power.getOrDefault(key(json), ""), interfaces, publicAddresses)).toList();
	}

	/** Members of a uniform scale set, whose interfaces and addresses are its own too. */
	List<Machine> ofScaleSet(String id) throws IOException {
		Map<String, JsonNode> interfaces = new HashMap<>();
		arm.list(id + "/networkInterfaces", Arm.SCALE_SET_NETWORK).forEach(json -> interfaces.put(key(json), json));
		Map<String, String> publicAddresses = settings.machines().publicAddress() ? publicAddresses(id + "/publicipaddresses", Arm.SCALE_SET_NETWORK) : Map.of();
		List<Machine> members = new ArrayList<>();
		for (JsonNode json : arm.list(id + "/virtualMachines", Arm.COMPUTE, "$expand", "instanceView")) {
			members.add(machine(json, power(json), interfaces, publicAddresses));
		}
		return members;
	}

	private Machine machine(JsonNode json, String power, Map<String, JsonNode> interfaces, Map<String, String> publicAddresses) {
		JsonNode nic = interfaces.getOrDefault(primaryInterface(json), JsonNodeFactory.instance.missingNode());
		return new Machine(json, power, nic, address(nic, publicAddresses));
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
			power.put(key(json), power(json));
		}
		return power;
	}

	private static String power(JsonNode json) {
		for (JsonNode status : json.path("properties").path("instanceView").path("statuses")) {
			String code = status.path("code").asText();
			if (code.startsWith(POWER)) {
				return code.substring(POWER.length());
			}
		}
		return "";
	}

	private Map<String, String> publicAddresses(String id, String version) throws IOException {
		Map<String, String> addresses = new HashMap<>();
		for (JsonNode json : arm.list(id, version)) {
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
		return settings.machines().publicAddress() ? publicAddresses.getOrDefault(key(configuration.path("publicIPAddress")), "") : privateAddress(nic);
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
		put(labels, Resource.OWNER, machine.owner());
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
		String wanted = switch (settings.machines().resourceId()) {
		case ADDRESS -> privateAddress(machine.nic());
		case NAME -> machine.name();
		case ID -> machine.json().path("properties").path("vmId").asText();
		};
		return wanted.isEmpty() ? machine.name() : wanted;
	}
}
