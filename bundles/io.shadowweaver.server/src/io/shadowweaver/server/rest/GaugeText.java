// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes gauges in the text format of Prometheus (version 0.0.4) or in that of OpenMetrics 1.0, one line after the other, so that nothing
 * of a page with millions of lines is kept. All samples of one name stand together.
 */
final class GaugeText {
	private static final int BUFFER = 64 << 10;
	private static final int LONGEST_NUMBER = 32;

	private final OutputStream out;
	private final byte[] buffer = new byte[BUFFER];
	private int used;
	/** Names without samples are left out. */
	private byte[] heading;

	/** The buffer that it has is all that stands between it and the stream. */
	GaugeText(OutputStream out) {
		this.out = out;
	}

	/** The samples of another name begin. */
	void family(String name, String help) {
		heading = bytes("# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n");
	}

	/**
	 * The whole of a line in front of its value.
	 *
	 * @param labels names and values in turn
	 */
	static byte[] head(String name, String... labels) {
		return bytes(name + "{" + labels(labels) + "} ");
	}

	/** The first labels of lines that have more of them. */
	static byte[] first(String name, String... labels) {
		return bytes(name + "{" + labels(labels) + ",");
	}

	/** The last labels of lines. */
	static byte[] last(String... labels) {
		return bytes(labels(labels) + "} ");
	}

	private static StringBuilder labels(String... labels) {
		StringBuilder text = new StringBuilder(128);
		for (int i = 0; i < labels.length; i += 2) {
			text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
			escape(text, labels[i + 1]);
			text.append('"');
		}
		return text;
	}

	/** A line: its beginning, of one or two pieces, and its value. */
	void sample(double value, byte[]... head) throws IOException {
		begin(head);
		number(Double.isInfinite(value) ? value > 0 ? "+Inf" : "-Inf" : value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value));
	}

	/** A line with a value that is known no better than as a float. */
	void sample(float value, byte[]... head) throws IOException {
		begin(head);
		number(Float.toString(value));
	}

	private void begin(byte[]... head) throws IOException {
		if (heading != null) {
			write(heading);
			heading = null;
		}
		for (byte[] piece : head) {
			write(piece);
		}
	}

	/** A line that is no sample. */
	void line(String text) throws IOException {
		write(bytes(text + "\n"));
	}

	/** Hands over what is left in the buffer. */
	void flush() throws IOException {
		out.write(buffer, 0, used);
		used = 0;
		out.flush();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void escape(StringBuilder text, String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			switch (c) {
			case '\\' -> text.append("\\\\");
			case '"' -> text.append("\\\"");
			case '\n' -> text.append("\\n");
			default -> text.append(c);
			}
		}
	}

	private void number(String text) throws IOException {
		room(LONGEST_NUMBER);
		for (int i = 0; i < text.length(); i++) {
			buffer[used++] = (byte) text.charAt(i);
		}
		buffer[used++] = '\n';
	}

	private void write(byte[] bytes) throws IOException {
		if (bytes.length > BUFFER) {
			room(BUFFER);
			out.write(bytes);
			return;
		}
		room(bytes.length);
		System.arraycopy(bytes, 0, buffer, used, bytes.length);
		used += bytes.length;
	}

	private void room(int length) throws IOException {
		if (used + length > BUFFER) {
			out.write(buffer, 0, used);
			used = 0;
		}
	}
}
