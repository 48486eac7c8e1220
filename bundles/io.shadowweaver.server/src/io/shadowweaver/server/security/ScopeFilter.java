// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.server.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * Lets a method be reached by those alone who have its scope, and enters what was changed, or tried, into the trail: also what is refused, and what an
 * {@link Idempotency} answers again or refuses.
 */
@Priority(Priorities.AUTHORIZATION)
public final class ScopeFilter implements ContainerRequestFilter, ContainerResponseFilter {
	private static final String CHANGE = ScopeFilter.class.getName();

	/** A change that is being answered. */
	private record Change(Caller caller, Excerpt body) {
	}

	private final Optional<ChangeLog> log;
	@Context
	private ResourceInfo resource;

	/**
	 * @param log where changes are entered; empty where nothing is kept
	 */
	public ScopeFilter(Optional<ChangeLog> log) {
		this.log = log;
	}

	/** The scope that a method of a resource needs; empty when nobody may reach it. */
	static Optional<Scope> needed(ResourceInfo resource, String method) {
		Needs needs = resource.getResourceMethod() == null ? null : resource.getResourceMethod().getAnnotation(Needs.class);
		return needs != null ? Optional.of(needs.value()) : method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS) ? Optional.of(Scope.READ) : Optional.empty();
	}

	@Override
	public void filter(ContainerRequestContext request) {
		if (!(request.getProperty(Caller.ATTRIBUTE) instanceof Caller caller)) {
			// a public path: the gate has let it through
			return;
		}
		Optional<Scope> scope = needed(resource, request.getMethod());
		boolean reads = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS).contains(request.getMethod()) || scope.filter(one -> one == Scope.READ).isPresent();
		if (!reads) {
			String trouble = log.map(ChangeLog::trouble).orElse("");
			if (!trouble.isEmpty()) {
				request.abortWith(Problem.response(503, "Nothing can be changed now: the trail of changes cannot be written."));
				return;
			}
			Excerpt body = new Excerpt(request.getEntityStream());
			request.setEntityStream(body);
			request.setProperty(CHANGE, new Change(caller, body));
		}
		if (scope.filter(caller::may).isEmpty()) {
			String name = scope.map(Scope::text).orElse("none");
			request.abortWith(Response.fromResponse(Problem.response(403, caller.name() + " may not do that: the scope '" + name + "' is needed."))
					.header("WWW-Authenticate", "Bearer realm=\"Shadow Weaver\", error=\"insufficient_scope\", scope=\"" + name + "\"").build());
		}
	}

	@Override
	public void filter(ContainerRequestContext request, ContainerResponseContext response) {
		if (request.getProperty(CHANGE) instanceof Change change) {
			String body = change.body.text();
			String again = response.getHeaders().containsKey(Idempotency.REPLAYED) ? " replayed" : "";
			log.ifPresent(trail -> trail.enter(change.caller.name(), request.getMethod() + " /" + request.getUriInfo().getPath() + (body.isEmpty() ? "" : " " + body),
					change.caller.means().name().toLowerCase(Locale.ROOT), response.getStatus() + again));
		}
	}
}
