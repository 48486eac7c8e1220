// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Grid;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;

/** The history of one series as a training sees it: samples, blocks, seasons. */
final class Past {
	/** A series is intermittent when a larger share of its blocks is 0. */
	private static final double INTERMITTENT = .3;
	private final LeadPlan plan;
	/** Samples, gaps as {@code NaN}; the first is number {@link #firstSample} since the epoch. */
	final double[] fine;
	final long firstSample;
	/** Blocks, gaps as {@code NaN}; the first is number {@link #firstBlock} since the epoch. */
	final double[] coarse;
	/** The same without gaps. */
	final double[] filled;
	final long firstBlock;
	/** In blocks, strongest first. */
	final List<Integer> seasons;
	/** Samples that are no gaps. */
	final int count;
	/** In what all values here are. */
	final Transform transform;
	/** Why they are not in what was wanted; empty when they are. */
	final String untransformed;
	private final double least;
	private final double most;

	/**
	 * @param series   what history has
	 * @param endBlock the last block to use
	 */
	Past(LeadPlan plan, Series series, long endBlock) {
		this(plan, series, endBlock, Transform.NONE, null);
	}

	/**
	 * @param wanted in what values are to be; they are left as they are where one of them has no such thing
	 * @param fixed  the seasons in blocks; {@code null} where they are to be found
	 */
	Past(LeadPlan plan, Series series, long endBlock, Transform wanted, List<Integer> fixed) {
		this.plan = plan;
		double[] all = series.values();
		int first = 0;
		while (first < all.length && !Double.isFinite(all[first])) {
			first++;
		}
		long start = Math.floorDiv(series.start().toEpochMilli(), plan.step) + first;
		int length = (int) Math.clamp((endBlock + 1) * plan.factor - start, 0, (long) all.length - first);
		double[] measured = Arrays.copyOfRange(all, first, first + length);
		double refused = wanted == Transform.NONE ? Double.NaN
				: Arrays.stream(measured).filter(value -> Double.isFinite(value) && Double.isNaN(wanted.to(value))).findFirst().orElse(Double.NaN);
		transform = Double.isNaN(refused) ? wanted : Transform.NONE;
		untransformed = Double.isNaN(refused) ? "" : " Not in logarithms: a value of " + refused + " has none.";
		fine = transform.to(measured);
		firstSample = start;
		double low = Double.POSITIVE_INFINITY;
		double high = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < length; i++) {
			if (!Double.isFinite(fine[i])) {
				fine[i] = Double.NaN;
			} else {
				low = Math.min(low, fine[i]);
				high = Math.max(high, fine[i]);
			}
		}
		least = low;
		most = high;
		count = Gaps.count(fine);
		long from = Math.floorDiv(start, (long) plan.factor);
		int blocks = count == 0 ? 0 : (int) Math.max(0, endBlock - from + 1);
		double[] means = Grid.means(Instant.ofEpochMilli(start * plan.step), plan.step, fine, plan.block, from, blocks);
		int lead = 0;
		while (lead < means.length && Double.isNaN(means[lead])) {
			lead++;
		}
		coarse = Arrays.copyOfRange(means, lead, means.length);
		firstBlock = from + lead;
		double[] plain = Gaps.fill(coarse, 0);
		seasons = coarse.length == 0 || isConstant() ? List.of() : fixed != null ? fixed : List.copyOf(Seasons.find(plain, plan.blockDuration()));
		filled = seasons.isEmpty() ? plain : Gaps.fill(coarse, seasons.getFirst());
	}

	private Past(Past of, List<Integer> seasons) {
		plan = of.plan;
		fine = of.fine;
		firstSample = of.firstSample;
		coarse = of.coarse;
		firstBlock = of.firstBlock;
		count = of.count;
		transform = of.transform;
		untransformed = of.untransformed;
		least = of.least;
		most = of.most;
		this.seasons = List.copyOf(seasons);
		filled = Gaps.fill(coarse, seasons.isEmpty() ? 0 : seasons.getFirst());
	}

	/** The same with other seasons, such as those that an earlier part of it shows. */
	Past with(List<Integer> others) {
		return new Past(this, others);
	}

	/** Whether all samples are equal, but for rounding. */
	boolean isConstant() {
		return count > 0 && most - least <= 1e-9 * Math.max(Math.abs(most), Math.abs(least));
	}

	/** Whether more than a part of the blocks is 0, so that its mean and its median say different things. */
	boolean isIntermittent() {
		return transform == Transform.NONE && zeros() > INTERMITTENT;
	}

	/** The share of the blocks that is 0. */
	double zeros() {
		return blocks() == 0 ? 0 : (double) Arrays.stream(coarse).filter(value -> value == 0).count() / blocks();
	}

	/** Whether values are below 0, or may be, as logarithms are. */
	boolean hasNegatives() {
		return transform == Transform.LOG || count > 0 && least < 0;
	}

	/** The least value that there can be. */
	double lower() {
		return hasNegatives() ? Double.NEGATIVE_INFINITY : 0;
	}

	/** Whether all samples fit into single precision, in which forecasts are kept. */
	boolean fits() {
		return count == 0 || Math.max(Math.abs(least), Math.abs(most)) < 1e30;
	}

	/** The number of blocks that are no gaps. */
	int blocks() {
		return Gaps.count(coarse);
	}

	/** The sample of a number since the epoch; {@code NaN} outside. */
	double sample(long number) {
		long at = number - firstSample;
		return at < 0 || at >= fine.length ? Double.NaN : fine[(int) at];
	}

	/** The number of the last sample of the block of an index. */
	long lastSampleOf(int index) {
		return (firstBlock + index + 1) * plan.factor - 1;
	}

	/**
	 * What seasonal naive, made at the block of an index, says of a time: the value whole seasons ago, a straight line between
	 * blocks. Without a season the value of that block.
	 */
	double seasonalNaive(int index, double millis) {
		if (seasons.isEmpty()) {
			return filled[index];
		}
		int season = seasons.getFirst();
		double at = (millis - plan.centre(firstBlock)) / plan.block;
		at -= Math.ceil((at - index) / season) * season;
		if (at < 0) {
			return filled[index];
		}
		int left = (int) at;
		double share = at - left;
		return left + 1 > index ? filled[left] : filled[left] * (1 - share) + filled[left + 1] * share;
	}

	/**
	 * Whether some days of the last week are lower than the others by far more than those differ: two days in a row, by a
	 * tenth at least and by three standard deviations.
	 */
	boolean daysDiffer() {
		int day = (int) (86_400_000 / plan.block);
		if (day * plan.block != 86_400_000 || filled.length < 7 * day) {
			return false;
		}
		// the weekday of a day that is cut by the end counts by what there is of it now and a week ago
		double[] sums = new double[7];
		int[] counts = new int[7];
		for (int i = filled.length - 7 * day; i < filled.length; i++) {
			int weekday = (int) Math.floorMod(Math.floorDiv(firstBlock + i, (long) day), 7L);
			sums[weekday] += filled[i];
			counts[weekday]++;
		}
		double[] means = new double[7];
		for (int i = 0; i < 7; i++) {
			means[i] = sums[i] / counts[i];
		}
		for (int pair = 0; pair < 7; pair++) {
			double[] others = new double[5];
			for (int i = 0; i < 5; i++) {
				others[i] = means[(pair + 2 + i) % 7];
			}
			double mean = Scale.mean(others);
			double least = Math.max(.1 * Math.abs(mean), 3 * Scale.deviation(others));
			if (mean - Math.max(means[pair], means[(pair + 1) % 7]) > least) {
				return true;
			}
		}
		return false;
	}

	/** The last value that is known at a block, by its index. */
	double known(int index) {
		int at = index;
		while (at > 0 && Double.isNaN(coarse[at])) {
			at--;
		}
		return coarse[at];
	}

	/** The first blocks as a series; nothing in them is from later. */
	Series blocks(int until, boolean withGaps) {
		double[] values = Arrays.copyOf(withGaps ? coarse : filled, until);
		if (!withGaps && until > 0 && Double.isNaN(coarse[until - 1])) {
			// the gap at the end was filled towards what comes behind it
			values = Gaps.fill(Arrays.copyOf(coarse, until), seasons.isEmpty() ? 0 : seasons.getFirst());
		}
		return Series.of(Instant.ofEpochMilli(firstBlock * plan.block), plan.blockDuration(), values);
	}
}
