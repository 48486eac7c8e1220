// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.io.EOFException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

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
		Optional<Response> caller = ofTheCaller(thrown);
		if (caller.isPresent()) {
			return caller.get();
		}
		LOG.log(Level.ERROR, "a request to the API failed", thrown);
		return Problem.response(500, "It failed inside; the log of this server says why.");
	}

	/** A body that is too large, ends too early or does not go on is no failure of the server. */
	private static Optional<Response> ofTheCaller(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof HttpException http && HttpStatus.isClientError(http.getCode())) {
				return Optional.of(last(Problem.response(http.getCode(), http.getReason() == null ? "The request cannot be read." : http.getReason())));
			}
			if (cause instanceof TimeoutException) {
				return Optional.of(last(Problem.response(408, "The body of the request did not go on.")));
			}
			if (cause instanceof EOFException) {
				return Optional.of(last(Problem.response(400, "The body of the request ends too early.")));
			}
		}
		return Optional.empty();
	}

	/** Nothing can be read behind what was not read to its end. */
	private static Response last(Response problem) {
		return Response.fromResponse(problem).header("Connection", "close").build();
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
