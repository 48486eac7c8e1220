// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

/**
 * Predictive scaling as it is documented by a large cloud: every six hours a forecast of the next 48 hours, one value an hour, from the
 * last 14 days. The documents do not say how; here an hour is the mean of the same hour of those days and, in equal parts, of those that
 * were the same day of the week, by which a weekly course is followed too.
 */
final class HourlyForecast {
	private static final double HOUR = 3_600_000;
	private static final int REFRESH = 6;
	private static final int DAYS = 14;

	private HourlyForecast() {
	}

	/**
	 * Forecasts each step from what was known at the last refresh one lead before; the hours count from the first step.
	 *
	 * @param demand     {@code NaN} for a gap
	 * @param lead       in steps
	 * @param stepMillis the time of a step
	 * @return one a step; where no day is known yet, the mean of what is
	 */
	static double[] of(double[] demand, int lead, double stepMillis) {
		double[] forecast = new double[demand.length];
		int hours = (int) Math.ceil(demand.length * stepMillis / HOUR);
		double[] mean = means(demand, stepMillis, hours + 1);
		long made = -1;
		int before = -1;
		for (int t = 0; t < forecast.length; t++) {
			int hour = (int) (t * stepMillis / HOUR);
			// the end of the newest hour that is complete one lead before, in whole refreshes
			long refresh = (long) Math.floor((t - lead + 1) * stepMillis / HOUR / REFRESH);
			if (t == 0 || hour != before || refresh != made) {
				forecast[t] = say(mean, hour, (int) Math.max(0, refresh * REFRESH));
				made = refresh;
				before = hour;
			} else {
				forecast[t] = forecast[t - 1];
			}
		}
		double first = Double.NaN;
		for (int t = 0; t < forecast.length; t++) {
			if (Double.isNaN(forecast[t])) {
				first = t >= lead && !Double.isNaN(demand[t - lead]) ? demand[t - lead] : first;
				forecast[t] = Double.isNaN(first) ? 0 : first;
			}
		}
		return forecast;
	}

	private static double[] means(double[] demand, double stepMillis, int hours) {
		double[] sums = new double[hours];
		int[] counts = new int[hours];
		for (int t = 0; t < demand.length; t++) {
			if (!Double.isNaN(demand[t])) {
				sums[(int) (t * stepMillis / HOUR)] += demand[t];
				counts[(int) (t * stepMillis / HOUR)]++;
			}
		}
		for (int hour = 0; hour < hours; hour++) {
			sums[hour] = counts[hour] == 0 ? Double.NaN : sums[hour] / counts[hour];
		}
		return sums;
	}

	/** The forecast of an hour from the hours before {@code end}. */
	private static double say(double[] mean, int hour, int end) {
		double all = 0;
		int count = 0;
		double same = 0;
		int sameCount = 0;
		double any = 0;
		int anyCount = 0;
		for (int at = Math.max(0, end - DAYS * 24); at < end; at++) {
			if (Double.isNaN(mean[at])) {
				continue;
			}
			any += mean[at];
			anyCount++;
			if ((hour - at) % 24 == 0) {
				all += mean[at];
				count++;
				if ((hour - at) % 168 == 0) {
					same += mean[at];
					sameCount++;
				}
			}
		}
		if (count == 0) {
			return anyCount == 0 ? Double.NaN : any / anyCount;
		}
		return sameCount == 0 ? all / count : (all / count + same / sameCount) / 2;
	}
}
