// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.provisioning.cost.CostSettings;

/**
 * Whatever demand, faults, clocks and persons do, no guard is broken: random histories of the whole provisioner, judged by the
 * {@link Referee} from the provider's own log. With {@code -Dshadowweaver.full=true} a million of them.
 */
class HistoriesTest {
	private static final int HISTORIES = Boolean.getBoolean("shadowweaver.full") ? 1_000_000 : 10_000;
	private static final int STEPS = 12;
	/** All that the referee must have looked at, each many times, or the histories are too tame. */
	private static final Set<String> RULES = Set.of("approval", "blast radius", "budget", "budget of an hour", "budget of the day", "budget of the hour", "budget of the month", "canary", "cap", "cap of the estate",
			"cooldown", "cooldown after a failure", "cooldown of a removal", "expiry", "fencing", "forecast quality", "freeze window", "freshness", "freshness of a removal", "journal before call", "kill switch", "lost metrics never scale in", "minimum", "mode",
			"never again while unknown", "one machine a token", "rate", "rate of the estate", "scale-in is off", "second person", "two unhealthy", "what is over stays over");

	@TempDir
	Path directory;

	/** What histories came to; of each rule that was broken how often, and its first {@value #TOLD} sentences. */
	private static final class Tally {
		private static final int TOLD = 10;

		private final List<String> broken = new ArrayList<>();
		private final Map<String, Integer> brokenBy = new TreeMap<>();
		private final Map<String, Integer> checked = new TreeMap<>();
		private final Set<String> refusals = new HashSet<>();
		private int histories;
		private int breaches;
		private long calls;
		private long ready;

		synchronized void add(String sentence, long called, long becameReady, Map<String, Integer> looked, Set<String> refused) {
			histories++;
			calls += called;
			ready += becameReady;
			looked.forEach((rule, times) -> checked.merge(rule, times, Integer::sum));
			refusals.addAll(refused);
			if (!sentence.isEmpty()) {
				breaches++;
				String rule = sentence.replaceFirst(" was broken.*", "").replaceFirst(".*Z: ", "");
				if (brokenBy.merge(rule, 1, Integer::sum) <= TOLD) {
					broken.add(sentence);
				}
			}
		}
	}

	@Test
	void noGuardIsBroken() {
		long begun = System.nanoTime();
		// what is forced to the disk is not the matter here
		Path memory = Path.of("/dev/shm");
		Path base = Files.isWritable(memory) ? memory : directory;
		Tally tally = new Tally();
		IntStream.range(0, HISTORIES).parallel().forEach(seed -> run(seed, base, tally));
		System.out.println(tally.histories + " random histories of the provisioner in " + (System.nanoTime() - begun) / 1_000_000_000 + " s: " + tally.calls
				+ " calls, " + tally.ready + " machines ready; looked at " + tally.checked);
		assertEquals(List.of(), tally.broken, tally.breaches + " histories break a guard: " + tally.brokenBy);
		assertEquals(HISTORIES, tally.histories);
		RULES.forEach(rule -> assertTrue(tally.checked.getOrDefault(rule, 0) > HISTORIES / 1000, "too seldom looked at: " + rule + " of " + tally.checked));
		assertEquals(Set.of("kill switch", "mode", "freshness", "skill", "fencing", "cooldown", "rate", "canary", "blast radius", "cap", "budget", "freeze window"), tally.refusals, "each guard refuses somewhere");
	}

	private static void run(int seed, Path base, Tally tally) {
		Path folder = null;
		try {
			folder = Files.createTempDirectory(base, "history");
			new History(seed, folder).run(tally);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} finally {
			delete(folder);
		}
	}

	private static void delete(Path folder) {
		if (folder == null) {
			return;
		}
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** A group, its demand, and who judges what is done for it. */
	private static final class Side {
		private final Bed bed;
		private final Referee referee;
		private double level = 300;

		Side(Bed bed, Referee referee) {
			this.bed = bed;
			this.referee = referee;
		}

		String group() {
			return bed.group.id();
		}
	}

	/** One estate of one group or two, one account or two, and what happens to it. */
	private static final class History {
		private final int seed;
		private final Random random;
		private final Bed bed;
		private final Referee.Estate estate = new Referee.Estate();
		private final List<Side> sides = new ArrayList<>();
		private final Set<String> refusals = new HashSet<>();
		private final boolean steady;
		private final Map<String, Double> prices = new TreeMap<>();
		private boolean killed;
		private long lease = Referee.Moment.ALONE;

		History(int seed, Path folder) {
			this.seed = seed;
			random = new Random(seed * 7919L + 1);
			bed = new Bed(folder, new ListedCloud(), chance(3) ? Optional.of(new ListedCloud('o')) : Optional.empty());
			steady = random.nextInt(4) == 0;
			List<Referee.Freeze> freezes = new ArrayList<>();
			List<FreezeWindow> windows = new ArrayList<>();
			if (chance(3)) {
				Instant from = Bed.START.plusSeconds(60L * random.nextInt(60));
				freezes.add(new Referee.Freeze(from, from.plusSeconds(1200), 0, 0));
				windows.add(new FreezeWindow(from, from.plusSeconds(1200), "release"));
			}
			if (chance(4)) {
				int minute = 6 * 60 + random.nextInt(60);
				freezes.add(new Referee.Freeze(null, null, minute, minute + 25));
				windows.add(new FreezeWindow(new FreezeWindow.Weekly(Set.of(DayOfWeek.MONDAY), LocalTime.of(minute / 60, minute % 60), LocalTime.of((minute + 25) / 60, (minute + 25) % 60), ZoneOffset.UTC), "opening"));
			}
			bed.settings = settings(windows);
			boolean unpriced = chance(20);
			account("cloud", bed.cloud, unpriced);
			bed.other.ifPresent(other -> account(Bed.OTHER, other, unpriced));
			if (chance(3)) {
				bed.peer = new Bed(folder, bed.cloud, bed.other);
			}
			for (Bed one : bed.peer == null ? List.of(bed) : List.of(bed, bed.peer)) {
				one.group = group(one == bed ? "web" : "api");
				one.mode = chance(3) ? Mode.PROPOSE : Mode.AUTO;
				sides.add(new Side(one, new Referee(one.group.id(), estate, freezes)));
			}
			if (chance(3)) {
				lease = 1;
				bed.lease = Optional.of(new Lease() {
					@Override
					public OptionalLong hold() {
						return lease == Referee.Moment.LOST ? OptionalLong.empty() : OptionalLong.of(lease);
					}

					@Override
					public String holder() {
						return "another engine";
					}

					@Override
					public void close() {
						// nothing is held
					}
				});
			}
		}

		private void account(String id, ListedCloud cloud, boolean unpriced) {
			double price = unpriced ? Double.NaN : .05 + random.nextInt(10) / 50.;
			prices.put(id, price);
			cloud.lead = Duration.ofMinutes(1 + random.nextInt(6));
			int quota = chance(6) ? random.nextInt(4) : 50;
			cloud.offers.set(0, new Offer("small", "small", Map.of("requests", 100.), "r", List.of("a", "b", "c"), unpriced ? Price.UNKNOWN : Price.of(price, "EUR"), quota, Duration.ofMinutes(3), Duration.ofMinutes(5)));
			for (int machine = 1; machine < 12; machine++) {
				if (chance(4)) {
					cloud.duds.add(machine);
				}
			}
		}

		private ScalingGroup group(String id) {
			ScalingGroup group = Bed.group(id, 1, 4 + random.nextInt(12), 1 + random.nextInt(2), Placement.ANYWHERE);
			List<Template> templates = prices.keySet().stream().map(account -> new Template(account, List.of("small"), "", "", "", Map.of("tier", id), "")).toList();
			return new ScalingGroup(id, id, group.members(), group.scaling(), group.owner(), group.min(), group.max(), group.step(), templates, group.placement(), group.demand(), group.readinessCheck(), group.drain());
		}

		private boolean chance(int oneOf) {
			return random.nextInt(oneOf) == 0;
		}

		private ProvisioningSettings settings(List<FreezeWindow> windows) {
			ProvisioningSettings settings = ProvisioningSettings.defaults();
			ProvisioningSettings.Planning p = settings.planning();
			int perHour = 2 + random.nextInt(10);
			CostSettings cost = CostSettings.DEFAULT;
			if (chance(2)) {
				cost = cost.withCaps(chance(2) ? .2 + random.nextDouble() : Double.POSITIVE_INFINITY, chance(2) ? .3 + 2 * random.nextDouble() : Double.POSITIVE_INFINITY,
						chance(2) ? .3 + 3 * random.nextDouble() : Double.POSITIVE_INFINITY, "EUR");
			}
			ProvisioningSettings.ScaleIn s = settings.scaleIn();
			return settings.with(cost)
					.with(new ProvisioningSettings.Planning(.9, 1.05, p.reactiveSpan(), p.horizon(), p.leadMargin(), p.decisionMargin(), Duration.ofMinutes(3 + random.nextInt(10)), Duration.ofMinutes(10), p.verdictAfter()))
					.with(new ProvisioningSettings.Limits(.45, -.1, .5, Duration.ofMinutes(random.nextInt(6)), perHour, 2 + random.nextInt(10), 1 + random.nextInt(4), .2 + random.nextDouble() * .6, 2 + random.nextInt(10),
							chance(4) ? .1 + random.nextDouble() : Double.POSITIVE_INFINITY, "EUR", windows, random.nextInt(3)))
					.with(new ProvisioningSettings.ScaleIn(chance(3) ? Set.of() : chance(4) ? Set.of("web") : Set.of("web", "api"), .95, 1.1, Duration.ofMinutes(20), Duration.ofMinutes(2), Duration.ofMinutes(3), Duration.ofMinutes(1), .1))
					.with(new ProvisioningSettings.Oversight(1 + random.nextInt(3), chance(2) ? .02 + random.nextDouble() / 4 : Double.POSITIVE_INFINITY, Duration.ofHours(2), Duration.ofDays(30)));
		}

		void run(Tally tally) {
			String broken = "";
			bed.open();
			try (bed) {
				for (int step = 0; step < STEPS && broken.isEmpty(); step++) {
					world();
					operators();
					sides.forEach(side -> side.referee.begin(moment(side)));
					sides.forEach(this::persons);
					List<Integer> before = bed.clouds().stream().map(cloud -> cloud.log.size()).toList();
					bed.step();
					List<String> calls = new ArrayList<>();
					for (int i = 0; i < before.size(); i++) {
						List<String> log = bed.clouds().get(i).log;
						calls.addAll(log.subList(before.get(i), log.size()));
					}
					Map<String, Map<String, Instance>> machines = sides.stream().collect(Collectors.toMap(Side::group, side -> side.bed.machines()));
					broken = Referee.end(estate, bed.view, calls, machines).map(sentence -> "history " + seed + ", step " + bed.now + ": " + sentence).orElse("");
					bed.view.plans().forEach(plan -> plan.guards().stream().filter(outcome -> !outcome.passed()).forEach(outcome -> refusals.add(outcome.guard())));
					if (broken.isEmpty() && bed.view.statuses().get(Provisioner.JOURNAL).state() == Status.State.FAILED) {
						broken = "history " + seed + ": " + bed.view.statuses().get(Provisioner.JOURNAL).sentence();
					}
				}
			}
			Map<String, Integer> checked = new TreeMap<>();
			sides.forEach(side -> side.referee.checked().forEach((rule, times) -> checked.merge(rule, times, Integer::sum)));
			tally.add(broken, bed.clouds().stream().mapToInt(cloud -> cloud.log.size()).sum(), bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count(), checked, refusals);
		}

		private Referee.Moment moment(Side side) {
			Bed one = side.bed;
			bed.clouds().forEach(cloud -> cloud.now = bed.now);
			Set<String> carrying = one.carrying().stream().map(Instance::token).collect(Collectors.toSet());
			return new Referee.Moment(bed.now, bed.settings, killed, one.mode, one.stale, one.skill, one.coverage, one.measured, one.measured ? side.level : Double.NaN, one.base + carrying.size(), carrying, lease, prices,
					one.group.min(), one.group.max());
		}

		/** Time, demand, faults. */
		private void world() {
			int clock = random.nextInt(40);
			bed.now = bed.now.plusSeconds(clock < 6 ? 60L * (2 + random.nextInt(10)) : clock == 8 && !steady ? 3600L * (1 + random.nextInt(3)) : 60);
			if (!steady && (clock == 6 || clock == 7)) {
				bed.jump(clock == 6 ? Duration.ofMinutes(-1 - random.nextInt(20)) : Duration.ofHours(1 + random.nextInt(3)));
				sides.forEach(side -> side.referee.jumped(bed.now));
			}
			sides.forEach(this::demand);
			bed.clouds().forEach(this::faults);
			if (lease != Referee.Moment.ALONE && chance(10)) {
				lease = lease == Referee.Moment.LOST ? 2 + bed.cloud.log.size() + random.nextInt(1000) : chance(2) ? Referee.Moment.LOST : lease + 1;
			}
		}

		private void demand(Side side) {
			Bed one = side.bed;
			one.now = bed.now;
			double drift = chance(8) ? 1.5 : 1;
			side.level = Math.min(2000, Math.max(20, side.level * Math.exp(.15 * random.nextGaussian()) * (chance(2) ? drift : 1 / drift) + (330 - side.level) * .05));
			double now = side.level;
			double ahead = chance(3) ? now * (.7 + .8 * random.nextDouble()) : now;
			double origin = Duration.between(Bed.START, bed.now).toMillis() / 60e3;
			one.demand = minute -> now + (ahead - now) * Math.max(0, Math.min(1, (minute - origin) / 20));
			one.spread = 1 + .2 * random.nextDouble();
			one.stale = chance(8) ? random.nextDouble() : 0;
			one.skill = chance(10) ? chance(2) ? Double.NaN : -.3 : .2;
			one.coverage = chance(15) ? .3 : .8;
			one.measured = !chance(12);
			if (chance(30)) {
				one.mode = Mode.values()[random.nextInt(4)];
			} else if (chance(8) && (one.mode == Mode.OFF || one.mode == Mode.OBSERVE)) {
				one.mode = Mode.AUTO;
			}
		}

		private void faults(ListedCloud cloud) {
			cloud.loseAnswers = chance(12) ? 1 : 0;
			cloud.loseCalls = chance(12) ? 1 : 0;
			cloud.refusal = chance(20) ? "There is no room." : "";
			cloud.broken = chance(25) ? new IllegalStateException("An answer that is not JSON.") : null;
			if (chance(60) && !cloud.machines.isEmpty()) {
				// somebody deletes one by hand
				cloud.machines.remove(cloud.machines.keySet().iterator().next());
			}
		}

		/** Restarts, the kill switch, other settings. */
		private void operators() {
			if (chance(30)) {
				bed.crash();
				bed.open();
				sides.forEach(side -> side.referee.restarted());
			}
			if (chance(killed ? 4 : 25)) {
				killed = !killed;
				bed.provisioner.killSwitch(killed, "ada");
			}
			if (chance(25)) {
				ProvisioningSettings other = settings(bed.settings.limits().freezes());
				bed.settings = bed.settings.with(other.limits()).with(other.cost());
				bed.provisioner.settings(bed.settings);
			}
		}

		/** What persons decide of a group and its plans. */
		private void persons(Side side) {
			if (bed.view != null) {
				bed.view.plans().stream().filter(plan -> plan.state() == Plan.State.PROPOSED && plan.group().equals(side.group())).forEach(plan -> decide(side, plan));
				if (chance(40)) {
					bed.view.queue().stream().findFirst().ifPresent(entry -> bed.provisioner.cancel(entry.token(), "bob"));
				}
			}
			if (chance(15)) {
				int max = side.bed.group.max() + random.nextInt(5);
				Instant until = bed.now.plusSeconds(60L * random.nextInt(150));
				bed.provisioner.raiseCap(side.group(), max, until, "ada");
				side.referee.raise(max, until);
			}
			if (chance(20)) {
				Instant until = bed.now.plusSeconds(60L * random.nextInt(150));
				boolean all = chance(2);
				String group = all ? Standing.ALL : side.group();
				bed.provisioner.thaw(group, until, "bob", "an emergency");
				sides.stream().filter(one -> all || one == side).forEach(one -> one.referee.thaw(group, until));
			}
			if (chance(10)) {
				bed.provisioner.resume(side.group(), "ada");
				side.referee.resume();
			}
		}

		private void decide(Side side, Plan plan) {
			if (chance(2)) {
				String person = List.of("ada", "bob", " ADA").get(random.nextInt(3));
				bed.provisioner.approve(plan.id(), person);
				side.referee.approve(plan.id(), person);
			} else if (chance(15)) {
				bed.provisioner.reject(plan.id(), "bob");
			}
		}
	}
}
