// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.kit.rest.Faults;

/**
 * What a change has become so far, as
 * <a href="https://cloud.google.com/compute/docs/reference/rest/v1/zoneOperations">Compute Engine tells it</a>.
 *
 * @param name    of the operation
 * @param target  the number of what it changes; empty for none
 * @param isDone  whether it has ended, well or not
 * @param code    of its first error, such as {@code QUOTA_EXCEEDED}; empty for none
 * @param message what is said of that error
 */
record Operation(String name, String target, boolean isDone, String code, String message) {
	static Operation of(JsonNode json) {
		JsonNode error = json.path("error").path("errors").path(0);
		return new Operation(json.path("name").asText(), json.path("targetId").asText(), json.path("status").asText().equals("DONE"),
				error.path("code").asText(), error.path("message").asText());
	}

	boolean isFailed() {
		return !code.isEmpty();
	}

	/** Whether nothing has come of it for certain: a fault inside Compute Engine leaves that open. */
	boolean isCertain() {
		return !code.equals("INTERNAL_ERROR");
	}

	/** What kind of trouble its error tells of. */
	AccountFault fault() {
		return switch (code) {
		case "INTERNAL_ERROR" -> AccountFault.DOWN;
		case "PERMISSIONS_ERROR" -> AccountFault.ACCESS;
		default -> Faults.kind(code + " " + message);
		};
	}

	/** Why it failed, a clause. */
	String reason() {
		String known = code.startsWith("ZONE_RESOURCE_POOL_EXHAUSTED") ? "there is no room for this type in the zone now"
				: code.equals("QUOTA_EXCEEDED") ? "the quota is used up" : "it failed";
		return known + " (" + code + (message.isEmpty() ? ")" : "): " + message.strip().replaceAll("\\.$", ""));
	}
}
