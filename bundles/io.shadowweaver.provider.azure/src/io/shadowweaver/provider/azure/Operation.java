// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.time.Duration;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.kit.rest.RestAnswer;

/**
 * What a long-running operation says of itself, after
 * <a href="https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations">Azure's account of them</a>.
 *
 * @param status Succeeded, Failed and Canceled are final
 * @param reason why it failed; empty where it did not
 * @param pause  how long it wants not to be asked
 */
record Operation(String status, String reason, Duration pause) {
	private static final Set<String> FAILED = Set.of("Failed", "Canceled");

	/** From the answer at {@code Azure-AsyncOperation}, which has a status, or at {@code Location}, whose status is that of HTTP. */
	static Operation of(RestAnswer answer) {
		String status = answer.body().path("status").asText();
		if (status.isEmpty()) {
			status = answer.status() == 202 ? "InProgress" : "Succeeded";
		}
		return new Operation(status, FAILED.contains(status) ? reason(answer.body().path("error")) : "", Arm.pause(answer));
	}

	private static String reason(JsonNode error) {
		String code = error.path("code").asText();
		String message = error.path("message").asText().strip();
		String both = message.isEmpty() ? code : message + (code.isEmpty() ? "" : " (" + code + ")");
		return both.isEmpty() ? "it does not say why" : both;
	}

	boolean isDone() {
		return status.equals("Succeeded") || isFailed();
	}

	boolean isFailed() {
		return FAILED.contains(status);
	}
}
