// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds the seasonal periods of a series from the series itself. */
public final class Seasons {
	/** At most so many are named. */
	private static final int MOST = 3;
	private static final double CLEAR = .25;
	private static final int SHORTEST = 4;

	private Seasons() {
	}

	/**
	 * Periods at which the autocorrelation of the detrended series has a clear peak. A day is looked for first and a week in
	 * what a day leaves over, since nearly all load has them; then any other peak. A period needs 1.8 of its length in data.
	 *
	 * @param values without gaps
	 * @param step   the distance of two values
	 * @return periods in steps, strongest first; empty for none
	 */
	public static List<Integer> find(double[] values, Duration step) {
		int maxLag = (int) (values.length / 1.8);
		List<Integer> found = new ArrayList<>();
		if (maxLag < SHORTEST) {
			return found;
		}
		double[] rest = detrended(values);
		double[] acf = Autocorrelation.of(rest, maxLag);
		if (acf[0] == 0) {
			return found;
		}
		int day = steps(Duration.ofDays(1), step);
		int week = steps(Duration.ofDays(7), step);
		if (clear(acf, day)) {
			found.add(day);
			rest = withoutProfile(rest, day);
			acf = Autocorrelation.of(rest, maxLag);
		}
		if (clear(acf, week)) {
			found.add(week);
			rest = withoutProfile(rest, week);
			acf = Autocorrelation.of(rest, maxLag);
		}
		while (found.size() < MOST && acf[0] != 0) {
			int peak = strongest(acf, found);
			if (peak == 0) {
				break;
			}
			found.add(peak);
			rest = withoutProfile(rest, peak);
			acf = Autocorrelation.of(rest, maxLag);
		}
		return found;
	}

	private static int steps(Duration period, Duration step) {
		double steps = (double) period.toMillis() / step.toMillis();
		long whole = Math.round(steps);
		return whole >= SHORTEST && Math.abs(steps - whole) < .01 * steps && whole < Integer.MAX_VALUE ? (int) whole : 0;
	}

	/** A peak stands out when it is high, and higher than a quarter of the period beside it. */
	private static boolean clear(double[] acf, int lag) {
		if (lag < SHORTEST || lag >= acf.length || acf[lag] < CLEAR) {
			return false;
		}
		int quarter = Math.max(1, lag / 4);
		double left = acf[lag - quarter];
		double middle = acf[lag / 2];
		return acf[lag] > left + .05 && acf[lag] > middle + .1;
	}

	private static int strongest(double[] acf, List<Integer> known) {
		int best = 0;
		int limit = acf.length - 2;
		for (int lag = SHORTEST; lag <= limit; lag++) {
			if (acf[lag] > Math.max(CLEAR, best == 0 ? 0 : acf[best] + .02) && acf[lag] >= acf[lag - 1] && acf[lag] >= acf[lag + 1]
					&& clear(acf, lag) && !multiple(lag, known)) {
				best = lag;
			}
		}
		return best;
	}

	private static boolean multiple(int lag, List<Integer> known) {
		for (int period : known) {
			double ratio = (double) Math.max(lag, period) / Math.min(lag, period);
			if (lag >= period && Math.abs(ratio - Math.rint(ratio)) < .05 || lag < period && Math.abs(lag - period) < .1 * period) {
				return true;
			}
		}
		return false;
	}

	private static double[] detrended(double[] values) {
		double[] line = Differences.line(values);
		double[] rest = new double[values.length];
		for (int i = 0; i < rest.length; i++) {
			rest[i] = values[i] - line[0] - line[1] * i;
		}
		return rest;
	}

	/**
	 * A series less the mean of each phase of a season.
	 *
	 * @param values without gaps
	 * @param season in steps
	 * @return as long
	 */
	public static double[] withoutProfile(double[] values, int season) {
		double[] profile = profile(values, season);
		double[] rest = new double[values.length];
		for (int i = 0; i < rest.length; i++) {
			rest[i] = values[i] - profile[i % season];
		}
		return rest;
	}

	/**
	 * The mean of each phase of a season, by index modulo season.
	 *
	 * @param values without gaps
	 * @param season in steps
	 * @return one mean a phase; 0 for a phase never seen
	 */
	public static double[] profile(double[] values, int season) {
		double[] profile = new double[season];
		int[] counts = new int[season];
		for (int i = 0; i < values.length; i++) {
			profile[i % season] += values[i];
			counts[i % season]++;
		}
		for (int phase = 0; phase < season; phase++) {
			profile[phase] /= Math.max(1, counts[phase]);
		}
		return profile;
	}

	/**
	 * How an operator calls a season.
	 *
	 * @param period its length, positive
	 * @return such as 'daily', 'weekly' or 'every 4 d 18 h': the two largest units
	 */
	public static String name(Duration period) {
		if (period.equals(Duration.ofHours(1))) {
			return "hourly";
		}
		if (period.equals(Duration.ofDays(1))) {
			return "daily";
		}
		if (period.equals(Duration.ofDays(7))) {
			return "weekly";
		}
		long[] counts = { period.toDays(), period.toHoursPart(), period.toMinutesPart(), period.toSecondsPart(), period.toMillisPart() };
		String[] units = { "d", "h", "min", "s", "ms" };
		int first = 0;
		while (first < units.length - 1 && counts[first] == 0) {
			first++;
		}
		String largest = "every " + counts[first] + " " + units[first];
		return first + 1 < units.length && counts[first + 1] > 0 ? largest + " " + counts[first + 1] + " " + units[first + 1] : largest;
	}
}
