// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

/**
 * Values that were once short decimals, as whole numbers: what a monitoring system reports has few digits, though its
 * double has 53 bits. A value is {@code m / 10^e * f} with one exponent and factor a chunk, where the factor undoes a
 * unit's conversion (12.34 % is kept as the ratio {@code 12.34 * .01}). Values that do not fit, up to a few, are kept beside.
 * <p>
 * The whole numbers are divided by the common divisor of their differences (memory in pages), predicted from those before,
 * and the residuals are Rice-coded with a parameter that follows their mean size, as in LOCO-I (Weinberger, Seroussi,
 * Sapiro: "The LOCO-I lossless image compression algorithm", 2000), which needs no table and adapts to bursts.
 */
final class DecimalForm {
	private static final double[] FACTORS = { 1, .01, 1e-3, 1e-6, 1 / 60. };
	private static final double[] POWERS = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
	private static final double LARGEST = 1L << 52;
	private static final int PREDICTORS = 4;
	private static final int ESCAPE = 20;

	private DecimalForm() {
	}

	/**
	 * @param values without gaps
	 * @param out    takes the body, written only when the values fit
	 * @return whether they fit
	 */
	static boolean write(double[] values, BitOutput out) {
		long[] whole = new long[values.length];
		int allowed = values.length / 16;
		for (int factor = 0; factor < FACTORS.length; factor++) {
			for (int exponent = 0; exponent < POWERS.length; exponent++) {
				if (toWhole(values, factor, exponent, whole, allowed)) {
					out.put(factor << 4 | exponent);
					writeExceptions(values, factor, exponent, whole, out);
					writeWhole(whole, out);
					return true;
				}
			}
		}
		return false;
	}

	static void read(BitInput in, double[] values) {
		int scale = in.get();
		int count = (int) in.varint();
		int[] at = new int[count];
		double[] exceptions = new double[count];
		for (int i = 0, before = 0; i < count; i++) {
			at[i] = before += (int) in.varint();
			exceptions[i] = in.raw();
		}
		double factor = FACTORS[scale >> 4];
		double power = POWERS[scale & 15];
		long[] whole = readWhole(in, values.length);
		for (int i = 0; i < values.length; i++) {
			values[i] = value(whole[i], power, factor);
		}
		for (int i = 0; i < count; i++) {
			values[at[i]] = exceptions[i];
		}
	}

	private static double value(long whole, double power, double factor) {
		return whole / power * factor;
	}

	private static boolean toWhole(double[] values, int factor, int exponent, long[] whole, int allowed) {
		double up = POWERS[exponent] / FACTORS[factor];
		int misfits = 0;
		for (int i = 0; i < values.length; i++) {
			double scaled = values[i] * up;
			long rounded = Math.round(scaled);
			if (Math.abs(scaled) < LARGEST && fits(values[i], rounded, factor, exponent)) {
				whole[i] = rounded;
			} else if (++misfits > allowed) {
				return false;
			} else {
				whole[i] = i == 0 ? 0 : whole[i - 1];
			}
		}
		return true;
	}

	private static boolean fits(double value, long whole, int factor, int exponent) {
		return Double.doubleToRawLongBits(value(whole, POWERS[exponent], FACTORS[factor])) == Double.doubleToRawLongBits(value);
	}

	private static void writeExceptions(double[] values, int factor, int exponent, long[] whole, BitOutput out) {
		int count = 0;
		for (int i = 0; i < values.length; i++) {
			count += fits(values[i], whole[i], factor, exponent) ? 0 : 1;
		}
		out.varint(count);
		for (int i = 0, before = 0; i < values.length && count > 0; i++) {
			if (!fits(values[i], whole[i], factor, exponent)) {
				out.varint(i - before);
				out.raw(values[i]);
				before = i;
			}
		}
	}

	private static void writeWhole(long[] whole, BitOutput out) {
		long divisor = 0;
		for (int i = 1; i < whole.length && divisor != 1; i++) {
			divisor = gcd(divisor, Math.abs(whole[i] - whole[0]));
		}
		divisor = Math.max(1, divisor);
		long first = whole[0];
		for (int i = 0; i < whole.length; i++) {
			whole[i] = (whole[i] - first) / divisor;
		}
		int predictor = best(whole);
		out.put(predictor);
		out.varint(zigzag(first));
		out.varint(divisor);
		long base = predictor == 0 ? mean(whole) : 0;
		if (predictor == 0) {
			out.varint(zigzag(base));
		}
		long size = 4;
		long seen = 1;
		for (int i = 1; i < whole.length; i++) {
			long residual = zigzag(whole[i] - predict(whole, i, predictor, base));
			int k = parameter(size, seen);
			long quotient = residual >>> k;
			if (quotient < ESCAPE) {
				out.bits((1L << quotient + 1) - 2, (int) quotient + 1);
				out.bits(residual, k);
			} else {
				out.bits((1L << ESCAPE) - 1, ESCAPE);
				out.bits(residual, 64);
			}
			size += Math.min(residual, LIMIT);
			if (++seen == 16) {
				seen >>= 1;
				size >>= 1;
			}
		}
	}

	private static final long LIMIT = 1L << 54;

	private static long[] readWhole(BitInput in, int length) {
		int predictor = in.get();
		long first = unzigzag(in.varint());
		long divisor = in.varint();
		long base = predictor == 0 ? unzigzag(in.varint()) : 0;
		long[] whole = new long[length];
		long size = 4;
		long seen = 1;
		for (int i = 1; i < length; i++) {
			int k = parameter(size, seen);
			int quotient = in.ones(ESCAPE);
			long residual = quotient == ESCAPE ? in.bits(64) : (long) quotient << k | in.bits(k);
			whole[i] = unzigzag(residual) + predict(whole, i, predictor, base);
			size += Math.min(residual, LIMIT);
			if (++seen == 16) {
				seen >>= 1;
				size >>= 1;
			}
		}
		for (int i = 0; i < length; i++) {
			whole[i] = whole[i] * divisor + first;
		}
		return whole;
	}

	/** The smallest k with seen · 2^k ≥ size: the Rice parameter for residuals of that mean. */
	private static int parameter(long size, long seen) {
		int k = Math.max(0, Long.numberOfLeadingZeros(seen) - Long.numberOfLeadingZeros(size));
		// both have the same highest bit then
		return Math.max(0, seen << k < size ? k : k - 1);
	}

	private static int best(long[] whole) {
		long base = mean(whole);
		int best = 0;
		double least = Double.POSITIVE_INFINITY;
		for (int predictor = 0; predictor < PREDICTORS; predictor++) {
			// A sum of logarithms is what the code will cost; a sum of sizes would let one jump decide.
			double cost = 0;
			for (int i = 1; i < whole.length; i++) {
				cost += 64 - Long.numberOfLeadingZeros(zigzag(whole[i] - predict(whole, i, predictor, base)));
			}
			if (cost < least) {
				least = cost;
				best = predictor;
			}
		}
		return best;
	}

	private static long predict(long[] whole, int i, int predictor, long base) {
		return switch (predictor) {
		case 0 -> base;
		case 1 -> whole[i - 1];
		case 2 -> i == 1 ? whole[0] : 2 * whole[i - 1] - whole[i - 2];
		default -> i == 1 ? whole[0] : (whole[i - 1] + whole[i - 2]) >> 1;
		};
	}

	private static long mean(long[] whole) {
		double sum = 0;
		for (long value : whole) {
			sum += value;
		}
		return Math.round(sum / whole.length);
	}

	private static long gcd(long a, long b) {
		long x = a;
		long y = b;
		while (y != 0) {
			long rest = x % y;
			x = y;
			y = rest;
		}
		return x;
	}

	private static long zigzag(long value) {
		return value << 1 ^ value >> 63;
	}

	private static long unzigzag(long value) {
		return value >>> 1 ^ -(value & 1);
	}
}
