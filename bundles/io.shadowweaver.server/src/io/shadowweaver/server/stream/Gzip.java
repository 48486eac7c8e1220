// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/**
 * Packs events of one stream for many readers: behind one header of gzip (RFC 1952) stand blocks of deflate (RFC 1951) that end at a byte
 * and do not refer to what was before them, so that a reader can begin at any of them.
 */
final class Gzip {
	private static final int BUFFER = 64 << 10;

	private Gzip() {
	}

	/** The header, without a name or a time. */
	static byte[] header() {
		return new byte[] { 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff };
	}

	/** Packs what can be read by itself. */
	static byte[] pack(byte[] plain) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
		try {
			deflater.setInput(plain);
			ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 8 + 64);
			byte[] buffer = new byte[BUFFER];
			int count;
			do {
				count = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
				packed.write(buffer, 0, count);
			} while (count == buffer.length);
			return packed.toByteArray();
		} finally {
			deflater.end();
		}
	}
}
