// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** What each answer tells a browser: take it for what it says it is, and keep nothing that was not said to be kept. */
final class Headers implements ContainerResponseFilter {
	@Override
	public void filter(ContainerRequestContext request, ContainerResponseContext response) {
		response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
		if (!response.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
			// with an ETag it may be kept, but is asked for each time
			response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, response.getHeaders().containsKey(HttpHeaders.ETAG) ? "private, no-cache" : "no-store");
		}
	}
}
