// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.List;

import io.shadowweaver.api.forecast.Levels;

/**
 * How well the bands of a series kept what they promise, over its live forecasts, recent ones counting more. A list of coverages has
 * one share for each nominal band, in the order of {@link #nominal}; {@code NaN} where nothing was measured.
 *
 * @param leads    by lead
 * @param hours    by hour of the day (UTC) of the value, over the leads up to an hour; 24 of them
 * @param breaches how good probabilities of a breach were; empty for series of which none was asked lately
 */
public record IntervalQuality(List<Lead> leads, List<List<Double>> hours, List<Breach> breaches) {
	/** The number of nominal bands. */
	public static final int BANDS = Coverage.BANDS;

	/** Copies. */
	public IntervalQuality {
		leads = List.copyOf(leads);
		hours = hours.stream().map(List::copyOf).toList();
		breaches = List.copyOf(breaches);
	}

	/**
	 * What a band promises to cover.
	 *
	 * @param band 0 for the widest, from .01 to .99, to {@link #BANDS} − 1 for the narrowest, from .25 to .75
	 * @return the share, such as .98
	 */
	public static double nominal(int band) {
		return 1 - 2 * Levels.level(band);
	}

	/**
	 * At one lead.
	 *
	 * @param lead         the lead
	 * @param scored       how many forecasts were scored
	 * @param coverage     by nominal band
	 * @param afterShift   the same of forecasts that were issued within an hour after a shift of the series, which is when errors are
	 *                     three times as large as usual
	 * @param quantileLoss twice the mean pinball loss over all levels ÷ the mean absolute value; {@code NaN} for none
	 */
	public record Lead(Duration lead, int scored, List<Double> coverage, List<Double> afterShift, double quantileLoss) {
		/** Copies. */
		public Lead {
			coverage = List.copyOf(coverage);
			afterShift = List.copyOf(afterShift);
		}
	}

	/**
	 * How good the probabilities were that a limit is exceeded at some time within a span.
	 *
	 * @param span      from now on
	 * @param share     of the time that the series exceeds the limit
	 * @param brier     Brier's score: the mean squared distance of the probability from what came; 0 is perfect
	 * @param reference the same of climatology, which always says how often it happened so far
	 * @param frequency how often the limit was exceeded within the span
	 * @param scored    how many were scored
	 */
	public record Breach(Duration span, double share, double brier, double reference, double frequency, int scored) {
		/** 1 − Brier's score ÷ that of climatology: over 0 when better; {@code NaN} where climatology is perfect. */
		public double skill() {
			return reference > 0 ? 1 - brier / reference : Double.NaN;
		}
	}
}
