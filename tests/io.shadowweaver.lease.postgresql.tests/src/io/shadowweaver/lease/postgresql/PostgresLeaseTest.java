// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.Lease;

/** Leases in a real PostgreSQL: expiry, processes that die or sleep, and all that can be wrong with the database. */
class PostgresLeaseTest {
	private final Bench bench = new Bench();
	private final String name = "test-" + UUID.randomUUID();
	private Process child;

	@AfterEach
	void end() throws InterruptedException {
		if (child != null) {
			child.destroyForcibly().waitFor();
		}
	}

	private Lease open(Map<String, String> other) throws PluginException {
		Map<String, String> settings = bench.settings(Map.of("name", name));
		settings.putAll(other);
		return Bench.open(settings, Path.of("."));
	}

	private Lease open() throws PluginException {
		return open(Map.of());
	}

	private BufferedReader start() throws IOException {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-Dshadowweaver.root=" + System.getProperty("shadowweaver.root"), "-cp",
				System.getProperty("java.class.path"), HoldingProcess.class.getName()));
		bench.settings(Map.of("name", name)).forEach((key, value) -> command.add(key + "=" + value));
		child = new ProcessBuilder(command).redirectErrorStream(true).start();
		return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
	}

	/** Lets the lease of a holder that says no more expire, without waiting for it. */
	private void expire() throws Exception {
		bench.run("UPDATE shadowweaver_lease SET expires = clock_timestamp() WHERE name = '" + name + "'");
	}

	private static String refusal(Lease lease) {
		return assertThrows(PluginException.class, lease::hold).getMessage();
	}

	@Test
	void aKilledHolderIsFollowedOnceItHasExpired() throws Exception {
		BufferedReader said = start();
		assertEquals("number 1", said.readLine());
		child.destroyForcibly();
		assertTrue(child.waitFor(10, TimeUnit.SECONDS));
		long killed = System.nanoTime();
		try (Lease lease = open()) {
			assertEquals(OptionalLong.empty(), lease.hold(), "it has not expired yet");
			assertTrue(lease.holder().contains("process " + child.pid()), lease.holder());
			OptionalLong number = OptionalLong.empty();
			while (number.isEmpty() && System.nanoTime() - killed < 20_000_000_000L) {
				Thread.sleep(100);
				number = lease.hold();
			}
			assertEquals(OptionalLong.of(2), number);
			assertTrue(System.nanoTime() - killed > 3_000_000_000L, "not before its five seconds are over");
		}
	}

	@Test
	void aHolderThatSleptThroughItsExpiryFindsItsNumberRefused() throws Exception {
		BufferedReader said = start();
		assertEquals("number 1", said.readLine());
		assertEquals(0, new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor());
		expire();
		try (Lease lease = open()) {
			assertEquals(OptionalLong.of(2), lease.hold());
			assertEquals(0, new ProcessBuilder("kill", "-CONT", Long.toString(child.pid())).start().waitFor());
			ask();
			assertEquals("another holder", said.readLine());
			assertEquals(OptionalLong.of(2), lease.hold());
		}
		ask();
		assertEquals("number 3", said.readLine(), "it holds the lease again, and what it decided before is refused by its number");
		try (Lease lease = open()) {
			assertEquals(OptionalLong.empty(), lease.hold());
			expire();
			assertEquals(OptionalLong.of(4), lease.hold());
		}
	}

	private void ask() throws IOException {
		child.getOutputStream().write('\n');
		child.getOutputStream().flush();
	}

	@Test
	void anExpiredLeaseThatNobodyTookIsRenewedWithItsNumber() throws Exception {
		try (Lease lease = open()) {
			assertEquals(OptionalLong.of(1), lease.hold());
			expire();
			assertEquals("", lease.holder());
			assertEquals(OptionalLong.of(1), lease.hold());
		}
	}

	@Test
	void aLeaseThatIsRenewedDoesNotExpire() throws Exception {
		try (Lease lease = open(); Lease other = open()) {
			assertEquals(OptionalLong.of(1), lease.hold());
			for (int i = 0; i < 7; i++) {
				Thread.sleep(1_000);
				assertEquals(OptionalLong.of(1), lease.hold());
				assertEquals(OptionalLong.empty(), other.hold());
			}
		}
	}

	@Test
	void namesAreApart() throws Exception {
		try (Lease one = open(); Lease other = open(Map.of("name", name + "-other"))) {
			assertTrue(one.hold().isPresent());
			assertTrue(other.hold().isPresent());
		}
	}

	@Test
	void theTableIsMadeAtFirstUseAlsoByTwoAtOnce() throws Exception {
		String table = "lease_" + UUID.randomUUID().toString().replace('-', '_');
		List<Lease> leases = new ArrayList<>();
		List<Thread> threads = new ArrayList<>();
		List<Object> answers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Lease lease = open(Map.of("table", table));
			leases.add(lease);
			threads.add(Thread.ofPlatform().start(() -> {
				Object answer;
				try {
					answer = lease.hold();
				} catch (PluginException e) {
					answer = e;
				}
				synchronized (answers) {
					answers.add(answer);
				}
			}));
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertEquals(4, answers.size());
		assertEquals(1, answers.stream().filter(OptionalLong.of(1)::equals).count(), answers::toString);
		assertEquals(3, answers.stream().filter(OptionalLong.empty()::equals).count(), answers::toString);
		leases.forEach(Lease::close);
		bench.run("DROP TABLE " + table);
	}

	@Test
	void askingForTheHolderMakesNoTable() throws Exception {
		try (Lease lease = open(Map.of("table", "lease_that_nobody_made"))) {
			assertEquals("", lease.holder());
		}
	}

	@Test
	void aUserWhoMayNotMakeTheTableIsToldWhatItsOwnerRuns() throws Exception {
		String user = "guest_" + UUID.randomUUID().toString().replace('-', '_');
		bench.run("CREATE SCHEMA IF NOT EXISTS closed", "CREATE ROLE " + user + " LOGIN PASSWORD 'guest'", "GRANT USAGE ON SCHEMA closed TO " + user);
		try (Lease lease = open(Map.of("user", user, "password", "guest", "table", "closed.lease"))) {
			String refused = refusal(lease);
			assertTrue(refused.contains("may not be made") && refused.contains("CREATE TABLE IF NOT EXISTS closed.lease"), refused);
		}
		bench.run("DROP SCHEMA closed", "DROP ROLE " + user);
	}

	@Test
	void aConnectionThatIsLostInBetweenIsMadeAnew() throws Exception {
		try (Lease lease = open()) {
			assertEquals(OptionalLong.of(1), lease.hold());
			cut();
			assertEquals(OptionalLong.of(1), lease.hold(), "the number is kept over a connection");
			cut();
			assertEquals(OptionalLong.of(1), lease.hold());
			cut();
		}
		try (Lease lease = open()) {
			assertEquals(OptionalLong.of(2), lease.hold(), "it was given up over a new connection");
		}
	}

	/** Ends all connections of leases from the side of the server. */
	private void cut() throws Exception {
		try (Connection connection = DriverManager.getConnection(bench.url(), bench.user(), bench.password()); Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'Shadow Weaver' AND query LIKE '%" + "lease" + "%'");
		}
	}

	@Test
	void aDatabaseThatHangsIsNotWaitedForForEver() throws Exception {
		try (Lease lease = open(); Connection locker = DriverManager.getConnection(bench.url(), bench.user(), bench.password())) {
			assertEquals(OptionalLong.of(1), lease.hold());
			locker.setAutoCommit(false);
			try (Statement statement = locker.createStatement()) {
				statement.execute("SELECT * FROM shadowweaver_lease WHERE name = '" + name + "' FOR UPDATE");
			}
			long begun = System.nanoTime();
			String refused = refusal(lease);
			assertTrue(refused.contains("did not answer within 2 s"), refused);
			assertTrue(System.nanoTime() - begun < 4_000_000_000L, "it waits once");
			locker.rollback();
			assertEquals(OptionalLong.of(1), lease.hold(), "what the lost statement did is found");
		}
	}

	@Test
	void aServerThatNobodyRunsIsASentence() throws Exception {
		int free;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			free = socket.getLocalPort();
		}
		try (Lease lease = open(Map.of("port", Integer.toString(free)))) {
			String refused = refusal(lease);
			assertTrue(refused.contains("cannot be reached") && refused.contains("127.0.0.1:" + free), refused);
			assertThrows(PluginException.class, lease::holder);
		}
	}

	@Test
	void aServerThatAcceptsAndSaysNothingIsASentence() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()); Lease lease = open(Map.of("port", Integer.toString(silent.getLocalPort())))) {
			String refused = refusal(lease);
			assertTrue(refused.contains("did not answer within 2 s"), refused);
		}
	}

	@Test
	void wrongPasswordsAndNamesAreSentencesWithoutThePassword() throws Exception {
		try (Lease lease = open(Map.of("password", "not-the-password"))) {
			String refused = refusal(lease);
			assertTrue(refused.contains("refuses the password of shadow"), refused);
			assertFalse(refused.contains("not-the-password"), refused);
		}
		try (Lease lease = open(Map.of("database", "nowhere"))) {
			assertTrue(refusal(lease).contains("has no database nowhere"));
		}
		try (Lease lease = open(Map.of("user", "nobody"))) {
			assertTrue(refusal(lease).contains("nobody"));
		}
	}

	@Test
	void encryptionThatTheServerDoesNotSpeakIsASentence() throws Exception {
		for (String mode : List.of("require", "verify-full")) {
			try (Lease lease = open(Map.of("tls", mode))) {
				String refused = refusal(lease);
				assertTrue(refused.contains("SSL"), refused);
			}
		}
	}

	@Test
	void aTableOfSomethingElseIsASentence() throws Exception {
		bench.run("CREATE TABLE IF NOT EXISTS something_else (name int)");
		try (Lease lease = open(Map.of("table", "something_else"))) {
			assertTrue(refusal(lease).contains("did not do it"));
		}
		bench.run("DROP TABLE something_else");
	}

	@ParameterizedTest
	@CsvSource({ "expiry,1s", "expiry,2h", "timeout,3s", "timeout,100ms", "port,0", "port,70000", "host,a b", "host,x/y?z", "tls,maybe", "table,a;b", "table,\"A\"" })
	void wrongSettingsAreNamed(String key, String value) {
		String refused = assertThrows(PluginException.class, () -> open(Map.of(key, value))).getMessage();
		assertTrue(refused.contains("(" + key + ")"), refused);
	}
}
