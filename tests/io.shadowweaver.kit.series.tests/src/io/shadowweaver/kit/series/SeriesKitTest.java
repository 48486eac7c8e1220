// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

class SeriesKitTest {
	private static final double GAP = Double.NaN;

	private static double[] values(int count, IntToDoubleFunction of) {
		double[] values = new double[count];
		Arrays.setAll(values, of);
		return values;
	}

	@Test
	void shortGapsGetALineAndEndsTheNearestValue() {
		assertArrayEquals(new double[] { 1, 1, 2, 3, 3 }, Gaps.fill(new double[] { GAP, 1, GAP, 3, GAP }, 0));
		assertTrue(Double.isNaN(Gaps.fill(new double[] { GAP, GAP }, 0)[1]));
	}

	@Test
	void longGapsGetTheSeasonBefore() {
		double[] values = values(64, i -> i % 16);
		double[] holed = values.clone();
		Arrays.fill(holed, 36, 44, GAP);
		assertArrayEquals(values, Gaps.fill(holed, 16), 1e-12);
	}

	@Test
	void quantilesAndRobustDeviation() {
		assertEquals(2.5, Scale.median(new double[] { 4, 1, GAP, 3, 2 }));
		assertEquals(1.75, Scale.quantile(new double[] { 1, 2, 3, 4 }, .25));
		Random random = new Random(1);
		double[] wild = values(2000, i -> i % 100 == 0 ? 1e6 : 3 * random.nextGaussian());
		assertEquals(3, Scale.robustDeviation(wild), .3);
		assertEquals(0, Scale.robustDeviation(new double[] { 5, 5, 5 }));
	}

	@Test
	void autocorrelationIsThatOfTheDefinition() {
		Random random = new Random(2);
		double[] values = values(300, i -> Math.sin(i / 3.) + random.nextGaussian());
		double[] acf = Autocorrelation.of(values, 50);
		double mean = Scale.mean(values);
		double variance = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / values.length;
		for (int lag : new int[] { 0, 1, 17, 50 }) {
			double sum = 0;
			for (int i = lag; i < values.length; i++) {
				sum += (values[i] - mean) * (values[i - lag] - mean);
			}
			assertEquals(sum / (values.length - lag) / variance, acf[lag], 1e-9, "lag " + lag);
		}
		assertEquals(0, Autocorrelation.of(new double[] { 7, 7, 7, 7 }, 2)[0]);
	}

	@Test
	void findsADayAndAWeek() {
		Random random = new Random(3);
		double[] values = values(336 * 2, i -> (i / 24 % 7 >= 5 ? .5 : 1) * (2 + Math.sin(i * Math.PI / 12)) + .2 * random.nextGaussian() + i * .002);
		assertEquals(List.of(24, 168), Seasons.find(values, Duration.ofHours(1)));
	}

	@Test
	void findsAnyOtherSeasonAndNoneInNoise() {
		Random random = new Random(4);
		assertEquals(List.of(37), Seasons.find(values(600, i -> i % 37 < 9 ? 3 : 1 + .1 * random.nextGaussian()), Duration.ofMinutes(5)));
		assertEquals(List.of(), Seasons.find(values(600, i -> random.nextGaussian()), Duration.ofMinutes(5)));
		double[] walk = new double[600];
		for (int i = 1; i < walk.length; i++) {
			walk[i] = walk[i - 1] + random.nextGaussian();
		}
		assertEquals(List.of(), Seasons.find(walk, Duration.ofMinutes(5)));
		assertEquals(List.of(), Seasons.find(new double[] { 1, 2, 3 }, Duration.ofMinutes(5)));
		assertEquals(List.of(), Seasons.find(values(600, i -> 9), Duration.ofMinutes(5)));
	}

	@Test
	void gridsDivideADay() {
		assertEquals(5, Grid.factor(Duration.ofMinutes(1), Duration.ofMinutes(5), 336));
		assertEquals(20, Grid.factor(Duration.ofSeconds(15), Duration.ofMinutes(5), 336));
		assertEquals(60, Grid.factor(Duration.ofSeconds(5), Duration.ofMinutes(5), 336));
		assertEquals(1, Grid.factor(Duration.ofMinutes(15), Duration.ofMinutes(15), 336));
		assertEquals(1, Grid.factor(Duration.ofDays(1), Duration.ofDays(1), 336));
	}

	@Test
	void blocksAreMeansOfWhatIsThere() {
		double[] means = Grid.means(Instant.ofEpochMilli(8), 4, new double[] { 1, 3, 5, GAP, GAP, GAP, 8 }, 8, 1, 4);
		assertArrayEquals(new double[] { 2, 5, GAP, 8 }, means);
	}

	@Test
	void linesAndDifferences() {
		assertArrayEquals(new double[] { 2, .5 }, Differences.line(values(20, i -> i == 7 ? GAP : 2 + .5 * i)), 1e-12);
		assertArrayEquals(new double[] { 3, 3 }, Differences.of(new double[] { 1, 2, 4, 5 }, 2));
		assertEquals(3, Differences.meanAbsolute(new double[] { 1, 2, 4, GAP, 7 }, 2));
	}

	@Test
	void recursiveLeastSquaresFollowsRegressionAndSurvivesFlatInput() throws IOException {
		Random random = new Random(6);
		NormalEquations equations = new NormalEquations(3);
		double[] x = new double[3];
		for (int i = 0; i < 300; i++) {
			observe(x, random);
			equations.add(x, 2 * x[1] - x[2] + .1 * random.nextGaussian(), 1);
		}
		NormalEquations.Solution solution = equations.solve(1e-6);
		assertArrayEquals(new double[] { 0, 2, -1 }, solution.weights(), .05);
		RecursiveLeastSquares recursive = new RecursiveLeastSquares(solution, .995);
		for (int i = 0; i < 50_000; i++) {
			recursive.update(new double[] { 1, 0, 0 }, -recursive.predict(new double[] { 1, 0, 0 }));
		}
		double[] odd = { 1, 5, 5 };
		recursive.update(odd, 5 - recursive.predict(odd));
		assertTrue(Math.abs(recursive.weight(1)) < 20 && Double.isFinite(recursive.weight(1)), "wound up: " + recursive.weight(1));
		for (int i = 0; i < 3000; i++) {
			observe(x, random);
			recursive.update(x, x[1] + x[2] - recursive.predict(x));
		}
		assertArrayEquals(new double[] { 0, 1, 1 }, new double[] { recursive.weight(0), recursive.weight(1), recursive.weight(2) }, .05);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		recursive.save(new DataOutputStream(bytes));
		RecursiveLeastSquares read = RecursiveLeastSquares.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 3);
		assertEquals(recursive.predict(x), read.predict(x));
		assertThrows(IOException.class,
				() -> RecursiveLeastSquares.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 4));
	}

	private static void observe(double[] x, Random random) {
		x[0] = 1;
		x[1] = random.nextGaussian();
		x[2] = random.nextGaussian();
	}
}
