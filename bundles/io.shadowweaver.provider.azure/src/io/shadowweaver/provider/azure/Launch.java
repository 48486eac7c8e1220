// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.RestCall;

/** From a wish to the two calls that make it true: a network interface and a machine, both named from the wish's token. */
final class Launch {
	/** What stands for user data where they are not shown. */
	static final String NOT_SHOWN = "(not shown)";
	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
	private static final int MOST_TAGS = 50;
	private static final int LONGEST_TAG = 256;

	private final Arm arm;
	private final AzureSettings settings;
	private final NetworkInterfaces interfaces;

	Launch(Arm arm, AzureSettings settings, NetworkInterfaces interfaces) {
		this.arm = arm;
		this.settings = settings;
		this.interfaces = interfaces;
	}

	/** What the machine of a wish is called. */
	static String name(CreateRequest wish) {
		return Names.machine(wish.name(), wish.token());
	}

	/** Refuses what no call can be made of. */
	void check(CreateRequest wish) throws RefusedException {
		if (settings.scaleSets().containsKey(wish.group())) {
			throw cannot(wish, "the scale set '" + settings.scaleSets().get(wish.group()) + "' owns the group, which is resized through it");
		}
		if (!wish.zone().isEmpty() && !wish.zone().matches(settings.scope().location() + "-[0-9]+")) {
			throw cannot(AccountFault.MISSING, wish, "'" + wish.zone() + "' is no zone of " + settings.scope().location());
		}
		if (!settings.offers(wish.offer())) {
			throw cannot(AccountFault.MISSING, wish, "'" + wish.offer() + "' is not among the sizes " + settings.sizes());
		}
		if (!isImage(image(wish))) {
			throw cannot(AccountFault.MISSING, wish, image(wish).isEmpty() ? "neither the group's template nor the account names an image"
					: "the image '" + image(wish) + "' is neither publisher:offer:sku:version nor the id of one");
		}
		if (!isNetwork(network(wish))) {
			throw cannot(AccountFault.MISSING, wish, network(wish).isEmpty() ? "neither the group's template nor the account names a network"
					: "the network '" + network(wish) + "' is neither NETWORK/SUBNET nor the id of a subnet");
		}
		if (!wish.registration().isEmpty() && !NetworkInterfaces.isTarget(wish.registration())) {
			throw cannot(wish, "the registration '" + wish.registration() + "' is neither BALANCER/POOL nor the id of a backend pool");
		}
		// beside those, an interface has two more of ours
		if (wish.metadata().size() > MOST_TAGS - 2 || wish.metadata().entrySet().stream().anyMatch(tag -> tag.getKey().matches(".*[<>%&\\\\?/].*") || tag.getValue().length() > LONGEST_TAG)) {
			throw cannot(wish, "Azure takes up to " + MOST_TAGS + " tags of " + LONGEST_TAG + " characters, without <>%&\\?/ in their names");
		}
	}

	/** @param why a clause */
	RefusedException cannot(CreateRequest wish, String why) {
		return cannot(AccountFault.OTHER, wish, why);
	}

	private RefusedException cannot(AccountFault fault, CreateRequest wish, String why) {
		return new RefusedException(fault, settings.name() + " cannot make '" + wish.name() + "': " + why + ".");
	}

	private String image(CreateRequest wish) {
		return wish.image().isEmpty() ? settings.template().image() : wish.image();
	}

	private String network(CreateRequest wish) {
		return wish.network().isEmpty() ? settings.template().network() : wish.network();
	}

	private static boolean isImage(String image) {
		return image.startsWith("/") ? image.matches("(?i)/subscriptions/[^?#]+/providers/Microsoft.Compute/(images|galleries)/[^?#]+") : image.matches("[\\w.-]+(:[\\w.-]+){3}");
	}

	private static boolean isNetwork(String network) {
		return network.startsWith("/") ? network.matches("(?i)/subscriptions/[^?#]+/providers/Microsoft.Network/virtualNetworks/[^/?#]+/subnets/[^/?#]+")
				: network.matches("[\\w.-]+/[\\w.-]+");
	}

	private String subnet(CreateRequest wish) {
		String network = network(wish);
		return network.startsWith("/") ? network : arm.inGroup("Microsoft.Network/virtualNetworks/" + network.replace("/", "/subnets/"));
	}

	private String securityGroup() {
		String group = settings.template().securityGroup();
		return group.isEmpty() || group.startsWith("/") ? group : arm.inGroup("Microsoft.Network/networkSecurityGroups/" + group);
	}

	/** Refuses where image, subnet, security group or backend pool of a wish are not there. */
	void checkParts(CreateRequest wish) throws IOException, RefusedException {
		checkImage(wish);
		require("subnet", subnet(wish));
		require("network security group", securityGroup());
		require("backend pool", wish.registration().isEmpty() ? "" : interfaces.pool(wish.registration()));
	}

	/** Refuses where the image of a wish is not there. */
	void checkImage(CreateRequest wish) throws IOException, RefusedException {
		String image = image(wish);
		if (!isThere(image)) {
			throw new RefusedException(AccountFault.MISSING, settings.name() + " has no image '" + image + "'.");
		}
	}

	private boolean isThere(String image) throws IOException {
		if (image.startsWith("/")) {
			return arm.find(image, image.toLowerCase(java.util.Locale.ROOT).contains("/galleries/") ? Arm.GALLERIES : Arm.COMPUTE).isPresent();
		}
		String[] parts = image.split(":");
		String versions = arm.inSubscription("Microsoft.Compute/locations/" + settings.scope().location() + "/publishers/" + parts[0]
				+ "/artifacttypes/vmimage/offers/" + parts[1] + "/skus/" + parts[2] + "/versions");
		return parts[3].equals("latest") ? arm.find(versions, Arm.COMPUTE, "$top", "1").filter(found -> !found.isEmpty()).isPresent()
				: arm.find(versions + "/" + parts[3], Arm.COMPUTE).isPresent();
	}

	private void require(String what, String id) throws IOException, RefusedException {
		if (!id.isEmpty() && arm.find(id, Arm.NETWORK).isEmpty()) {
			throw new RefusedException(AccountFault.MISSING, settings.name() + " has no " + what + " " + id + ".");
		}
	}

	/**
	 * The first call.
	 *
	 * @param now by our clock
	 */
	RestCall networkInterface(CreateRequest wish, Instant now) {
		Map<String, String> tags = new TreeMap<>(wish.metadata());
		tags.put(NetworkInterfaces.MADE, now.truncatedTo(ChronoUnit.SECONDS).toString());
		if (!wish.registration().isEmpty()) {
			tags.put(NetworkInterfaces.REGISTRATION, wish.registration());
		}
		ObjectNode body = located(tags);
		ObjectNode properties = body.putObject("properties");
		ObjectNode configuration = properties.putArray("ipConfigurations").addObject().put("name", "primary");
		configuration.putObject("properties").put("primary", true).put("privateIPAllocationMethod", "Dynamic").putObject("subnet").put("id", subnet(wish));
		if (!securityGroup().isEmpty()) {
			properties.putObject("networkSecurityGroup").put("id", securityGroup());
		}
		return interfaces.put(name(wish), body);
	}

	/**
	 * The second call, which Azure declines where a machine of this name is there already.
	 *
	 * @param shown whether it is shown to somebody, who must not see the user data
	 */
	RestCall machine(CreateRequest wish, boolean shown) {
		ObjectNode body = located(wish.metadata());
		if (!wish.zone().isEmpty()) {
			body.putArray("zones").add(wish.zone().substring(wish.zone().lastIndexOf('-') + 1));
		}
		ObjectNode properties = body.putObject("properties");
		properties.putObject("hardwareProfile").put("vmSize", wish.offer());
		properties.set("storageProfile", storage(wish));
		properties.set("osProfile", system(wish, shown));
		ObjectNode nic = properties.putObject("networkProfile").putArray("networkInterfaces").addObject().put("id", NetworkInterfaces.id(arm, name(wish)));
		nic.putObject("properties").put("primary", true).put("deleteOption", "Delete");
		return new RestCall("PUT", arm.at(arm.inGroup(Machines.TYPE + "/" + name(wish)), Arm.COMPUTE), Map.of("If-None-Match", "*"), body);
	}

	private ObjectNode located(Map<String, String> tags) {
		ObjectNode body = JSON.objectNode().put("location", settings.scope().location());
		ObjectNode object = body.putObject("tags");
		tags.forEach(object::put);
		return body;
	}

	private JsonNode storage(CreateRequest wish) {
		ObjectNode storage = JSON.objectNode();
		ObjectNode reference = storage.putObject("imageReference");
		String image = image(wish);
		if (image.startsWith("/")) {
			reference.put("id", image);
		} else {
			String[] parts = image.split(":");
			reference.put("publisher", parts[0]).put("offer", parts[1]).put("sku", parts[2]).put("version", parts[3]);
		}
		ObjectNode disk = storage.putObject("osDisk").put("createOption", "FromImage").put("deleteOption", "Delete");
		disk.putObject("managedDisk").put("storageAccountType", settings.template().diskType());
		if (settings.template().diskSize() > 0) {
			disk.put("diskSizeGB", settings.template().diskSize());
		}
		return storage;
	}

	private JsonNode system(CreateRequest wish, boolean shown) {
		String user = settings.template().adminUser();
		ObjectNode system = JSON.objectNode().put("computerName", name(wish)).put("adminUsername", user);
		if (!wish.userData().isEmpty()) {
			system.put("customData", shown ? NOT_SHOWN : Base64.getEncoder().encodeToString(wish.userData().getBytes(StandardCharsets.UTF_8)));
		}
		ObjectNode linux = system.putObject("linuxConfiguration").put("disablePasswordAuthentication", true);
		linux.putObject("ssh").putArray("publicKeys").addObject().put("path", "/home/" + user + "/.ssh/authorized_keys").put("keyData", settings.template().sshKey());
		return system;
	}
}
