// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

/**
 * Each value as the bits in which it differs from the one before. Source: Pelkonen et al., "Gorilla: A Fast, Scalable,
 * In-Memory Time Series Database", VLDB 2015, section 4.1.2.
 */
final class XorForm {
	private XorForm() {
	}

	static void write(double[] values, BitOutput out) {
		long before = Double.doubleToRawLongBits(values[0]);
		out.bits(before, 64);
		int leading = -1;
		int length = 0;
		for (int i = 1; i < values.length; i++) {
			long now = Double.doubleToRawLongBits(values[i]);
			long xor = before ^ now;
			before = now;
			if (xor == 0) {
				out.bits(0, 1);
				continue;
			}
			int zeros = Math.min(31, Long.numberOfLeadingZeros(xor));
			int trailing = Long.numberOfTrailingZeros(xor);
			if (leading >= 0 && zeros >= leading && trailing >= 64 - leading - length) {
				out.bits(0b10, 2);
				out.bits(xor >>> 64 - leading - length, length);
			} else {
				leading = zeros;
				length = 64 - zeros - trailing;
				out.bits(0b11, 2);
				out.bits(leading, 5);
				out.bits(length - 1, 6);
				out.bits(xor >>> trailing, length);
			}
		}
	}

	static void read(BitInput in, double[] values) {
		long before = in.bits(64);
		values[0] = Double.longBitsToDouble(before);
		int leading = 0;
		int length = 0;
		for (int i = 1; i < values.length; i++) {
			if (in.bits(1) == 1) {
				if (in.bits(1) == 1) {
					leading = (int) in.bits(5);
					length = (int) in.bits(6) + 1;
				}
				before ^= in.bits(length) << 64 - leading - length;
			}
			values[i] = Double.longBitsToDouble(before);
		}
	}
}
