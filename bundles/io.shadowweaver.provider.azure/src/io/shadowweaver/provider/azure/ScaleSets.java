// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.RestCall;

/** Asks a scale set of the resource group for another capacity. */
final class ScaleSets {
	private final Arm arm;
	private final AzureSettings settings;

	ScaleSets(Arm arm, AzureSettings settings) {
		this.arm = arm;
		this.settings = settings;
	}

	/** @throws RefusedException when there is no such scale set, or autoscale decides its capacity */
	void setSize(String group, int size) throws IOException, RefusedException {
		String name = settings.scaleSets().getOrDefault(group, group);
		String id = arm.inGroup("Microsoft.Compute/virtualMachineScaleSets/" + name);
		JsonNode found = (Names.isName(name) ? arm.find(id, Arm.COMPUTE) : java.util.Optional.<JsonNode>empty())
				.orElseThrow(() -> new RefusedException(settings.name() + " has no scale set '" + name + "'."));
		for (JsonNode autoscale : arm.list(arm.inGroup("Microsoft.Insights/autoscaleSettings"), Arm.AUTOSCALE)) {
			JsonNode properties = autoscale.path("properties");
			if (properties.path("enabled").asBoolean() && properties.path("targetResourceUri").asText().equalsIgnoreCase(id)) {
				throw new RefusedException(settings.name() + ": autoscale decides the capacity of the scale set '" + name + "'; change its minimum, or turn it off.");
			}
		}
		if (found.path("sku").path("capacity").asInt() != size) {
			ObjectNode body = JsonNodeFactory.instance.objectNode();
			body.set("sku", ((ObjectNode) found.path("sku").deepCopy()).put("capacity", size));
			arm.send(RestCall.of("PATCH", arm.at(id, Arm.COMPUTE), body));
		}
	}
}
