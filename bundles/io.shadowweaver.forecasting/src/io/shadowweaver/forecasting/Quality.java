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
 * @param next         what more history will bring, and when; empty when it has all that its models need
 * @param changes      the last changes of model, newest first; the first model of a series is none
 * @param intervals    how well the bands kept what they promise; empty before the first forecast
 */
public record Quality(SeriesId series, String model, String modelVersion, Optional<Instant> trainedAt, Duration modelStep,
		List<Duration> seasons, int samples, List<LeadQuality> leads, List<Score> candidates, String why, String lastChange,
		Optional<Step> next, List<Change> changes, Optional<IntervalQuality> intervals) {
	/** Copies. */
	public Quality {
		seasons = List.copyOf(seasons);
		leads = List.copyOf(leads);
		candidates = List.copyOf(candidates);
		changes = List.copyOf(changes);
	}

	/** Without what is known of the bands. */
	public Quality(SeriesId series, String model, String modelVersion, Optional<Instant> trainedAt, Duration modelStep,
			List<Duration> seasons, int samples, List<LeadQuality> leads, List<Score> candidates, String why, String lastChange,
			Optional<Step> next, List<Change> changes) {
		this(series, model, modelVersion, trainedAt, modelStep, seasons, samples, leads, candidates, why, lastChange, next, changes,
				Optional.empty());
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
	 * @param training the CPU that the last training took for this series, trial and final fit; zero for a combination
	 */
	public record Score(String model, double relative, String note, Duration training) {
	}

	/**
	 * What a series gets when it has more history.
	 *
	 * @param sentence such as 'A daily pattern: it needs two days.'
	 * @param at       from when on, if no sample fails to come
	 */
	public record Step(String sentence, Instant at) {
	}

	/**
	 * Another model took over.
	 *
	 * @param time        when
	 * @param cause       why there was a training: the schedule, drift, an event, a person; a sentence or part of one
	 * @param before      the model before
	 * @param after       the model since
	 * @param errorBefore what the model before reached on the windows of choice, relative to seasonal naive; {@code NaN} when it could not be judged
	 * @param errorAfter  what the new one reached there
	 */
	public record Change(Instant time, String cause, String before, String after, double errorBefore, double errorAfter) {
	}
}
