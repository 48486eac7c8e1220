// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting.capacity;

import java.util.Arrays;

/** The newest scores of one reference, kept in order, so that a quantile is read at once. */
final class ScoreWindow {
	/** With fewer scores nothing is said. */
	static final int LEAST = 20;
	/** So many of the largest scores give the slope of the tail beyond them. */
	private static final int TAIL = 10;
	private static final double RAREST = 1e-3;

	private final int size;
	private double[] sorted = new double[64];
	private double[] byAge = new double[64];
	private int count;
	private int oldest;

	/** @param size how many scores are kept, at least 64 */
	ScoreWindow(int size) {
		this.size = size;
	}

	/** Adds a finite score; the oldest goes when there are too many. */
	void add(double score) {
		if (count == size) {
			int place = Arrays.binarySearch(sorted, 0, count, byAge[oldest]);
			System.arraycopy(sorted, place + 1, sorted, place, count - place - 1);
			count--;
		} else if (count == sorted.length) {
			sorted = Arrays.copyOf(sorted, Math.min(size, count * 2));
			byAge = Arrays.copyOf(byAge, sorted.length);
		}
		int place = Arrays.binarySearch(sorted, 0, count, score);
		place = place < 0 ? -place - 1 : place;
		System.arraycopy(sorted, place, sorted, place + 1, count - place);
		sorted[place] = score;
		byAge[oldest] = score;
		oldest = (oldest + 1) % size;
		count++;
	}

	boolean isReady() {
		return count >= LEAST;
	}

	/**
	 * The score that a share of scores exceeds: with n scores the one whose rank from above is the share of n + 1, as split conformal
	 * prediction has it. Beyond the largest one the tail goes on as an exponential with the mean excess of the ten largest.
	 *
	 * @param share over 0, at most 1
	 */
	double exceededBy(double share) {
		double rank = share * (count + 1);
		if (rank < 1) {
			int many = Math.min(TAIL, count - 1);
			double reference = sorted[count - 1 - many];
			double excess = 0;
			for (int i = count - many; i < count; i++) {
				excess += sorted[i] - reference;
			}
			return sorted[count - 1] + excess / many * -Math.log(Math.max(rank, RAREST));
		}
		double place = Math.max(0, count - rank);
		int below = (int) place;
		return below >= count - 1 ? sorted[count - 1] : sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below);
	}
}
