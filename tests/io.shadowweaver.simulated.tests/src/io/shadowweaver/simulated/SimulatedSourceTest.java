// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.tck.Declared;

class SimulatedSourceTest {
	private static final Declared SOURCE = Declared.only("io.shadowweaver.simulated", "source");
	private static final Declared PROVIDER = Declared.only("io.shadowweaver.simulated", "provider");
	private static final Instant START = Clock.START;

	private static SimulatedFleet fleet(long seed, Clock clock) throws PluginException {
		return SimulatedFleet.of(FleetSettings.defaults(seed, START), CloudSettings.defaults(), clock, null);
	}

	private static List<Batch> history(MetricSource source, Instant from, Instant to) throws PluginException {
		List<Batch> pieces = new ArrayList<>();
		source.backfill(from, to, pieces::add, Progress.NONE);
		return pieces;
	}

	private static Map<SeriesId, Map<Instant, Double>> samples(List<Batch> batches) {
		Map<SeriesId, Map<Instant, Double>> samples = new HashMap<>();
		for (Batch batch : batches) {
			for (Block block : batch.blocks()) {
				for (int i = 0; i < block.series().length(); i++) {
					put(samples, block.id(), block.series().time(i), block.series().values()[i]);
				}
			}
			for (Tick tick : batch.ticks()) {
				for (int i = 0; i < tick.values().length; i++) {
					put(samples, tick.series().get(i), tick.time(), tick.values()[i]);
				}
			}
		}
		return samples;
	}

	/** Gaps are no samples: a block has them where a machine was not there. */
	private static void put(Map<SeriesId, Map<Instant, Double>> samples, SeriesId id, Instant time, double value) {
		if (!Double.isNaN(value)) {
			samples.computeIfAbsent(id, key -> new HashMap<>()).put(time, value);
		}
	}

	/** As assertEquals, which would print all the samples. */
	private static void assertSamples(Map<SeriesId, Map<Instant, Double>> expected, Map<SeriesId, Map<Instant, Double>> actual) {
		assertEquals(expected.keySet(), actual.keySet());
		for (SeriesId id : expected.keySet()) {
			assertEquals(expected.get(id), actual.get(id), id.toString());
		}
	}

	private static Topology topology(List<Batch> batches) {
		Map<String, Resource> resources = new HashMap<>();
		Map<String, ScalingGroup> groups = new HashMap<>();
		Set<io.shadowweaver.api.topology.Link> links = new HashSet<>();
		for (Batch batch : batches) {
			for (TopologyChange change : batch.changes()) {
				switch (change) {
				case TopologyChange.ResourceSeen seen -> resources.put(seen.resource().id(), seen.resource());
				case TopologyChange.ResourceGone gone -> resources.remove(gone.id());
				case TopologyChange.GroupSeen seen -> groups.put(seen.group().id(), seen.group());
				case TopologyChange.LinkSeen seen -> links.add(seen.link());
				default -> throw new AssertionError(change);
				}
			}
		}
		return new Topology(resources, links, groups);
	}

	@Test
	void isAFleetOfSixtyInSixZones() throws PluginException {
		MetricSource source = fleet(1, new Clock(START)).source();
		Batch batch = source.poll(START);
		Topology topology = topology(List.of(batch));
		assertEquals(60, topology.resources().size());
		assertEquals(6, topology.resources().values().stream().map(r -> r.label(Resource.ZONE)).distinct().count());
		assertEquals(2, topology.resources().values().stream().map(r -> r.label(Resource.REGION)).distinct().count());
		assertEquals(Set.of("lb", "web", "app", "db", "cache", "queue"), topology.groups().keySet());
		for (ScalingGroup group : topology.groups().values()) {
			long members = topology.resources().values().stream().filter(group.members()::matches).count();
			assertEquals(group.min(), members, group.id());
			if (group.scaling() == ScalingGroup.Scaling.HORIZONTAL) {
				assertEquals("simulated", group.template().provider());
				assertEquals(group.members().labels(), group.template().tags());
			}
		}
		Set<String> metrics = new HashSet<>();
		batch.metrics().forEach(metric -> metrics.add(metric.id()));
		batch.ticks().get(0).series().forEach(id -> assertTrue(metrics.contains(id.metric()), id.toString()));
		System.out.println("simulated fleet: " + batch.ticks().get(0).series().size() + " series");
	}

	@Test
	void samplesDoNotDependOnWhoAsksWhen() throws PluginException {
		Instant end = START.plus(Duration.ofHours(6));
		Map<SeriesId, Map<Instant, Double>> oneByOne = new HashMap<>();
		MetricSource source = fleet(5, new Clock(START)).source();
		List<Batch> batches = new ArrayList<>();
		for (Instant now = START; now.isBefore(end); now = now.plusSeconds(37)) {
			batches.add(source.poll(now));
		}
		oneByOne.putAll(samples(batches));
		MetricSource atOnce = fleet(5, new Clock(START)).source();
		List<Batch> other = List.of(atOnce.poll(end.minusSeconds(60)));
		assertSamples(oneByOne, samples(other));
		MetricSource later = fleet(5, new Clock(START)).source();
		assertSamples(oneByOne, samples(history(later, START, end)));
		assertFalse(oneByOne.equals(samples(List.of(fleet(6, new Clock(START)).source().poll(end.minusSeconds(60))))));
	}

	@Test
	void machinesActAtTheSameTimesWhoeverWatches() throws PluginException {
		Instant end = START.plus(Duration.ofHours(1));
		List<Map<SeriesId, Map<Instant, Double>>> runs = new ArrayList<>();
		for (int seconds : new int[] { 60, 900 }) {
			Clock clock = new Clock(START);
			SimulatedFleet fleet = fleet(9, clock);
			MetricSource source = fleet.source();
			String made = null;
			List<Batch> batches = new ArrayList<>();
			for (int at = 0; at <= 3600; at += 60) {
				clock.set(START.plusSeconds(at));
				if (at == 300) {
					made = fleet.provider().create(request("t1")).id();
				} else if (at == 2100) {
					fleet.provider().delete(made);
				}
				if (at % seconds == 0) {
					batches.add(source.poll(clock.instant()));
				}
			}
			runs.add(samples(batches));
			// A reload of the same hours says the same as what was delivered live.
			assertSamples(runs.get(0), samples(history(fleet.source(), START, end.plusSeconds(60))));
		}
		assertSamples(runs.get(0), runs.get(1));
	}

	@Test
	void livesFollowBackfillWithoutGapOrOverlap() throws PluginException {
		MetricSource source = fleet(1, new Clock(START)).source();
		history(source, START.minus(Duration.ofHours(2)), START.plus(Duration.ofMinutes(10)));
		Batch batch = source.poll(START.plus(Duration.ofMinutes(12)));
		assertEquals(List.of(START.plusSeconds(600), START.plusSeconds(660), START.plusSeconds(720)),
				batch.ticks().stream().map(Tick::time).toList());
		assertSame(batch.ticks().get(0).series(), batch.ticks().get(2).series());
		assertTrue(source.poll(START.plusSeconds(779)).isEmpty());
	}

	@Test
	void membersShareAndNobodyIsQuiteEqual() throws PluginException {
		MetricSource source = fleet(3, new Clock(START)).source();
		Instant noon = START.plus(Duration.ofHours(20));
		Tick tick = source.poll(noon).ticks().getLast();
		double[] web = values(tick, "web", Metric.REQUESTS);
		double[] balancers = values(tick, "lb", Metric.REQUESTS);
		double sum = sum(web);
		assertEquals(18, web.length);
		assertEquals(sum(balancers), sum, 1e-6 * sum);
		for (double value : web) {
			assertEquals(1, value / (sum / 18), .06);
		}
		assertTrue(java.util.Arrays.stream(web).distinct().count() > 10);
	}

	private static double[] values(Tick tick, String tier, Metric metric) {
		List<Double> values = new ArrayList<>();
		for (int i = 0; i < tick.values().length; i++) {
			SeriesId id = tick.series().get(i);
			if (id.subject().startsWith(tier + "-") && id.metric().equals(metric.id())) {
				values.add(tick.values()[i]);
			}
		}
		return values.stream().mapToDouble(Double::doubleValue).toArray();
	}

	private static double sum(double[] values) {
		return java.util.Arrays.stream(values).sum();
	}

	@Test
	void overloadIsShedAndSeen() throws PluginException {
		FleetSettings base = FleetSettings.defaults(1, START).calm();
		FleetSettings hot = new FleetSettings(1, START, base.step(), base.history(), 1.4, true, true, 0, true, false, false, false);
		SimulatedFleet fleet = SimulatedFleet.of(hot, CloudSettings.defaults(), new Clock(START), null);
		Instant peak = START.plus(Duration.ofHours(20));
		GroupLoad load = fleet.load("web", peak);
		assertEquals(1.4, load.utilisation(), .1);
		assertEquals(load.offered() - load.shed(), load.capacity() * .995, 1);
		assertEquals(Queueing.TIMEOUT, load.latency(), 1e-9);
		Tick tick = fleet.source().poll(peak).ticks().getLast();
		assertEquals(load.shed(), sum(values(tick, "web", Offers.SHED)), 1e-6 * load.shed());
		for (double cpu : values(tick, "web", Metric.CPU)) {
			assertTrue(cpu > .93 && cpu <= 1, "" + cpu);
		}
	}

	@Test
	void everyDayCrossesCriticalAtThePeakAndSleepsAtNight() throws PluginException {
		double least = 2;
		double night = 0;
		double unused = 0;
		for (int seed = 1; seed <= 10; seed++) {
			SimulatedFleet fleet = SimulatedFleet.of(FleetSettings.defaults(seed, START.plus(Duration.ofDays(seed % 7))).calm(),
					CloudSettings.defaults(), new Clock(START), null);
			for (int day = -14; day < 3; day++) {
				double highest = 0;
				double lowest = 2;
				for (int minute = 0; minute < 1440; minute++) {
					GroupLoad load = fleet.load("web", fleet.settings().start().plus(Duration.ofMinutes(day * 1440 + minute)));
					highest = Math.max(highest, load.cpu());
					lowest = Math.min(lowest, load.cpu());
					unused += load.unused() / (10 * 17 * 1440);
				}
				assertTrue(highest > .9, "seed " + seed + ", day " + day + ": " + highest);
				assertTrue(lowest < .5, "seed " + seed + ", day " + day + ": " + lowest);
				least = Math.min(least, highest);
				night = Math.max(night, lowest);
			}
		}
		System.out.printf("web tier over 10 seeds x 17 days: lowest daily peak of mean CPU %.3f, highest nightly low %.3f, unused %.2f%n",
				least, night, unused);
	}

	@Test
	void capacityAddedBeforeThePeakKeepsItBelowCritical() throws PluginException {
		for (int seed = 1; seed <= 3; seed++) {
			Clock clock = new Clock(START.plus(Duration.ofHours(16)));
			SimulatedFleet fleet = SimulatedFleet.of(FleetSettings.defaults(seed, START).calm(), CloudSettings.defaults(), clock, null);
			for (int i = 0; i < 10; i++) {
				fleet.provider().create(request("peak-" + seed + "-" + i));
			}
			for (int minute = 60; minute < 480; minute++) {
				GroupLoad load = fleet.load("web", START.plus(Duration.ofHours(16)).plus(Duration.ofMinutes(minute)));
				assertTrue(load.cpu() < .75, "seed " + seed + ", minute " + minute + ": " + load.cpu());
				assertEquals(28, load.members());
			}
		}
	}

	/** The fleet can be kept below critical by whoever knows the demand an hour ahead: what is asked of a forecast is possible. */
	@Test
	void foresightKeepsEveryDayBelowCriticalWithoutWaste() throws PluginException {
		double highest = 0;
		double most = 0;
		for (int seed = 1; seed <= 10; seed++) {
			Clock clock = new Clock(START);
			SimulatedFleet fleet = SimulatedFleet.of(FleetSettings.defaults(seed, START.plus(Duration.ofDays(seed % 7))).calm(),
					CloudSettings.defaults(), clock, null);
			Instant begin = fleet.settings().start();
			var provider = fleet.provider();
			java.util.ArrayDeque<String> made = new java.util.ArrayDeque<>();
			double unused = 0;
			for (int minute = 0; minute < 3 * 1440; minute++) {
				Instant now = begin.plus(Duration.ofMinutes(minute));
				clock.set(now);
				if (minute % 5 == 0) {
					double demand = 0;
					for (int ahead = 0; ahead <= 60; ahead += 5) {
						demand = Math.max(demand, fleet.demand().offered(now.getEpochSecond() + ahead * 60L));
					}
					int required = Math.max(18, (int) Math.ceil(demand / (.65 * 400)));
					while (18 + made.size() < required) {
						made.push(provider.create(request(seed + "-" + minute + "-" + made.size())).id());
					}
					while (18 + made.size() > required) {
						provider.delete(made.pop());
					}
				}
				GroupLoad load = fleet.load("web", now);
				highest = Math.max(highest, load.cpu());
				unused += load.unused() / (3 * 1440);
			}
			most = Math.max(most, unused);
		}
		System.out.printf("web tier with an hour of foresight over 10 seeds x 3 days: highest mean CPU %.3f, unused at most %.2f%n", highest, most);
		assertTrue(highest < .85, "" + highest);
		assertTrue(most < .55, "" + most);
	}

	@Test
	void everySwitchSwitches() throws PluginException {
		FleetSettings all = FleetSettings.defaults(4, START);
		FleetSettings plain = new FleetSettings(4, START, all.step(), all.history(), .9, false, false, 0, false, false, false, false);
		SimulatedFleet flat = SimulatedFleet.of(plain, CloudSettings.defaults(), new Clock(START), null);
		double first = flat.load("web", START).offered();
		for (int hour = 0; hour < 24 * 14; hour++) {
			assertEquals(first, flat.load("web", START.plus(Duration.ofHours(hour))).offered(), 1e-9 * first);
		}
		assertTrue(flat.source().poll(START.plus(Duration.ofDays(1))).events().isEmpty());
		SimulatedFleet growing = SimulatedFleet.of(
				new FleetSettings(4, START, all.step(), all.history(), .9, false, false, .02, false, false, false, false),
				CloudSettings.defaults(), new Clock(START), null);
		assertEquals(1.02 * first, growing.load("web", START.plus(Duration.ofDays(7))).offered(), 1e-6 * first);
		Set<Event.Kind> kinds = new HashSet<>();
		for (Batch piece : history(fleet(4, new Clock(START)).source(), START.minus(Duration.ofDays(14)), START)) {
			piece.events().forEach(event -> kinds.add(event.kind()));
		}
		assertEquals(Set.of(Event.Kind.DEPLOYMENT, Event.Kind.INCIDENT, Event.Kind.NOTE), kinds);
	}

	@Test
	void crowdAndIncidentShow() throws PluginException {
		SimulatedFleet with = fleet(2, new Clock(START));
		SimulatedFleet without = SimulatedFleet.of(FleetSettings.defaults(2, START).calm(), CloudSettings.defaults(),
				new Clock(START), null);
		for (Event event : with.demand().events(START, START.plus(Duration.ofDays(7)))) {
			Instant middle = event.time().plus(Duration.ofMinutes(9));
			if (event.kind() == Event.Kind.NOTE) {
				assertTrue(with.load("web", middle).offered() > 1.4 * without.load("web", middle).offered());
			} else if (event.kind() == Event.Kind.INCIDENT) {
				assertTrue(with.load("db", middle).latency() > 2.5 * without.load("db", middle).latency());
				assertTrue(with.load("lb", middle).latency() > without.load("lb", middle).latency());
			}
		}
	}

	@Test
	void rolloutTakesAnEighthOutInTurn() throws PluginException {
		SimulatedFleet fleet = fleet(2, new Clock(START));
		MetricSource source = fleet.source();
		Event rollout = fleet.demand().events(START, START.plus(Duration.ofDays(7))).stream()
				.filter(event -> event.kind() == Event.Kind.DEPLOYMENT).findFirst().orElseThrow();
		source.backfill(START, rollout.time(), piece -> {
		}, Progress.NONE);
		Set<Integer> out = new HashSet<>();
		for (Tick tick : source.poll(rollout.time().plus(rollout.duration())).ticks()) {
			double[] web = values(tick, "web", Metric.REQUESTS);
			int now = 0;
			for (int i = 0; i < web.length; i++) {
				if (web[i] == 0) {
					out.add(i);
					now++;
				}
			}
			assertTrue(now <= 3, "" + now);
		}
		assertEquals(18, out.size());
	}

	@Test
	void twoWeeksOfHistoryAreFast() throws PluginException {
		MetricSource source = fleet(1, new Clock(START)).source();
		long[] count = new long[2];
		long begin = System.nanoTime();
		source.backfill(START.minus(Duration.ofDays(14)), START, piece -> {
			count[1]++;
			long samples = 0;
			for (Block block : piece.blocks()) {
				samples += block.series().length();
			}
			count[0] += samples;
			assertTrue(samples <= 300_000);
		}, Progress.NONE);
		double seconds = (System.nanoTime() - begin) / 1e9;
		System.out.printf("back-fill of the simulated fleet: %,d samples in %d pieces in %.2f s%n", count[0], count[1], seconds);
		assertEquals(20_160, count[0] / source.poll(START).ticks().get(0).series().size());
		assertTrue(seconds < 30);
	}

	@Test
	void backfillIsCancelledBetweenPieces() throws PluginException {
		MetricSource source = fleet(1, new Clock(START)).source();
		List<Batch> pieces = new ArrayList<>();
		source.backfill(START.minus(Duration.ofDays(14)), START, pieces::add, new Progress() {
			@Override
			public void report(double fraction, String what) {
				assertTrue(fraction > 0 && fraction <= 1);
			}

			@Override
			public boolean isCancelled() {
				return pieces.size() == 2;
			}
		});
		assertEquals(2, pieces.size());
	}

	@Test
	void wrongSettingsAreNamed(@TempDir Path directory) throws PluginException {
		Clock clock = new Clock(START);
		PluginException start = assertThrows(PluginException.class,
				() -> new SimulatedSourceFactory().open(SOURCE.settings(Map.of("start", "tomorrow")), clock.context(directory)));
		assertTrue(start.getMessage().contains("start") && start.getMessage().contains("tomorrow"), start.getMessage());
		PluginException peak = assertThrows(PluginException.class,
				() -> new SimulatedSourceFactory().open(SOURCE.settings(Map.of("peak", "-1")), clock.context(directory)));
		assertTrue(peak.getMessage().contains("peak"), peak.getMessage());
		PluginException lead = assertThrows(PluginException.class, () -> new SimulatedProviderFactory()
				.open(PROVIDER.settings(Map.of("lead.p95", "1m")), clock.context(directory)));
		assertTrue(lead.getMessage().contains("lead"), lead.getMessage());
	}

	@Test
	void declaredDefaultsAreTheDefaults(@TempDir Path directory) throws PluginException {
		Clock clock = new Clock(START);
		assertEquals(FleetSettings.defaults(1, START), FleetSettings.of(SOURCE.settings(Map.of()), clock.instant()));
		assertEquals(CloudSettings.defaults(), CloudSettings.of(PROVIDER.settings(Map.of())));
	}

	@Test
	void whatTheProviderMakesTakesLoadInTheSource(@TempDir Path directory) throws PluginException {
		Clock clock = new Clock(START);
		var context = clock.context(directory);
		var provider = new SimulatedProviderFactory().open(PROVIDER.settings(Map.of()), context);
		var source = new SimulatedSourceFactory().open(SOURCE.settings(Map.of()), context);
		source.poll(START);
		var made = provider.create(request("abc"));
		List<Batch> batches = new ArrayList<>();
		Instant first = null;
		for (int i = 0; i < 40 && first == null; i++) {
			clock.advance(Duration.ofMinutes(1));
			Batch batch = source.poll(clock.instant());
			batches.add(batch);
			if (batch.ticks().getLast().series().contains(new SeriesId(made.resource(), "requests"))) {
				first = clock.instant();
			}
		}
		System.out.println("first traffic of the new machine after " + Duration.between(START, first));
		Resource resource = topology(batches).resources().get(made.resource());
		assertEquals("web", resource.label(Resource.TIER));
		assertEquals("abc", resource.label(Resource.TOKEN));
		assertEquals(made.id(), resource.label(Resource.INSTANCE));
		assertEquals(Event.Kind.CAPACITY, batches.getLast().events().getLast().kind());
		Tick tick = batches.getLast().ticks().getLast();
		double[] web = values(tick, "web", Metric.REQUESTS);
		assertEquals(19, web.length);
		assertEquals(sum(web) / 19, web[18], .06 * web[18]);
		provider.delete(made.id());
		clock.advance(Duration.ofMinutes(1));
		Tick draining = source.poll(clock.instant()).ticks().getLast();
		assertEquals(1 / 3., values(draining, "web", Metric.REQUESTS)[18] / values(draining, "web", Metric.REQUESTS)[0], .05);
		clock.advance(Duration.ofMinutes(1));
		Batch gone = source.poll(clock.instant());
		assertTrue(gone.changes().contains(new TopologyChange.ResourceGone(made.resource())));
		assertEquals(18, values(gone.ticks().getLast(), "web", Metric.REQUESTS).length);
		source.close();
		provider.close();
	}

	static CreateRequest request(String token) {
		return new CreateRequest(token, "web-new", "web", "web.small", "eu-1b", "web-image", "", "", Map.of("tier", "web"), "pool/web", Instant.parse("2027-01-01T00:00:00Z"));
	}

	@Test
	void templatesNameTheProviderConnection(@TempDir Path directory) throws PluginException {
		try (var source = new SimulatedSourceFactory().open(SOURCE.settings(Map.of("provider", "cloud-7")),
				new Clock(START).context(directory))) {
			Topology topology = topology(List.of(source.poll(START)));
			assertEquals("cloud-7", topology.groups().get("web").template().provider());
			assertEquals("", topology.groups().get("db").template().provider());
		}
	}

	@Test
	void twoLoadsOverOneFleetAreRefused(@TempDir Path directory) throws PluginException {
		Clock clock = new Clock(START);
		var context = clock.context(directory);
		var factory = new SimulatedSourceFactory();
		var first = factory.open(SOURCE.settings(Map.of()), context);
		assertThrows(PluginException.class, () -> factory.open(SOURCE.settings(Map.of("seed", "2")), context));
		first.close();
		clock.advance(Duration.ofHours(5));
		var again = factory.open(SOURCE.settings(Map.of()), context);
		assertEquals(START, again.info().start().orElseThrow());
		again.close();
		factory.open(SOURCE.settings(Map.of("seed", "2")), context).close();
	}
}
