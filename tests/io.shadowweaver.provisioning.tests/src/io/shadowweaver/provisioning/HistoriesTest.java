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
			"never again while unknown", "one machine a token", "rate", "scale-in is off", "second person", "two unhealthy", "what is over stays over");

	@TempDir
	Path directory;

	/** What histories came to; of what was broken the first {@value #TOLD} sentences. */
	private static final class Tally {
		private static final int TOLD = 10;

		private final List<String> broken = new ArrayList<>();
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
			if (!sentence.isEmpty() && ++breaches <= TOLD) {
				broken.add(sentence);
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
		assertEquals(List.of(), tally.broken, tally.breaches + " histories break a guard");
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

	/** One estate and what happens to it. */
	private static final class History {
		private final int seed;
		private final Random random;
		private final Bed bed;
		private final Referee referee;
		private final Set<String> refusals = new HashSet<>();
		private final boolean steady;
		private double price;
		private double level = 300;
		private boolean killed;
		private long lease = Referee.Moment.ALONE;

		History(int seed, Path folder) {
			this.seed = seed;
			random = new Random(seed * 7919L + 1);
			bed = new Bed(folder);
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
			referee = new Referee(freezes);
			price = chance(20) ? Double.NaN : .05 + random.nextInt(10) / 50.;
			bed.settings = settings(windows);
			bed.group = Bed.group("web", 1, 4 + random.nextInt(12), 1 + random.nextInt(2), bed.group.placement());
			bed.mode = chance(3) ? Mode.PROPOSE : Mode.AUTO;
			bed.cloud.lead = Duration.ofMinutes(1 + random.nextInt(6));
			int quota = chance(6) ? random.nextInt(4) : 50;
			bed.cloud.offers.set(0, new Offer("small", "small", Map.of("requests", 100.), "r", List.of("a", "b", "c"), Double.isNaN(price) ? Price.UNKNOWN : Price.of(price, "EUR"), quota, Duration.ofMinutes(3), Duration.ofMinutes(5)));
			for (int machine = 1; machine < 12; machine++) {
				if (chance(4)) {
					bed.cloud.duds.add(machine);
				}
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
					.with(new ProvisioningSettings.ScaleIn(chance(3) ? Set.of() : Set.of("web"), .95, 1.1, Duration.ofMinutes(20), Duration.ofMinutes(2), Duration.ofMinutes(3), Duration.ofMinutes(1), .1))
					.with(new ProvisioningSettings.Oversight(1 + random.nextInt(3), chance(2) ? .02 + random.nextDouble() / 4 : Double.POSITIVE_INFINITY, Duration.ofHours(2), Duration.ofDays(30)));
		}

		void run(Tally tally) {
			String broken = "";
			bed.open();
			try (bed) {
				for (int step = 0; step < STEPS && broken.isEmpty(); step++) {
					world();
					operators();
					referee.begin(moment());
					persons();
					int before = bed.cloud.log.size();
					bed.step();
					List<String> calls = List.copyOf(bed.cloud.log.subList(before, bed.cloud.log.size()));
					broken = referee.end(bed.view, calls, bed.cloud.machines).map(sentence -> "history " + seed + ", step " + bed.now + ": " + sentence).orElse("");
					bed.view.plans().forEach(plan -> plan.guards().stream().filter(outcome -> !outcome.passed()).forEach(outcome -> refusals.add(outcome.guard())));
					if (broken.isEmpty() && bed.view.statuses().get(Provisioner.JOURNAL).state() == Status.State.FAILED) {
						broken = "history " + seed + ": " + bed.view.statuses().get(Provisioner.JOURNAL).sentence();
					}
				}
			}
			tally.add(broken, bed.cloud.log.size(), bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count(), referee.checked(), refusals);
		}

		private Referee.Moment moment() {
			bed.cloud.now = bed.now;
			Set<String> carrying = bed.cloud.machines.values().stream().filter(machine -> bed.cloud.healthy(machine.resource())).map(Instance::token).collect(Collectors.toSet());
			return new Referee.Moment(bed.now, bed.settings, killed, bed.mode, bed.stale, bed.skill, bed.coverage, bed.measured, bed.measured ? level : Double.NaN, bed.base + carrying.size(), carrying, lease, price,
					bed.group.min(), bed.group.max());
		}

		/** Time, demand, faults. */
		private void world() {
			int clock = random.nextInt(40);
			bed.now = bed.now.plusSeconds(clock < 6 ? 60L * (2 + random.nextInt(10)) : clock == 8 && !steady ? 3600L * (1 + random.nextInt(3)) : 60);
			if (!steady && (clock == 6 || clock == 7)) {
				bed.jump(clock == 6 ? Duration.ofMinutes(-1 - random.nextInt(20)) : Duration.ofHours(1 + random.nextInt(3)));
			}
			double drift = chance(8) ? 1.5 : 1;
			level = Math.min(2000, Math.max(20, level * Math.exp(.15 * random.nextGaussian()) * (chance(2) ? drift : 1 / drift) + (330 - level) * .05));
			double now = level;
			double ahead = chance(3) ? level * (.7 + .8 * random.nextDouble()) : level;
			double origin = Duration.between(Bed.START, bed.now).toMillis() / 60e3;
			bed.demand = minute -> now + (ahead - now) * Math.max(0, Math.min(1, (minute - origin) / 20));
			bed.spread = 1 + .2 * random.nextDouble();
			bed.stale = chance(8) ? random.nextDouble() : 0;
			bed.skill = chance(10) ? chance(2) ? Double.NaN : -.3 : .2;
			bed.coverage = chance(15) ? .3 : .8;
			bed.measured = !chance(12);
			bed.cloud.loseAnswers = chance(12) ? 1 : 0;
			bed.cloud.loseCalls = chance(12) ? 1 : 0;
			bed.cloud.refusal = chance(20) ? "There is no room." : "";
			bed.cloud.broken = chance(25) ? new IllegalStateException("An answer that is not JSON.") : null;
			if (chance(30)) {
				bed.mode = Mode.values()[random.nextInt(4)];
			} else if (chance(8) && (bed.mode == Mode.OFF || bed.mode == Mode.OBSERVE)) {
				bed.mode = Mode.AUTO;
			}
			if (lease != Referee.Moment.ALONE && chance(10)) {
				lease = lease == Referee.Moment.LOST ? 2 + bed.cloud.log.size() + random.nextInt(1000) : chance(2) ? Referee.Moment.LOST : lease + 1;
			}
			if (chance(60) && !bed.cloud.machines.isEmpty()) {
				// somebody deletes one by hand
				bed.cloud.machines.remove(bed.cloud.machines.keySet().iterator().next());
			}
		}

		/** Restarts, the kill switch, other settings. */
		private void operators() {
			if (chance(30)) {
				bed.crash();
				bed.open();
				referee.restarted();
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

		/** What persons decide of the group and its plans. */
		private void persons() {
			if (bed.view != null) {
				bed.view.plans().stream().filter(plan -> plan.state() == Plan.State.PROPOSED).forEach(this::decide);
				if (chance(40)) {
					bed.view.queue().stream().findFirst().ifPresent(entry -> bed.provisioner.cancel(entry.token(), "bob"));
				}
			}
			if (chance(15)) {
				int max = bed.group.max() + random.nextInt(5);
				Instant until = bed.now.plusSeconds(60L * random.nextInt(150));
				bed.provisioner.raiseCap("web", max, until, "ada");
				referee.raise(max, until);
			}
			if (chance(20)) {
				Instant until = bed.now.plusSeconds(60L * random.nextInt(150));
				String group = chance(2) ? "web" : "*";
				bed.provisioner.thaw(group, until, "bob", "an emergency");
				referee.thaw(group, until);
			}
			if (chance(10)) {
				bed.provisioner.resume("web", "ada");
				referee.resume();
			}
		}

		private void decide(Plan plan) {
			if (chance(2)) {
				String person = List.of("ada", "bob", " ADA").get(random.nextInt(3));
				bed.provisioner.approve(plan.id(), person);
				referee.approve(plan.id(), person);
			} else if (chance(15)) {
				bed.provisioner.reject(plan.id(), "bob");
			}
		}
	}
}
