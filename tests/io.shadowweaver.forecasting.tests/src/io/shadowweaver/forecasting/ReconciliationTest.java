// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
	@Test
	void whatIsMissingIsSharedByVariance() {
		// 3 + 5 of 12: 4 are missing; variances 1, 2 and 1 move the members up by 1 and 2 and the group down by 1
		double[] coherent = Reconciliation.ofVariances(new double[] { 1, 2 }, 1).apply(new double[] { 3, 5 }, 12);
		assertArrayEquals(new double[] { 4, 7, 11 }, coherent, 1e-12);
		assertArrayEquals(new double[] { 3 + 4 / 3., 5 + 8 / 3., 12 }, Reconciliation.ofVariances(new double[] { 1, 2 }, 0).apply(new double[] { 3, 5 }, 12), 1e-12);
		assertArrayEquals(new double[] { 5, 7, 12 }, Reconciliation.ofVariances(new double[] { 0, 0 }, 0).apply(new double[] { 3, 5 }, 12), 1e-12);
	}

	@Test
	void agreesWithTheGeneralFormula() {
		Random random = new Random(1);
		int members = 5;
		double[][] errors = new double[40][members + 1];
		for (double[] row : errors) {
			double common = random.nextGaussian();
			for (int i = 0; i < members; i++) {
				row[i] = common + (i + 1) * random.nextGaussian();
			}
			row[members] = 3 * common + random.nextGaussian();
		}
		double[] base = { 10, 20, 30, 40, 50 };
		double[] coherent = Reconciliation.ofErrors(errors).apply(base, 170);
		// S (S' W⁻¹ S)⁻¹ S' W⁻¹ with the same shrunk W, from its definition
		RealMatrix w = shrunk(errors);
		RealMatrix s = MatrixUtils.createRealMatrix(members + 1, members);
		for (int i = 0; i < members; i++) {
			s.setEntry(i, i, 1);
			s.setEntry(members, i, 1);
		}
		RealMatrix inverse = MatrixUtils.inverse(w);
		RealMatrix g = MatrixUtils.inverse(s.transposeMultiply(inverse).multiply(s)).multiply(s.transposeMultiply(inverse));
		double[] expected = s.multiply(g).operate(new double[] { 10, 20, 30, 40, 50, 170 });
		assertArrayEquals(expected, coherent, 1e-8);
	}

	private static RealMatrix shrunk(double[][] errors) {
		RealMatrix e = MatrixUtils.createRealMatrix(errors);
		int times = errors.length;
		RealMatrix s = e.transposeMultiply(e).scalarMultiply(1. / times);
		int n = s.getRowDimension();
		double chance = 0;
		double squares = 0;
		for (int i = 0; i < n; i++) {
			for (int j = 0; j < n; j++) {
				if (i != j) {
					double r = s.getEntry(i, j) / Math.sqrt(s.getEntry(i, i) * s.getEntry(j, j));
					double variance = 0;
					for (double[] row : errors) {
						double product = row[i] * row[j] / Math.sqrt(s.getEntry(i, i) * s.getEntry(j, j));
						variance += (product - r) * (product - r);
					}
					chance += variance / times / (times - 1);
					squares += r * r;
				}
			}
		}
		double shrink = Math.min(1, chance / squares);
		assertTrue(shrink > .01 && shrink < .9, "shrinks by " + shrink);
		RealMatrix w = s.copy();
		for (int i = 0; i < n; i++) {
			for (int j = 0; j < n; j++) {
				if (i != j) {
					w.setEntry(i, j, s.getEntry(i, j) * (1 - shrink));
				}
			}
		}
		return w;
	}

	@Test
	void errorsGetSmallerWhereBothSidesKnowSomething() {
		Random random = new Random(3);
		int members = 8;
		double[][] errors = new double[200][];
		for (int t = 0; t < errors.length; t++) {
			errors[t] = errors(random, members);
		}
		Reconciliation reconciliation = Reconciliation.ofErrors(errors);
		double before = 0;
		double after = 0;
		double groupBefore = 0;
		double groupAfter = 0;
		for (int t = 0; t < 500; t++) {
			double[] error = errors(random, members);
			double[] base = new double[members];
			for (int i = 0; i < members; i++) {
				base[i] = 100 - error[i];
				before += error[i] * error[i];
			}
			double[] coherent = reconciliation.apply(base, 100 * members - error[members]);
			for (int i = 0; i < members; i++) {
				after += (coherent[i] - 100) * (coherent[i] - 100);
			}
			groupBefore += error[members] * error[members];
			groupAfter += (coherent[members] - 100 * members) * (coherent[members] - 100 * members);
			assertEquals(coherent[members], java.util.Arrays.stream(coherent, 0, members).sum(), 1e-9);
		}
		assertTrue(after < .95 * before, "squared errors of members went from " + before + " to " + after);
		assertTrue(groupAfter < .95 * groupBefore, "of the group from " + groupBefore + " to " + groupAfter);
	}

	/** Members err together, the group by itself. */
	private static double[] errors(Random random, int members) {
		double common = 2 * random.nextGaussian();
		double[] row = new double[members + 1];
		for (int i = 0; i < members; i++) {
			row[i] = common + 2 * random.nextGaussian();
		}
		row[members] = 10 * random.nextGaussian();
		return row;
	}

	@Test
	void badInputIsNamed() {
		assertThrows(IllegalArgumentException.class, () -> Reconciliation.ofVariances(new double[] { 1, Double.NaN }, 1));
		assertThrows(IllegalArgumentException.class, () -> Reconciliation.ofVariances(new double[0], 1));
		assertThrows(IllegalArgumentException.class, () -> Reconciliation.ofErrors(new double[][] { { 1, 2 }, { 1, 2 } }));
		assertThrows(IllegalArgumentException.class, () -> Reconciliation.ofVariances(new double[] { 1 }, 1).apply(new double[] { 1, 2 }, 1));
	}
}
