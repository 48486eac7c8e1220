// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.client.ApiException;
import io.shadowweaver.client.Decisions;
import io.shadowweaver.client.RemoteEstate;
import io.shadowweaver.client.RemoteServer;
import io.shadowweaver.client.ServerAddress;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.When;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;

/** A client that is attached by TLS and a key. */
@Timeout(120)
class AttachTest {
	private static final SeriesId WEB = new SeriesId("web-1", "requests");

	@TempDir
	Path directory;
	private Weaver weaver;
	private ApiServer server;
	private RemoteServer remote;
	private Path store;
	private ApiKeys keys;

	@BeforeEach
	void start() throws Exception {
		weaver = SineEstate.open(directory.resolve("estates/sine"), List.of(new MemoryCloud()));
		store = Certificates.make(directory, "server");
		keys = new ApiKeys(directory, Clock.systemUTC());
		serve(0);
	}

	private void serve(int port) throws Exception {
		ServerSettings settings = ServerSettings.LOOPBACK.withPort(port).withAnonymous(Set.of()).withTls(TlsSettings.pem(Certificates.certificate(store), Certificates.key(store)));
		server = new ApiServer(settings, () -> List.of(weaver), List::of, Optional.of(directory), Clock.systemUTC());
		server.start();
	}

	@AfterEach
	void end() {
		if (remote != null) {
			remote.close();
		}
		server.close();
		weaver.close();
	}

	private String key(String name, Scope... scopes) throws IOException {
		return keys.add(name, Set.of(scopes), Optional.empty()).key();
	}

	private String all() throws IOException {
		return key("ann", Scope.READ, Scope.OPERATE, Scope.APPROVE, Scope.PROVISION, Scope.ADMIN);
	}

	private ServerAddress address() throws Exception {
		return ServerAddress.parse(server.uri().toString(), Certificates.certificate(store).toString(), "");
	}

	private static void await(BooleanSupplier what) throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (!what.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, "it did not happen");
			Thread.sleep(10);
		}
	}

	private RemoteEstate attach(String key) throws Exception {
		remote = new RemoteServer(address(), Optional.of(key), Clock.systemUTC());
		await(() -> !remote.estates().isEmpty());
		return remote.estates().getFirst();
	}

	private void follow(RemoteEstate estate) throws InterruptedException {
		await(() -> estate.served().version() == weaver.state().version());
	}

	private static void same(WeaverState wanted, WeaverState got) throws ReflectiveOperationException {
		for (var component : WeaverState.class.getRecordComponents()) {
			if (component.getType() != SeriesPages.class) {
				assertEquals(component.getAccessor().invoke(wanted), component.getAccessor().invoke(got), component.getName());
			}
		}
		assertEquals(wanted.series().size(), got.series().size());
		for (int slot = 0; slot < wanted.series().size(); slot++) {
			assertEquals(wanted.series().id(slot), got.series().id(slot));
			assertEquals(wanted.series().value(slot), got.series().value(slot));
			assertEquals(wanted.series().forecast(slot), got.series().forecast(slot));
		}
	}

	private static String refused(int status, Executable what) {
		ApiException refusal = assertThrows(ApiException.class, what);
		assertEquals(status, refusal.status(), refusal.getMessage());
		return refusal.getMessage();
	}

	/** So that an alert is raised and a plan is made. */
	private void trouble() throws InterruptedException {
		weaver.thresholds(List.of(new Threshold("low", "requests", "", new Selector(Map.of()), .001, .002, .0005, .5, "Look.")));
		weaver.automation().group(new GroupSettings("web", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(4), Optional.empty(), Optional.empty(),
				Optional.of(List.of(new Template("cloud0", List.of("small"), "", "", "", Map.of(), ""))), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
		weaver.automation().mode("web", Mode.PROPOSE);
		for (int i = 0; i < 20 && (weaver.state().plans().isEmpty() || weaver.state().alerts().isEmpty()); i++) {
			weaver.step();
		}
		assertFalse(weaver.state().alerts().isEmpty(), weaver.state().statuses().toString());
		assertFalse(weaver.state().plans().isEmpty(), weaver.state().statuses().toString());
	}

	@Test
	void whatIsSeenIsTheStateOfTheServerTickByTick() throws Exception {
		RemoteEstate estate = attach(key("reader", Scope.READ));
		same(weaver.state(), estate.served());
		trouble();
		follow(estate);
		same(weaver.state(), estate.served());
		Map<String, Status> statuses = new HashMap<>(estate.state().statuses());
		assertEquals(Status.State.OK, statuses.remove(estate.statusName()).state());
		assertEquals(weaver.state().statuses(), statuses);
	}

	@Test
	void aLostConnectionIsSaidAndComesBackBehindTheLastEvent() throws Exception {
		RemoteEstate estate = attach(key("reader", Scope.READ));
		WeaverState before = estate.served();
		int port = server.uri().getPort();
		server.close();
		await(() -> !estate.link().connected());
		String sentence = estate.state().statuses().get(estate.statusName()).sentence();
		assertTrue(sentence.startsWith("Not connected to 127.0.0.1:" + port + " since ") && sentence.contains("Shown is the state of "), sentence);
		assertEquals(Status.State.FAILED, estate.state().statuses().get(estate.statusName()).state());
		assertFalse(remote.link().connected());
		same(before, estate.served());
		weaver.step();
		serve(port);
		await(() -> estate.link().connected());
		follow(estate);
		same(weaver.state(), estate.served());
		assertEquals(Status.State.OK, estate.state().statuses().get(estate.statusName()).state());
	}

	@Test
	void aWrongKeyIsToldInTheWordsOfTheServer() throws Exception {
		String wrong = ApiKeys.PREFIX + "wrong";
		String said = refused(401, () -> RemoteServer.test(address(), Optional.of(wrong)));
		assertEquals("The key is not known, or it has ended.", said);
		assertEquals("A key or a bearer token is needed.", refused(401, () -> RemoteServer.test(address(), Optional.empty())));
		remote = new RemoteServer(address(), Optional.of(wrong), Clock.systemUTC());
		await(() -> remote.link().sentence().equals(said));
		assertTrue(remote.estates().isEmpty());
	}

	@Test
	void aKeyThatIsNoWordIsNotSentAndNotRepeated() {
		String said = assertThrows(ApiException.class, () -> RemoteServer.test(address(), Optional.of("se\ncret"))).getMessage();
		assertFalse(said.contains("se\ncret"), said);
	}

	@Test
	void anotherCertificateIsNotBelieved() throws Exception {
		Path other = Certificates.make(directory, "other");
		ServerAddress byAuthority = ServerAddress.parse(server.uri().toString(), Certificates.certificate(other).toString(), "");
		String key = all();
		String said = assertThrows(ApiException.class, () -> RemoteServer.test(byAuthority, Optional.of(key))).getMessage();
		assertTrue(said.contains("is not trusted"), said);
		ServerAddress byJava = ServerAddress.parse(server.uri().toString(), "", "");
		assertTrue(assertThrows(ApiException.class, () -> RemoteServer.test(byJava, Optional.of(key))).getMessage().contains("is not trusted"));
		ServerAddress pinned = ServerAddress.parse(server.uri().toString(), "", fingerprint(other));
		String shown = assertThrows(ApiException.class, () -> RemoteServer.test(pinned, Optional.of(key))).getMessage();
		assertTrue(shown.contains(fingerprint(store)), shown);
		ServerAddress gone = ServerAddress.parse(server.uri().toString(), directory.resolve("gone.pem").toString(), "");
		assertTrue(assertThrows(ApiException.class, () -> RemoteServer.test(gone, Optional.of(key))).getMessage().contains("gone.pem"));
	}

	private static String fingerprint(Path store) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Certificates.load(store).getCertificate("own").getEncoded()));
	}

	@Test
	void aPinnedCertificateIsBelievedWhateverItsNames() throws Exception {
		ServerAddress pinned = ServerAddress.parse(server.uri().toString(), "", fingerprint(store).toUpperCase());
		String said = RemoteServer.test(pinned, Optional.of(all()));
		assertTrue(said.contains("Sine"), said);
	}

	@Test
	void nobodyThereIsSaid() throws Exception {
		ServerAddress address = address();
		String key = all();
		server.close();
		assertTrue(assertThrows(ApiException.class, () -> RemoteServer.test(address, Optional.of(key))).getMessage().startsWith("Nothing listens at 127.0.0.1:"));
	}

	@Test
	void commandsAreThoseOfTheKey() throws Exception {
		trouble();
		RemoteEstate estate = attach(all());
		Alert alert = weaver.state().alerts().getFirst();
		estate.calls().acknowledge(alert.id());
		Plan plan = weaver.state().plans().stream().filter(one -> one.state() == Plan.State.PROPOSED).findFirst().orElseThrow();
		FutureTask<DryRun> trying = new FutureTask<>(() -> estate.calls().dryRun(plan.id()));
		stepUntil(trying);
		assertEquals(plan.id(), trying.get().plan());
		follow(estate);
		Plan open = estate.served().plans().stream().filter(one -> one.state() == Plan.State.PROPOSED).findFirst().orElseThrow();
		estate.calls().approve(open.id());
		weaver.step();
		follow(estate);
		Plan approved = estate.served().plans().stream().filter(one -> one.id().equals(open.id())).findFirst().orElseThrow();
		assertEquals(List.of("ann"), approved.approvals().stream().map(Plan.Approval::person).toList(), approved.toString());
		estate.calls().killSwitch(true);
		estate.calls().mode("web", Mode.OBSERVE);
		weaver.step();
		follow(estate);
		assertEquals("ann", find(estate.served(), alert.id()).acknowledgedBy());
		assertTrue(estate.served().killSwitch());
		assertEquals(Mode.OBSERVE, estate.served().mode("web"));
		assertTrue(estate.calls().audit().stream().anyMatch(entry -> entry.who().equals("ann")));
		assertEquals(0, estate.calls().auditCheck().broken());
	}

	private static Alert find(WeaverState state, String alert) {
		return state.alerts().stream().filter(one -> one.id().equals(alert)).findFirst().orElseThrow();
	}

	@Test
	void whatTheKeyMayNotDoHasNoEffectAndIsToldInTheWordsOfTheServer() throws Exception {
		trouble();
		RemoteEstate estate = attach(key("reader", Scope.READ));
		assertEquals("reader may not do that: the scope 'approve' is needed.", refused(403, () -> estate.calls().approve(weaver.state().plans().getFirst().id())));
		assertEquals("reader may not do that: the scope 'operate' is needed.", refused(403, () -> estate.calls().acknowledge(weaver.state().alerts().getFirst().id())));
		refused(403, () -> estate.calls().killSwitch(true));
		weaver.step();
		follow(estate);
		assertEquals("", find(estate.served(), weaver.state().alerts().getFirst().id()).acknowledgedBy());
		assertFalse(estate.served().killSwitch());
	}

	@Test
	void whatIsAskedForIsWhatTheEngineSays() throws Exception {
		RemoteEstate estate = attach(all());
		Instant now = weaver.state().time();
		Series wanted = weaver.history(WEB, now.minus(Duration.ofHours(2)), now, Duration.ofMinutes(5));
		Series got = estate.calls().history(WEB, now.minus(Duration.ofHours(2)), now, Duration.ofMinutes(5));
		assertEquals(wanted.start(), got.start());
		assertEquals(List.of(Arrays.stream(wanted.values()).boxed().toArray()), List.of(Arrays.stream(got.values()).boxed().toArray()));
		List<Duration> leads = List.of(Duration.ofMinutes(7), Duration.ofHours(3));
		Forecast path = weaver.path(WEB, leads);
		assertEquals(path, estate.calls().path(WEB, leads));
		assertEquals(weaver.quality(WEB).orElseThrow(), estate.calls().quality(WEB));
		assertEquals(weaver.forecasts().explain(WEB, leads).size(), estate.calls().parts(WEB, leads).size());
		Decisions decisions = estate.decisions();
		assertEquals(weaver.automation().settings(), decisions.provisioning());
		assertEquals(weaver.forecasts().rules(), decisions.forecastRules());
		assertEquals(List.of("small"), decisions.accounts().getFirst().offers().stream().map(one -> one.id()).toList());
		refused(404, () -> estate.calls().history(new SeriesId("nobody", "requests"), now.minusSeconds(600), now, Duration.ofMinutes(1)));
	}

	@Test
	void thresholdsAreMadeChangedAndRemoved() throws Exception {
		RemoteEstate estate = attach(all());
		List<Threshold> before = estate.served().thresholds();
		Threshold mine = new Threshold("mine", "requests", "", new Selector(Map.of()), .7, .8, .6, .5, "Look.");
		estate.calls().thresholds(before, Stream.concat(before.stream().skip(1), Stream.of(mine)).toList());
		weaver.step();
		follow(estate);
		assertTrue(estate.served().thresholds().contains(mine));
		assertFalse(estate.served().thresholds().contains(before.getFirst()));
		assertEquals(Set.copyOf(weaver.state().thresholds()), Set.copyOf(estate.served().thresholds()));
	}

	@Test
	void aScenarioIsSolvedByTheServerAsAWholeEstate() throws Exception {
		trouble();
		RemoteEstate estate = attach(key("reader", Scope.READ));
		Scenario scenario = Scenario.of("double", new Change.Traffic("group:web", 2., null, When.NOW, Change.Shape.STEP, Duration.ofHours(1)));
		FutureTask<Imagined> asking = new FutureTask<>(() -> estate.calls().imagine(scenario));
		Map<Long, Base> bases = stepUntil(asking);
		Imagined seen = asking.get();
		Imagined own = Imagined.of(bases.get(seen.state().version()), scenario);
		same(own.state(), seen.state());
		assertEquals(own.outcome(), seen.outcome());
		Scenario unfit = Scenario.of("unfit", new Change.Remove("nobody", When.NOW));
		FutureTask<Imagined> wrong = new FutureTask<>(() -> estate.calls().imagine(unfit));
		stepUntil(wrong);
		Throwable why = assertThrows(ExecutionException.class, wrong::get).getCause();
		assertTrue(why instanceof ScenarioException && why.getMessage().contains("nobody"), why.toString());
	}

	@Test
	void theEstateIsSeenAsFarAheadAsSomebodyLooks() throws Exception {
		RemoteEstate estate = attach(key("reader", Scope.READ));
		Instant until = weaver.state().time().plus(Duration.ofDays(30));
		FutureTask<WeaverState> asking = new FutureTask<>(() -> estate.calls().state(until));
		stepUntil(asking);
		Instant late = until.minus(Duration.ofHours(6));
		Bands seen = asking.get().unattended().projected().get(WEB);
		assertTrue(seen.at(late, .9) >= seen.at(late, .5), seen.end() + " is where it ends");
		FutureTask<WeaverState> own = new FutureTask<>(() -> weaver.far().state(until));
		stepUntil(own);
		assertEquals(own.get().unattended().projected().get(WEB).at(late, .5), seen.at(late, .5), .05 * seen.at(late, .5));
		FutureTask<WeaverState> farther = new FutureTask<>(() -> estate.calls().state(until.plus(Duration.ofDays(70))));
		stepUntil(farther);
		assertTrue(assertThrows(ExecutionException.class, farther::get).getCause().getMessage().contains("90 days"));
	}

	/** What is asked of the engine is answered between two ticks. */
	private Map<Long, Base> stepUntil(FutureTask<?> asking) throws Exception {
		Thread.ofVirtual().start(asking);
		Map<Long, Base> bases = new HashMap<>();
		while (!asking.isDone()) {
			CompletableFuture<Base> base = weaver.base();
			weaver.step();
			bases.put(base.get().state().version(), base.get());
			Thread.sleep(50);
		}
		return bases;
	}

	@Test
	void aBackTestHasItsCurves() throws Exception {
		RemoteEstate estate = attach(all());
		BackTestReport report = estate.calls().training(WEB).backTest(BackTestRequest.USUAL, Progress.NONE);
		assertFalse(report.results().isEmpty(), report.why());
		assertFalse(report.results().getFirst().curves().isEmpty());
		assertTrue(report.actual().length() > 0);
	}

	@Test
	void whatAScenarioAddsIsLookedAtAndProposedByTheServer() throws Exception {
		trouble();
		// the engine wants nothing by itself
		weaver.automation().settings(weaver.automation().settings().withLevel(.05));
		for (int i = 0; i < 200 && weaver.state().plans().stream().anyMatch(plan -> plan.state() == Plan.State.PROPOSED); i++) {
			weaver.step();
		}
		weaver.automation().group(new GroupSettings("web", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(1), Optional.empty(), Optional.empty(),
				Optional.of(List.of(new Template("cloud0", List.of("small"), "", "", "", Map.of(), ""))), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
		weaver.step();
		RemoteEstate estate = attach(key("ann", Scope.READ, Scope.OPERATE, Scope.PROVISION));
		Scenario more = Scenario.of("more", new Change.Add("web", 1, Map.of(), Optional.empty(), Optional.empty(), When.NOW));
		int plans = weaver.state().plans().size();
		FutureTask<Commit> looking = new FutureTask<>(() -> estate.calls().preview(more));
		stepUntil(looking);
		Commit seen = looking.get();
		Plan looked = seen.proposals().getFirst().plan().orElseThrow(() -> new AssertionError(seen.toString()));
		assertEquals("", looked.id());
		assertEquals(12, looked.guards().size());
		assertEquals(plans, weaver.state().plans().size());
		FutureTask<Commit> committing = new FutureTask<>(() -> estate.calls().commit(more));
		stepUntil(committing);
		String id = committing.get().proposals().getFirst().plan().orElseThrow(() -> new AssertionError(weaver.state().plans().toString())).id();
		follow(estate);
		Plan proposed = estate.served().plans().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
		assertEquals(Plan.State.PROPOSED, proposed.state());
		assertEquals(looked.actions(), proposed.actions());
		assertTrue(weaver.state().queue().isEmpty());
		assertEquals(0, directory.resolve("scenarios/sine").toFile().list().length, "nothing of it stays at the server");
		remote.close();
		RemoteEstate other = attach(key("bob", Scope.READ));
		assertEquals("bob may not do that: the scope 'operate' is needed.", refused(403, () -> other.calls().preview(more)));
	}
}
