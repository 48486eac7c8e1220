// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.util.Map;
import java.util.function.BiConsumer;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** What each answer tells a browser: take it for what it says it is, show it nowhere else, and keep nothing that was not said to be kept. */
final class Headers implements ContainerResponseFilter {
	/** Holds for each answer; a page says itself what it may load. */
	private static final Map<String, String> ALWAYS = Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cross-Origin-Resource-Policy", "same-origin", "Content-Security-Policy",
			"default-src 'none'; frame-ancestors 'none'");

	/** Those of an answer that no resource gives. */
	static void put(BiConsumer<String, String> headers) {
		ALWAYS.forEach(headers);
		headers.accept(HttpHeaders.CACHE_CONTROL, "no-store");
	}

	@Override
	public void filter(ContainerRequestContext request, ContainerResponseContext response) {
		ALWAYS.forEach((name, value) -> {
			if (!response.getHeaders().containsKey(name)) {
				response.getHeaders().putSingle(name, value);
			}
		});
		if (!response.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
			// with an ETag it may be kept, but is asked for each time
			response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, response.getHeaders().containsKey(HttpHeaders.ETAG) ? "private, no-cache" : "no-store");
		}
	}
}
