// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;

/** Asks a managed instance group, of a zone or of the region, for another size. */
final class ManagedGroups {
	private final Compute compute;
	private final GcpSettings settings;

	ManagedGroups(Compute compute, GcpSettings settings) {
		this.compute = compute;
		this.settings = settings;
	}

	/** @throws RefusedException when there is no such group, several, or an autoscaler decides its size */
	void setSize(String group, int size) throws IOException, PluginException {
		String name = settings.managedGroups().getOrDefault(group, group);
		List<String> paths = new ArrayList<>();
		List<JsonNode> found = new ArrayList<>();
		if (Names.isName(name)) {
			compute.aggregated("instanceGroupManagers", "name = " + name, this::isHere).forEach((scope, managers) -> managers.forEach(manager -> {
				paths.add(scope + "/instanceGroupManagers/" + name);
				found.add(manager);
			}));
		}
		if (found.size() != 1) {
			throw new RefusedException(found.isEmpty() ? AccountFault.MISSING : AccountFault.OTHER, settings.name() + (found.isEmpty() ? " has no managed instance group '" + name + "'."
					: " has several managed instance groups '" + name + "': " + String.join(", ", paths) + "."));
		}
		JsonNode manager = found.getFirst();
		if (!manager.path("status").path("autoscaler").asText().isEmpty()) {
			throw new RefusedException(settings.name() + ": an autoscaler decides the size of the managed instance group '" + name
					+ "'; change its minimum, or turn it off.");
		}
		if (manager.path("targetSize").asInt() != size) {
			Operation operation = compute.send(compute.change("POST", paths.getFirst() + "/resize", JsonNodeFactory.instance.missingNode(), "size", Integer.toString(size)));
			if (operation.isFailed()) {
				throw new RefusedException(operation.fault(), settings.name() + ": the managed instance group '" + name + "' was not resized: " + operation.reason() + ".");
			}
		}
	}

	private boolean isHere(String scope) {
		return scope.equals("regions/" + settings.region()) || scope.startsWith("zones/" + settings.region() + "-");
	}
}
