// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.RestCall;

/**
 * The scale sets of the resource group: asked for another capacity, and for their members. Those of a scale set with flexible orchestration are
 * machines of the resource group; those of a uniform one are not, and stand only here.
 */
final class ScaleSets {
	private static final String TYPE = "Microsoft.Compute/virtualMachineScaleSets";
	/** How many members fit where they all stand in one placement group. */
	private static final int PLACEMENT_GROUP = 100;

	private final Arm arm;
	private final AzureSettings settings;
	private final Machines machines;

	ScaleSets(Arm arm, AzureSettings settings, Machines machines) {
		this.arm = arm;
		this.settings = settings;
		this.machines = machines;
	}

	/** @throws RefusedException when there is no such scale set, autoscale decides its capacity, or it cannot have that one */
	void setSize(String group, int size) throws IOException, RefusedException {
		String name = settings.scaleSets().getOrDefault(group, group);
		String id = arm.inGroup(TYPE + "/" + name);
		JsonNode found = (Names.isName(name) ? arm.find(id, Arm.COMPUTE) : Optional.<JsonNode>empty())
				.orElseThrow(() -> new RefusedException(AccountFault.MISSING, settings.name() + " has no scale set '" + name + "'."));
		String refused = settings.name() + ": the scale set '" + name + "' ";
		if (!(found.path("sku") instanceof ObjectNode sku) || sku.path("name").asText().isEmpty()) {
			throw new RefusedException(refused + "has no profile of its machines, which are made one by one, so that it has no capacity to set.");
		}
		if (found.path("properties").path("singlePlacementGroup").asBoolean() && size > PLACEMENT_GROUP) {
			throw new RefusedException(AccountFault.LIMIT, refused + "has a single placement group, which holds " + PLACEMENT_GROUP + " machines, not " + size + ".");
		}
		if (isAutoscaled(id)) {
			throw new RefusedException(settings.name() + ": autoscale decides the capacity of the scale set '" + name + "'; change its minimum, or turn it off.");
		}
		if (sku.path("capacity").asInt() != size) {
			ObjectNode body = JsonNodeFactory.instance.objectNode();
			body.set("sku", sku.deepCopy().put("capacity", size));
			arm.send(RestCall.of("PATCH", arm.at(id, Arm.COMPUTE), body));
		}
	}

	private boolean isAutoscaled(String id) throws IOException {
		for (JsonNode autoscale : arm.list(arm.inGroup("Microsoft.Insights/autoscalesettings"), Arm.AUTOSCALE)) {
			JsonNode properties = autoscale.path("properties");
			if (properties.path("enabled").asBoolean() && properties.path("targetResourceUri").asText().equalsIgnoreCase(id)) {
				return true;
			}
		}
		return false;
	}

	/** Members of the uniform scale sets in the location. */
	List<Machines.Machine> members() throws IOException {
		List<Machines.Machine> members = new ArrayList<>();
		for (JsonNode set : arm.list(arm.inGroup(TYPE), Arm.COMPUTE)) {
			if (machines.isHere(set) && !set.path("properties").path("orchestrationMode").asText().equalsIgnoreCase("Flexible")) {
				members.addAll(machines.ofScaleSet(arm.inGroup(TYPE + "/" + set.path("name").asText())));
			}
		}
		return members;
	}
}
