// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

import java.util.Arrays;

/**
 * Values of a series in few bytes, bit by bit the same when read back; {@code NaN} is a gap, whatever its payload.
 * <p>
 * A chunk is: form and a flag for gaps (a byte), number of slots, number of values, the gaps as alternating run lengths
 * where there are some, then the values in the shortest of these forms: all equal, decimal ({@link DecimalForm}), XOR with
 * the value before ({@link XorForm}), or 8 bytes each.
 */
final class ChunkCodec {
	private static final int CONSTANT = 0;
	private static final int DECIMAL = 1;
	private static final int XOR = 2;
	private static final int PLAIN = 3;
	private static final int GAPS = 0x80;

	private ChunkCodec() {
	}

	/**
	 * @param slots the values, {@code NaN} for a gap
	 * @return the chunk; {@code null} when there are only gaps
	 */
	static byte[] encode(double[] slots) {
		double[] values = new double[slots.length];
		int count = 0;
		for (double value : slots) {
			if (!Double.isNaN(value)) {
				values[count++] = value;
			}
		}
		if (count == 0) {
			return null;
		}
		values = count == values.length ? values : Arrays.copyOf(values, count);
		if (isConstant(values)) {
			BitOutput out = begin(CONSTANT, slots, count);
			out.raw(values[0]);
			return out.toBytes();
		}
		BitOutput decimal = begin(DECIMAL, slots, count);
		if (DecimalForm.write(values, decimal)) {
			return decimal.toBytes();
		}
		BitOutput xor = begin(XOR, slots, count);
		XorForm.write(values, xor);
		byte[] shortest = xor.toBytes();
		if (shortest.length > values.length * 8) {
			BitOutput plain = begin(PLAIN, slots, count);
			for (double value : values) {
				plain.raw(value);
			}
			byte[] bytes = plain.toBytes();
			shortest = bytes.length < shortest.length ? bytes : shortest;
		}
		return shortest;
	}

	/** The slots of a chunk, {@code NaN} for gaps. */
	static double[] decode(byte[] chunk) {
		BitInput in = new BitInput(chunk);
		int head = in.get();
		double[] slots = new double[(int) in.varint()];
		int count = (int) in.varint();
		int[] runs = (head & GAPS) == 0 ? null : readRuns(in, slots.length);
		double[] values = runs == null ? slots : new double[count];
		switch (head & ~GAPS) {
		case CONSTANT -> Arrays.fill(values, in.raw());
		case DECIMAL -> DecimalForm.read(in, values);
		case XOR -> XorForm.read(in, values);
		case PLAIN -> {
			for (int i = 0; i < values.length; i++) {
				values[i] = in.raw();
			}
		}
		default -> throw new HistoryException("A chunk of the history has the unknown form " + (head & ~GAPS)
				+ "; it was written by a newer version or is damaged.");
		}
		if (runs != null) {
			spread(runs, values, slots);
		}
		return slots;
	}

	/** The number of values of a chunk without decoding it. */
	static int count(byte[] chunk) {
		BitInput in = new BitInput(chunk);
		in.get();
		in.varint();
		return (int) in.varint();
	}

	private static BitOutput begin(int form, double[] slots, int count) {
		BitOutput out = new BitOutput();
		boolean gaps = count < slots.length;
		out.put(form | (gaps ? GAPS : 0));
		out.varint(slots.length);
		out.varint(count);
		if (gaps) {
			boolean present = true;
			int run = 0;
			for (double value : slots) {
				if (Double.isNaN(value) == present) {
					out.varint(run);
					run = 0;
					present = !present;
				}
				run++;
			}
			out.varint(run);
		}
		return out;
	}

	private static int[] readRuns(BitInput in, int slots) {
		int[] runs = new int[slots + 1];
		int n = 0;
		for (int covered = 0; covered < slots; n++) {
			runs[n] = (int) in.varint();
			covered += runs[n];
		}
		return Arrays.copyOf(runs, n);
	}

	private static void spread(int[] runs, double[] values, double[] slots) {
		int from = 0;
		int to = 0;
		for (int i = 0; i < runs.length; i++) {
			if (i % 2 == 0) {
				System.arraycopy(values, from, slots, to, runs[i]);
				from += runs[i];
			} else {
				Arrays.fill(slots, to, to + runs[i], Double.NaN);
			}
			to += runs[i];
		}
	}

	private static boolean isConstant(double[] values) {
		long first = Double.doubleToRawLongBits(values[0]);
		for (double value : values) {
			if (Double.doubleToRawLongBits(value) != first) {
				return false;
			}
		}
		return true;
	}
}
