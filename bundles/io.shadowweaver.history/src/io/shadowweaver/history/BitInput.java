// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what {@link BitOutput} wrote. */
final class BitInput {
	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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

	/** Bits as a number; nothing but bits can be read behind them. */
	long bits(int count) {
		if (count > 32) {
			long high = bits(count - 32);
			return high << 32 | bits(32);
		}
		while (pendingBits < count) {
			fill();
		}
		pendingBits -= count;
		return pending >>> pendingBits & (1L << count) - 1;
	}

	/** The number of ones before the next zero, which is read too; where there are as many as the limit, just those are read. */
	int ones(int limit) {
		int count = 0;
		while (true) {
			if (pendingBits == 0) {
				fill();
			}
			int run = Math.min(Math.min(Long.numberOfLeadingZeros(~(pending << 64 - pendingBits)), pendingBits), limit - count);
			count += run;
			if (count == limit) {
				pendingBits -= run;
				return count;
			}
			if (run < pendingBits) {
				pendingBits -= run + 1;
				return count;
			}
			pendingBits = 0;
		}
	}

	/** As many bytes as there is room for; at least one. */
	private void fill() {
		int room = 64 - pendingBits >>> 3;
		if (position + Long.BYTES <= bytes.length) {
			long next = (long) LONG.get(bytes, position);
			pending = room == Long.BYTES ? next : pending << 8 * room | next >>> 64 - 8 * room;
			position += room;
			pendingBits += 8 * room;
			return;
		}
		do {
			pending = pending << 8 | get();
			pendingBits += 8;
		} while (pendingBits <= 56 && position < bytes.length);
	}
}
