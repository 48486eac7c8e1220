// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import com.fasterxml.jackson.core.JsonProcessingException;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Turns what resources throw into problems; what is inside stays inside. */
final class Problems implements ExceptionMapper<Throwable> {
	private static final Logger LOG = System.getLogger(Problems.class.getName());

	@Override
	public Response toResponse(Throwable thrown) {
		if (thrown instanceof WebApplicationException known) {
			Response response = known.getResponse();
			return response.getEntity() instanceof Problem ? response : Problem.response(response.getStatus(), known.getMessage());
		}
		if (thrown instanceof IllegalArgumentException wrong) {
			return Problem.response(400, wrong.getMessage());
		}
		if (thrown instanceof JsonProcessingException wrong) {
			return Problem.response(400, "line " + (wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr()) + ": " + wrong.getOriginalMessage());
		}
		LOG.log(Level.ERROR, "a request to the API failed", thrown);
		return Problem.response(500, "It failed inside; the log of this server says why.");
	}
}
