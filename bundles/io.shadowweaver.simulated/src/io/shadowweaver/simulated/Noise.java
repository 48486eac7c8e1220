// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

/**
 * Randomness without state: every number is a function of a seed and of what it is for, so that any instant can be computed
 * by itself and in any order. The mixing function is the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014).
 */
final class Noise {
	private static final long GAMMA = 0x9E3779B97F4A7C15L;
	/** Weights of the last minutes' innovations in {@link #correlated}; more would add less than a thousandth. */
	private static final double[] MEMORY = new double[180];

	static {
		double phi = Math.exp(-1 / 30.);
		double weight = Math.sqrt(1 - phi * phi);
		for (int i = 0; i < MEMORY.length; i++) {
			MEMORY[i] = weight;
			weight *= phi;
		}
	}

	private Noise() {
	}

	/** Mixes two numbers into one that looks random. */
	static long hash(long seed, long key) {
		long z = seed + GAMMA * (key + 1);
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/** Mixes a text in; equal on every machine. */
	static long hash(long seed, String key) {
		long h = seed;
		for (int i = 0; i < key.length(); i++) {
			h = hash(h, key.charAt(i));
		}
		return hash(h, key.length());
	}

	/** Uniform in [0, 1). */
	static double uniform(long seed, long key) {
		return (hash(seed, key) >>> 11) * 0x1p-53;
	}

	/**
	 * Nearly standard normal: the sum of four uniform numbers of 16 bits (Irwin-Hall), scaled; within ±3.5. Cheap enough for
	 * millions of samples a second, and bounded, so that noise alone never makes a spike.
	 */
	static double normal(long seed, long key) {
		long h = hash(seed, key);
		long sum = (h & 0xFFFF) + ((h >>> 16) & 0xFFFF) + ((h >>> 32) & 0xFFFF) + (h >>> 48);
		return (sum / 65536. - 2) * Math.sqrt(3);
	}

	/** Standard normal by Box and Muller: exact tails, for the few draws where they matter. */
	static double exactNormal(long seed, long key) {
		double u = 1 - uniform(seed, key);
		double v = uniform(seed ^ GAMMA, key);
		return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
	}

	/**
	 * Autocorrelated noise of unit variance: a first-order autoregression with a memory of 30 minutes, written as the moving
	 * average of its innovations so that it needs no state; linear between whole minutes.
	 *
	 * @param seed   of this stream
	 * @param second seconds since the epoch
	 */
	static double correlated(long seed, long second) {
		long minute = Math.floorDiv(second, 60L);
		double part = Math.floorMod(second, 60L) / 60.;
		double here = atMinute(seed, minute);
		return part == 0 ? here : here + part * (atMinute(seed, minute + 1) - here);
	}

	private static double atMinute(long seed, long minute) {
		double sum = 0;
		for (int i = 0; i < MEMORY.length; i++) {
			sum += MEMORY[i] * (uniform(seed, minute - i) - .5);
		}
		return sum * Math.sqrt(12);
	}
}
