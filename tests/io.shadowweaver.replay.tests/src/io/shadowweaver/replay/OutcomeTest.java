// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class OutcomeTest {
	private static final double GAP = Double.NaN;
	private static final Duration STEP = Duration.ofHours(6);

	@Test
	void definitionsByHand() {
		double[] demand = { 100, 2, 4, 6, GAP, 8, 0 };
		double[] capacity = { 0, 3, 3, 4, 4, 8, 8 };
		Outcome outcome = Outcome.of(demand, capacity, 1, STEP);
		assertEquals(5, outcome.counted());
		assertEquals(2 / 5., outcome.violations(), 1e-12);
		// 3 − 2, 8 − 8 and 8 − 0 unused, 1 and 2 missing, of 20
		assertEquals(9 / 20., outcome.overProvision(), 1e-12);
		assertEquals(3 / 20., outcome.shortfall(), 1e-12);
		assertEquals((1 / 3. + 0 + 1) / 5, outcome.slack(), 1e-12);
		assertEquals(Duration.ofHours(12), outcome.longestBreach());
		// two changes in six steps of six hours
		assertEquals(2 / 1.5, outcome.changesPerDay(), 1e-12);
		assertEquals(9 / 20. + 30 * 3 / 20., outcome.cost(30), 1e-12);
		assertEquals(2 / 5., Outcome.violations(demand, capacity, 1), 1e-12);
	}

	@Test
	void aGapEndsABreach() {
		Outcome outcome = Outcome.of(new double[] { 2, GAP, 2, 2 }, new double[] { 1, 1, 1, 1 }, 0, STEP);
		assertEquals(Duration.ofHours(12), outcome.longestBreach());
		assertEquals(1, outcome.violations());
	}

	@Test
	void equalIsNoViolation() {
		assertEquals(0, Outcome.of(new double[] { 5, 5 }, new double[] { 5, 5 }, 0, STEP).violations());
	}

	@Test
	void hugeValuesDoNotOverflow() {
		Outcome outcome = Outcome.of(new double[] { 1e308, 1.5e308 }, new double[] { 1.7e308, 1e308 }, 0, STEP);
		assertEquals(.7 / 2.5, outcome.overProvision(), 1e-9);
		assertEquals(.5 / 2.5, outcome.shortfall(), 1e-9);
	}

	@Test
	void noDemandHasNoRatios() {
		Outcome outcome = Outcome.of(new double[] { 0, 0 }, new double[] { 1, 1 }, 0, STEP);
		assertTrue(Double.isNaN(outcome.overProvision()) && Double.isNaN(outcome.shortfall()));
		assertEquals(0, outcome.violations());
		assertTrue(Double.isNaN(Outcome.of(new double[] { GAP }, new double[] { 1 }, 0, STEP).violations()));
	}
}
