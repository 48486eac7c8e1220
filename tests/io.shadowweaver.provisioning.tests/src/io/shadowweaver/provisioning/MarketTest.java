// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.provisioning.cost.Charge;
import io.shadowweaver.provisioning.cost.CostSettings;

/** Plans over several accounts: what is cheapest in all, in words and numbers. Ten members of 80 requests/s are there. */
class MarketTest {
	private static final Duration FAST = Duration.ofMinutes(2);
	private static final Duration SLOW = Duration.ofMinutes(20);

	private final Bed bed = new Bed(Path.of("unused"));
	private final Map<String, List<Offer>> offers = new TreeMap<>();
	private final Map<String, String> types = new HashMap<>(Map.of("eu", "openstack", "us", "aws"));
	private final List<Charge> charges = new ArrayList<>();
	private ProvisioningSettings settings = ProvisioningSettings.defaults();
	private Placement placement = Placement.ANYWHERE;

	MarketTest() {
		bed.base = 10;
		bed.spread = 1;
	}

	private static Offer offer(String id, double requests, double price, int quota, Duration lead, String... zones) {
		return new Offer(id, id, Map.of("requests", requests), id.startsWith("us") ? "us-east-1" : "eu", List.of(zones), Price.of(price, "EUR"), quota, lead, lead);
	}

	private Planner.Result plan(double demand) {
		// as the reactive floor would: what is forecast is observed
		bed.demand = minute -> demand;
		ScalingGroup web = bed.group;
		List<Template> templates = offers.keySet().stream().map(account -> new Template(account, List.of(), "", "", "", Map.of("tier", "web", "cost-centre", account), "")).toList();
		bed.group = new ScalingGroup(web.id(), web.name(), web.members(), web.scaling(), web.owner(), 1, 40, web.step(), templates, placement, web.demand(), web.readinessCheck(), web.drain());
		LeadTimes leads = new LeadTimes(Duration.ZERO, Duration.ZERO);
		for (Map.Entry<String, List<Offer>> account : offers.entrySet()) {
			leads = leads.declared(account.getKey(), account.getValue());
		}
		return new Planner(settings).scaleOut(bed.groupView(), new Coming(List.of(), 0), new Market(offers, types, charges), List.of(), leads, Bed.START);
	}

	private static Map<String, Integer> made(Draft draft) {
		Map<String, Integer> made = new TreeMap<>();
		draft.actions().forEach(action -> made.merge(action.provider() + "/" + action.offer(), action.count(), Integer::sum));
		return made;
	}

	private Draft draft(double demand) {
		Planner.Result result = plan(demand);
		return result.draft().orElseThrow(() -> new AssertionError(result.trouble()));
	}

	@Test
	void theCheaperAccountIsTakenWhicheverIsPreferred() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 50, FAST)));
		offers.put("us", List.of(offer("us.small", 100, .07, 50, FAST)));
		Draft draft = draft(900);
		assertEquals(Map.of("us/us.small", 2), made(draft));
		assertEquals(.14, draft.costPerHour(), 1e-9);
		assertEquals("EUR", draft.currency());
		assertTrue(draft.sentence().startsWith("web needs 2 more us.small at us by"), draft.sentence());
		assertEquals(List.of(new Plan.Alternative("2 × eu.small at eu", .2, "it costs 0.060 EUR more an hour")), draft.alternatives());
	}

	@Test
	void offersAreMixedWhereThatIsCheaper() {
		offers.put("eu", List.of(offer("eu.large", 400, .30, 50, FAST), offer("eu.small", 100, .09, 50, FAST)));
		// 910 × 1.05 is 956, so 156 more are needed: 2 small at .18 beat a large one
		assertEquals(Map.of("eu/eu.small", 2), made(draft(910)));
		// 1170 × 1.05 is 1229, so 429 more: one large for 320 and 2 small beat 6 small (.54) and 2 large (.60)
		Draft mixed = draft(1170);
		assertEquals(Map.of("eu/eu.large", 1, "eu/eu.small", 2), made(mixed));
		assertTrue(mixed.sentence().contains("1 more eu.large and 2 more eu.small"), mixed.sentence());
		assertTrue(mixed.alternatives().size() >= 2, mixed.alternatives().toString());
		mixed.alternatives().forEach(lost -> assertTrue(lost.reason().matches("it costs 0\\.\\d+ EUR more an hour"), lost.toString()));
	}

	@Test
	void whatIsMissingInOneAccountComesFromTheOther() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 50, FAST)));
		offers.put("us", List.of(offer("us.small", 100, .07, 1, FAST)));
		Draft draft = draft(950);
		assertEquals(Map.of("us/us.small", 1, "eu/eu.small", 2), made(draft));
		assertTrue(draft.alternatives().stream().anyMatch(lost -> lost.reason().equals("its quota leaves 1 of 3")), draft.alternatives().toString());
	}

	@Test
	void whatALabelDemandsIsMet() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 50, FAST, "eu-a", "eu-b")));
		offers.put("us", List.of(offer("us.small", 100, .07, 50, FAST)));
		for (Map<String, String> label : List.of(Map.of("provider", "openstack"), Map.of("provider", "eu"), Map.of("region", "eu"), Map.of("offer", "eu.small"), Map.of("zone", "eu-b"), Map.of("cost-centre", "eu"))) {
			placement = new Placement(List.of(), 1, false, label);
			Draft draft = draft(900);
			assertEquals(Map.of("eu/eu.small", 2), made(draft), label.toString());
			String said = label.entrySet().iterator().next().toString();
			assertTrue(draft.alternatives().stream().anyMatch(lost -> lost.reason().equals(said.startsWith("zone") ? "it does not meet zone=eu-b" : "it does not meet " + said)), draft.alternatives().toString());
			if (label.containsKey("zone")) {
				assertEquals(List.of("eu-b"), draft.actions().stream().map(action -> action.zone()).distinct().toList());
			}
		}
		placement = new Placement(List.of(), 1, false, Map.of("disk", "ssd"));
		assertEquals("eu.small: it does not meet disk=ssd; us.small: it does not meet disk=ssd", plan(900).trouble());
	}

	@Test
	void aDearOneThatComesInTimeBeatsACheapOneThatComesLate() {
		offers.put("eu", List.of(offer("eu.slow", 100, .03, 50, SLOW), offer("eu.fast", 100, .06, 50, FAST)));
		Draft late = draft(1500);
		assertEquals(5, made(late).get("eu/eu.fast"), late.sentence() + late.alternatives());
		assertTrue(late.alternatives().stream().anyMatch(lost -> lost.reason().contains("late, 18 min later")), late.alternatives().toString());
		// an hour ahead both come in time, and the cheaper one is taken
		bed.now = Bed.START;
		Planner.Result ahead = later(1500, 60);
		assertTrue(made(ahead.draft().orElseThrow()).containsKey("eu/eu.slow"), ahead.draft().orElseThrow().sentence());
		assertEquals(Bed.START.plus(Duration.ofMinutes(60)).getEpochSecond(), ahead.draft().get().neededBy().getEpochSecond(), 30 * 60);
		assertEquals(SLOW.plusMinutes(1), Duration.between(ahead.draft().get().startBy(), ahead.draft().get().neededBy()));
	}

	private Planner.Result later(double demand, int minutes) {
		plan(100);
		bed.demand = minute -> minute < minutes - 1 ? 100 : demand;
		LeadTimes leads = new LeadTimes(Duration.ZERO, Duration.ZERO).declared("eu", offers.get("eu"));
		return new Planner(settings).scaleOut(bed.groupView(), new Coming(List.of(), 0), new Market(offers, types, charges), List.of(), leads, Bed.START);
	}

	@Test
	void theCostOfABreachDecidesTheQuantileThatIsServed() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 50, FAST)));
		bed.spread = 1.2;
		// the reactive floor must not decide
		settings = settings.with(new ProvisioningSettings.Planning(.9, 1, Duration.ZERO, Duration.ofHours(2), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ofHours(1)));
		Map<Double, Integer> byBreach = new TreeMap<>();
		for (double breach : new double[] { .25, 1, 10 }) {
			ProvisioningSettings before = settings;
			settings = settings.with(CostSettings.DEFAULT.withBreach(breach, "EUR"));
			byBreach.put(breach, draft(900).size());
			settings = before;
		}
		// quantiles .6, .9 and .99 of 900 with a spread of .2 at .9: 935, 1080 and 1227
		assertEquals(Map.of(.25, 2, 1., 4, 10., 5), Map.copyOf(byBreach), "five is what one plan may make");
		assertEquals(4, draft(900).size(), "without a cost the planning level holds, which a tenfold cost implies");
		settings = settings.with(CostSettings.DEFAULT.withBreach(.09, "EUR"));
		assertEquals("eu.small: it costs more than the breach that it prevents", plan(900).trouble());
	}

	@Test
	void theArithmeticAddsUp() {
		offers.put("eu", List.of(offer("eu.large", 400, .30, 1, FAST), offer("eu.small", 100, .09, 50, SLOW)));
		bed.spread = 1.3;
		Pattern term = Pattern.compile("(\\d+) × ([\\d.]+) EUR × ([\\d.]+) h \\(([\\d.]+)\\)");
		for (double demand : new double[] { 850, 900, 1000, 1170, 1400 }) {
			String text = draft(demand).arithmetic();
			Matcher terms = term.matcher(text);
			double sum = 0;
			while (terms.find()) {
				double amount = Double.parseDouble(terms.group(4));
				assertEquals(Integer.parseInt(terms.group(1)) * Double.parseDouble(terms.group(2)) * Double.parseDouble(terms.group(3)), amount, .01, text);
				sum += amount;
			}
			Matcher total = Pattern.compile("expected breach ([\\d.]+) EUR = ([\\d.]+) EUR; an hour without one member counts [\\d.]+ EUR, as serving the 0.900 quantile of demand implies").matcher(text);
			assertTrue(total.find(), text);
			assertEquals(sum + Double.parseDouble(total.group(1)), Double.parseDouble(total.group(2)), 1e-9, text);
		}
	}

	@Test
	void theBudgetMakesAPlanSmallerAndWhereItLeavesNothingTheGuardSaysSo() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 50, FAST)));
		charges.add(new Charge("old", "web", Price.of(.5, "EUR"), Bed.START.minusSeconds(60), Optional.empty(), false, false));
		settings = settings.with(CostSettings.DEFAULT.withCaps(.75, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, "EUR"));
		Draft draft = draft(1000);
		assertEquals(2, draft.size());
		assertTrue(draft.sentence().contains("4 would meet the need; the budget leaves 2"), draft.sentence());
		settings = settings.with(CostSettings.DEFAULT.withCaps(.55, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, "EUR"));
		assertEquals(4, draft(1000).size(), "the guard refuses it and says why");
		offers.put("eu", List.of(offer("eu.small", 100, .10, 50, FAST).with(Price.UNKNOWN)));
		assertEquals("eu.small: its price is not known, and there is a budget", plan(1000).trouble());
	}

	@Test
	void anUnknownPriceIsTakenOnlyWhereNothingElseIsLeft() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 1, FAST)));
		offers.put("pool", List.of(offer("host", 100, 1, 9, FAST).with(Price.UNKNOWN)));
		Draft draft = draft(950);
		assertEquals(Map.of("eu/eu.small", 1, "pool/host", 2), made(draft));
		assertTrue(Double.isNaN(draft.costPerHour()));
		assertEquals("", draft.currency());
		assertTrue(draft.arithmetic().startsWith("1 × 0.1000 EUR × 2.00 h (0.2000) + 2 × an unknown price."), draft.arithmetic());
	}

	@Test
	void otherCurrenciesAreComparedByARateOrCountAsUnknown() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 50, FAST)));
		offers.put("us", List.of(offer("us.small", 100, .07, 50, FAST).with(Price.of(.07, "USD"))));
		assertEquals(Map.of("eu/eu.small", 2), made(draft(900)));
		settings = settings.with(new CostSettings("EUR", null, null, null, null, null, null, null, Map.of("USD", .9)));
		Draft draft = draft(900);
		assertEquals(Map.of("us/us.small", 2), made(draft));
		assertEquals(2 * .063, draft.costPerHour(), 1e-9);
	}

	@Test
	void membersOfNamedZonesNeverDifferByMoreThanTheSkewAcrossAccounts() {
		placement = new Placement(List.of("a", "b"), 1, false);
		// four members stand in a, three in b
		offers.put("eu", List.of(offer("eu.small", 100, .05, 50, FAST, "a")));
		offers.put("us", List.of(offer("us.small", 100, .20, 50, FAST, "b")));
		Draft draft = draft(1000);
		assertEquals(Map.of("eu/eu.small", 2, "us/us.small", 2), made(draft), draft.sentence());
		offers.remove("us");
		assertEquals(4, draft(1000).size(), "where only one zone can be had, it is taken");
	}

	@Test
	void inModeProposeThePersonsWaitBelongsToTheLead() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 50, FAST)));
		String auto = draft(900).arithmetic();
		assertTrue(auto.endsWith("It has a lead 4 min = decision 60 s + from the call to the first traffic 2 min (95th percentile, declared, n = 0 of 20) + margin 60 s."), auto);
		bed.mode = Mode.PROPOSE;
		String proposed = draft(900).arithmetic();
		assertTrue(proposed.contains("lead 19 min = decision 60 s + approval 15 min + "), proposed);
	}

	@Test
	void anAccountThatHasNotAnsweredIsNamed() {
		offers.put("eu", List.of(offer("eu.small", 100, .10, 0, FAST)));
		plan(900);
		ScalingGroup group = bed.group;
		Planner.Result result = new Planner(settings).scaleOut(bed.groupView(), new Coming(List.of(), 0), new Market(Map.of(), types, charges), List.of(), new LeadTimes(FAST, FAST), Instant.parse("2026-03-02T06:00:00Z"));
		assertEquals("account eu: it has not answered yet", result.trouble());
		assertEquals(1, group.templates().size());
		assertEquals("eu.small: its quota is used up", plan(900).trouble());
	}
}
