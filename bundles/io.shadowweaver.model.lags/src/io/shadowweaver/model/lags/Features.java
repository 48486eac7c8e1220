// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

/**
 * What the change from the last value to the one at a lead is regressed on: how the last values lie to their means, what the series
 * did over the same lead a season ago, on average over some seasons and a long season ago, and how far its level is from theirs.
 * All are differences, so they need no stationary level; all are divided by one size, so that one ridge fits all.
 */
final class Features {
	/** Values that the recent features reach back. */
	static final int RECENT = 48;
	private static final int SEASONS = 6;

	private final int season;
	private final int longSeason;
	private final double size;
	final int count;

	/**
	 * @param season     in steps; 0 for none
	 * @param longSeason in steps; 0 for none
	 * @param size       what differences are divided by
	 */
	Features(int season, int longSeason, double size) {
		this.season = season;
		this.longSeason = longSeason;
		this.size = size;
		count = 5 + (season > 0 ? 4 : 0) + (longSeason > 0 ? 2 : 0);
	}

	/** The first index from which on all features are known. */
	int first() {
		return Math.max(RECENT, longSeason > 0 ? longSeason + 13 : season > 0 ? season + 4 : 0);
	}

	/** How many values a window must hold for leads up to the longest anchor. */
	int reach(int longestAnchor) {
		return Math.max(Math.max(longSeason, SEASONS * season), RECENT) + longestAnchor + 16;
	}

	/** Fills in the features known at index {@code now} for a lead. */
	void fill(Window window, int now, int lead, double[] x) {
		double last = window.at(now);
		double three = window.mean(now, 3);
		double twelve = window.mean(now, 12);
		x[0] = 1;
		x[1] = (last - window.at(now - 1)) / size;
		x[2] = (last - three) / size;
		x[3] = (last - twelve) / size;
		x[4] = (twelve - window.mean(now, RECENT)) / size;
		int at = 5;
		if (season > 0) {
			int back = (lead + season - 1) / season * season;
			double change = 0;
			double gap = 0;
			int seasons = 0;
			for (int j = 0; j < SEASONS; j++) {
				int origin = now - back - j * season;
				if (origin - 3 < window.oldest()) {
					break;
				}
				double thisChange = window.smooth(origin + lead, now) - window.smooth(origin, now);
				double thisGap = three - window.mean(origin, 3);
				change += thisChange;
				gap += thisGap;
				seasons++;
				if (j == 0) {
					x[at] = thisChange / size;
					x[at + 1] = thisGap / size;
				}
			}
			if (seasons == 0) {
				x[at] = 0;
				x[at + 1] = 0;
			}
			x[at + 2] = seasons == 0 ? 0 : change / seasons / size;
			x[at + 3] = seasons == 0 ? 0 : gap / seasons / size;
			at += 4;
		}
		if (longSeason > 0) {
			int back = (lead + longSeason - 1) / longSeason * longSeason;
			int origin = now - back;
			boolean known = origin - 12 >= window.oldest();
			x[at] = known ? (window.smooth(origin + lead, now) - window.smooth(origin, now)) / size : 0;
			x[at + 1] = known ? (twelve - window.mean(origin, 12)) / size : 0;
		}
	}

	/** What is expected before anything is learned: the change of a long season ago, or the mean change of the last seasons. */
	double prior(double[] x) {
		return longSeason > 0 ? .5 * (x[7] + x[9]) : season > 0 ? x[7] : 0;
	}

	/** Adds the weights that {@link #prior} stands for. */
	void addPrior(double[] weights) {
		if (longSeason > 0) {
			weights[7] += .5;
			weights[9] += .5;
		} else if (season > 0) {
			weights[7]++;
		}
	}

	int season() {
		return season;
	}

	int longSeason() {
		return longSeason;
	}

	double size() {
		return size;
	}
}
