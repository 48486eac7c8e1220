// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Spending;

class BudgetGaugeTest {
	private static final double NONE = Double.POSITIVE_INFINITY;

	@Test
	void theGaugeSaysInWordsWhatItsColourMeans() {
		BudgetGauge gauge = BudgetGauge.of(List.of(new Spending("EUR", .4, .1, .2, 8.5, 100, 1, 10, 100, 3, 1, "3 machines cost 0.40 EUR an hour."))).getFirst();
		assertEquals("0.40 EUR an hour now, 0.10 more on the way", gauge.title());
		assertEquals("Hour: 0.20 of 1.00 EUR (20\u00a0%)", gauge.spans().get(0).said());
		assertEquals("Day: 8.50 of 10.00 EUR (85\u00a0%), nearly reached", gauge.spans().get(1).said());
		assertEquals("Month: 100.00 of 100.00 EUR (100\u00a0%), reached", gauge.spans().get(2).said());
		assertEquals(List.of(BudgetGauge.Level.LOW, BudgetGauge.Level.NEAR, BudgetGauge.Level.REACHED), gauge.spans().stream().map(BudgetGauge.Span::level).toList());
		assertTrue(gauge.words().startsWith("3 machines cost") && gauge.words().contains("saved 3.00 EUR") && gauge.words().endsWith("1 machine of ours has no known price and is not in these sums."),
				gauge.words());
	}

	@Test
	void withoutACapAndWithACapOfNothing() {
		BudgetGauge gauge = BudgetGauge.of(List.of(new Spending("USD", 0, 0, 1, 1, 1, NONE, 0, NONE, 0, 0, ""))).getFirst();
		assertEquals("Hour: 1.00 USD, no cap", gauge.spans().get(0).said());
		assertEquals(BudgetGauge.Level.OPEN, gauge.spans().get(0).level());
		assertEquals("Day: 1.00 of 0.00 USD, reached", gauge.spans().get(1).said());
		assertEquals("", gauge.words());
		assertEquals(List.of(), BudgetGauge.of(List.of()));
	}
}
