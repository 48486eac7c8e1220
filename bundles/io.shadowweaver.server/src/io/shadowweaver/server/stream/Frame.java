// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** An event, ready to be sent: made once for all who read it. Thread-safe. */
final class Frame {
	private final long number;
	private final byte[] event;
	private final String message;
	private byte[] packed;

	private Frame(long number, byte[] event, String message) {
		this.number = number;
		this.event = event;
		this.message = message;
	}

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
		return new Frame(number, event.getBytes(StandardCharsets.UTF_8), message);
	}

	/** Of the event in its feed. */
	long number() {
		return number;
	}

	/** As server-sent event, in UTF-8. */
	byte[] event() {
		return event;
	}

	/** The event as it was packed when it was first asked for. */
	synchronized byte[] packed(UnaryOperator<byte[]> packing) {
		if (packed == null) {
			packed = packing.apply(event);
		}
		return packed;
	}

	/** As text message of a WebSocket: a CloudEvent in JSON. */
	String message() {
		return message;
	}

	/** In bytes, about: what is packed is small beside it. */
	int size() {
		return event.length + message.length();
	}
}
