// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.history;

/**
 * Makes the coarser levels of a column from the next finer one. A roll-up is derived: it can be made anew from what it
 * was made from, and where that is gone already what it held stays.
 */
final class RollUps {
	/** Digits that a mean is kept with, of the largest in its chunk. */
	private static final int DIGITS = 5;
	private static final Level[] COARSER = { Level.FIVE_MINUTES, Level.HOUR };
	private static final long SHORTEST = 300_000;

	private RollUps() {
	}

	/**
	 * Makes one chunk of a coarser level.
	 *
	 * @param oldWins whether means that are there already hold: what they were made from is gone
	 */
	static void make(Store.Changes changes, Column column, Level level, long window, boolean oldWins) {
		Level finer = level.finer(column);
		long step = level.step(column);
		int share = (int) (step / finer.step(column));
		long first = level.firstSlot(column, window);
		double[] fine;
		try (ChunkReader reader = new ChunkReader(changes)) {
			fine = reader.read(column.stripe.firstOpenNext, column, finer, first * share, Level.CHUNK * share);
		}
		double[] means = means(fine, share);
		byte[] key = Keys.of(column.id, window);
		byte[] before = changes.get(level.family(), key);
		if (before != null) {
			double[] old = ChunkCodec.decode(before);
			for (int i = 0; i < means.length; i++) {
				if (!Double.isNaN(old[i]) && (oldWins || Double.isNaN(means[i]))) {
					means[i] = old[i];
				}
			}
		}
		byte[] chunk = ChunkCodec.encode(rounded(means));
		if (chunk != null) {
			changes.put(level.family(), key, chunk);
		}
	}

	/** Makes what a column has completed between two times of its newest sample. */
	static void advance(Store.Changes changes, Column column, long before, long now) {
		if (Math.floorDiv(before, SHORTEST) == Math.floorDiv(now, SHORTEST)) {
			return;
		}
		for (Level level : COARSER) {
			if (level.exists(column)) {
				long old = level.window(column, level.slot(column, before));
				if (old < level.window(column, level.slot(column, now))) {
					make(changes, column, level, old, false);
				}
			}
		}
	}

	/**
	 * Makes anew what holds any of a span of time and is complete.
	 *
	 * @param last the time of the newest sample
	 * @param kept the time before which finer samples were dropped
	 */
	static void remake(Store.Changes changes, Column column, long from, long to, long last, long kept) {
		for (Level level : COARSER) {
			if (level.exists(column)) {
				long open = level.window(column, level.slot(column, last));
				long end = Math.min(open - 1, level.window(column, level.slot(column, to)));
				for (long window = level.window(column, level.slot(column, from)); window <= end; window++) {
					boolean dropped = level.firstSlot(column, window + 1) * level.step(column) <= kept;
					make(changes, column, level, window, dropped);
				}
			}
		}
	}

	/** Means of {@code share} values each; gaps do not count. */
	static double[] means(double[] fine, int share) {
		double[] means = new double[fine.length / share];
		for (int i = 0; i < means.length; i++) {
			double sum = 0;
			int count = 0;
			for (int j = i * share; j < (i + 1) * share; j++) {
				if (!Double.isNaN(fine[j])) {
					sum += fine[j];
					count++;
				}
			}
			means[i] = count == 0 ? Double.NaN : sum / count;
		}
		return means;
	}

	/** Rounded to short decimals, which take a fifth of the bytes; the error is under 10⁻⁵ of the largest. */
	private static double[] rounded(double[] means) {
		double largest = 0;
		for (double mean : means) {
			largest = Double.isFinite(mean) ? Math.max(largest, Math.abs(mean)) : largest;
		}
		int exponent = largest == 0 ? 0 : DIGITS - 1 - (int) Math.floor(Math.log10(largest));
		if (exponent < -200 || exponent > 200) {
			return means;
		}
		double power = Math.pow(10, Math.abs(exponent));
		double[] rounded = new double[means.length];
		for (int i = 0; i < means.length; i++) {
			double mean = means[i];
			if (!Double.isFinite(mean)) {
				rounded[i] = mean;
			} else {
				rounded[i] = exponent >= 0 ? Math.rint(mean * power) / power : Math.rint(mean / power) * power;
			}
		}
		return rounded;
	}
}
