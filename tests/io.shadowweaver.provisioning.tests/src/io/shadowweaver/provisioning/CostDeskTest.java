// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.Spending;
import io.shadowweaver.provisioning.cost.CostSettings;

/** Money in the whole provisioner: what it spends, what stops it, and what the report says. */
class CostDeskTest {
	private static final double NO = Double.POSITIVE_INFINITY;

	@TempDir
	Path directory;

	@Test
	void spendingIsReportedAndOutlivesARestart() {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.3;
		bed.run(30);
		long made = bed.creations();
		assertTrue(made > 0);
		Spending sum = bed.view.report().spending().get(0);
		assertEquals(made * .1, sum.perHour() + sum.coming(), 1e-9);
		assertTrue(sum.day() > 0 && sum.day() <= made * .1 * .5, sum.toString());
		assertEquals(made, bed.view.report().prices().size(), "each of our machines has its price: " + bed.view.report().prices());
		bed.close();
		bed.provisioner = null;
		bed.step();
		assertEquals(sum.month(), bed.view.report().spending().get(0).month(), 1e-9);
		bed.close();
	}

	/** Nothing of a known price is there: it is made, counted as unknown, and said; under a budget nothing is made. */
	@ParameterizedTest
	@ValueSource(doubles = { 0, Double.NaN })
	void anOfferWithoutAPriceOrWithOneOf0IsOfAnUnknownPrice(double said) {
		Bed bed = new Bed(directory);
		bed.cloud.offers.replaceAll(offer -> ListedCloud.offer(offer.id(), offer.capacity().get("requests"), said, offer.quotaLeft()));
		bed.demand = minute -> 4 * Bed.SAFE * 1.3;
		bed.run(30);
		assertTrue(bed.creations() > 0, "what is needed is made");
		assertTrue(bed.view.queue().stream().noneMatch(entry -> entry.price().isKnown()));
		assertEquals(Map.of(), bed.view.report().prices(), "none is 0");
		Spending sum = bed.view.report().spending().get(0);
		assertEquals(bed.creations(), sum.unpriced());
		assertTrue(sum.sentence().contains("of " + sum.unpriced() + " machines nobody knows the price"), sum.sentence());
		Status status = bed.view.statuses().get(Provisioner.PRICES);
		assertEquals(Status.State.OK, status.state());
		assertTrue(status.sentence().startsWith("Nobody says what an hour of ") && status.sentence().contains("small at cloud") && status.sentence().contains("never as 0"), status.sentence());
		bed.close();
	}

	@Test
	void whatNobodyPricesIsNotMadeUnderABudget() {
		Bed bed = new Bed(directory);
		bed.settings = bed.settings.with(CostSettings.DEFAULT.withCaps(NO, 100, NO, "EUR"));
		bed.cloud.offers.replaceAll(offer -> offer.with(Price.UNKNOWN));
		bed.demand = minute -> 4 * Bed.SAFE * 1.3;
		bed.run(10);
		assertEquals(0, bed.creations());
		assertTrue(bed.view.statuses().values().stream().anyMatch(status -> status.sentence().contains("its price is not known, and there is a budget")), bed.view.statuses().toString());
		Status status = bed.view.statuses().get(Provisioner.PRICES);
		assertEquals(Status.State.DEGRADED, status.state());
		assertTrue(status.sentence().contains("not made while there is a budget"), status.sentence());
		bed.close();
	}

	@Test
	void theCapOfADayStopsNewMachinesAndSaysSo() {
		Bed bed = new Bed(directory);
		bed.settings = bed.settings.with(CostSettings.DEFAULT.withCaps(NO, .05, NO, "EUR"));
		bed.demand = minute -> 4 * Bed.SAFE * 1.3;
		bed.run(10);
		assertEquals(0, bed.creations());
		assertEquals(Plan.State.REFUSED, bed.plan().state());
		assertTrue(bed.plan().sentence().contains("Refused by budget: Over the budget of the day: spent 0.000"), bed.plan().sentence());
		bed.close();
	}

	@Test
	void theOperatorsListChangesThePriceAndAWrongOneIsSaid() throws Exception {
		Path list = Files.writeString(directory.resolve("prices.csv"), "cloud,,small,0.42,EUR\n");
		Bed bed = new Bed(directory.resolve("one"));
		bed.settings = bed.settings.with(CostSettings.DEFAULT.withPrices(list.toString()));
		bed.demand = minute -> 4 * Bed.SAFE * 1.3;
		bed.run(3);
		assertEquals(.42, bed.view.report().prices().values().iterator().next().perHour());
		assertEquals(.42, bed.entry(0).price().perHour());
		bed.close();
		Files.writeString(list, "cloud,,small,much,EUR\n");
		Bed wrong = new Bed(directory.resolve("two"));
		wrong.settings = bed.settings;
		Status status = wrong.step().statuses().get(Provisioner.PRICES);
		assertEquals("prices.csv, line 1, column 4 (price): 'much' is no number.", status.sentence());
		wrong.close();
	}
}
