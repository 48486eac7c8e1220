// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.provisioning.cost.Budget;
import io.shadowweaver.provisioning.cost.CostSettings;

/** Whatever has happened, no plan passes a cap, a quota, a budget, or what its placement demands. */
class RandomPlansTest {
	private static final int HISTORIES = Boolean.getBoolean("shadowweaver.full") ? 1_000_000 : 10_000;
	private static final List<String> ZONES = List.of("a", "b", "c");

	/** What one history is about. */
	private static final class World {
		final Random random;
		final Map<String, List<Offer>> offers = new TreeMap<>();
		final List<Resource> base = new ArrayList<>();
		final List<Entry> coming = new ArrayList<>();
		final ProvisioningSettings settings;
		final ScalingGroup group;

		World(Random random) {
			this.random = random;
			int accounts = random.nextInt(4) == 0 ? 2 : 1;
			boolean simple = random.nextInt(3) > 0;
			List<Template> templates = new ArrayList<>();
			for (int account = 0; account < accounts; account++) {
				String id = "account" + account;
				List<Offer> all = new ArrayList<>();
				for (int i = 0; i < (simple ? 1 : 1 + random.nextInt(3)); i++) {
					all.add(offer("o" + i));
				}
				offers.put(id, all);
				templates.add(new Template(id, random.nextBoolean() ? List.of() : all.stream().map(Offer::id).toList(), "", "", "", Map.of("tier", "web"), ""));
			}
			boolean named = random.nextInt(3) == 0;
			Map<String, String> requires = random.nextInt(4) > 0 ? Map.of() : random.nextBoolean() ? Map.of("region", "r1") : Map.of("zone", "b");
			Placement placement = new Placement(named ? ZONES.subList(0, 1 + random.nextInt(3)) : List.of(), 1 + random.nextInt(2), random.nextInt(5) == 0, requires);
			int max = 1 + random.nextInt(40);
			group = new ScalingGroup("web", "web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, random.nextInt(Math.min(5, max)), max,
					1 + random.nextInt(2), templates, placement, List.of(new DemandTarget("requests", .8)), "traffic", Duration.ZERO);
			for (int i = 0; i < random.nextInt(6); i++) {
				base.add(Resource.live("base-" + i, "vm", "base", Map.of("tier", "web", Resource.ZONE, ZONES.get(random.nextInt(3))), Map.of("requests", 100.)));
			}
			CostSettings cost = random.nextInt(3) == 0 ? CostSettings.DEFAULT.withCaps(random.nextDouble() * 3, Double.POSITIVE_INFINITY, random.nextBoolean() ? 2000 * random.nextDouble() : Double.POSITIVE_INFINITY, "EUR") : CostSettings.DEFAULT;
			settings = ProvisioningSettings.defaults().with(random.nextInt(4) == 0 ? cost.withBreach(.05 + 3 * random.nextDouble(), "EUR") : cost);
		}

		private Offer offer(String id) {
			List<String> zones = random.nextInt(4) == 0 ? List.of() : ZONES.subList(random.nextInt(2), 2 + random.nextInt(2));
			Duration lead = Duration.ofSeconds(60 + random.nextInt(1200));
			return new Offer(id, id, Map.of("requests", 40 + 200 * random.nextDouble()), "r" + random.nextInt(2), zones, random.nextInt(6) == 0 ? Price.UNKNOWN : Price.of(.02 + random.nextDouble() / 4, "EUR"),
					random.nextInt(12), lead, lead.plusSeconds(random.nextInt(600)));
		}

		GroupView view(Instant now) {
			double level = 3000 * random.nextDouble() * random.nextDouble();
			List<Resource> live = new ArrayList<>(base);
			return new GroupView(group, random.nextInt(5) == 0 ? Mode.PROPOSE : Mode.AUTO, live, List.of(), List.of(new DemandView("requests", Bed.bands(now, 1 + .4 * random.nextDouble(), minute -> level), level * (.8 + .3 * random.nextDouble()), .2, .8)), 0);
		}
	}

	@Test
	void noPlanPassesItsLimits() {
		int plans = 0;
		int mixed = 0;
		for (int seed = 0; seed < HISTORIES; seed++) {
			World world = new World(new Random(seed));
			Instant now = Bed.START;
			for (int tick = 0; tick < 3; tick++) {
				now = now.plusSeconds(60 + world.random.nextInt(3000));
				GroupView view = world.view(now);
				LeadTimes leads = new LeadTimes(Duration.ofMinutes(3), Duration.ofMinutes(6));
				for (Map.Entry<String, List<Offer>> account : world.offers.entrySet()) {
					leads = leads.declared(account.getKey(), account.getValue());
				}
				Market market = new Market(world.offers, Map.of("account0", "openstack"), CostDesk.charges(world.coming));
				Planner.Result result = new Planner(world.settings).scaleOut(view, new Coming(world.coming, 0), market, world.coming, leads, now);
				if (result.draft().isEmpty()) {
					continue;
				}
				Draft draft = result.draft().get();
				boolean affordable = check(seed, world, view, market, draft, now);
				plans++;
				mixed += draft.actions().stream().map(action -> action.provider() + action.offer()).distinct().count() > 1 ? 1 : 0;
				if (affordable) {
					Plan plan = draft.toPlan("web-" + tick, Plan.State.APPROVED, now);
					Intents.of("test", plan, draft, view, world.offers, List.of(), now).forEach(intent -> world.coming.add(Entry.of(intent)));
				}
			}
		}
		System.out.println(HISTORIES + " histories, " + plans + " plans, " + mixed + " of them mixed");
		assertTrue(plans > HISTORIES / 2 && mixed > HISTORIES / 100, plans + " plans, " + mixed + " mixed");
	}

	/** Whether the guard of the money lets it pass. */
	private static boolean check(int seed, World world, GroupView view, Market market, Draft draft, Instant now) {
		String about = "seed " + seed + ": " + draft.sentence();
		Placement placement = world.group.placement();
		assertTrue(draft.size() > 0, about);
		assertTrue(view.ready() + world.coming.size() + draft.size() <= world.group.max(), about);
		Map<String, Integer> byOffer = new HashMap<>();
		Map<String, Integer> byZone = new TreeMap<>(ZoneSpread.members(view, new Coming(world.coming, 0)));
		double perHour = 0;
		for (Action action : draft.actions()) {
			Offer offer = world.offers.get(action.provider()).stream().filter(one -> one.id().equals(action.offer())).findFirst().orElseThrow();
			byOffer.merge(action.provider() + "/" + action.offer(), action.count(), Integer::sum);
			byZone.merge(action.zone(), action.count(), Integer::sum);
			perHour += action.count() * offer.pricePerHour();
			assertTrue(offer.zones().isEmpty() ? action.zone().isEmpty() : offer.zones().contains(action.zone()), about);
			assertTrue(action.zone().isEmpty() || placement.zones().isEmpty() || placement.zones().contains(action.zone()), about);
			placement.requires().forEach((label, wanted) -> assertEquals(wanted, label.equals("region") ? offer.region() : action.zone(), about));
			long made = world.coming.stream().filter(entry -> entry.intent().provider().equals(action.provider()) && entry.intent().offer().equals(action.offer())).count();
			assertTrue(made + byOffer.get(action.provider() + "/" + action.offer()) <= offer.quotaLeft(), about + " passes the quota");
		}
		assertEquals(perHour, draft.costPerHour(), 1e-9, about);
		assertEquals(draft.actions().stream().allMatch(action -> draft.adds(action) > 0), true, about);
		List<String> reachable = draft.actions().stream().flatMap(action -> world.offers.get(action.provider()).stream().filter(one -> one.id().equals(action.offer())))
				.flatMap(offer -> offer.zones().stream()).filter(placement.zones()::contains).filter(zone -> zone.equals(placement.requires().getOrDefault("zone", zone))).distinct().toList();
		int emptiest = reachable.stream().mapToInt(zone -> byZone.getOrDefault(zone, 0)).min().orElse(0);
		draft.actions().stream().map(Action::zone).filter(reachable::contains).forEach(zone -> assertTrue(byZone.get(zone) - emptiest <= placement.maxSkew(), about + " passes the skew " + byZone));
		CostSettings caps = CostDesk.capped(world.settings);
		Budget.Addition addition = draft.addition(now, world.settings.planning().horizon());
		boolean passed = Budget.check(market.charges(), addition, caps, now).passed();
		if (!passed) {
			// what is over the budget is planned only where nothing is within it, so that the guard says why
			double left = Budget.left(market.charges(), caps, now, addition.hold());
			assertTrue(draft.actions().stream().allMatch(action -> price(world, action) > left * (1 - 1e-6)), about + " passes the budget, which leaves " + left);
		}
		return passed;
	}

	private static double price(World world, Action action) {
		return world.offers.get(action.provider()).stream().filter(one -> one.id().equals(action.offer())).findFirst().orElseThrow().pricePerHour();
	}
}
