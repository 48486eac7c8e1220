// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * One call, as it is sent or shown before it is.
 *
 * @param method  such as {@code GET}
 * @param uri     the whole address
 * @param headers beside those that every call has; no secret, since they are shown
 * @param body    JSON; missing for none
 */
public record RestCall(String method, URI uri, Map<String, String> headers, JsonNode body) {
	/** Copies. */
	public RestCall {
		Objects.requireNonNull(method, "method");
		Objects.requireNonNull(uri, "uri");
		Objects.requireNonNull(body, "body");
		headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
	}

	/** A question. */
	public static RestCall get(URI uri) {
		return new RestCall("GET", uri, Map.of(), JsonNodeFactory.instance.missingNode());
	}

	/** A call without headers of its own. */
	public static RestCall of(String method, URI uri, JsonNode body) {
		return new RestCall(method, uri, Map.of(), body);
	}

	/** A call without headers of its own and without a body. */
	public static RestCall of(String method, URI uri) {
		return of(method, uri, JsonNodeFactory.instance.missingNode());
	}

	/** Whether it changes nothing, so that it may be sent again. */
	public boolean isQuestion() {
		return method.equals("GET") || method.equals("HEAD");
	}

	/** Method and path, for sentences. */
	public String title() {
		return method + " " + uri.getRawPath();
	}

	/** Method, address, headers and body, for a dry run. */
	@Override
	public String toString() {
		StringBuilder line = new StringBuilder(method).append(' ').append(uri);
		headers.forEach((name, value) -> line.append(' ').append(name).append(": ").append(value));
		return body.isMissingNode() ? line.toString() : line.append(' ').append(body).toString();
	}
}
