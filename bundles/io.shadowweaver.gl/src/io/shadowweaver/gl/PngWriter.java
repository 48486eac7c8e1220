// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a PNG file row by row, so that a picture may be larger than the memory: W3C, Portable Network Graphics, third edition; eight bits each of
 * red, green and blue. SWT's writer wants all of it at once.
 */
final class PngWriter implements Closeable {
	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
	private static final int CHUNK = 1 << 16;
	private static final byte UP = 2;

	private final OutputStream out;
	private final int height;
	private final byte[] before;
	private final byte[] line;
	private final Deflater deflater = new Deflater(6);
	private final byte[] packed = new byte[CHUNK];
	private int rows;

	/**
	 * Begins a file.
	 *
	 * @param out    takes it; closed with this
	 * @param width  in pixels, positive
	 * @param height likewise
	 */
	PngWriter(OutputStream out, int width, int height) throws IOException {
		this.out = out;
		this.height = height;
		before = new byte[width * 3];
		line = new byte[width * 3 + 1];
		line[0] = UP;
		out.write(SIGNATURE);
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		DataOutputStream data = new DataOutputStream(head);
		data.writeInt(width);
		data.writeInt(height);
		// eight bits, red green blue; deflate, adaptive filters, not interlaced
		data.write(new byte[] { 8, 2, 0, 0, 0 });
		chunk("IHDR", head.toByteArray(), head.size());
	}

	/** Writes the next row from the top: red, green, blue. */
	void row(byte[] pixels, int offset) throws IOException {
		for (int i = 0; i < before.length; i++) {
			byte value = pixels[offset + i];
			line[i + 1] = (byte) (value - before[i]);
			before[i] = value;
		}
		rows++;
		deflater.setInput(line);
		while (!deflater.needsInput()) {
			pack();
		}
	}

	private void pack() throws IOException {
		int length = deflater.deflate(packed);
		if (length > 0) {
			chunk("IDAT", packed, length);
		}
	}

	private void chunk(String type, byte[] data, int length) throws IOException {
		CRC32 sum = new CRC32();
		byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		sum.update(name);
		sum.update(data, 0, length);
		@SuppressWarnings("resource") // is the stream itself
		DataOutputStream numbers = new DataOutputStream(out);
		numbers.writeInt(length);
		numbers.write(name);
		numbers.write(data, 0, length);
		numbers.writeInt((int) sum.getValue());
	}

	/** Ends a picture that has all of its rows. */
	void finish() throws IOException {
		if (rows != height) {
			throw new IllegalStateException("the picture has " + rows + " of its " + height + " rows");
		}
		deflater.finish();
		while (!deflater.finished()) {
			pack();
		}
		chunk("IEND", new byte[0], 0);
	}

	@Override
	public void close() throws IOException {
		deflater.end();
		out.close();
	}
}
