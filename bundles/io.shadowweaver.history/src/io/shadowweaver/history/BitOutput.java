// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.util.Arrays;

/** Bytes that grow, then bits, most significant first. Bytes may be written only before the first bit. */
final class BitOutput {
	private byte[] bytes = new byte[256];
	private int length;
	private long pending;
	private int pendingBits;

	void put(int value) {
		if (length == bytes.length) {
			bytes = Arrays.copyOf(bytes, bytes.length * 2);
		}
		bytes[length++] = (byte) value;
	}

	/** An unsigned number in groups of seven bits, the lowest first. */
	void varint(long value) {
		long rest = value;
		while ((rest & ~0x7fL) != 0) {
			put((int) rest & 0x7f | 0x80);
			rest >>>= 7;
		}
		put((int) rest);
	}

	void raw(double value) {
		long word = Double.doubleToRawLongBits(value);
		for (int shift = 56; shift >= 0; shift -= 8) {
			put((int) (word >>> shift));
		}
	}

	/** The lowest {@code count} bits of a value, 0 to 64. */
	void bits(long value, int count) {
		if (count > 32) {
			bits(value >>> 32, count - 32);
			bits(value, 32);
			return;
		}
		pending = pending << count | value & (1L << count) - 1;
		pendingBits += count;
		while (pendingBits >= 8) {
			pendingBits -= 8;
			put((int) (pending >>> pendingBits));
		}
	}

	byte[] toBytes() {
		if (pendingBits > 0) {
			put((int) (pending << 8 - pendingBits));
			pendingBits = 0;
		}
		return Arrays.copyOf(bytes, length);
	}
}
