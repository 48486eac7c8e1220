// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An event, ready to be sent: each form of it is made once, when the first reader wants it, for all who read it. Thread-safe. */
final class Frame {
	private static final byte[] EVENT_END = { '\n', '\n' };
	private static final byte[] MESSAGE_END = { '}' };

	private final long number;
	private final byte[] eventHead;
	private final byte[] messageHead;
	private final byte[] data;
	private byte[] event;
	private byte[] packed;
	private byte[] message;

	/**
	 * Makes a frame.
	 *
	 * @param number of the event in its feed
	 * @param id     identifies it over restarts
	 * @param type   {@code state} for a full state, {@code change} for what is different
	 * @param estate the id of the estate, encoded for a path
	 * @param time   ISO-8601
	 * @param data   JSON without line breaks, in UTF-8
	 */
	Frame(long number, String id, String type, String estate, String time, byte[] data) {
		this.number = number;
		this.data = data;
		eventHead = utf8("id: " + id + "\nevent: " + type + "\ndata: ");
		messageHead = utf8("{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/api/v1/estates/" + estate + "\",\"type\":\"io.shadowweaver.estate." + type + ".v1\",\"time\":\"" + time
				+ "\",\"datacontenttype\":\"application/json\",\"data\":");
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Of the event in its feed. */
	long number() {
		return number;
	}

	/** As server-sent event, in UTF-8. */
	synchronized ByteBuffer event() {
		if (event == null) {
			event = whole(eventHead, EVENT_END);
		}
		return ByteBuffer.wrap(event).asReadOnlyBuffer();
	}

	/** The same as {@link Gzip} packs it. */
	synchronized ByteBuffer packed() {
		if (packed == null) {
			packed = Gzip.pack(whole(eventHead, EVENT_END));
		}
		return ByteBuffer.wrap(packed).asReadOnlyBuffer();
	}

	/** As text message of a WebSocket, in UTF-8: a CloudEvent in JSON. */
	synchronized ByteBuffer message() {
		if (message == null) {
			message = whole(messageHead, MESSAGE_END);
		}
		return ByteBuffer.wrap(message).asReadOnlyBuffer();
	}

	private byte[] whole(byte[] head, byte[] end) {
		ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + data.length + end.length);
		all.writeBytes(head);
		all.writeBytes(data);
		all.writeBytes(end);
		return all.toByteArray();
	}

	/** In bytes, about: that of all forms, as if each were wanted; what is packed is small beside them. */
	long size() {
		return 3L * (data.length + messageHead.length);
	}
}
