// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.source.SourceInfo;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.provisioning.Provisioner;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** The loop in real time, with sources that behave and sources that do not. */
class WeaverTest {
	private static final Duration STEP = Duration.ofMillis(100);
	private static final long WAIT_SECONDS = 30;

	@TempDir
	Path directory;
	private Weaver weaver;

	@AfterEach
	void close() {
		if (weaver != null) {
			weaver.close();
		}
	}

	/** What a poll does. */
	private interface Poll {
		Batch at(Instant now) throws PluginException, InterruptedException;
	}

	private static final class FakeSource implements MetricSource {
		private final SourceInfo info;
		private final Poll poll;

		FakeSource(SourceInfo info, Poll poll) {
			this.info = info;
			this.poll = poll;
		}

		@Override
		public SourceInfo info() {
			return info;
		}

		@Override
		public void backfill(Instant from, Instant to, BatchSink sink, Progress progress) {
			// has no history
		}

		@Override
		public Batch poll(Instant now) throws PluginException {
			try {
				return poll.at(now);
			} catch (InterruptedException e) {
				throw new PluginException("Interrupted.", e);
			}
		}

		@Override
		public void close() {
			// holds nothing
		}
	}

	private static Batch sample(String resource, Instant now, double cpu) {
		return new Batch(List.of(Metric.CPU), List.of(),
				List.of(new Tick(now, List.of(new SeriesId(resource, "cpu")), new double[] { cpu })),
				List.of(new TopologyChange.ResourceSeen(Resource.live(resource, "host", resource, Map.of(), Map.of("cpu", 2.)))), List.of(), List.of());
	}

	private static EstateParts.Part<MetricSourceFactory> source(String id, SourceInfo info, Poll poll) throws PluginException {
		return new EstateParts.Part<>(new Connection(id, "fake", id, Map.of()), () -> (settings, context) -> new FakeSource(info, poll),
				Settings.of(List.of(), Map.of()));
	}

	private static SourceInfo live() {
		return SourceInfo.live(STEP, Optional.empty());
	}

	@SafeVarargs
	private final Weaver start(List<EstateParts.Part<AlertChannelFactory>> channels, EstateParts.Part<MetricSourceFactory>... sources) throws PluginException {
		List<Connection> connections = new ArrayList<>();
		for (EstateParts.Part<MetricSourceFactory> part : sources) {
			connections.add(part.connection());
		}
		EstateConfig config = new EstateConfig("t", "Test", connections, List.of(), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of());
		weaver = new Weaver(config, new EstateParts(directory, Instant::now, List.of(sources), List.of(), channels, FleetRun.models(), Runnable::run));
		return weaver;
	}

	private WeaverState await(Predicate<WeaverState> condition) throws Exception {
		CountDownLatch seen = new CountDownLatch(1);
		List<WeaverState> found = new CopyOnWriteArrayList<>();
		AutoCloseable subscription = weaver.subscribe(state -> {
			if (condition.test(state)) {
				found.add(state);
				seen.countDown();
			}
		});
		try {
			if (condition.test(weaver.state())) {
				return weaver.state();
			}
			assertTrue(seen.await(WAIT_SECONDS, TimeUnit.SECONDS), () -> "not seen: " + weaver.state().statuses());
			return found.getFirst();
		} finally {
			subscription.close();
		}
	}

	private static boolean is(WeaverState state, String part, State wanted) {
		Status status = state.statuses().get(part);
		return status != null && status.state() == wanted;
	}

	@Test
	void badSourcesSayWhatIsWrongAndTheRestGoesOn() throws Exception {
		start(List.of(), source("good", live(), now -> sample("good", now, .4)), source("throws", live(), now -> {
			throw new IllegalStateException("no sensor");
		}), source("refuses", live(), now -> {
			throw new PluginException("The meter does not answer.");
		}), source("nothing", live(), now -> null), source("hangs", live(), now -> {
			Thread.sleep(Long.MAX_VALUE);
			return Batch.EMPTY;
		}), source("nonsense", live(), now -> sample("nonsense", now.plus(Duration.ofDays(400)), Double.POSITIVE_INFINITY))).start();
		WeaverState state = await(s -> s.version() > 8 && is(s, "source:throws", State.FAILED) && is(s, "source:refuses", State.FAILED)
				&& is(s, "source:nothing", State.FAILED) && is(s, "ingest", State.DEGRADED) && is(s, "source:hangs", State.FAILED));
		assertEquals("TIMEOUT", state.statuses().get("source:hangs").detail());
		assertTrue(is(state, "source:good", State.OK));
		assertEquals(.4, state.series().value(new SeriesId("good", "cpu")));
		assertTrue(state.statuses().get("source:throws").sentence().contains("no sensor"));
		assertTrue(state.statuses().get("source:refuses").sentence().startsWith("The meter does not answer."));
		assertEquals(-1, state.series().slot(new SeriesId("nonsense", "cpu")));
		long before = weaver.state().version();
		await(s -> s.version() > before + 5);
	}

	@Test
	void breachWithoutForecastIsAnAlertThatReachesTheChannelAgainAndAgain() throws Exception {
		List<AlertNotice> delivered = new CopyOnWriteArrayList<>();
		int[] tries = { 0 };
		AlertChannel flaky = new AlertChannel() {
			@Override
			public void deliver(AlertNotice notice) throws PluginException {
				if (tries[0]++ == 0) {
					throw new PluginException("The pager is busy.");
				}
				delivered.add(notice);
			}

			@Override
			public void close() {
				// holds nothing
			}
		};
		start(List.of(new EstateParts.Part<>(new Connection("pager", "fake", "Pager", Map.of()), () -> (settings, context) -> flaky,
				Settings.of(List.of(), Map.of()))), source("hot", live(), now -> sample("hot", now, .97))).start();
		WeaverState state = await(s -> !s.alerts().isEmpty());
		assertEquals("hot", state.alerts().getFirst().subject());
		await(s -> !delivered.isEmpty());
		weaver.acknowledge(state.alerts().getFirst().id(), "ann");
		WeaverState after = await(s -> s.alerts().getFirst().acknowledgedBy().equals("ann"));
		assertEquals(io.shadowweaver.api.alert.Alert.State.ACKNOWLEDGED, after.alerts().getFirst().state());
	}

	@Test
	void theKillSwitchHoldsWithinASecond() throws Exception {
		start(List.of(), source("a", SourceInfo.live(Duration.ofSeconds(20), Optional.empty()), now -> sample("a", now, .2))).start();
		await(s -> s.version() > 1);
		weaver.automation().killSwitch(true, "ann");
		long begun = System.nanoTime();
		await(WeaverState::killSwitch);
		assertTrue(System.nanoTime() - begun < 1_000_000_000L, "longer than a second although the step is 20 s");
	}

	@Test
	void decisionsWithoutAPersonAreRefusedAndTheEstateGoesOn() throws Exception {
		start(List.of(), source("a", live(), now -> sample("a", now, .2))).start();
		await(s -> s.version() > 1);
		Automation automation = weaver.automation();
		List<Runnable> nameless = List.of(() -> automation.approve("p", " "), () -> automation.reject("p", ""), () -> automation.cancel("t", " "), () -> automation.killSwitch(true, " "),
				() -> automation.adopt("c", "i", "g", ""), () -> automation.remove("c", "i", ""), () -> automation.retry("c", ""), () -> automation.resume("g", " "),
				() -> automation.raiseCap("g", 3, Instant.EPOCH, ""), () -> automation.thaw("g", Instant.EPOCH, "", "why"), () -> automation.thaw("g", Instant.EPOCH, "ann", " "));
		nameless.forEach(decision -> assertThrows(IllegalArgumentException.class, decision::run));
		long at = weaver.state().version();
		assertFalse(await(s -> s.version() > at + 2).killSwitch());
	}

	@Test
	void whatCannotBeDecidedIsSaidAndWhatCannotBeTriedIsAnswered() throws Exception {
		start(List.of(), source("a", live(), now -> sample("a", now, .2))).start();
		await(s -> s.version() > 1);
		weaver.automation().raiseCap("nobody", 3, Instant.EPOCH, "ann");
		await(s -> s.statuses().get("provisioning:" + Provisioner.JOURNAL).sentence().contains("ann could not raise the maximum of nobody: there is no such group."));
		weaver.automation().resume("nobody", "ann");
		await(s -> s.statuses().get("provisioning:" + Provisioner.JOURNAL).sentence().contains("ann could not resume nobody"));
		ExecutionException unknown = assertThrows(ExecutionException.class, () -> weaver.automation().dryRun("nobody-1").get(5, TimeUnit.SECONDS));
		assertEquals("There is no plan nobody-1 that waits.", unknown.getCause().getMessage());
	}

	@Test
	void otherSettingsHoldWithoutARestart() throws Exception {
		start(List.of(), source("a", live(), now -> sample("a", now, .2))).start();
		await(s -> s.version() > 1);
		weaver.automation().settings(ProvisioningSettings.defaults().withBudget(3, "EUR"));
		await(s -> s.report().spending().stream().anyMatch(one -> one.currency().equals("EUR")));
		assertEquals(3, weaver.config().provisioningOrDefaults().limits().budgetPerHour());
	}

	@Test
	void scaleInThatIsSwitchedOffStaysOffWhereverItWasOn() throws Exception {
		EstateConfig config = new EstateConfig("t", "Test", List.of(), List.of(), List.of(), 1, Duration.ZERO, Map.of(), List.of(), List.of("web"));
		weaver = new Weaver(config, new EstateParts(directory, Instant::now, List.of(), List.of(), List.of(), FleetRun.models(), Runnable::run));
		assertTrue(weaver.automation().settings().scaleIn().isOn("web"));
		weaver.automation().settings(weaver.automation().settings().withScaleIn(Set.of()));
		assertFalse(weaver.automation().settings().scaleIn().isOn("web"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theKillSwitchSurvivesARestart(boolean ownTime) throws Exception {
		SourceInfo info = ownTime ? new SourceInfo(STEP, Optional.empty(), Optional.empty(), Optional.of(Instant.parse("2020-01-01T00:00:00Z"))) : live();
		start(List.of(), source("a", info, now -> sample("a", now, .2))).start();
		await(s -> s.version() > 3);
		weaver.automation().killSwitch(true, "ann");
		await(WeaverState::killSwitch);
		long at = weaver.state().version();
		await(s -> s.version() > at + 2);
		weaver.close();
		start(List.of(), source("a", info, now -> sample("a", now, .2))).start();
		WeaverState again = await(s -> s.series().size() > 0);
		assertTrue(again.killSwitch());
		weaver.automation().killSwitch(false, "ann");
		await(s -> !s.killSwitch());
	}

	@Test
	void alertsAreKeptOverARestart() throws Exception {
		start(List.of(), source("hot", live(), now -> sample("hot", now, .97))).start();
		String id = await(s -> !s.alerts().isEmpty()).alerts().getFirst().id();
		weaver.acknowledge(id, "ann");
		await(s -> s.alerts().getFirst().acknowledgedBy().equals("ann"));
		weaver.close();
		start(List.of(), source("hot", live(), now -> sample("hot", now, .97))).start();
		WeaverState again = await(s -> !s.alerts().isEmpty());
		assertEquals(id, again.alerts().getFirst().id());
		assertEquals("ann", again.alerts().getFirst().acknowledgedBy());
	}

	@Test
	void dataOfAnotherTimeAreRefusedWithASentence() throws Exception {
		Instant past = Instant.parse("2020-01-01T00:00:00Z");
		start(List.of(), source("live", live(), now -> sample("live", now, .2)),
				source("replay", new SourceInfo(STEP, Optional.empty(), Optional.empty(), Optional.of(past)), now -> sample("replay", now, .2))).start();
		WeaverState state = await(s -> is(s, "source:replay", State.UNAVAILABLE) && s.series().size() > 0);
		assertTrue(state.statuses().get("source:replay").sentence().contains("estate of their own"));
		assertFalse(weaver.hasOwnTime());
		assertThrows(IllegalStateException.class, () -> weaver.speed(60));
	}

	@Test
	void whatIsPlannedIsInTheNextStateAndInTheCalendarOfTheNextStart() throws Exception {
		start(List.of(), source("good", live(), now -> sample("good", now, .4))).start();
		await(s -> s.version() > 3 && is(s, "source:good", State.OK));
		Event launch = new Event(Event.Kind.LAUNCH, weaver.now().plusSeconds(7200).truncatedTo(java.time.temporal.ChronoUnit.SECONDS), Duration.ofHours(1), "good",
				"Sale", weaver.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
		weaver.calendar().add(List.of(CalendarEntry.of(launch)));
		assertEquals(List.of(launch), await(s -> !s.events().isEmpty()).events());
		weaver.close();
		start(List.of(), source("good", live(), now -> sample("good", now, .4))).start();
		assertEquals(List.of(launch), await(s -> !s.events().isEmpty()).events());
	}
}
