// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.forecast.Levels;

class SpreadTest {
	private static final LeadPlan PLAN = new LeadPlan(ForecastSettings.defaults(Duration.ofMinutes(5)));

	/** A disk that is all but still for a day and is then cleared: errors of many times their usual size. */
	@Test
	void theFirstShiftOfACalmSeriesKeepsToWhatWasSeen() {
		Volatility volatility = new Volatility(300_000);
		Spread spread = new Spread(PLAN, volatility);
		Random random = new Random(1);
		int sample = 0;
		for (; sample < 288; sample++) {
			volatility.take(sample, .5 + .01 * random.nextGaussian(), .5, true);
		}
		double[] row = new double[Levels.COUNT];
		for (int i = 0; i < 5; i++, sample++) {
			volatility.take(sample, .3, .5, true);
			for (int lead = 0; lead < PLAN.leads.length; lead++) {
				spread.row(lead, .3, 0, row);
				assertTrue(row[0] >= 0 && row[Levels.COUNT - 1] <= .8, () -> "from " + row[0] + " to " + row[Levels.COUNT - 1]);
			}
		}
		assertTrue(row[Levels.COUNT - 1] - row[0] > .01, "the shift is seen in the band");
	}

	@Test
	void growthBeyondWhatWasSeenIsBelieved() {
		Volatility volatility = new Volatility(300_000);
		for (int sample = 0; sample < 100; sample++) {
			volatility.take(sample, sample, sample, true);
		}
		assertTrue(volatility.most(150) > 240, "as far again above the middle as was seen");
		assertEquals(99, volatility.most(50) - 99, 1);
		assertEquals(-99, volatility.least(50), 1);
	}

	@Test
	void theRangeIsKeptWithTheStateAndGivesWay() {
		Volatility volatility = new Volatility(300_000);
		volatility.take(0, 100, 100, true);
		volatility.take(1, 0, 100, true);
		double before = volatility.most(0);
		assertEquals(before, volatility.copy().most(0));
		for (int sample = 2; sample < 100_000; sample++) {
			volatility.take(sample, 0, 0, true);
		}
		assertTrue(volatility.most(0) < .05 * before, "what was long ago is forgotten: " + volatility.most(0));
	}
}
