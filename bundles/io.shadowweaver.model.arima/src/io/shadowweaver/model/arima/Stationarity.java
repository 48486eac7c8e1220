// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import io.shadowweaver.kit.series.Differences;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;

/** Tests that say how often a series is differenced. */
final class Stationarity {
	/** Of the statistic about a level, at 5 % (Kwiatkowski, Phillips, Schmidt and Shin, 1992, table 1). */
	private static final double CRITICAL = .463;
	/** A season stronger than this is differenced. */
	private static final double STRONG = .64;

	private Stationarity() {
	}

	/**
	 * The statistic of Kwiatkowski, Phillips, Schmidt and Shin (1992) for a level, with the weights of Bartlett over 3√n/13 lags.
	 *
	 * @param values without gaps
	 * @return 0 for a constant
	 */
	static double kpss(double[] values) {
		int n = values.length;
		double mean = Scale.mean(values);
		double[] rest = new double[n];
		double partial = 0;
		double sums = 0;
		double variance = 0;
		for (int t = 0; t < n; t++) {
			rest[t] = values[t] - mean;
			partial += rest[t];
			sums += partial * partial;
			variance += rest[t] * rest[t];
		}
		int lags = (int) (3 * Math.sqrt(n) / 13);
		for (int lag = 1; lag <= lags; lag++) {
			double product = 0;
			for (int t = lag; t < n; t++) {
				product += rest[t] * rest[t - lag];
			}
			variance += 2 * (1 - lag / (lags + 1.)) * product;
		}
		return variance > 0 ? sums / (n * variance) : 0;
	}

	/** How many ordinary differences make a series stationary about a level, at most {@code most}. */
	static int differences(double[] values, int most) {
		double[] rest = values;
		int count = 0;
		while (count < most && rest.length > 10 && kpss(rest) > CRITICAL) {
			rest = Differences.of(rest, 1);
			count++;
		}
		return count;
	}

	/**
	 * The strength of a season (Wang, Smith and Hyndman, 2006): the share of what is left without the trend that the season explains, by a classical
	 * decomposition with a centred mean over a period.
	 *
	 * @param values without gaps
	 * @param period in steps
	 * @return 0 to 1; 0 with less than two periods
	 */
	static double seasonalStrength(double[] values, int period) {
		if (values.length < 2 * period || period < 2) {
			return 0;
		}
		double[] detrended = new double[values.length - period];
		double sum = 0;
		for (int i = 0; i < period; i++) {
			sum += values[i];
		}
		for (int i = 0; i < detrended.length; i++) {
			// an even period has its middle between two steps: half of either end counts
			double next = sum + values[i + period] - values[i];
			detrended[i] = values[i + period / 2] - (period % 2 == 0 ? (sum + next) / 2 : sum) / period;
			sum = next;
		}
		double rest = Scale.deviation(Seasons.withoutProfile(detrended, period));
		double all = Scale.deviation(detrended);
		return all > 0 ? Math.max(0, 1 - rest * rest / (all * all)) : 0;
	}

	/** Whether a season is so strong that it is differenced. */
	static boolean strongSeason(double[] values, int period) {
		return seasonalStrength(values, period) > STRONG;
	}
}
