// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

/**
 * What the errors of a series did over whole paths, for one horizon. From each of many origins it keeps, by equal parts of the
 * horizon, the largest value that came, as the normal score that the bands of the origin give it. Such a path of scores, mapped to
 * the bands of now, is a path that the series may take: the dependence between times is that of past paths, the distribution at
 * each time that of the bands, as in the Schaake shuffle (Clark et al., The Schaake Shuffle, 2004). Used under the forecaster's
 * lock.
 */
final class Paths {
	private static final double FARTHEST = 6;
	/** Paths are smoothed by a normal kernel of this width in scores, so that few of them give fine probabilities. */
	private static final double KERNEL = .3;
	/** So many paths weigh as much as the largest probability of a single time. */
	private static final double ENOUGH = 20;
	private static final double LEAST = .001;

	private final LeadPlan plan;
	private final int horizon;
	private final int part;
	private final int stride;
	private final int kept;
	private final Deque<Path> paths = new ArrayDeque<>();
	private final List<Path> open = new ArrayList<>();
	/** Probabilities that were issued for the standard limits, and what became of them. */
	final BreachScores scores;
	private final double[] row = new double[Levels.COUNT];

	private static final class Path {
		final long origin;
		final float[] largest;
		final BreachScores.Issued issued;
		Bands bands;
		int complete;

		Path(long origin, Bands bands, int parts, BreachScores.Issued issued) {
			this.origin = origin;
			this.bands = bands;
			this.issued = issued;
			largest = new float[parts];
			Arrays.fill(largest, (float) -FARTHEST);
		}

		/** How far the path is above the limit's scores where it is that most. */
		double above(double[] least) {
			double above = -2 * FARTHEST;
			for (int i = 0; i < least.length; i++) {
				above = Math.max(above, largest[i] - least[i]);
			}
			return above;
		}
	}

	/**
	 * @param plan    the leads
	 * @param horizon in samples
	 * @param parts   of the horizon; fewer where it has not so many samples
	 * @param stride  every how many samples a path begins
	 * @param kept    how many paths are kept
	 */
	Paths(LeadPlan plan, int horizon, int parts, int stride, int kept) {
		this.plan = plan;
		this.kept = kept;
		part = Math.ceilDiv(horizon, parts);
		this.horizon = Math.ceilDiv(horizon, part) * part;
		this.stride = Math.max(1, stride);
		scores = new BreachScores(new int[] { Math.max(1, horizon / 4), horizon });
	}

	/** Whether a path begins at a sample. */
	boolean due(long sample) {
		return sample % stride == 0;
	}

	/** How far it reaches, in milliseconds. */
	long reach() {
		return horizon * plan.step;
	}

	/** Begins a path. */
	void issue(long sample, Bands bands) {
		BreachScores.Issued issued = scores.issue((limit, span) -> probability(bands, time -> limit,
				bands.origin().plusMillis(span * plan.step)).probability());
		open.add(new Path(sample, bands, horizon / part, issued));
	}

	/** Moves the open paths on by a sample that was measured. */
	void take(long sample, double value) {
		for (Iterator<Path> each = open.iterator(); each.hasNext();) {
			Path path = each.next();
			long ahead = sample - path.origin;
			if (ahead <= 0) {
				continue;
			}
			path.complete = (int) Math.min(ahead / part, path.largest.length);
			if (ahead <= horizon) {
				int at = (int) ((ahead - 1) / part);
				quantiles(path.bands, ahead * plan.step);
				path.largest[at] = (float) Math.max(path.largest[at], score(row, value));
			}
			scores.take(path.issued, ahead, value);
			if (ahead >= horizon) {
				each.remove();
				path.bands = null;
				paths.addLast(path);
				if (paths.size() > kept) {
					paths.removeFirst();
				}
			}
		}
		scores.learn(value);
	}

	/**
	 * The probability that a limit is exceeded.
	 *
	 * @param bands of now
	 * @param limit by time
	 * @param until up to when, not behind the bands; what lies behind the horizon is left out
	 */
	BreachRisk probability(Bands bands, ToDoubleFunction<Instant> limit, Instant until) {
		long span = Math.min(until.toEpochMilli() - bands.origin().toEpochMilli(), Math.min(reach(), bands.leadMillis(bands.leads() - 1)));
		int parts = (int) Math.clamp(Math.round(span / (double) (part * plan.step)), 1, (long) horizon / part);
		double[] least = new double[parts];
		double single = 0;
		for (int i = 0; i < parts; i++) {
			least[i] = FARTHEST;
			// the ends of a part and its middle stand for it
			for (int half = 0; half <= 2; half++) {
				long ahead = Math.max(plan.step, Math.round((i + half / 2.) * part * plan.step));
				quantiles(bands, ahead);
				least[i] = Math.min(least[i], score(row, limit.applyAsDouble(bands.origin().plusMillis(ahead))));
			}
			single = Math.max(single, 1 - Normal.below(least[i]));
		}
		double sum = 0;
		int count = 0;
		for (Collection<Path> some : List.of(paths, open)) {
			for (Path path : some) {
				if (path.complete >= parts) {
					sum += Normal.below(path.above(least) / KERNEL);
					count++;
				}
			}
		}
		double probability = (sum + ENOUGH * single) / (count + ENOUGH);
		return new BreachRisk(Math.clamp(probability, LEAST, 1 - LEAST), count);
	}

	/** Fills the row with the quantiles at a lead, by straight lines between those of the bands. */
	private void quantiles(Bands bands, long ahead) {
		int right = 0;
		while (right < bands.leads() - 1 && bands.leadMillis(right) < ahead) {
			right++;
		}
		double share = right == 0 || ahead >= bands.leadMillis(right) ? 1
				: (double) (ahead - bands.leadMillis(right - 1)) / (bands.leadMillis(right) - bands.leadMillis(right - 1));
		for (int level = 0; level < Levels.COUNT; level++) {
			double at = bands.value(right, level);
			row[level] = share == 1 ? at : bands.value(right - 1, level) * (1 - share) + at * share;
		}
	}

	/** The normal score of a value among quantiles: by straight lines between the levels, and on behind the outermost. */
	static double score(double[] quantiles, double value) {
		int last = Levels.COUNT - 1;
		int above = 0;
		while (above <= last && value > quantiles[above]) {
			above++;
		}
		int right = Math.clamp(above, 1, last);
		double width = quantiles[right] - quantiles[right - 1];
		double from = Spread.NORMAL[right - 1];
		double to = Spread.NORMAL[right];
		if (width > 0) {
			return Math.clamp(from + (to - from) * (value - quantiles[right - 1]) / width, -FARTHEST, FARTHEST);
		}
		return value > quantiles[last] ? FARTHEST : value < quantiles[0] ? -FARTHEST : to;
	}
}
