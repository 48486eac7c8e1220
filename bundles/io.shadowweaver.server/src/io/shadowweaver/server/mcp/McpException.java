// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/** A request that is wrong as such, as JSON-RPC has it. */
final class McpException extends Exception {
	static final int INVALID_REQUEST = -32600;
	static final int UNKNOWN_METHOD = -32601;
	static final int INVALID_PARAMS = -32602;
	static final int HEADER_MISMATCH = -32020;
	static final int UNSUPPORTED_VERSION = -32022;
	private static final long serialVersionUID = 1L;

	private final int code;
	private final int status;
	private final transient JsonNode data;

	/**
	 * @param code   of JSON-RPC
	 * @param status of HTTP, where the revision wants another than 200
	 * @param data   more of it; {@code null} for none
	 */
	McpException(int code, int status, String message, JsonNode data) {
		super(message);
		this.code = code;
		this.status = status;
		this.data = data;
	}

	McpException(int code, int status, String message) {
		this(code, status, message, null);
	}

	int code() {
		return code;
	}

	int status() {
		return status;
	}

	JsonNode data() {
		return data;
	}
}
