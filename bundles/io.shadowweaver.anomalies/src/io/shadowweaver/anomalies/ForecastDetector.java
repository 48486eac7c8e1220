// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.shadowweaver.api.forecast.Bands;

/**
 * Scores the forecasts of one series as they are issued, by how they depart from their own past: from what the forecast before
 * said of the same times, from what the one a day earlier said at the same leads, and, by a Random Cut Forest over their
 * shapes, from all that were seen. Each departure is measured in what this series is used to ({@link Tail}), the rarities are
 * added, and what of them is news is a score, as in {@link AnomalyDetector}. Not thread-safe; keeps some numbers for each of up
 * to {@value #KEPT} forecasts of the last day; deterministic.
 */
public final class ForecastDetector {
	private static final int LEADS = 8;
	private static final int KEPT = 96;
	private static final long DAY = 86_400_000;
	private static final double ALARM = 2;
	private static final double ROUNDING = 1e-6;
	private static final double LEAST_SCORE = 1e-3;
	private static final double SHAPE_WEIGHT = .5;
	/** Weight of the newest forecast in the usual size of values. */
	private static final double SLOWLY = .02;

	/**
	 * What is to be said of a forecast.
	 *
	 * @param lead     at which it departs most from what was expected
	 * @param value    its median there, in the unit of the series
	 * @param expected what an earlier forecast said of it: the one before of the same time, or that of a day earlier at the same
	 *                 lead, whichever is farther out
	 * @param score    0 (usual) to 1
	 * @param reason   a sentence for the operator; empty for the score 0
	 */
	public record Finding(Duration lead, double value, double expected, double score, String reason) {
	}

	private record Curve(long issued, double[] medians) {
	}

	/** How far a curve is from what was expected of it: the mean over the leads, and where it is most. */
	private record Departure(double mean, int lead, double expected) {
		static final Departure NONE = new Departure(Double.NaN, 0, Double.NaN);
	}

	private final Tail revision = new Tail();
	private final Tail dayByDay = new Tail();
	private final Tail shape = new Tail();
	private final Novelty novelty = new Novelty(ALARM);
	private final Forest forest;
	private final Deque<Curve> past = new ArrayDeque<>();
	private Bands before;
	private long[] leads;
	private double size;

	/**
	 * @param seed of the forest
	 */
	public ForecastDetector(long seed) {
		forest = Forest.ofPoints(seed, LEADS);
	}

	/**
	 * Scores a forecast and takes it in. Call it in regular intervals, such as a quarter of an hour.
	 *
	 * @param bands issued later than the one before
	 * @return what is to be said of it; nothing where it was issued with the one before or is much shorter than the first
	 */
	public Optional<Finding> observe(Bands bands) {
		if (leads == null) {
			leads = leads(bands);
		}
		if (before != null && !bands.origin().isAfter(before.origin())) {
			return Optional.empty();
		}
		double[] medians = medians(bands);
		for (double median : medians) {
			if (!Double.isFinite(median)) {
				return Optional.empty();
			}
		}
		size += (size == 0 ? 1 : SLOWLY) * (mean(medians) - size);
		double least = ROUNDING * size + Double.MIN_NORMAL;
		long issued = bands.origin().toEpochMilli();
		Departure revised = before == null ? Departure.NONE : revised(bands, medians);
		Departure changed = changed(issued, medians);
		double oddity = forest.of(normalised(medians));
		double[] rarities = { rarity(revision, revised.mean(), least), rarity(dayByDay, changed.mean(), least),
				SHAPE_WEIGHT * rarity(shape, oddity, LEAST_SCORE) };
		double news = novelty.of(issued, rarities[0] + rarities[1] + rarities[2]);
		before = bands;
		remember(issued, medians);
		boolean byRevision = Double.isNaN(changed.mean()) || rarities[0] >= rarities[1];
		Departure main = byRevision ? revised : changed;
		double expected = Double.isNaN(main.expected()) ? medians[main.lead()] : main.expected();
		return Optional.of(new Finding(Duration.ofMillis(leads[main.lead()]), medians[main.lead()], expected,
				1 - Math.pow(1 - AnomalyDetector.THRESHOLD, news / ALARM), news > 0 ? reason(rarities, byRevision) : ""));
	}

	private static String reason(double[] rarities, boolean byRevision) {
		if (rarities[2] > Math.max(rarities[0], rarities[1])) {
			return "The forecast has a shape not seen before.";
		}
		return byRevision ? "The forecast has turned away from what it said before of the same time."
				: "The forecast is far from that of a day before at the same lead.";
	}

	private static double rarity(Tail tail, double value, double least) {
		if (Double.isNaN(value)) {
			return 0;
		}
		double rarity = tail.rarity(value, least);
		tail.add(value, least);
		return rarity;
	}

	/** Leads in even distances up to the end of the first forecast. */
	private static long[] leads(Bands bands) {
		long[] leads = new long[LEADS];
		long end = bands.leadMillis(bands.leads() - 1);
		for (int i = 0; i < LEADS; i++) {
			leads[i] = end * (i + 1) / LEADS;
		}
		return leads;
	}

	private double[] medians(Bands bands) {
		double[] medians = new double[LEADS];
		for (int i = 0; i < LEADS; i++) {
			medians[i] = bands.at(bands.origin().plusMillis(leads[i]), .5);
		}
		return medians;
	}

	/** Against the forecast before, at the same times, as far as that one reached. */
	private Departure revised(Bands bands, double[] medians) {
		double[] old = new double[LEADS];
		for (int i = 0; i < LEADS; i++) {
			Instant time = bands.origin().plusMillis(leads[i]);
			old[i] = before.at(time, .5);
		}
		return departure(medians, old);
	}

	/** Against the forecast of a day before, at the same leads. */
	private Departure changed(long issued, double[] medians) {
		Curve nearest = null;
		for (Curve curve : past) {
			if (Math.abs(issued - DAY - curve.issued()) < DAY / KEPT) {
				nearest = curve;
			}
		}
		return nearest == null ? Departure.NONE : departure(medians, nearest.medians());
	}

	private static Departure departure(double[] medians, double[] expected) {
		double sum = 0;
		int count = 0;
		int most = 0;
		double largest = -1;
		for (int i = 0; i < LEADS; i++) {
			double distance = Math.abs(medians[i] - expected[i]);
			if (!Double.isNaN(distance)) {
				sum += distance;
				count++;
				if (distance > largest) {
					largest = distance;
					most = i;
				}
			}
		}
		return count == 0 ? Departure.NONE : new Departure(sum / count, most, expected[most]);
	}

	/** One curve for each quarter of an hour of the last day. */
	private void remember(long issued, double[] medians) {
		if (past.isEmpty() || issued - past.getLast().issued() >= DAY / KEPT) {
			past.addLast(new Curve(issued, medians));
		}
		while (past.getFirst().issued() < issued - DAY - DAY / KEPT) {
			past.removeFirst();
		}
	}

	private static double mean(double[] medians) {
		double sum = 0;
		for (double median : medians) {
			sum += Math.abs(median);
		}
		return sum / LEADS;
	}

	/** The shape alone: about its mean, in its own mean distance from it. */
	private static float[] normalised(double[] medians) {
		double mean = 0;
		for (double median : medians) {
			mean += median / LEADS;
		}
		double spread = 0;
		for (double median : medians) {
			spread += Math.abs(median - mean) / LEADS;
		}
		float[] shape = new float[LEADS];
		for (int i = 0; i < LEADS; i++) {
			shape[i] = spread > ROUNDING * Math.abs(mean) ? (float) ((medians[i] - mean) / spread) : 0;
		}
		return shape;
	}
}
