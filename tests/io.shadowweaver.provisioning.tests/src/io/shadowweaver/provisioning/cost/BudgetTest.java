// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.Spending;

class BudgetTest {
	private static final double NO = Double.POSITIVE_INFINITY;
	private static final Duration HOUR = Duration.ofHours(1);

	private static Instant at(String time) {
		return Instant.parse(time);
	}

	private static Charge charge(String id, double price, String from, String until) {
		return new Charge(id, "web", Price.of(price, "EUR"), at(from), until.isEmpty() ? Optional.empty() : Optional.of(at(until)), false, !until.isEmpty());
	}

	private static Budget.Addition add(int machines, double each, Duration hold) {
		return new Budget.Addition(machines, machines * each, "EUR", hold);
	}

	private static CostSettings caps(double hour, double day, double month) {
		return CostSettings.DEFAULT.withCaps(hour, day, month, "EUR");
	}

	@Test
	void spendingFollowsTheCalendarInUtc() {
		List<Charge> charges = List.of(charge("a", 1, "2026-02-27T22:30:00Z", ""), charge("b", 2, "2026-02-28T23:00:00Z", "2026-03-01T01:15:00Z"));
		Spending sum = Spendings.sums(charges, caps(NO, NO, NO), at("2026-03-01T01:30:00Z")).get(0);
		assertEquals(1, sum.perHour());
		assertEquals(.5 + 2 * .25, sum.hour(), 1e-9, "since one o'clock");
		assertEquals(1.5 + 2 * 1.25, sum.day(), 1e-9, "since midnight");
		assertEquals(sum.day(), sum.month(), 1e-9, "March has just begun");
		assertEquals(2 * .25, sum.saved(), 1e-9);
		Spending before = Spendings.sums(charges, caps(NO, NO, NO), at("2026-02-28T23:59:59.999Z")).get(0);
		assertEquals(25.5 + 2, before.month(), 1e-2);
		assertEquals(24 + 2, before.day(), 1e-2);
	}

	@Test
	void aPlanIsWithinEachPeriodThatItReachesInto() {
		List<Charge> charges = List.of(charge("a", 1, "2026-03-01T00:00:00Z", ""));
		Instant late = at("2026-03-01T23:30:00Z");
		// 23.5 spent, and half an hour of 1 + 1 to come
		assertTrue(Budget.check(charges, add(1, 1, HOUR), caps(NO, 24.5, NO), late).passed());
		GuardOutcome over = Budget.check(charges, add(1, 1, HOUR), caps(NO, 24.4, NO), late);
		assertFalse(over.passed());
		assertEquals("Over the budget of the day: spent 23.500 + (ours 1.000 + new 1.000) an hour × 0.50 h = 24.500 of 24.400 EUR.", over.sentence());
		// tomorrow begins with nothing spent, but its cap holds as well
		assertTrue(Budget.check(charges, add(1, 1, Duration.ofHours(10)), caps(NO, 24.5, NO), late).passed());
		assertFalse(Budget.check(charges, add(2, 1, Duration.ofHours(10)), caps(NO, 25, NO), late).passed(), "9.5 hours of 3 are 28.5");
		assertFalse(Budget.check(charges, add(1, 1, HOUR), caps(1.9, NO, NO), late).passed(), "an hour of both costs 2");
		assertTrue(Budget.check(charges, add(1, 1, HOUR), caps(2, NO, NO), late).passed());
		Instant month = at("2026-03-31T23:00:00Z");
		double march = 31 * 24 - 1;
		assertTrue(Budget.check(charges, add(1, 1, Duration.ofHours(3)), caps(NO, NO, march + 2), month).passed());
		assertFalse(Budget.check(charges, add(1, 1, Duration.ofHours(3)), caps(NO, NO, march + 1.99), month).passed());
	}

	@Test
	void whatIsLeftIsExactlyWhatPasses() {
		Random random = new Random(7);
		for (int i = 0; i < 2000; i++) {
			Instant now = at("2026-03-31T12:00:00Z").plusSeconds(random.nextInt(2 * 86_400) - 86_400);
			List<Charge> charges = new ArrayList<>();
			for (int k = 0; k < random.nextInt(5); k++) {
				Instant from = now.minusSeconds(random.nextInt(4 * 86_400));
				charges.add(new Charge("c" + k, "g", Price.of(.01 + random.nextDouble(), "EUR"), from, random.nextBoolean() ? Optional.empty() : Optional.of(from.plusSeconds(random.nextInt(86_400))), random.nextBoolean(), false));
			}
			CostSettings caps = caps(random.nextBoolean() ? NO : 4 * random.nextDouble(), random.nextBoolean() ? NO : 80 * random.nextDouble(), 200 * random.nextDouble());
			Duration hold = Duration.ofMinutes(1 + random.nextInt(600));
			double left = Budget.left(charges, caps, now, hold);
			if (left > 1e-6) {
				assertTrue(Budget.check(charges, add(1, left * (1 - 1e-9), hold), caps, now).passed(), "case " + i);
			}
			assertFalse(Budget.check(charges, add(1, left + 1e-3, hold), caps, now).passed(), "case " + i);
		}
	}

	@Test
	void aSavingIsNeverMoreThanTheSpend() {
		Random random = new Random(3);
		for (int i = 0; i < 3000; i++) {
			Instant now = at("2026-05-01T00:00:00Z").plusSeconds(random.nextInt(40 * 86_400));
			List<Charge> charges = new ArrayList<>();
			double spent = 0;
			for (int k = 0; k < random.nextInt(8); k++) {
				Instant from = now.minusSeconds(random.nextInt(20 * 86_400));
				Instant gone = from.plusSeconds(random.nextInt(10 * 86_400));
				boolean still = random.nextInt(3) == 0 || gone.isAfter(now);
				charges.add(new Charge("c" + k, "g", Price.of(random.nextInt(4) + .01, "EUR"), from, still ? Optional.empty() : Optional.of(gone), false, random.nextBoolean()));
			}
			for (Spending sum : Spendings.sums(charges, caps(NO, NO, NO), now)) {
				assertTrue(sum.saved() >= 0 && sum.saved() <= sum.month() + 1e-9, "case " + i + ": " + sum);
				assertTrue(sum.hour() <= sum.day() + 1e-9 && sum.day() <= sum.month() + 1e-9, "case " + i + ": " + sum);
				spent += sum.month();
			}
			assertTrue(spent >= 0);
		}
	}

	@Test
	void unknownPricesAndCurrenciesAreRefusedUnderABudgetAndCounted() {
		Instant now = at("2026-03-01T10:00:00Z");
		Charge unknown = new Charge("u", "web", Price.UNKNOWN, now.minusSeconds(60), Optional.empty(), false, false);
		CostSettings caps = caps(5, NO, NO);
		assertEquals("A price is not known, so nobody can say whether it is within the budget of 5.000 an hour EUR.", Budget.check(List.of(unknown), add(1, 1, HOUR), caps, now).sentence());
		assertFalse(Budget.check(List.of(), new Budget.Addition(1, Double.NaN, "", HOUR), caps, now).passed());
		assertEquals(0, Budget.left(List.of(unknown), caps, now, HOUR));
		assertEquals("The budget is in EUR, and there is no rate for the currency of a price.", Budget.check(List.of(), new Budget.Addition(1, 1, "USD", HOUR), caps, now).sentence());
		CostSettings rated = new CostSettings("EUR", Optional.of(5.), null, null, null, null, null, null, java.util.Map.of("USD", .9));
		assertTrue(Budget.check(List.of(), new Budget.Addition(5, 5.5, "USD", HOUR), rated, now).passed());
		assertFalse(Budget.check(List.of(), new Budget.Addition(6, 6, "USD", HOUR), rated, now).passed());
		assertTrue(Budget.check(List.of(unknown), add(1, 1, HOUR), CostSettings.DEFAULT, now).passed(), "without a budget anything goes");
		Spending sum = Spendings.sums(List.of(unknown, charge("a", 1, "2026-03-01T09:00:00Z", "")), CostSettings.DEFAULT, now).get(0);
		assertEquals(1, sum.unpriced());
		assertEquals("1 × 1.0000 = 1.0000 EUR an hour; 1.00 today, 1.00 this month (UTC); of 1 machines nobody knows the price.", sum.sentence());
		assertEquals(1, Spendings.sums(List.of(unknown), CostSettings.DEFAULT, now).get(0).unpriced());
	}

	@Test
	void theMonthSurvivesWhatTheLedgerForgets() {
		Spendings spendings = new Spendings();
		spendings.see(List.of(charge("a", 1, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")));
		spendings.forget(at("2026-03-31T00:00:00Z"));
		spendings.see(List.of());
		assertEquals(24, spendings.sums(CostSettings.DEFAULT, at("2026-03-31T00:00:00Z")).get(0).month(), 1e-9);
		spendings.forget(at("2026-04-01T00:00:00Z"));
		assertTrue(spendings.charges().isEmpty());
	}

	@Test
	void aLimitOfAnHourFromElsewhereHoldsAsWell() {
		assertEquals(2, Budget.with(caps(3, NO, NO), 2, "EUR").hourCap().orElseThrow());
		assertEquals(1, Budget.with(caps(1, NO, NO), 2, "EUR").hourCap().orElseThrow());
		assertEquals("USD", Budget.with(CostSettings.DEFAULT, 2, "USD").currency());
		assertEquals(0, Budget.with(caps(NO, 9, NO), 2, "USD").hourCap().orElseThrow(), "what cannot be compared allows nothing");
	}

	@Test
	void theNewsvendorRelationHoldsBothWays() {
		for (double level : new double[] { .5, .8, .9, .99 }) {
			assertEquals(level, Newsvendor.level(.07, Newsvendor.breach(.07, level)), 1e-12);
		}
		assertEquals(Newsvendor.LEAST_LEVEL, Newsvendor.level(1, 1.5));
		assertEquals(Newsvendor.MOST_LEVEL, Newsvendor.level(1, 1e9));
	}
}
