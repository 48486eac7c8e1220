// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.metric.SeriesId;

/**
 * What is known of the forecasts of one series.
 *
 * @param series       the series
 * @param model        the id of the model, or of the combination; empty before there is one
 * @param modelVersion changes with each training
 * @param trainedAt    when the model was last trained
 * @param modelStep    the step on which the models work; a multiple of the series' step
 * @param seasons      the seasonal periods found, strongest first
 * @param samples      how many samples, gaps not counted, the last training read
 * @param leads        by lead
 * @param candidates   what was tried, best first
 * @param why          why this model, or why none; a sentence
 * @param lastChange   the last training or change of model and what caused it; a sentence, empty before the first
 */
public record Quality(SeriesId series, String model, String modelVersion, Optional<Instant> trainedAt, Duration modelStep,
		List<Duration> seasons, int samples, List<LeadQuality> leads, List<Score> candidates, String why, String lastChange) {
	/** Copies. */
	public Quality {
		seasons = List.copyOf(seasons);
		leads = List.copyOf(leads);
		candidates = List.copyOf(candidates);
	}

	/**
	 * How good forecasts were at one lead.
	 *
	 * @param lead     the lead
	 * @param skill    1 − mean absolute error ÷ that of seasonal naive, on windows held out from the choice; {@code NaN} when
	 *                 not measured
	 * @param coverage share of values that fell into the band from .1 to .9, over live forecasts and, before there are any,
	 *                 the held-out windows; {@code NaN} when not measured
	 * @param wape     sum of absolute errors ÷ sum of absolute values; {@code NaN} when not measured
	 * @param mase     mean absolute error ÷ in-sample mean absolute error of the seasonal naive method one step ahead;
	 *                 {@code NaN} when not measured
	 * @param scored   how many live forecasts were scored
	 */
	public record LeadQuality(Duration lead, double skill, double coverage, double wape, double mase, int scored) {
	}

	/**
	 * What a candidate reached.
	 *
	 * @param model    the id of the model or combination
	 * @param relative its mean absolute error on the windows of choice ÷ that of seasonal naive; {@code NaN} when it was refused
	 * @param note     why it was refused; empty otherwise
	 */
	public record Score(String model, double relative, String note) {
	}
}
