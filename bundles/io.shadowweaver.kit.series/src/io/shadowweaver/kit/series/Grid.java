// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Coarser steps: blocks of equal length, aligned to the epoch, each with the mean of what it holds. */
public final class Grid {
	private Grid() {
	}

	/**
	 * A coarse step for models: the shortest multiple of the step at which a day has at most {@code mostADay} steps, made
	 * longer by up to a half where that divides a day and the lead.
	 *
	 * @param step     the step of the data
	 * @param lead     the shortest lead that must fall on the grid
	 * @param mostADay how many steps a day may have
	 * @return how many steps make a coarse one, at least 1
	 */
	public static int factor(Duration step, Duration lead, int mostADay) {
		long day = Duration.ofDays(1).toMillis();
		long base = step.toMillis();
		long least = Math.max(1, (long) Math.ceil((double) day / mostADay / base));
		for (long factor = least; factor <= least * 3 / 2; factor++) {
			if (day % (factor * base) == 0 && lead.toMillis() % (factor * base) == 0) {
				return (int) factor;
			}
		}
		for (long factor = least; factor <= least * 3 / 2; factor++) {
			if (day % (factor * base) == 0) {
				return (int) factor;
			}
		}
		return (int) least;
	}

	/** The number of the block of the given length that holds an instant, counted from the epoch. */
	public static long block(long millis, long blockMillis) {
		return Math.floorDiv(millis, blockMillis);
	}

	/**
	 * Means of whole blocks. A block counts when at least half of it is there; the others are gaps.
	 *
	 * @param start       the time of the first value
	 * @param stepMillis  the distance of two values
	 * @param values      gaps as {@code NaN}
	 * @param blockMillis a multiple of the step
	 * @param firstBlock  the number of the first block wanted
	 * @param count       how many blocks are wanted
	 * @return one mean a block
	 */
	public static double[] means(Instant start, long stepMillis, double[] values, long blockMillis, long firstBlock, int count) {
		double[] sums = new double[count];
		int[] seen = new int[count];
		long time = start.toEpochMilli();
		for (int i = 0; i < values.length; i++, time += stepMillis) {
			long block = block(time, blockMillis) - firstBlock;
			if (block >= 0 && block < count && Double.isFinite(values[i])) {
				sums[(int) block] += values[i];
				seen[(int) block]++;
			}
		}
		double needed = (double) blockMillis / stepMillis / 2;
		double[] means = new double[count];
		Arrays.fill(means, Double.NaN);
		for (int i = 0; i < count; i++) {
			if (seen[i] >= needed) {
				means[i] = sums[i] / seen[i];
			}
		}
		return means;
	}
}
