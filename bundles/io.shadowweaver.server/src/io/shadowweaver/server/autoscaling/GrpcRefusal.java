// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.nio.charset.StandardCharsets;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

import io.grpc.Status;

/** Tells one who speaks gRPC why a call was not let in: an answer of headers alone, since a client of gRPC reads no problem document. */
public final class GrpcRefusal {
	/** The media type of gRPC. */
	static final String TYPE = "application/grpc";

	private GrpcRefusal() {
	}

	/** Whether it is a call of gRPC. */
	public static boolean isGrpc(Request request) {
		String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
		return type != null && (type.equals(TYPE) || type.startsWith(TYPE + "+") || type.startsWith(TYPE + ";"));
	}

	/**
	 * Answers.
	 *
	 * @param status of HTTP, as another client would get it
	 * @param detail for a person
	 */
	public static void answer(Response response, Callback callback, int status, String detail) {
		HttpFields.Mutable headers = response.getHeaders();
		response.setStatus(200);
		headers.put(HttpHeader.CONTENT_TYPE, TYPE);
		headers.put("grpc-status", Integer.toString(code(status).value()));
		headers.put("grpc-message", escaped(detail));
		response.write(true, BufferUtil.EMPTY_BUFFER, callback);
	}

	private static Status.Code code(int status) {
		return switch (status) {
			case 400, 413, 415 -> Status.Code.INVALID_ARGUMENT;
			case 401 -> Status.Code.UNAUTHENTICATED;
			case 403 -> Status.Code.PERMISSION_DENIED;
			case 404, 405 -> Status.Code.UNIMPLEMENTED;
			case 429 -> Status.Code.RESOURCE_EXHAUSTED;
			case 421, 503 -> Status.Code.UNAVAILABLE;
			default -> Status.Code.UNKNOWN;
		};
	}

	/** Bytes that are no plain ASCII as percent and two digits, as the protocol has it. */
	private static String escaped(String text) {
		StringBuilder escaped = new StringBuilder();
		for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
			if (one >= ' ' && one <= '~' && one != '%') {
				escaped.append((char) one);
			} else {
				escaped.append('%').append(String.format("%02X", one));
			}
		}
		return escaped.toString();
	}
}
