// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.net.http.HttpHeaders;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A good answer.
 *
 * @param status  of the class 2xx
 * @param headers all of them
 * @param body    JSON; missing where there is none
 */
public record RestAnswer(int status, HttpHeaders headers, JsonNode body) {
	/** The first value of a header, whatever its case; empty for none. */
	public Optional<String> header(String name) {
		return headers.firstValue(name);
	}
}
