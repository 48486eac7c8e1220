// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.tck.Declared;

class SimulatedCloudTest {
	private static final Declared PROVIDER = Declared.only("io.shadowweaver.simulated", "provider");
	private final Clock clock = new Clock(Clock.START);

	private SimulatedFleet fleet(CloudSettings cloud, Path directory) throws PluginException {
		return SimulatedFleet.of(FleetSettings.defaults(1, Clock.START), cloud, clock, directory);
	}

	private static CreateRequest request(String token) {
		return SimulatedSourceTest.request(token);
	}

	private static List<Instance> ours(CloudProvider provider) throws PluginException {
		return provider.list().stream().filter(instance -> !instance.token().isEmpty()).toList();
	}

	private static CloudSettings with(Map<String, String> values) throws PluginException {
		return CloudSettings.of(PROVIDER.settings(values));
	}

	@Test
	void aTokenIsOneMachine() throws PluginException {
		CloudProvider provider = fleet(CloudSettings.defaults(), null).provider();
		Instance first = provider.create(request("a"));
		assertEquals(first, provider.create(request("a")));
		assertNotEquals(first.id(), provider.create(request("b")).id());
		assertEquals(2, ours(provider).size());
		CreateRequest other = new CreateRequest("a", "web-new", "web", "web.large", "eu-1b", "web-image", "", "", Map.of("tier", "web"),
				"pool/web", Instant.parse("2027-01-01T00:00:00Z"));
		assertThrows(RefusedException.class, () -> provider.create(other));
	}

	@Test
	void leadIsLogNormalAsSet() throws PluginException {
		SimulatedFleet fleet = fleet(with(Map.of("quota", "5000")), null);
		CloudProvider provider = fleet.provider();
		double[] minutes = new double[4000];
		for (int i = 0; i < minutes.length; i++) {
			provider.create(request("t" + i));
		}
		List<Machine> machines = fleet.cloud().machines().stream().filter(machine -> !machine.token().isEmpty()).toList();
		for (int i = 0; i < minutes.length; i++) {
			minutes[i] = Duration.between(machines.get(i).createdAt(), machines.get(i).trafficAt()).toMillis() / 60e3;
		}
		Arrays.sort(minutes);
		System.out.printf("lead to the first healthy traffic: median %.2f min, p95 %.2f min%n", minutes[2000], minutes[3800]);
		assertEquals(4, minutes[2000], .15);
		assertEquals(8, minutes[3800], .5);
		assertEquals(4000, new HashSet<>(machines.stream().map(Machine::resource).toList()).size());
	}

	@Test
	void aMachineRunsBeforeItTakesTraffic() throws PluginException {
		SimulatedFleet fleet = fleet(CloudSettings.defaults(), null);
		CloudProvider provider = fleet.provider();
		assertEquals(Instance.State.PENDING, provider.create(request("a")).state());
		Machine machine = fleet.cloud().machines().getLast();
		clock.set(machine.runningAt());
		assertEquals(Instance.State.RUNNING, ours(provider).get(0).state());
		assertEquals(18, fleet.load("web", clock.instant()).members());
		assertEquals(60, provider.discover().size());
		clock.set(machine.trafficAt());
		assertEquals(19, fleet.load("web", clock.instant()).members());
		assertEquals(61, provider.discover().size());
		provider.delete(machine.id());
		provider.delete(machine.id());
		clock.advance(Duration.ofSeconds(30));
		assertEquals(Instance.State.DELETING, ours(provider).get(0).state());
		clock.advance(Duration.ofSeconds(60));
		assertTrue(ours(provider).isEmpty());
		provider.delete(machine.id());
		provider.delete("i-unknown");
	}

	@Test
	void quotaIsKeptAndGivenBack() throws PluginException {
		CloudProvider provider = fleet(with(Map.of("quota", "2", "price", "2")), null).provider();
		Offer offer = provider.offers().get(0);
		assertEquals(2, offer.quotaLeft());
		assertEquals(.104, offer.pricePerHour(), 1e-9);
		String first = provider.create(request("a")).id();
		provider.create(request("b"));
		RefusedException refused = assertThrows(RefusedException.class, () -> provider.create(request("c")));
		assertTrue(refused.getMessage().contains("quota of 2"), refused.getMessage());
		provider.delete(first);
		provider.create(request("c"));
	}

	@Test
	void certainRefusalsNameTheirReason() throws PluginException {
		CloudProvider provider = fleet(CloudSettings.defaults(), null).provider();
		for (CreateRequest wrong : List.of(
				new CreateRequest("x", "n", "web", "web.huge", "eu-1a", "", "", "", Map.of(), "", Instant.parse("2027-01-01T00:00:00Z")),
				new CreateRequest("x", "n", "db", "db.large", "eu-1a", "", "", "", Map.of(), "", Instant.parse("2027-01-01T00:00:00Z")),
				new CreateRequest("x", "n", "web", "web.small", "mars-1a", "", "", "", Map.of(), "", Instant.parse("2027-01-01T00:00:00Z")))) {
			RefusedException e = assertThrows(RefusedException.class, () -> provider.create(wrong));
			assertTrue(e.getMessage().contains(wrong.offer()) || e.getMessage().contains(wrong.zone()), e.getMessage());
		}
		assertTrue(ours(provider).isEmpty());
		assertThrows(RefusedException.class, () -> provider.setSize("web", 20));
	}

	@Test
	void faultsOnDemand() throws PluginException {
		SimulatedFleet fleet = fleet(CloudSettings.defaults(), null);
		CloudProvider provider = fleet.provider();
		fleet.failNext(Fault.REFUSED, Fault.DROPPED, Fault.LOST, Fault.LATE, Fault.FAILED, Fault.UNHEALTHY);
		assertThrows(RefusedException.class, () -> provider.create(request("refused")));
		assertFalse(assertThrows(PluginException.class, () -> provider.create(request("dropped"))) instanceof RefusedException);
		assertTrue(ours(provider).isEmpty());
		assertFalse(assertThrows(PluginException.class, () -> provider.create(request("lost"))) instanceof RefusedException);
		assertEquals("lost", ours(provider).get(0).token());
		assertThrows(PluginException.class, () -> provider.create(request("late")));
		assertEquals(1, ours(provider).size());
		provider.create(request("failed"));
		provider.create(request("unhealthy"));
		clock.advance(provider.settling().plusSeconds(1));
		assertTrue(ours(provider).stream().noneMatch(instance -> instance.token().equals("late")));
		clock.advance(Duration.ofHours(1));
		assertEquals(Set.of("lost", "late", "failed", "unhealthy"), new HashSet<>(ours(provider).stream().map(Instance::token).toList()));
		for (Instance instance : ours(provider)) {
			assertEquals(instance.token().equals("failed") ? Instance.State.FAILED : Instance.State.RUNNING, instance.state());
		}
		assertEquals(20, fleet.load("web", clock.instant()).members());
		// What was refused or dropped can be wished for again.
		provider.create(request("refused"));
		provider.create(request("dropped"));
	}

	@Test
	void faultsByProbabilityAreDrawnByToken() throws PluginException {
		Map<String, String> values = Map.of("fault.refused", ".1", "fault.lost", ".2", "fault.late", ".5", "fault.failed", ".1",
				"fault.unhealthy", ".1", "quota", "2000");
		int[][] counts = new int[2][3];
		for (int run = 0; run < 2; run++) {
			CloudProvider provider = fleet(with(values), null).provider();
			for (int i = 0; i < 1000; i++) {
				try {
					provider.create(request("t" + i));
					counts[run][0]++;
				} catch (RefusedException e) {
					counts[run][1]++;
				} catch (PluginException e) {
					counts[run][2]++;
				}
			}
		}
		assertEquals(Arrays.toString(counts[0]), Arrays.toString(counts[1]));
		assertEquals(100, counts[0][1], 30);
		assertEquals(180, counts[0][2], 40);
	}

	@Test
	void slowAnswersCanBeGivenUp() throws Exception {
		CloudProvider provider = fleet(with(Map.of("fault.slow", "30s")), null).provider();
		PluginException[] thrown = new PluginException[1];
		Thread caller = new Thread(() -> {
			try {
				provider.create(request("slow"));
			} catch (PluginException e) {
				thrown[0] = e;
			}
		});
		caller.start();
		while (ours(provider).isEmpty()) {
			Thread.sleep(5);
		}
		caller.interrupt();
		caller.join(10_000);
		assertFalse(thrown[0] instanceof RefusedException);
		assertTrue(thrown[0].getMessage().contains("not known"), thrown[0].getMessage());
	}

	@Test
	void machinesOutliveARestart(@TempDir Path directory) throws PluginException, IOException {
		SimulatedFleet before = fleet(CloudSettings.defaults(), directory);
		CloudProvider provider = before.provider();
		Instance kept = provider.create(new CreateRequest("tok en\t1", "näme", "web", "web.small", "us-1c", "", "", "",
				Map.of("tier", "web", "a=b", "c&d\n"), "pool/web", Instant.parse("2027-01-01T00:00:00Z")));
		Instance removed = provider.create(request("b"));
		clock.advance(Duration.ofMinutes(30));
		provider.delete(removed.id());
		provider.close();
		Path file = directory.resolve("machines.tsv");
		// A crash in the middle of a line: that wish was never answered.
		Files.writeString(file, "i-torn\thalf", StandardOpenOption.APPEND);
		clock.advance(Duration.ofMinutes(5));
		SimulatedFleet after = fleet(CloudSettings.defaults(), directory);
		assertEquals(List.of(kept.id()), ours(after.provider()).stream().map(Instance::id).toList());
		assertEquals(kept.tags(), ours(after.provider()).get(0).tags());
		assertEquals(kept.resource(), after.provider().create(new CreateRequest("tok en\t1", "näme", "web", "web.small", "us-1c", "", "",
				"", Map.of("tier", "web", "a=b", "c&d\n"), "pool/web", Instant.parse("2027-01-01T00:00:00Z"))).resource());
		assertEquals(before.load("web", clock.instant()), after.load("web", clock.instant()));
		after.provider().close();
		assertFalse(Files.readString(file).contains("torn"));
		Files.writeString(file, "i-1\tnonsense\n", StandardOpenOption.APPEND);
		PluginException e = assertThrows(PluginException.class, () -> fleet(CloudSettings.defaults(), directory));
		assertTrue(e.getMessage().contains("line 4"), e.getMessage());
	}

	@Test
	void aMachineWithoutTheTagsOfATierTakesNoLoad() throws PluginException {
		SimulatedFleet fleet = fleet(CloudSettings.defaults(), null);
		fleet.provider().create(new CreateRequest("x", "n", "web", "web.small", "eu-1a", "", "", "", Map.of(), "", Instant.parse("2027-01-01T00:00:00Z")));
		Instant later = Clock.START.plus(Duration.ofHours(2));
		clock.set(later);
		assertEquals(18, fleet.load("web", later).members());
	}
}
