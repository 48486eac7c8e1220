// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.forecasting.IntervalQuality;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.views.AlertRow;

/**
 * How good the forecasts of one series are at one horizon; {@code NaN} stands for what was not measured yet.
 *
 * @param series   the series
 * @param subject  the name of the resource or group
 * @param metric   the name of the metric
 * @param model    the model in use; empty where there is none
 * @param quality  all that is known
 * @param lead     at this horizon; empty where there is no model
 * @param trained  when it was trained
 */
record ModelRow(SeriesId series, String subject, String metric, String model, Quality quality, Optional<Quality.LeadQuality> lead, String trained) {
	/** The nominal coverage of the band that is measured. */
	static final double NOMINAL = .8;
	/** By name, metric and horizon. */
	static final Comparator<ModelRow> NATURAL = Comparator.comparing((ModelRow row) -> !row.series.isGroup()).thenComparing(ModelRow::subject)
			.thenComparing(ModelRow::metric).thenComparing(ModelRow::span);

	/** What identifies a row. */
	record Key(SeriesId series, Duration lead) {
	}

	/**
	 * The rows of what is known.
	 *
	 * @param state for names
	 * @param all   what is known
	 * @param lead  the horizon; empty for a row of each
	 */
	static List<ModelRow> of(WeaverState state, List<Quality> all, Optional<Duration> lead) {
		List<ModelRow> rows = new ArrayList<>(all.size());
		for (Quality quality : all) {
			Metric metric = state.metrics().get(quality.series().metric());
			String subject = AlertRow.subject(state, quality.series().subject());
			String name = metric == null ? quality.series().metric() : metric.name();
			String trained = quality.trainedAt().map(at -> Formats.time(at, state.time())).orElse(Formats.NONE);
			List<Quality.LeadQuality> leads = lead.map(wanted -> nearest(quality.leads(), wanted).stream().toList()).orElse(quality.leads());
			for (Quality.LeadQuality one : leads) {
				rows.add(new ModelRow(quality.series(), subject, name, quality.model(), quality, Optional.of(one), trained));
			}
			if (leads.isEmpty()) {
				rows.add(new ModelRow(quality.series(), subject, name, quality.model(), quality, Optional.empty(), trained));
			}
		}
		return rows;
	}

	private static Optional<Quality.LeadQuality> nearest(List<Quality.LeadQuality> leads, Duration wanted) {
		return leads.stream().min(Comparator.comparing(one -> one.lead().minus(wanted).abs()));
	}

	Key key() {
		return new Key(series, span());
	}

	/** The horizon; zero where there is no model. */
	Duration span() {
		return lead.map(Quality.LeadQuality::lead).orElse(Duration.ZERO);
	}

	double wape() {
		return lead.map(Quality.LeadQuality::wape).orElse(Double.NaN);
	}

	double mase() {
		return lead.map(Quality.LeadQuality::mase).orElse(Double.NaN);
	}

	double coverage() {
		return lead.map(Quality.LeadQuality::coverage).orElse(Double.NaN);
	}

	double skill() {
		return lead.map(Quality.LeadQuality::skill).orElse(Double.NaN);
	}

	/** The weighted quantile loss of the live forecasts; {@code NaN} while there are none. */
	double pinball() {
		return lead.flatMap(at -> quality.intervals().flatMap(known -> known.leads().stream().filter(one -> one.lead().equals(at.lead())).findFirst()))
				.map(IntervalQuality.Lead::quantileLoss).orElse(Double.NaN);
	}

	int scored() {
		return lead.map(Quality.LeadQuality::scored).orElse(0);
	}

	/** The colour of a coverage: what lies outside of the band more often than it should is bad, the opposite merely wide. */
	static int coverageColour(double coverage, double nominal, Palette palette) {
		double off = coverage - nominal;
		return Double.isNaN(off) ? palette.stale() : off < -.15 ? palette.stop(3) : off < -.07 ? palette.stop(2) : off > .12 ? palette.unusual() : palette.stop(1);
	}

	/** The colour of a skill: below zero, seasonal naive would be better. */
	static int skillColour(double skill, Palette palette) {
		return Double.isNaN(skill) ? palette.stale() : skill < 0 ? palette.stop(3) : palette.stop(1);
	}
}
