// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.topology.Resource;

/** With constant forecasts of demand, plans converge and create nothing further. */
class ConvergenceTest {
	private static final ProvisioningSettings SETTINGS = ProvisioningSettings.defaults();

	@TempDir
	Path directory;

	@Test
	void thePlannerAloneConvergesForRandomGroups() {
		int planned = 0;
		for (int seed = 0; seed < 2000; seed++) {
			RandomGroups.Case one = RandomGroups.next(new Random(seed));
			Planner planner = new Planner(SETTINGS);
			LeadTimes leads = new LeadTimes(Duration.ofMinutes(3), Duration.ofMinutes(6)).declared("cloud", one.offers());
			List<Entry> coming = new ArrayList<>();
			int plans = 0;
			for (;; plans++) {
				Planner.Result result = planner.scaleOut(one.view(), new Coming(coming, 0), Map.of("cloud", one.offers()), coming, leads, Bed.START);
				if (result.draft().isEmpty()) {
					break;
				}
				Plan plan = result.draft().get().toPlan("web-" + plans, Plan.State.APPROVED, Bed.START);
				List<Intent> intents = Intents.of("test", plan, result.draft().get(), one.view(), Map.of("cloud", one.offers()), List.of(), Bed.START);
				assertEquals(plan.creates(), intents.stream().map(Intent::token).distinct().count(), "seed " + seed);
				intents.forEach(intent -> coming.add(Entry.of(intent)));
				assertTrue(plans < 200, "seed " + seed + " plans without end");
			}
			planned += plans;
			checkEnd(seed, one, coming);
		}
		assertTrue(planned > 1000, "the cases must need something: " + planned);
	}

	/** At the end nothing is missing that could be had, and no zone has more than it must. */
	private static void checkEnd(int seed, RandomGroups.Case one, List<Entry> coming) {
		GroupView view = one.view();
		Supply supply = new Coming(coming, 0).with(view, Sizing.ready(view), Map.of("cloud", one.offers()));
		assertTrue(coming.isEmpty() || supply.members() <= view.group().max(), "seed " + seed + ": over the maximum");
		boolean lacks = Sizing.grid(Bed.START, Duration.ofMinutes(20)).stream().anyMatch(time -> Sizing.requirement(view, supply, Capacities.unit(view), Bed.START, time, SETTINGS.planning())
				.filter(needed -> needed.members() > supply.members()).isPresent());
		if (lacks) {
			boolean nothingLeft = one.offers().stream().allMatch(offer -> offer.quotaLeft() <= coming.stream().filter(entry -> entry.intent().offer().equals(offer.id())).count() || ZoneSpread.allowed(view, offer.zones()).isEmpty());
			assertTrue(nothingLeft, "seed " + seed + ": members are missing and could be had");
		}
		for (Offer offer : one.offers()) {
			long made = coming.stream().filter(entry -> entry.intent().offer().equals(offer.id())).count();
			assertTrue(made <= offer.quotaLeft(), "seed " + seed + ": over the quota");
		}
	}

	@Test
	void aPlanForOneMetricAndOneOfferMakesNoMemberTooMany() {
		for (int seed = 0; seed < 300; seed++) {
			double demand = 50 + 3000 * new Random(seed).nextDouble();
			Bed bed = new Bed(directory);
			bed.base = 1 + seed % 5;
			bed.spread = 1.1;
			bed.demand = minute -> demand;
			GroupView view = bed.groupView();
			List<Entry> coming = new ArrayList<>();
			for (int plans = 0; plans < 100; plans++) {
				Planner.Result result = new Planner(SETTINGS).scaleOut(view, new Coming(coming, 0), Map.of("cloud", bed.cloud.offers), coming, new LeadTimes(Duration.ZERO, Duration.ZERO), Bed.START);
				if (result.draft().isPresent()) {
					Plan plan = result.draft().get().toPlan("web-" + plans, Plan.State.APPROVED, Bed.START);
					Intents.of("test", plan, result.draft().get(), view, Map.of("cloud", bed.cloud.offers), List.of(), Bed.START).forEach(intent -> coming.add(Entry.of(intent)));
				}
			}
			int expected = Math.min(40, Math.max(bed.base, (int) Math.ceil(demand * 1.1 / Bed.SAFE - 1e-5)));
			assertEquals(expected, bed.base + coming.size(), "seed " + seed + ": demand " + demand);
		}
	}

	@Test
	void theWholeProvisionerConvergesWithRandomGroupsLeadsAndSteps() throws Exception {
		int made = 0;
		for (int seed = 0; seed < 60; seed++) {
			made += wholeRun(seed);
		}
		assertTrue(made > 100, "the cases must need something: " + made);
	}

	private int wholeRun(int seed) throws Exception {
		Random random = new Random(seed);
		RandomGroups.Case one = RandomGroups.next(random);
		ListedCloud cloud = new ListedCloud();
		cloud.offers.clear();
		cloud.offers.addAll(one.offers());
		cloud.lead = Duration.ofSeconds(20 + random.nextInt(900));
		cloud.settling = Duration.ofSeconds(random.nextInt(200));
		Instant[] now = { Bed.START };
		Path folder = Files.createDirectory(directory.resolve("whole-" + seed));
		ProvisioningSettings.Limits limits = SETTINGS.limits();
		ProvisioningSettings free = SETTINGS.with(new ProvisioningSettings.Limits(limits.maxStaleShare(), limits.minSkill(), limits.minCoverage(), limits.cooldown(), 1000, 1000, 10, .5, 1000, Double.POSITIVE_INFINITY, "", List.of(), 0));
		try (Provisioner provisioner = new Provisioner("test", folder, List.of(new Account("cloud", "listed", cloud)), free, () -> now[0], Runnable::run)) {
			int settled = -1;
			for (int tick = 0; tick < 500; tick++) {
				now[0] = now[0].plusSeconds(10 + random.nextInt(110));
				cloud.now = now[0];
				quota(cloud, one.offers());
				provisioner.step(now[0], List.of(RandomGroups.with(one.view(), members(one, cloud), now[0])), cloud::healthy);
				if (tick == 300) {
					settled = cloud.machines.size();
				}
			}
			assertEquals(settled, cloud.machines.size(), "seed " + seed + ": machines were still made after hours of constant demand");
			assertEquals(settled, cloud.log.size(), "seed " + seed + ": each was called for once, none removed");
			return settled;
		}
	}

	private static void quota(ListedCloud cloud, List<Offer> declared) {
		cloud.offers.clear();
		for (Offer offer : declared) {
			int used = (int) cloud.machines.values().stream().filter(machine -> machine.offer().equals(offer.id())).count();
			cloud.offers.add(new Offer(offer.id(), offer.name(), offer.capacity(), offer.zones(), offer.pricePerHour(), offer.currency(), Math.max(0, offer.quotaLeft() - used), offer.leadMedian(), offer.leadP95()));
		}
	}

	private static List<Resource> members(RandomGroups.Case one, ListedCloud cloud) {
		List<Resource> members = new ArrayList<>(one.view().liveMembers());
		cloud.machines.values().stream().filter(machine -> cloud.healthy(machine.resource())).forEach(machine -> members.add(Resource.live(machine.resource(), "vm", machine.name(),
				Map.of("tier", "web", Resource.ZONE, machine.zone(), "offer", machine.offer()), one.offers().stream().filter(offer -> offer.id().equals(machine.offer())).findFirst().orElseThrow().capacity())));
		return members;
	}
}
