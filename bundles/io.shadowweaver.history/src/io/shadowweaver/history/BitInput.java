// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

/** Reads what {@link BitOutput} wrote. */
final class BitInput {
	private final byte[] bytes;
	private int position;
	private long pending;
	private int pendingBits;

	BitInput(byte[] bytes) {
		this.bytes = bytes;
	}

	int get() {
		return bytes[position++] & 0xff;
	}

	long varint() {
		long value = 0;
		for (int shift = 0;; shift += 7) {
			int next = get();
			value |= (long) (next & 0x7f) << shift;
			if (next < 0x80) {
				return value;
			}
		}
	}

	double raw() {
		long word = 0;
		for (int i = 0; i < 8; i++) {
			word = word << 8 | get();
		}
		return Double.longBitsToDouble(word);
	}

	long bits(int count) {
		if (count > 32) {
			long high = bits(count - 32);
			return high << 32 | bits(32);
		}
		while (pendingBits < count) {
			pending = pending << 8 | get();
			pendingBits += 8;
		}
		pendingBits -= count;
		return pending >>> pendingBits & (1L << count) - 1;
	}
}
