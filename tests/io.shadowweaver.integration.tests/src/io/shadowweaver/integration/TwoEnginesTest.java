// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.store.LeaseFactory;
import io.shadowweaver.tck.RealServers;
import io.shadowweaver.tck.TestContext;

/** Two provisioners over one simulated cloud: the one that does not hold the lease, or holds it no more, calls nothing. */
class TwoEnginesTest {
	@TempDir
	private Path directory;
	private Instant now = Instant.parse("2026-03-02T06:00:00Z");
	private CloudProvider cloud;

	@BeforeEach
	void open() throws Exception {
		Contributed simulated = Contributed.of("io.shadowweaver.simulated", "provider", "simulated");
		cloud = ((CloudProviderFactory) simulated.factory()).open(simulated.settings(Map.of()), new TestContext(() -> now, Files.createDirectories(directory.resolve("cloud"))));
	}

	private RivalEngine engine(String name, Lease lease) throws Exception {
		return new RivalEngine(Files.createDirectories(directory.resolve(name)), cloud, () -> now, lease);
	}

	private Lease fileLease() throws Exception {
		Contributed file = Contributed.of("io.shadowweaver.lease.file", "lease", "file");
		return ((LeaseFactory) file.factory()).open(file.settings(Map.of("file", directory.resolve("lease").toString())), new TestContext(() -> now, directory));
	}

	private Lease rowLease(String name) throws Exception {
		Map<String, String> server = RealServers.up("postgresql");
		Contributed row = Contributed.of("io.shadowweaver.lease.postgresql", "lease", "postgresql");
		return ((LeaseFactory) row.factory()).open(row.settings(Map.of("port", server.get("POSTGRESQL_PORT"), "database", "shadow", "user", server.get("POSTGRESQL_USER"), "password",
				server.get("POSTGRESQL_PASSWORD"), "name", name)), new TestContext(() -> now, directory));
	}

	/** What time does to a holder that is not heard of. */
	private static void expire(String name) throws Exception {
		Map<String, String> server = RealServers.up("postgresql");
		try (Connection connection = DriverManager.getConnection(server.get("POSTGRESQL_URL"), server.get("POSTGRESQL_USER"), server.get("POSTGRESQL_PASSWORD"));
				Statement statement = connection.createStatement()) {
			assertEquals(1, statement.executeUpdate("UPDATE shadowweaver_lease SET expires = clock_timestamp() WHERE name = '" + name + "'"));
		}
	}

	private void minutes(int count, RivalEngine... engines) throws PluginException {
		for (int i = 0; i < count; i++) {
			now = now.plusSeconds(60);
			for (RivalEngine engine : engines) {
				engine.step();
			}
		}
	}

	private void eachTokenOnce(int expected) throws PluginException {
		List<Instance> ours = cloud.list().stream().filter(machine -> !machine.token().isEmpty()).toList();
		Set<String> tokens = new HashSet<>(ours.stream().map(Instance::token).toList());
		assertEquals(tokens.size(), ours.size(), "a token was used twice");
		assertEquals(expected, ours.size());
	}

	private static void refuses(RivalEngine engine) {
		assertEquals(0, engine.creations());
		assertTrue(engine.view.plans().stream().flatMap(plan -> plan.guards().stream()).anyMatch(guard -> guard.guard().equals("fencing") && guard.sentence().contains("The lease is held by")),
				() -> "the guard says who holds the lease: " + engine.view.plans());
	}

	private void oneActsAndTheOtherTakesOver(RivalEngine first, RivalEngine second) throws Exception {
		first.load = 1.2;
		second.load = 1.2;
		minutes(12, first, second);
		int made = first.creations();
		assertTrue(made > 0, () -> "nothing was made: " + first.view.plans());
		refuses(second);
		eachTokenOnce(made);
		first.close();
		second.load = 2;
		minutes(12, second);
		assertTrue(second.creations() > 0, () -> "nothing was made: " + second.view.plans());
		eachTokenOnce(made + second.creations());
	}

	@Test
	void overAFileOneActsUntilItEnds() throws Exception {
		try (RivalEngine first = engine("first", fileLease()); RivalEngine second = engine("second", fileLease())) {
			oneActsAndTheOtherTakesOver(first, second);
		}
	}

	@Test
	void overARowOneActsUntilItEnds() throws Exception {
		String name = "two-" + UUID.randomUUID();
		try (RivalEngine first = engine("first", rowLease(name)); RivalEngine second = engine("second", rowLease(name))) {
			oneActsAndTheOtherTakesOver(first, second);
		}
	}

	@Test
	void anEngineThatSleptBeforeItsCallsMakesNoneOfThem() throws Exception {
		String name = "two-" + UUID.randomUUID();
		try (RivalEngine sleeper = engine("sleeper", rowLease(name)); RivalEngine other = engine("other", rowLease(name))) {
			fallsAsleepBeforeItsCalls(sleeper, other);
			expire(name);
			other.load = 1.2;
			minutes(3, other);
			int made = other.creations();
			assertTrue(made > 0, () -> "nothing was made: " + other.view.plans());
			sleeper.wake();
			minutes(3, sleeper, other);
			refusedAll(sleeper, "The lease is held by");
			eachTokenOnce(other.creations());
		}
	}

	@Test
	void aNumberThatIsOldIsRefusedEvenToWhoHoldsTheLeaseAgain() throws Exception {
		String name = "two-" + UUID.randomUUID();
		try (RivalEngine sleeper = engine("sleeper", rowLease(name))) {
			try (RivalEngine other = engine("other", rowLease(name))) {
				fallsAsleepBeforeItsCalls(sleeper, other);
				expire(name);
				minutes(1, other);
			}
			sleeper.wake();
			assertEquals(0, sleeper.creations());
			assertEquals(OptionalLong.of(3), sleeper.lease().hold(), "it holds the lease again, with a new number");
			sleeper.load = .8;
			minutes(2, sleeper);
			refusedAll(sleeper, "under the fencing number 1, and somebody else held the lease since; now it is 3");
		}
	}

	/** The calls are in its journal, decided while it held the lease. */
	private void fallsAsleepBeforeItsCalls(RivalEngine sleeper, RivalEngine other) throws PluginException {
		minutes(2, sleeper, other);
		sleeper.load = 1.2;
		sleeper.sleep();
		minutes(1, sleeper);
		assertTrue(sleeper.view.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.CALLED), () -> "it is about to call: " + sleeper.view);
		assertEquals(0, sleeper.creations());
	}

	private static void refusedAll(RivalEngine engine, String why) {
		assertEquals(0, engine.creations());
		assertTrue(engine.view.queue().stream().anyMatch(entry -> entry.sentence().contains(why)), () -> "it says why: " + engine.view.queue());
	}
}
