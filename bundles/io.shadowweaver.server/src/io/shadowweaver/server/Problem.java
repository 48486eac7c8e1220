// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type   identifies the kind of problem; {@code about:blank} where the status says it all
 * @param title  of the kind
 * @param status the HTTP status
 * @param detail of this one, for a person
 */
public record Problem(String type, String title, int status, String detail) {
	/** The media type of problems. */
	public static final String JSON = "application/problem+json";

	/** A problem of a status. */
	public static Problem of(int status, String detail) {
		Response.Status known = Response.Status.fromStatusCode(status);
		return new Problem("about:blank", known == null ? "Error" : known.getReasonPhrase(), status, detail);
	}

	/** Ends a request with a problem. */
	public static WebApplicationException exception(int status, String detail) {
		return new WebApplicationException(detail, response(status, detail));
	}

	/** An answer that is a problem. */
	public static Response response(int status, String detail) {
		return Response.status(status).type(JSON).entity(of(status, detail)).build();
	}
}
