// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.util.Arrays;

/**
 * The rules that our policy is compared with, over one recorded demand. Where nothing is known yet, a rule takes the first value that
 * becomes known later; that is within the warm-up unless the lead is longer than it.
 */
final class Rivals {
	private static final int SIX = 6;
	private static final double DAY = 86_400_000;

	private final double[] demand;
	private final int lead;
	private final double millis;
	private final Units units;
	/** The newest value known one lead before each step, gaps bridged by the one before. */
	private final double[] last;

	/**
	 * @param demand of each step; {@code NaN} for a gap
	 * @param lead   in steps, at least 1
	 * @param step   the time of a step
	 * @param units  the units of capacity, for rules whose next step depends on the rounded one
	 */
	Rivals(double[] demand, int lead, Duration step, Units units) {
		this.demand = demand;
		this.lead = lead;
		this.units = units;
		millis = step.toMillis();
		last = known();
	}

	private double[] known() {
		double[] values = new double[demand.length];
		double newest = Arrays.stream(demand).filter(value -> !Double.isNaN(value)).findFirst().orElse(0);
		for (int t = 0; t < values.length; t++) {
			double value = t >= lead ? demand[t - lead] : Double.NaN;
			newest = Double.isNaN(value) ? newest : value;
			values[t] = newest;
		}
		return values;
	}

	/** A rule by its policy; {@link Policy#SHADOW} is none and {@link Policy#CLAIRVOYANT} has no parameter. */
	Rival of(Policy policy) {
		return switch (policy) {
		case LAST -> Rival.headroom(last);
		case MAX6 -> Rival.headroom(maximum(SIX));
		case SEASONAL -> Rival.headroom(dayBefore());
		case STATIC -> Rival.headroom(filled(peak()));
		case HOURLY48 -> Rival.headroom(HourlyForecast.of(demand, lead, millis));
		case TRACKING -> generosity -> new TargetTracking(millis, units).decide(last, generosity);
		case HPA -> generosity -> new PodAutoscaler(millis, units).decide(last, generosity);
		case HISTOGRAM -> new DecayedHistogram(demand, lead, millis)::decide;
		case SHADOW, CLAIRVOYANT -> throw new IllegalArgumentException(policy + " is no rival with a parameter");
		};
	}

	/** What knows the future needs just the demand; a gap needs what was there before it. */
	double[] clairvoyant() {
		double[] capacity = new double[demand.length];
		double newest = last[0];
		for (int t = 0; t < capacity.length; t++) {
			newest = Double.isNaN(demand[t]) ? newest : demand[t];
			capacity[t] = units.up(newest);
		}
		return capacity;
	}

	private double[] maximum(int count) {
		double[] values = new double[demand.length];
		for (int t = 0; t < values.length; t++) {
			values[t] = last[t];
			for (int back = 1; back < count && back <= t; back++) {
				values[t] = Math.max(values[t], last[t - back]);
			}
		}
		return values;
	}

	/** The value of the newest day before that is known at this time of day; the newest value before there is a day. */
	private double[] dayBefore() {
		int day = (int) Math.max(1, Math.round(DAY / millis));
		int back = Math.ceilDiv(lead, day) * day;
		double[] values = new double[demand.length];
		for (int t = 0; t < values.length; t++) {
			// last[t + lead − back] is the newest sample at or before that time
			values[t] = t >= back ? last[Math.min(t, t + lead - back)] : last[t];
		}
		return values;
	}

	private double peak() {
		return Arrays.stream(demand).filter(value -> !Double.isNaN(value)).max().orElse(0);
	}

	private double[] filled(double value) {
		double[] values = new double[demand.length];
		Arrays.fill(values, value);
		return values;
	}
}
