// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.RestCall;

/** From a wish to the call that makes it true: one instance, whose request id and name come from the wish's token. */
final class Launch {
	private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private final Compute compute;
	private final GcpSettings settings;

	Launch(Compute compute, GcpSettings settings) {
		this.compute = compute;
		this.settings = settings;
	}

	/** Where the instance of a wish comes to be. */
	Instances.Place place(CreateRequest wish) {
		return new Instances.Place(wish.zone(), Names.instance(wish.name(), wish.token()));
	}

	/** Refuses what no call can be made of. */
	void check(CreateRequest wish) throws RefusedException {
		String cannot = settings.name() + " cannot make '" + wish.name() + "': ";
		if (settings.managedGroups().containsKey(wish.group())) {
			throw new RefusedException(cannot + "the managed instance group '" + settings.managedGroups().get(wish.group())
					+ "' owns the group, which is resized through it.");
		}
		if (!wish.zone().matches("[a-z0-9-]+") || !wish.zone().startsWith(settings.region() + "-")) {
			throw new RefusedException(AccountFault.MISSING, cannot + "'" + wish.zone() + "' is no zone of the region.");
		}
		if (!wish.offer().matches("[a-z0-9-]+")) {
			throw new RefusedException(AccountFault.MISSING, cannot + "'" + wish.offer() + "' is no name of a machine type.");
		}
		if (wish.image().isEmpty()) {
			throw new RefusedException(AccountFault.MISSING, cannot + "the group's template names no image.");
		}
		if (!wish.registration().isEmpty() && !Registrations.isTarget(wish.registration())) {
			throw new RefusedException(cannot + "the registration '" + wish.registration() + "' is neither targetPools/NAME nor instanceGroups/NAME.");
		}
	}

	/**
	 * The newest image that a template names: {@code PROJECT/FAMILY}, {@code family/FAMILY} of the own project, {@code IMAGE} of the own
	 * project, or a path from {@code projects/} on.
	 *
	 * @return its path
	 * @throws RefusedException where it is not there
	 */
	String image(String name) throws IOException, RefusedException {
		String[] parts = name.split("/", -1);
		String path = name.startsWith("projects/") ? name
				: parts.length == 1 ? "global/images/" + name
				: parts[0].equals("family") ? "global/images/family/" + parts[1] : "projects/" + parts[0] + "/global/images/family/" + parts[1];
		if (!path.matches("[A-Za-z0-9.:/_-]+") || parts.length > 2 && !name.startsWith("projects/")) {
			throw new RefusedException(AccountFault.MISSING, settings.name() + ": '" + name + "' is no name of an image.");
		}
		JsonNode image = compute.find(path).orElseThrow(() -> new RefusedException(AccountFault.MISSING, settings.name() + " has no image '" + name + "'."));
		String link = image.path("selfLink").asText();
		return link.contains(Compute.VERSION) ? link.substring(link.indexOf(Compute.VERSION) + Compute.VERSION.length()) : path;
	}

	/** The path of the network that a template names: a subnetwork of the region, or a path from {@code projects/} on; empty for the default network. */
	String subnetwork(String name) {
		return name.isEmpty() || name.startsWith("projects/") ? name : compute.link("regions/" + settings.region() + "/subnetworks/" + name);
	}

	/**
	 * The call.
	 *
	 * @param image    path
	 * @param userData in place of the wish's
	 */
	RestCall call(CreateRequest wish, String image, String userData) {
		String zone = "zones/" + wish.zone() + "/";
		Map<String, String> tags = new HashMap<>(wish.metadata());
		if (!wish.registration().isEmpty()) {
			tags.put(Tags.REGISTRATION, wish.registration());
		}
		ObjectNode body = JSON.objectNode().put("name", place(wish).name()).put("machineType", compute.link(zone + "machineTypes/" + wish.offer()));
		ObjectNode labels = object(Tags.labels(tags));
		body.set("labels", labels);
		body.set("metadata", metadata(tags, userData));
		if (!settings.template().networkTags().isEmpty()) {
			ArrayNode networkTags = body.putObject("tags").putArray("items");
			settings.template().networkTags().forEach(networkTags::add);
		}
		body.putArray("disks").add(disk(zone, image, labels));
		body.putArray("networkInterfaces").add(network(wish.network()));
		if (!settings.template().serviceAccount().isEmpty()) {
			ObjectNode account = body.putArray("serviceAccounts").addObject().put("email", settings.template().serviceAccount());
			account.putArray("scopes").add(SCOPE);
		}
		return compute.change("POST", zone + "instances", body, "requestId", Names.uuid("instance", wish.token()).toString());
	}

	private static ObjectNode metadata(Map<String, String> tags, String userData) {
		Map<String, String> items = new TreeMap<>(Tags.items(tags));
		if (!userData.isEmpty()) {
			// cloud-init reads user-data, and Google's own agent the start script
			boolean cloudInit = userData.startsWith("#cloud-config") || userData.startsWith("Content-Type: multipart/");
			items.put(cloudInit ? "user-data" : "startup-script", userData);
		}
		ObjectNode metadata = JSON.objectNode();
		ArrayNode list = metadata.putArray("items");
		items.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
		return metadata;
	}

	private ObjectNode disk(String zone, String image, ObjectNode labels) {
		ObjectNode disk = JSON.objectNode().put("boot", true).put("autoDelete", true);
		ObjectNode parameters = disk.putObject("initializeParams").put("sourceImage", image)
				.put("diskType", compute.link(zone + "diskTypes/" + settings.template().diskType()));
		if (settings.template().diskSize() > 0) {
			// the interface writes 64-bit integers as texts
			parameters.put("diskSizeGb", Long.toString(settings.template().diskSize()));
		}
		parameters.set("labels", labels.deepCopy());
		return disk;
	}

	private ObjectNode network(String name) {
		ObjectNode network = JSON.objectNode();
		if (name.isEmpty()) {
			network.put("network", compute.link("global/networks/default"));
		} else {
			network.put("subnetwork", subnetwork(name));
		}
		if (settings.template().externalAddress()) {
			network.putArray("accessConfigs").addObject().put("type", "ONE_TO_ONE_NAT").put("name", "External NAT");
		}
		return network;
	}

	private static ObjectNode object(Map<String, String> pairs) {
		ObjectNode object = JSON.objectNode();
		pairs.forEach(object::put);
		return object;
	}
}
