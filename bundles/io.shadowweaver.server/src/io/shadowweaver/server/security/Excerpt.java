// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Remembers how a body begins, as it is read. */
final class Excerpt extends FilterInputStream {
	private static final int LONGEST = 2000;

	private final ByteArrayOutputStream begin = new ByteArrayOutputStream();
	private boolean more;

	/**
	 * @param in the body
	 */
	Excerpt(InputStream in) {
		super(in);
	}

	@Override
	public int read() throws IOException {
		int one = super.read();
		if (one >= 0) {
			keep(new byte[] { (byte) one }, 0, 1);
		}
		return one;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = super.read(bytes, offset, length);
		if (count > 0) {
			keep(bytes, offset, count);
		}
		return count;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	private void keep(byte[] bytes, int offset, int count) {
		int room = Math.min(count, LONGEST - begin.size());
		begin.write(bytes, offset, room);
		more |= room < count;
	}

	/** What was read of it, on one line; empty where there is no body, or nobody has read it. */
	String text() {
		return begin.toString(StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ") + (more ? "…" : "");
	}
}
