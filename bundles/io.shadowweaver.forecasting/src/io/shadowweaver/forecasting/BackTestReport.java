// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.List;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;

/**
 * All candidates and their combination judged on one series by rolling origin: the answer of {@link Forecaster#backTest}. Immutable, and independent of
 * the forecaster: it may be kept, compared and drawn.
 *
 * <p>History is cut into three parts. On the first each candidate is trained. The second weighs the members of the combination and gives the bands
 * their start. Over the third, the <em>report</em>, everything runs as in life: states move on with each value, parameters stay, bands learn from the errors whose
 * time has come. Only the report is judged and drawn.
 *
 * @param series  the series
 * @param step    the distance of two values of {@code actual}
 * @param seasons the seasonal periods found, strongest first
 * @param actual  what was measured over the report, from the first origin on; empty with its cause when nothing could be judged
 * @param leads   at which forecasts were judged, ascending
 * @param results best first by mean scaled error over the leads, those that could not be judged last
 * @param why     why nothing could be judged; a sentence, empty otherwise
 */
public record BackTestReport(SeriesId series, Duration step, List<Duration> seasons, Series actual, List<Duration> leads, List<Result> results,
		String why) {
	/** The nominal coverage of the bands that are judged: .01 to .99, .025 to .975, .05 to .95, .1 to .9, .25 to .75. */
	public static final List<Double> NOMINAL = List.of(.98, .95, .9, .8, .5);

	/** Copies. */
	public BackTestReport {
		seasons = List.copyOf(seasons);
		leads = List.copyOf(leads);
		results = List.copyOf(results);
	}

	/**
	 * What one candidate, or the combination, reached.
	 *
	 * @param model    its id, or the name of the combination
	 * @param kind     what it is
	 * @param inUse    whether the series is forecast with it at present
	 * @param note     why it could not be judged; a sentence, empty otherwise
	 * @param leads    one a lead of the report; empty when it could not be judged
	 * @param curves   its forecasts, one an origin, ascending; each has the leads of the report. At most {@value #MOST_CURVES}, evenly thinned
	 * @param training the CPU that training it took, or, for a combination, its members
	 */
	public record Result(String model, Kind kind, boolean inUse, String note, List<LeadResult> leads, List<Bands> curves, Duration training) {
		/** So many curves are kept of a model. */
		public static final int MOST_CURVES = 512;

		/** Copies. */
		public Result {
			leads = List.copyOf(leads);
			curves = List.copyOf(curves);
		}
	}

	/** What a result is of. */
	public enum Kind {
		/** A candidate by itself. */
		SINGLE,
		/** What would be chosen, by the second part of history alone: a candidate, or several combined. */
		CHOSEN,
		/** Seasonal naive as it is, which skill is measured against, whether or not it is a candidate; its bands are learned as those of the others. */
		REFERENCE
	}

	/**
	 * How good forecasts were at one lead; {@code NaN} where nothing was measured.
	 *
	 * @param lead     the lead
	 * @param wape     sum of absolute errors of the median ÷ sum of absolute values
	 * @param mase     mean absolute error of the median ÷ in-sample mean absolute error of seasonal naive one season ahead, before the report
	 *                 (Hyndman and Koehler, Another Look at Measures of Forecast Accuracy, 2006)
	 * @param pinball  mean quantile loss over the levels from .01 to .99, times 2, ÷ mean absolute value: the weighted quantile loss
	 * @param coverage share of values inside each band, in the order of {@link BackTestReport#NOMINAL}
	 * @param skill    1 − mean absolute error ÷ that of seasonal naive at the same times
	 * @param scored   how many forecasts were judged
	 */
	public record LeadResult(Duration lead, double wape, double mase, double pinball, List<Double> coverage, double skill, int scored) {
		/** Copies. */
		public LeadResult {
			coverage = List.copyOf(coverage);
		}
	}
}
