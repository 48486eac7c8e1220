// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;

/** Says what is known of a series: its forecast with its provenance, the reason why there is none, its quality. */
final class Reports {
	/** Without a sample for so many blocks nothing is said any more. */
	private static final int STALE_BLOCKS = 3;
	/** So many live forecasts say more of a lead than the back-test. */
	private static final int ENOUGH = 30;
	/** The band from .1 to .9. */
	private static final int EIGHTY = 3;

	private final LeadPlan plan;

	Reports(LeadPlan plan) {
		this.plan = plan;
	}

	/** Why there is no forecast of a series now; {@code null} when there is one. */
	Forecast absent(SeriesId id, Track track, Instant at) {
		if (track == null) {
			return Forecast.absent(id, at, "The series is not known.", Optional.empty());
		}
		if (track.samples < Track.LEAST) {
			Instant ready = at.plusMillis((Track.LEAST - track.samples) * plan.step);
			String sentence = track.samples == 0 && track.training ? "Its history is being read."
					: "It has " + track.samples + " of the " + Track.LEAST + " samples that the first forecast needs.";
			return Forecast.absent(id, at, sentence, Optional.of(ready));
		}
		long silent = at.toEpochMilli() - track.newest * plan.step;
		if (silent > STALE_BLOCKS * plan.block) {
			return Forecast.absent(id, at, "No sample has come since " + Instant.ofEpochMilli(track.newest * plan.step) + ".",
					Optional.empty());
		}
		return null;
	}

	Forecast present(Track track, Instant at, Bands made) {
		Choice choice = track.choice;
		String model = choice == null || track.curve() == null ? Trainer.FALLBACK : choice.model();
		double skill = choice == null || track.curve() == null ? Double.NaN : mean(choice.skill());
		int scored = 0;
		double coverage = 0;
		double weights = 0;
		for (int lead = 0; lead < plan.leads.length; lead++) {
			scored += track.calibration.coverage.scored(lead);
			double share = coverage(track, lead);
			if (!Double.isNaN(share)) {
				double weight = 1 + track.calibration.coverage.scored(lead);
				coverage += weight * share;
				weights += weight;
			}
		}
		int samples = scored + (choice == null ? 0 : choice.heldOut());
		return new Forecast(track.id, at, model, choice == null ? "0" : choice.version(), skill,
				weights == 0 ? Double.NaN : coverage / weights, samples, Optional.of(made), "", Optional.empty());
	}

	/** The coverage of live forecasts, or of the back-test while there are few. */
	private static double coverage(Track track, int lead) {
		int scored = track.calibration.coverage.scored(lead);
		if (scored >= ENOUGH || track.choice == null || Double.isNaN(track.choice.coverage()[lead])) {
			return scored >= 10 ? track.calibration.coverage.of(lead, EIGHTY) : Double.NaN;
		}
		return track.choice.coverage()[lead];
	}

	private static double mean(double[] values) {
		return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
	}

	/** The first forecast as a step, while there is none. */
	private Optional<Quality.Step> first(Track track) {
		if (track == null || track.samples == 0 || track.samples >= Track.LEAST) {
			return Optional.empty();
		}
		return Optional.of(new Quality.Step("A first forecast: it needs " + Track.LEAST + " samples.",
				Instant.ofEpochMilli((track.newest + Track.LEAST - track.samples) * plan.step)));
	}

	/** What is known of the forecasts of a series. */
	Quality quality(SeriesId id, Track track) {
		if (track == null || track.choice == null) {
			String why = track == null ? "The series is not known." : track.training ? "It is being trained." : "It was not trained yet.";
			return new Quality(id, "", "", Optional.empty(), plan.blockDuration(), List.of(), track == null ? 0 : (int) track.samples,
					List.of(), List.of(), why, "", first(track), track == null ? List.of() : List.copyOf(track.changes));
		}
		Choice choice = track.choice;
		List<Quality.LeadQuality> leads = new ArrayList<>();
		for (int lead = 0; lead < plan.leads.length; lead++) {
			int scored = track.calibration.coverage.scored(lead);
			double wape = scored >= ENOUGH ? track.calibration.coverage.weightedError(lead) : choice.wape()[lead];
			double mase = scored >= ENOUGH && choice.naiveError() > 0 ? track.calibration.coverage.meanAbsoluteError(lead) / choice.naiveError()
					: Double.NaN;
			leads.add(new Quality.LeadQuality(Duration.ofMillis(plan.leads[lead]), choice.skill()[lead], coverage(track, lead), wape, mase,
					scored));
		}
		return new Quality(id, choice.model(), choice.version(), Optional.of(choice.trainedAt()), plan.blockDuration(),
				choice.seasons().stream().map(season -> plan.blockDuration().multipliedBy(season)).toList(), choice.samples(), leads,
				choice.scores(), choice.why(), track.lastChange, first(track).or(() -> Optional.ofNullable(choice.next())),
				List.copyOf(track.changes), Optional.of(intervals(track)));
	}

	private IntervalQuality intervals(Track track) {
		Coverage coverage = track.calibration.coverage;
		List<IntervalQuality.Lead> leads = new ArrayList<>();
		for (int l = 0; l < plan.leads.length; l++) {
			int lead = l;
			leads.add(new IntervalQuality.Lead(Duration.ofMillis(plan.leads[lead]), coverage.scored(lead), bands(band -> coverage.of(lead, band)),
					bands(band -> coverage.afterShift(lead, band)), coverage.weightedQuantileLoss(lead)));
		}
		List<List<Double>> hours = new ArrayList<>();
		for (int h = 0; h < Coverage.HOURS; h++) {
			int hour = h;
			hours.add(bands(band -> coverage.ofHour(hour, band)));
		}
		return new IntervalQuality(leads, hours, track.breaches == null ? List.of() : track.breaches.report());
	}

	private static List<Double> bands(IntToDoubleFunction of) {
		return IntStream.range(0, Coverage.BANDS).mapToObj(of::applyAsDouble).toList();
	}
}
