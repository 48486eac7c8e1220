// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that stays open. All is done on the calling thread, so that the CPU time of other threads is the server's. */
public final class RawHttp implements AutoCloseable {
	private static final int BUFFER = 256 << 10;

	private final Socket socket;
	private final InputStream in;
	private final String authority;

	/** Connects to where an address is. */
	public RawHttp(URI uri) throws IOException {
		authority = uri.getAuthority();
		socket = new Socket(uri.getHost(), uri.getPort());
		socket.setTcpNoDelay(true);
		in = new BufferedInputStream(socket.getInputStream(), BUFFER);
	}

	/** What an answer holds whose status is 200. */
	public byte[] get(URI uri) throws IOException {
		String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
		socket.getOutputStream().write(("GET " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		String status = line();
		int length = -1;
		for (String header = line(); !header.isEmpty(); header = line()) {
			String lower = header.toLowerCase(Locale.ROOT);
			length = lower.startsWith("content-length:") ? Integer.parseInt(lower.substring(15).strip()) : length;
		}
		byte[] body = length >= 0 ? in.readNBytes(length) : chunks();
		if (!status.contains(" 200")) {
			throw new IOException(uri + ": " + status + " " + new String(body, StandardCharsets.UTF_8));
		}
		return body;
	}

	private byte[] chunks() throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream(BUFFER);
		for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
			all.write(in.readNBytes(size));
			line();
		}
		line();
		return all.toByteArray();
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new IOException("the connection was closed");
			}
			line.append((char) next);
		}
		return line.toString().strip();
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}
}
