// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.kit.rest.MachineSettings;

/**
 * Stacks of Heat that own groups of the estate: one parameter of a stack is the size of its group. Only that parameter is changed; the template and
 * all other parameters stay as they are.
 * <p>
 * Calls after <a href="https://docs.openstack.org/api-ref/orchestration/v1/">the reference of the Orchestration Service API v1</a>.
 */
final class Stacks {
	private static final String SERVICE = "orchestration";
	/** The parameter that is the size of a group where the setting names none. */
	private static final String PARAMETER = "size";
	private static final String NAME = "[A-Za-z][A-Za-z0-9_.-]{0,254}";
	private static final Pattern OWNER = Pattern.compile(NAME + "(\\s*:\\s*[^\\s:]+)?");

	private final Cloud cloud;
	private final Map<String, Owner> owners;

	/**
	 * @param owners by group of the estate; a group that is not among them is owned by the stack of its own name
	 */
	Stacks(Cloud cloud, Map<String, Owner> owners) {
		this.cloud = cloud;
		this.owners = owners;
	}

	/**
	 * What owns a group.
	 *
	 * @param stack     name of the stack
	 * @param parameter of its template, by which the size is set
	 */
	record Owner(String stack, String parameter) {
		@Override
		public String toString() {
			return "parameter '" + parameter + "' of stack '" + stack + "'";
		}
	}

	/**
	 * The owners that the parameter {@code groups} names: a line {@code group = stack} or {@code group = stack:parameter} each.
	 *
	 * @throws PluginException naming the line that is not of this form
	 */
	static Map<String, Owner> owners(Settings settings) throws PluginException {
		Map<String, Owner> owners = new HashMap<>();
		MachineSettings.owners(settings, "Stacks", "stack:parameter", name -> OWNER.matcher(name).matches()).forEach((group, text) -> {
			String[] sides = text.split("\\s*:\\s*", 2);
			owners.put(group, new Owner(sides[0], sides.length == 1 ? PARAMETER : sides[1]));
		});
		return Map.copyOf(owners);
	}

	/**
	 * Sets the size of a group; calls nothing where it is so already, or is becoming so.
	 *
	 * @throws RefusedException when no stack owns the group, its state forbids an update, or its template forbids the size
	 * @throws PluginException  when the outcome is not known
	 */
	void setSize(String group, int size) throws PluginException {
		Owner owner = owners.getOrDefault(group, new Owner(group, PARAMETER));
		String stacks = stacks(group);
		Optional<String> toBeSet;
		try {
			toBeSet = toBeSet(stacks, owner, size);
		} catch (RuntimeException e) {
			throw cloud.faults().failed("The " + owner + " cannot be read", e);
		}
		if (toBeSet.isPresent()) {
			cloud.faults().checkClock();
			try {
				cloud.call("PATCH", toBeSet.get(), body(owner.parameter(), size));
			} catch (RuntimeException e) {
				throw cloud.faults().changing("The " + owner + " cannot be set to " + size, e);
			}
		}
	}

	/** The address of a stack that may be updated to a size; empty where it has that size. */
	private Optional<String> toBeSet(String stacks, Owner owner, int size) throws RefusedException {
		JsonNode stack = find(stacks, owner.stack());
		JsonNode current = stack.path("parameters").path(owner.parameter());
		if (current.isMissingNode()) {
			throw new RefusedException(AccountFault.MISSING, "Stack '" + owner.stack() + "' has no parameter '" + owner.parameter()
					+ "' to set a size by; Stacks (groups) can name another, as group = stack:parameter.");
		}
		String status = stack.path("stack_status").asText();
		if (status.endsWith("_FAILED")) {
			// an update would first try again what somebody has to look after
			String reason = stack.path("stack_status_reason").asText();
			throw new RefusedException("Stack '" + owner.stack() + "' is " + status + (reason.isEmpty() ? "." : ": " + reason));
		}
		if (current.asText().equals(String.valueOf(size))) {
			return Optional.empty();
		}
		if (!status.endsWith("_COMPLETE")) {
			throw new RefusedException("Stack '" + owner.stack() + "' is " + status + "; its size can be set when that has ended.");
		}
		String address = address(stacks, owner.stack(), stack);
		SizeRange range = SizeRange.of(cloud.call("GET", address + "/template", null), owner.parameter());
		if (!range.contains(size)) {
			throw new RefusedException("The " + owner + " may be " + range + ", not " + size + ".");
		}
		return Optional.of(address);
	}

	private String stacks(String group) throws PluginException {
		return cloud.address(SERVICE).orElseThrow(() -> new RefusedException(AccountFault.MISSING,
				"The cloud has no orchestration (Heat) that could own group '" + group + "'.")) + "/stacks";
	}

	/** The stack with its parameters. The list is asked for its id, since the stack's address without one only leads elsewhere. */
	private JsonNode find(String stacks, String name) throws RefusedException {
		// nothing else than such a name is put into an address
		if (name.matches(NAME)) {
			for (JsonNode stack : cloud.call("GET", stacks + "?name=" + name, null).path("stacks")) {
				if (stack.path("stack_name").asText().equals(name)) {
					return cloud.call("GET", address(stacks, name, stack), null).path("stack");
				}
			}
		}
		throw new RefusedException(AccountFault.MISSING, "The project has no stack '" + name + "'.");
	}

	private static String address(String stacks, String name, JsonNode stack) {
		return stacks + "/" + name + "/" + stack.path("id").asText();
	}

	private static ObjectNode body(String parameter, int size) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		body.put("existing", true).putObject("parameters").put(parameter, size);
		return body;
	}
}
