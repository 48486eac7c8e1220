// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.kit.series.Differences;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;

/**
 * A forecast at any leads. Up to the longest lead that is scored the bands are the calibrated ones, between its leads by a straight
 * line in the root of time; behind it they go over, within some days, into what the series usually does at that time of its season,
 * with its trend damped: nobody knows the course of a Tuesday in eight weeks better.
 */
final class LongPath {
	private static final Duration LONGEST = Duration.ofDays(90);
	private static final double GOING_OVER_DAYS = 4;
	private static final double TREND_DAYS = 14;
	/** So far behind the longest lead that is scored a model counts for less than a hundredth beside what is usual, and would be asked for tens of thousands of steps. */
	private static final long MODELLED_MILLIS = Duration.ofDays(20).toMillis();

	private final LeadPlan plan;
	private final Track track;
	private final Instant origin;
	private final long[] leads;
	// what is taken from the track under the lock
	private final Curve curve;
	private final double level;
	private final double deviation;
	private final Spread spread;
	private final double[] shorter = new double[Levels.COUNT];
	private final double lower;
	private final Transform transform;
	private final boolean modelled;
	private final int season;

	/** Copies what it needs of a track; under the forecaster's lock. */
	LongPath(LeadPlan plan, Track track, Instant origin, long[] leads) {
		this.plan = plan;
		this.track = track;
		this.origin = origin;
		this.leads = leads;
		curve = track.curve();
		level = track.centre(origin.toEpochMilli());
		deviation = track.deviation();
		spread = track.calibration.spread.copy();
		lower = track.lower;
		transform = track.transform();
		modelled = curve != null;
		season = track.choice == null || track.choice.seasons().isEmpty() ? 0
				: track.choice.seasons().stream().mapToInt(Integer::intValue).max().getAsInt();
	}

	static long[] check(List<Duration> leads) {
		long[] millis = new long[leads.size()];
		for (int i = 0; i < millis.length; i++) {
			millis[i] = leads.get(i).toMillis();
			if (millis[i] <= (i == 0 ? 0 : millis[i - 1]) || leads.get(i).compareTo(LONGEST) > 0) {
				throw new IllegalArgumentException("leads must be positive, ascending and at most 90 days: " + leads.get(i));
			}
		}
		if (millis.length == 0) {
			throw new IllegalArgumentException("no leads");
		}
		return millis;
	}

	/** Asks the models and makes the bands; without the lock. */
	Forecast finish(SeriesReader history, Duration span, Function<Bands, Forecast> present) {
		boolean far = leads[leads.length - 1] > plan.leads[plan.leads.length - 1];
		Usual usual = far ? usual(history, span) : null;
		long most = usual == null ? Long.MAX_VALUE : plan.leads[plan.leads.length - 1] + MODELLED_MILLIS;
		Curve reaching = curve;
		if (modelled) {
			try {
				reaching = ask(most);
			} catch (CompletionException e) {
				return Forecast.absent(track.id, origin, "The model failed: " + e.getCause().getMessage(), Optional.empty());
			}
		}
		float[] values = new float[leads.length * Levels.COUNT];
		double[] row = new double[Levels.COUNT];
		for (int i = 0; i < leads.length; i++) {
			double time = origin.toEpochMilli() + (double) leads[i];
			double centre = reaching == null ? level : Math.max(lower, reaching.at(origin.toEpochMilli() + (double) Math.min(leads[i], most)));
			fill(row, leads[i], centre);
			if (usual != null && leads[i] > plan.leads[plan.leads.length - 1]) {
				goOver(row, usual, leads[i], time);
			}
			if (!BandMaker.put(transform, row, lower, values, i)) {
				return Forecast.absent(track.id, origin, "Its values are too large to be forecast.", Optional.empty());
			}
		}
		return present.apply(new Bands(origin, leads, values));
	}

	/** The quantiles at a lead: between two that are scored by a straight line in the root of time, behind the last ever wider. */
	private void fill(double[] row, long lead, double centre) {
		int last = plan.leads.length - 1;
		int right = 0;
		while (right < last && plan.leads[right] < lead) {
			right++;
		}
		spread.row(right, centre, deviation, row);
		if (lead > plan.leads[last]) {
			double growth = Math.sqrt((double) lead / plan.leads[last]);
			double wider = season > 0 ? Math.min(growth, 1.5) : growth;
			double median = row[Levels.MEDIAN];
			for (int level = 0; level < Levels.COUNT; level++) {
				row[level] = median + (row[level] - median) * wider;
			}
		} else if (right > 0 && lead < plan.leads[right]) {
			double from = Math.sqrt(plan.leads[right - 1]);
			double share = (Math.sqrt(lead) - from) / (Math.sqrt(plan.leads[right]) - from);
			spread.row(right - 1, centre, deviation, shorter);
			for (int level = 0; level < Levels.COUNT; level++) {
				row[level] = shorter[level] + (row[level] - shorter[level]) * share;
			}
		}
	}

	/** Asks the models for the leads up to some milliseconds. */
	private Curve ask(long most) {
		TreeSet<Integer> nodes = new TreeSet<>();
		for (int near = 1; near <= 3; near++) {
			nodes.add(near);
		}
		for (long lead : leads) {
			int ahead = (int) ((origin.toEpochMilli() + Math.min(lead, most) - plan.centre(curve.origin)) / plan.block);
			nodes.add(Math.max(1, ahead));
			nodes.add(Math.max(1, ahead + 1));
		}
		int[] wanted = nodes.stream().mapToInt(Integer::intValue).toArray();
		// a training may have gone over to another transform just now
		Curve asked = track.lane.ask(() -> track.lane.transform(track.slot) == transform ? track.lane.curve(track, wanted) : null).join();
		return asked == null ? curve : asked;
	}

	/** What a series usually does: its season with the level of the end, its growth a day, and what is left over. */
	private record Usual(long firstBlock, double[] profile, double slope, double[] rest, double days) {
	}

	private Usual usual(SeriesReader history, Duration span) {
		long end = Math.floorDiv(origin.toEpochMilli(), plan.block) - 1;
		Instant to = Instant.ofEpochMilli((end + 1) * plan.block);
		Past past = new Past(plan, history.range(track.id, to.minus(span), to), end, transform, null);
		if (past.blocks() < Trainer.LEAST_BLOCKS || past.transform != transform) {
			return null;
		}
		int length = past.filled.length;
		int period = season > 0 && season * 2 <= length ? season : past.seasons.isEmpty() ? 1 : past.seasons.getFirst();
		double slope = period > 1 ? slope(past.filled, period) : 0;
		double[] level = new double[length];
		for (int i = 0; i < length; i++) {
			level[i] = past.filled[i] - slope * (i - length);
		}
		double days = length * plan.block / 86_400_000.;
		return new Usual(past.firstBlock, Seasons.profile(level, period), slope * 86_400_000. / plan.block,
				Scale.sorted(Seasons.withoutProfile(level, period)), days);
	}

	/** The mean growth a step from one season to the next, which the shape of a season does not bend; few seasons count less. */
	private static double slope(double[] values, int period) {
		double seasons = (double) values.length / period - 1;
		return Scale.mean(Differences.of(values, period)) / period * seasons / (seasons + 1);
	}

	/** Mixes a row of quantiles with what is usual, more of it the longer the lead. */
	private void goOver(double[] row, Usual usual, long lead, double time) {
		double days = lead / 86_400_000.;
		double longest = plan.leads[plan.leads.length - 1] / 86_400_000.;
		double share = 1 - Math.exp(-(days - longest) / GOING_OVER_DAYS);
		long block = (long) Math.floor(time / plan.block) - usual.firstBlock;
		double trend = usual.slope * TREND_DAYS * (1 - Math.exp(-days / TREND_DAYS));
		double centre = trend + usual.profile[(int) Math.floorMod(block, (long) usual.profile.length)];
		double wider = Math.sqrt(1 + days / Math.max(1, usual.days));
		double median = row[Levels.MEDIAN];
		double mixed = median * (1 - share) + centre * share;
		double doubt = Math.abs(trend) * .5;
		spread.row(plan.leads.length - 1, mixed, 0, shorter);
		for (int l = 0; l < Levels.COUNT; l++) {
			double far = Scale.quantile(usual.rest, Levels.level(l)) * wider + doubt * Spread.NORMAL[l];
			double away = (row[l] - median) * (1 - share) + far * share;
			// no later time is known better than the last that is scored
			double scored = shorter[l] - shorter[Levels.MEDIAN];
			row[l] = mixed + (l < Levels.MEDIAN ? Math.min(away, scored) : l > Levels.MEDIAN ? Math.max(away, scored) : away);
		}
		Arrays.sort(row);
	}
}
