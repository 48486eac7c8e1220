// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.nio.charset.StandardCharsets;

/**
 * An event, ready to be sent: one array for all who read it.
 *
 * @param number  of the event in its feed
 * @param event   as server-sent event, in UTF-8
 * @param message as text message of a WebSocket: a CloudEvent in JSON, in UTF-8
 */
record Frame(long number, byte[] event, byte[] message) {
	/**
	 * Makes a frame.
	 *
	 * @param id     identifies it over restarts
	 * @param type   {@code state} for a full state, {@code change} for what is different
	 * @param estate the id of the estate, encoded for a path
	 * @param time   ISO-8601
	 * @param data   JSON without line breaks
	 */
	static Frame of(long number, String id, String type, String estate, String time, String data) {
		String event = "id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n";
		String message = "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/api/v1/estates/" + estate + "\",\"type\":\"io.shadowweaver.estate." + type + ".v1\",\"time\":\"" + time
				+ "\",\"datacontenttype\":\"application/json\",\"data\":" + data + "}";
		return new Frame(number, event.getBytes(StandardCharsets.UTF_8), message.getBytes(StandardCharsets.UTF_8));
	}

	/** In bytes. */
	int size() {
		return event.length + message.length;
	}
}
