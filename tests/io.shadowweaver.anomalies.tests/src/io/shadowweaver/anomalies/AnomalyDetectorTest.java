// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnomalyDetectorTest {
	private static final long MONDAY = 1_772_409_600_000L;
	private static final long FIVE_MINUTES = 300_000;
	private static final int DAY = 288;

	/** A daily wave with noise. */
	private static double[] wave(int days, double noise, long seed) {
		Random random = new Random(seed);
		return IntStream.range(0, days * DAY).mapToDouble(i -> 50 + 20 * Math.sin(i * 2 * Math.PI / DAY) + noise * random.nextGaussian()).toArray();
	}

	private static AnomalyDetector.Finding[] run(AnomalyDetector detector, double[] values, int from, int to, long step) {
		return IntStream.range(from, to).mapToObj(i -> detector.observe(MONDAY + i * step, values[i])).toArray(AnomalyDetector.Finding[]::new);
	}

	private static AnomalyDetector.Finding[] run(double[] values) {
		return run(new AnomalyDetector(1), values, 0, values.length, FIVE_MINUTES);
	}

	private static int alarms(AnomalyDetector.Finding[] findings, int from, int to) {
		return (int) Arrays.stream(findings, from, to).filter(finding -> finding.score() >= AnomalyDetector.THRESHOLD).count();
	}

	@Test
	void aSpikeIsFoundWithWhatWasExpectedAndWhy() {
		double[] values = wave(14, 1, 3);
		int spike = 10 * DAY + 100;
		values[spike] += 40;
		AnomalyDetector.Finding[] findings = run(values);
		assertTrue(findings[spike].score() > .7, "score " + findings[spike].score());
		assertEquals(50 + 20 * Math.sin(spike * 2 * Math.PI / DAY), findings[spike].expected(), 3);
		assertFalse(findings[spike].reason().isBlank());
		assertTrue(alarms(findings, 2 * DAY, spike) <= 4, alarms(findings, 2 * DAY, spike) + " alarms before it");
	}

	@Test
	void aLevelShiftIsToldAndNotToldAgainAndAgain() {
		double[] values = wave(14, 1, 4);
		int shift = 9 * DAY + 40;
		for (int i = shift; i < values.length; i++) {
			values[i] += 30;
		}
		AnomalyDetector.Finding[] findings = run(values);
		assertTrue(alarms(findings, shift, shift + 12) >= 1, "no alarm in an hour");
		assertTrue(alarms(findings, shift, shift + 3 * DAY) <= 3, alarms(findings, shift, shift + 3 * DAY) + " alarms in three days");
	}

	@Test
	void whatHappensEachDayIsNoNews() {
		double[] values = wave(14, 1, 5);
		for (int day = 0; day < 14; day++) {
			for (int i = 0; i < 3; i++) {
				values[day * DAY + 30 + i] += 25;
			}
		}
		AnomalyDetector.Finding[] findings = run(values);
		assertTrue(alarms(findings, 4 * DAY, values.length) <= 2, alarms(findings, 4 * DAY, values.length) + " alarms");
		double[] missing = values.clone();
		for (int i = 0; i < 3; i++) {
			missing[10 * DAY + 100 + i] += 25;
		}
		AnomalyDetector.Finding[] other = run(missing);
		assertTrue(alarms(other, 10 * DAY + 100, 10 * DAY + 106) >= 1, "the same at another time is news");
	}

	@Test
	void silenceOfWhatAlwaysVariedIsFound() {
		double[] values = wave(10, 2, 6);
		int from = 8 * DAY + 70;
		Arrays.fill(values, from, from + 140, values[from]);
		AnomalyDetector.Finding[] findings = run(values);
		assertTrue(alarms(findings, from, from + 140) >= 1, "a flat line is no alarm");
	}

	@Test
	void noAlarmWhileThereIsNothingToCompareWith() {
		for (long seed = 0; seed < 20; seed++) {
			assertEquals(0, alarms(run(wave(1, 5, seed)), 0, 60), "seed " + seed);
		}
	}

	@Test
	void whiteNoiseRarelyAlarms() {
		int alarms = 0;
		for (long seed = 0; seed < 10; seed++) {
			Random random = new Random(seed);
			alarms += alarms(run(random.doubles(7 * DAY).toArray()), DAY, 7 * DAY);
		}
		// ten series and sixty days
		assertTrue(alarms <= 20, alarms + " alarms");
	}

	@Test
	void nothingButThePastCounts() {
		double[] values = wave(6, 2, 7);
		values[3 * DAY + 7] = 500;
		AnomalyDetector.Finding[] whole = run(values);
		AnomalyDetector.Finding[] part = run(Arrays.copyOf(values, 4 * DAY));
		assertEquals(Arrays.asList(part), Arrays.asList(whole).subList(0, 4 * DAY));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1000, 15_000, 60_000, 300_000, 3_600_000, 86_400_000 })
	void anyStepWorks(long step) {
		double[] values = wave(7, 1, 8);
		values[6 * DAY] += 60;
		AnomalyDetector.Finding[] findings = run(new AnomalyDetector(2), values, 0, values.length, step);
		assertTrue(findings[6 * DAY].score() >= AnomalyDetector.THRESHOLD, "score " + findings[6 * DAY].score());
		for (AnomalyDetector.Finding finding : findings) {
			assertTrue(finding.score() >= 0 && finding.score() <= 1 && Double.isFinite(finding.expected()), finding::toString);
		}
	}

	@Test
	void aSavedDetectorGoesOnAsItWas() throws IOException {
		for (int length : new int[] { 0, 1, 30, 61, 3 * DAY }) {
			double[] values = wave(5, 2, 9);
			values[4 * DAY] += 70;
			AnomalyDetector detector = new AnomalyDetector(5);
			run(detector, values, 0, length, FIVE_MINUTES);
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			detector.save(new DataOutputStream(bytes));
			AnomalyDetector loaded = AnomalyDetector.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
			AnomalyDetector.Finding[] expected = run(detector, values, length, values.length, FIVE_MINUTES);
			AnomalyDetector.Finding[] found = run(loaded, values, length, values.length, FIVE_MINUTES);
			for (int i = 0; i < expected.length; i++) {
				assertEquals(expected[i].expected(), found[i].expected(), 1e-9);
				// the forest draws other random numbers when it goes on
				assertEquals(expected[i].score(), found[i].score(), .35, "after " + length + ", sample " + i);
			}
			assertTrue(found[4 * DAY - length].score() >= AnomalyDetector.THRESHOLD);
		}
	}

	@Test
	void aDamagedStateIsRefused() throws IOException {
		AnomalyDetector detector = new AnomalyDetector(5);
		run(detector, wave(1, 2, 1), 0, 200, FIVE_MINUTES);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		detector.save(new DataOutputStream(bytes));
		byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 100);
		assertThrows(IOException.class, () -> AnomalyDetector.read(new DataInputStream(new ByteArrayInputStream(cut))));
		byte[] other = bytes.toByteArray();
		other[3] = 99;
		assertThrows(IOException.class, () -> AnomalyDetector.read(new DataInputStream(new ByteArrayInputStream(other))));
	}

	@Test
	void oddInputIsNoException() {
		double[] values = new double[2000];
		Arrays.fill(values, 0);
		values[700] = 1;
		values[900] = Double.NaN;
		values[901] = Double.POSITIVE_INFINITY;
		values[1000] = 1e300;
		values[1001] = -1e300;
		AnomalyDetector.Finding[] findings = run(values);
		for (AnomalyDetector.Finding finding : findings) {
			assertTrue(finding.score() >= 0 && finding.score() <= 1 && Double.isFinite(finding.expected()), finding::toString);
		}
		assertEquals(0, findings[900].score());
		assertTrue(findings[700].score() >= AnomalyDetector.THRESHOLD, "the first that is not 0 is an anomaly");
		AnomalyDetector empty = new AnomalyDetector(1);
		assertTrue(Double.isNaN(empty.observe(MONDAY, Double.NaN).expected()));
		assertEquals(0, empty.observe(MONDAY, 7).score());
		assertThrows(IllegalArgumentException.class, () -> empty.observe(MONDAY - 1, 7));
	}

	@Test
	void rareEventsOfCountersFade() {
		Random random = new Random(2);
		double[] values = IntStream.range(0, 20 * DAY).mapToDouble(i -> random.nextInt(150) == 0 ? 1 + random.nextInt(3) : 0).toArray();
		AnomalyDetector.Finding[] findings = run(values);
		long events = Arrays.stream(values, 10 * DAY, values.length).filter(value -> value > 0).count();
		assertTrue(alarms(findings, 10 * DAY, values.length) <= events / 2, alarms(findings, 10 * DAY, values.length) + " alarms");
	}

	@Test
	void aGapIsNoAnomaly() {
		double[] values = wave(12, 1, 11);
		Arrays.fill(values, 8 * DAY, 8 * DAY + 130, Double.NaN);
		AnomalyDetector.Finding[] findings = run(values);
		assertEquals(0, alarms(findings, 8 * DAY, 8 * DAY + 140));
	}
}
