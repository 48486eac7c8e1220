// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One connection of server-sent events, as far as this API uses them. One thread reads; any thread may close. */
final class EventStream implements AutoCloseable {
	/** The server says every 15 s that it is there. */
	private static final long SILENCE_SECONDS = 45;

	private final Heard body;
	private final BufferedReader in;

	/**
	 * @param id   to go on behind it
	 * @param type {@code state} or {@code change}
	 * @param data JSON
	 */
	record Event(String id, String type, String data) {
	}

	/** Notices when something came. */
	private static final class Heard extends FilterInputStream {
		private volatile long last = System.nanoTime();

		Heard(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int one = super.read();
			last = System.nanoTime();
			return one;
		}

		@Override
		public int read(byte[] bytes, int from, int length) throws IOException {
			int count = super.read(bytes, from, length);
			last = System.nanoTime();
			return count;
		}
	}

	EventStream(InputStream stream) {
		body = new Heard(stream);
		in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
	}

	/**
	 * Waits for the next event.
	 *
	 * @return {@code null} at the end of the stream
	 */
	Event next() throws IOException {
		String id = "";
		String type = "";
		StringBuilder data = new StringBuilder();
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			if (line.isEmpty()) {
				if (!data.isEmpty()) {
					return new Event(id, type, data.toString());
				}
				continue;
			}
			int colon = line.indexOf(':');
			String field = colon < 0 ? line : line.substring(0, colon);
			String value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
			switch (field) {
			case "id" -> id = value;
			case "event" -> type = value;
			case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
			default -> {
				// comments and what is not known count for nothing
			}
			}
		}
		return null;
	}

	/** Whether nothing came for so long that the other side must be gone. */
	boolean isSilent() {
		return System.nanoTime() - body.last > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS);
	}

	/** Ends it, and a read that waits: the reader itself would wait for that one. */
	@Override
	public void close() {
		try {
			body.close();
		} catch (IOException e) {
			System.getLogger(EventStream.class.getName()).log(System.Logger.Level.DEBUG, "a stream did not end well", e);
		}
	}
}
