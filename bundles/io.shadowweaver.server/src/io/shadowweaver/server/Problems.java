// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

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
			return Problem.response(400, "line " + (wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr()) + ": " + reason(wrong));
		}
		LOG.log(Level.ERROR, "a request to the API failed", thrown);
		return Problem.response(500, "It failed inside; the log of this server says why.");
	}

	/** What is wrong with a body, without names of classes. */
	private static String reason(JsonProcessingException wrong) {
		if (!(wrong instanceof JsonMappingException mapping)) {
			return "it is no JSON.";
		}
		String key = mapping.getPath().stream().map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName()).collect(Collectors.joining()).replaceFirst("^\\.", "");
		String place = key.isEmpty() ? "" : key + ": ";
		if (wrong instanceof UnrecognizedPropertyException unknown) {
			return place + "it is not known here; known are " + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")) + ".";
		}
		return place + (mapping.getCause() instanceof IllegalArgumentException cause ? cause.getMessage() : "it is missing, or of another type than is asked for.");
	}
}
