// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;

/**
 * Replays the report of a back-test sample by sample with the curves of one model, through the same track, calibration and bands as in life, and
 * measures what comes out.
 */
final class ReportReplay {
	private static final int WARM = 2000;

	private final BackTest test;
	private final LeadPlan plan;
	private final Past past;
	private final SeriesId id;
	private final Metric metric;
	private final int[] judged;
	private final double naiveError;
	private final long firstSample;

	/**
	 * @param first      the index of the first block of the report
	 * @param judged     the origins that are judged, as indices into those of the test; ascending
	 * @param naiveError the divisor of MASE
	 */
	ReportReplay(BackTest test, SeriesId id, Metric metric, int first, int[] judged, double naiveError) {
		this.test = test;
		this.id = id;
		this.metric = metric;
		this.judged = judged;
		this.naiveError = naiveError;
		plan = test.plan;
		past = test.past;
		firstSample = past.lastSampleOf(first - 1);
	}

	/** What was measured, from the last sample before the report on. */
	Series actual() {
		int from = (int) Math.max(0, firstSample - past.firstSample);
		return Series.of(Instant.ofEpochMilli((past.firstSample + from) * plan.step), Duration.ofMillis(plan.step),
				past.transform.from(Arrays.copyOfRange(past.fine, from, past.fine.length)));
	}

	/** Replays the curves of a model for near leads and one for far leads. */
	BackTestReport.Result result(String name, BackTestReport.Kind kind, boolean inUse, Trial near, Trial far, Duration training) {
		Track track = new Track(id, metric, plan, null, 0);
		track.transform(past.transform);
		track.lower = past.lower();
		int end = (int) (firstSample + 1 - past.firstSample);
		int from = Math.max(0, end - WARM);
		track.warm(Arrays.copyOfRange(past.fine, from, end), past.firstSample + from);
		track.start(new Starts(test).beforeReport(near, far));
		Score[] scores = new Score[plan.leads.length];
		Arrays.setAll(scores, lead -> new Score());
		List<Bands> curves = new ArrayList<>();
		BandMaker maker = new BandMaker(plan);
		int every = Math.ceilDiv(Math.max(1, judged.length), BackTestReport.Result.MOST_CURVES);
		int next = 0;
		int count = 0;
		for (int o = 0; o < test.origins.length; o++) {
			long origin = past.lastSampleOf(test.origins[o]);
			if (origin < firstSample) {
				continue;
			}
			track.curve(test.curve(near, far, o));
			if (next < judged.length && judged[next] == o) {
				next++;
				Bands bands = maker.standard(track, Instant.ofEpochMilli(origin * plan.step));
				if (bands != null) {
					score(scores, bands, o, kind == BackTestReport.Kind.REFERENCE);
					if (count++ % every == 0) {
						curves.add(bands);
					}
				}
			}
			long until = o + 1 < test.origins.length ? past.lastSampleOf(test.origins[o + 1]) : origin + plan.factor;
			live(track, origin, until);
		}
		List<BackTestReport.LeadResult> leads = new ArrayList<>();
		for (int lead = 0; lead < scores.length; lead++) {
			leads.add(scores[lead].result(Duration.ofMillis(plan.leads[lead]), naiveError));
		}
		return new BackTestReport.Result(name, kind, inUse, "", leads, curves, training);
	}

	/** What a forecaster does with each sample behind an origin. */
	private void live(Track track, long origin, long until) {
		track.issue(origin);
		for (long sample = origin + 1; sample <= until; sample++) {
			double value = past.sample(sample);
			if (Double.isFinite(value)) {
				track.score(sample, value);
				track.take(sample, value);
				if (sample < until) {
					track.issue(sample);
				}
			}
		}
	}

	private void score(Score[] scores, Bands bands, int o, boolean reference) {
		for (int lead = 0; lead < bands.leads(); lead++) {
			long sample = test.target(o, lead);
			double value = past.transform.from(past.sample(sample));
			if (Double.isFinite(value)) {
				double naive = past.transform.from(past.seasonalNaive(test.origins[o], sample * (double) plan.step));
				// what skill is measured against is not moved by what its bands learn
				scores[lead].take(value, bands, lead, reference ? naive : bands.value(lead, Levels.MEDIAN), naive);
			}
		}
	}

	/** Sums of one lead. */
	private static final class Score {
		private double error;
		private double naive;
		private double level;
		private double loss;
		private final int[] inside = new int[BackTestReport.NOMINAL.size()];
		private int count;

		void take(double value, Bands bands, int lead, double median, double seasonalNaive) {
			error += Math.abs(value - median);
			naive += Math.abs(value - seasonalNaive);
			level += Math.abs(value);
			for (int l = 0; l < Levels.COUNT; l++) {
				double above = value - bands.value(lead, l);
				loss += above * (Levels.level(l) - (above < 0 ? 1 : 0));
			}
			for (int band = 0; band < inside.length; band++) {
				inside[band] += value >= bands.value(lead, band) && value <= bands.value(lead, Levels.COUNT - 1 - band) ? 1 : 0;
			}
			count++;
		}

		BackTestReport.LeadResult result(Duration lead, double naiveError) {
			List<Double> coverage = Arrays.stream(inside).mapToObj(hits -> count == 0 ? Double.NaN : hits / (double) count).toList();
			return new BackTestReport.LeadResult(lead, ratio(error, level), ratio(error, naiveError * count), ratio(2 * loss / Levels.COUNT, level), coverage,
					1 - ratio(error, naive), count);
		}

		private static double ratio(double sum, double by) {
			return by > 0 ? sum / by : Double.NaN;
		}
	}
}
