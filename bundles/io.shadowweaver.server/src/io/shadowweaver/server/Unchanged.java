// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Who has an answer from the newest state of an estate already is told so, and not sent it again. */
final class Unchanged implements ContainerRequestFilter, ContainerResponseFilter {
	private static final String TAG = Unchanged.class.getName();
	private static final int OK = 200;

	private final Estates estates;
	@Context
	private ResourceInfo resource;

	@Inject
	Unchanged(Estates estates) {
		this.estates = estates;
	}

	@Override
	public void filter(ContainerRequestContext request) {
		String estate = request.getUriInfo().getPathParameters().getFirst("estate");
		if (estate == null || !request.getMethod().equals(HttpMethod.GET) || resource.getResourceMethod().isAnnotationPresent(NotOfState.class)) {
			return;
		}
		// taken before the answer is made: a tag that is too old costs an answer, one that is too new would hide a change
		EntityTag tag = new EntityTag(estate + "-" + estates.get(estate).state().version());
		request.setProperty(TAG, tag);
		Response.ResponseBuilder same = request.getRequest().evaluatePreconditions(tag);
		if (same != null) {
			request.abortWith(same.build());
		}
	}

	@Override
	public void filter(ContainerRequestContext request, ContainerResponseContext response) {
		if (response.getStatus() == OK && response.getHeaders().getFirst(HttpHeaders.ETAG) == null && request.getProperty(TAG) instanceof EntityTag tag) {
			response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
		}
	}
}
