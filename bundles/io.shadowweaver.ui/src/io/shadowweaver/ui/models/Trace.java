// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.forecasting.BackTestReport;

/**
 * What a model forecast one lead ahead, as a line over the time that was forecast. Immutable; the arrays are not copied.
 *
 * @param times  milliseconds since the epoch, ascending
 * @param median in base units
 * @param low    the .1 quantile
 * @param high   the .9 quantile
 */
record Trace(long[] times, double[] median, double[] low, double[] high) {
	private static final int LOW = 3;
	private static final int HIGH = 7;
	private static final int HOURS = 24;

	/**
	 * The trace of a result.
	 *
	 * @param lead index of the lead in the report
	 */
	static Trace of(BackTestReport.Result result, int lead) {
		List<Bands> curves = result.curves();
		int count = curves.size();
		Trace trace = new Trace(new long[count], new double[count], new double[count], new double[count]);
		for (int i = 0; i < count; i++) {
			Bands bands = curves.get(i);
			trace.times[i] = bands.time(lead).toEpochMilli();
			trace.median[i] = bands.value(lead, Levels.MEDIAN);
			trace.low[i] = bands.value(lead, LOW);
			trace.high[i] = bands.value(lead, HIGH);
		}
		return trace;
	}

	/** The largest value within sight: bands that explode at a few origins do not hide the rest. */
	double top() {
		double[] highs = high.clone();
		Arrays.sort(highs);
		return highs.length == 0 ? Double.NaN : highs[Math.min(highs.length - 1, highs.length * 98 / 100)];
	}

	/** The least value. */
	double foot() {
		return Arrays.stream(low).min().orElse(Double.NaN);
	}

	/**
	 * How often values fell into the 80 % band.
	 *
	 * @param shares by hour of the day, {@code NaN} where nothing was scored; the last stands for all hours
	 * @param counts on how many forecasts they stand
	 */
	record Coverage(double[] shares, int[] counts) {
	}

	/** The coverage by the hour that was forecast, in a zone. */
	Coverage coverage(Series actual, ZoneId zone) {
		double[] inside = new double[HOURS + 1];
		int[] counts = new int[HOURS + 1];
		for (int i = 0; i < times.length; i++) {
			Instant time = Instant.ofEpochMilli(times[i]);
			int index = actual.length() == 0 ? -1 : actual.indexOf(time);
			double value = index < 0 || index >= actual.length() ? Double.NaN : actual.values()[index];
			if (!Double.isNaN(value)) {
				int hit = value >= low[i] && value <= high[i] ? 1 : 0;
				for (int column : new int[] { time.atZone(zone).getHour(), HOURS }) {
					inside[column] += hit;
					counts[column]++;
				}
			}
		}
		double[] shares = new double[HOURS + 1];
		for (int column = 0; column <= HOURS; column++) {
			shares[column] = counts[column] == 0 ? Double.NaN : inside[column] / counts[column];
		}
		return new Coverage(shares, counts);
	}
}
