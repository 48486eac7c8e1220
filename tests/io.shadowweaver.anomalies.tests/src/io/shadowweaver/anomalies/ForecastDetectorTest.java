// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;

class ForecastDetectorTest {
	private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
	private static final Duration QUARTER = Duration.ofMinutes(15);
	private static final int A_DAY = 96;

	/** Half-hourly for a day; the curve is a function of hours after the start. */
	private static Bands bands(Instant origin, DoubleUnaryOperator curve) {
		long[] leads = new long[48];
		float[] values = new float[48 * Levels.COUNT];
		double hours = Duration.between(START, origin).toMinutes() / 60.0;
		for (int lead = 0; lead < leads.length; lead++) {
			leads[lead] = (lead + 1) * 1_800_000L;
			double median = curve.applyAsDouble(hours + (lead + 1) / 2.0);
			for (int level = 0; level < Levels.COUNT; level++) {
				values[lead * Levels.COUNT + level] = (float) (median + level - Levels.MEDIAN);
			}
		}
		return new Bands(origin, leads, values);
	}

	private static double day(double hours) {
		return 50 + 20 * Math.sin(hours * Math.PI / 12);
	}

	private static List<ForecastDetector.Finding> run(ForecastDetector detector, int days, int oddFrom, int oddTo, DoubleUnaryOperator odd) {
		Random random = new Random(7);
		List<ForecastDetector.Finding> findings = new ArrayList<>();
		for (int i = 0; i < days * A_DAY; i++) {
			double shift = random.nextGaussian();
			boolean isOdd = i >= oddFrom && i < oddTo;
			findings.add(detector.observe(bands(START.plus(QUARTER.multipliedBy(i)), hours -> day(hours) + shift + (isOdd ? odd.applyAsDouble(hours) : 0)))
					.orElseThrow());
		}
		return findings;
	}

	private static long alarms(List<ForecastDetector.Finding> findings) {
		return findings.stream().filter(finding -> finding.score() >= AnomalyDetector.THRESHOLD).count();
	}

	@Test
	void aForecastThatTurnsAwayIsFoundWithItsLead() {
		int at = 7 * A_DAY + 30;
		// from one quarter of an hour to the next, the evening is expected to be much higher
		double evening = 7 * 24 + 20;
		List<ForecastDetector.Finding> findings = run(new ForecastDetector(1), 8, at, 9 * A_DAY,
				hours -> Math.abs(hours - evening) < 3 ? 60 : 0);
		ForecastDetector.Finding found = findings.get(at);
		assertTrue(found.score() >= AnomalyDetector.THRESHOLD, found::toString);
		Instant departs = START.plus(QUARTER.multipliedBy(at)).plus(found.lead());
		assertEquals(0, Duration.between(START.plus(Duration.ofHours((long) evening)), departs).toMinutes(), 181);
		assertEquals(60, found.value() - found.expected(), 15);
		assertFalse(found.reason().isBlank());
		assertTrue(alarms(findings.subList(0, at)) <= 2, alarms(findings.subList(0, at)) + " alarms before");
		assertTrue(alarms(findings.subList(at, findings.size())) <= 3, "it is told again and again");
	}

	@Test
	void aDayWithoutItsPeakIsFound() {
		int at = 7 * A_DAY;
		List<ForecastDetector.Finding> findings = run(new ForecastDetector(1), 8, at, 9 * A_DAY, hours -> 50 - day(hours));
		assertTrue(alarms(findings.subList(at, at + 8)) >= 1, () -> findings.subList(at, at + 8).toString());
	}

	@Test
	void whatTheForecastAlwaysDoesIsNoAlarm() {
		List<ForecastDetector.Finding> findings = run(new ForecastDetector(1), 10, -1, -1, hours -> 0);
		assertTrue(alarms(findings) <= 3, alarms(findings) + " alarms in ten days");
		assertEquals(findings, run(new ForecastDetector(1), 10, -1, -1, hours -> 0));
	}

	@Test
	void constantsAndRepetitionsAreNothing() {
		ForecastDetector detector = new ForecastDetector(1);
		for (int i = 0; i < 200; i++) {
			Bands bands = bands(START.plus(QUARTER.multipliedBy(i)), hours -> 7);
			assertEquals(0, detector.observe(bands).orElseThrow().score());
			assertEquals(Optional.empty(), detector.observe(bands));
		}
		assertEquals(Optional.empty(), detector.observe(new Bands(START.plus(Duration.ofDays(9)), new long[] { 60_000 }, new float[Levels.COUNT])));
	}
}
