// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.engine.Connection;
import io.shadowweaver.platform.ArchiveStores;
import io.shadowweaver.platform.ShadowPlatform;

/** What the wizard for stores keeps and tries. */
class ArchiveStoresTest {
	@TempDir
	Path directory;
	private ShadowPlatform platform;
	private ArchiveStores stores;

	@BeforeEach
	void open() {
		Vault.OBJECTS.clear();
		platform = ShadowPlatform.headless(directory, Map.of());
		stores = platform.stores();
	}

	@AfterEach
	void close() {
		platform.close();
	}

	private static Map<String, String> vault(String container, String password) {
		return Map.of("container", container, "password", password);
	}

	@Test
	void aStoreIsKeptWithoutItsSecretAndAnotherProcessOpensIt() throws Exception {
		assertEquals(List.of(), stores.list());
		Connection kept = stores.save("", "vault", " Backup in Berlin ", vault("b", Vault.PASSWORD));
		assertEquals(new Connection("backup-in-berlin", "vault", "Backup in Berlin", Map.of("container", "b")), kept);
		assertFalse(Files.readString(directory.resolve("stores.json")).contains(Vault.PASSWORD));
		assertTrue(Files.readString(directory.resolve("secrets.json")).contains(Vault.PASSWORD));
		try (ShadowPlatform other = ShadowPlatform.headless(directory, Map.of())) {
			Connection found = other.stores().find("backup in berlin").orElseThrow();
			assertEquals(Optional.of(found), other.stores().find("backup-in-berlin"));
			try (BlobStore store = other.stores().open(found, Map.of("container", "c"))) {
				store.put("x", new ByteArrayInputStream(new byte[1]), 1);
			}
			assertEquals(List.of("c/x"), List.copyOf(Vault.OBJECTS.keySet()), "what is said for this run goes first");
		}
	}

	@Test
	void aSecretThatIsLeftBlankStaysAndARemovedStoreTakesItsSecretWithIt() throws Exception {
		Connection kept = stores.save("", "vault", "One", vault("a", Vault.PASSWORD));
		Connection other = stores.save("", "vault", "Two", vault("b", "another-secret"));
		assertEquals(kept.id(), stores.save(kept.id(), "vault", "First", vault("c", " ")).id());
		assertEquals(List.of("First", "Two"), stores.list().stream().map(Connection::name).toList());
		assertEquals(Status.State.OK, stores.test(kept.id(), "vault", vault("c", ""), Progress.NONE).state());
		stores.remove(kept.id());
		stores.remove(kept.id());
		assertEquals(List.of(other), stores.list());
		String secrets = Files.readString(directory.resolve("secrets.json"));
		assertTrue(!secrets.contains(Vault.PASSWORD) && secrets.contains("another-secret"), "its own alone");
		PluginException missing = assertThrows(PluginException.class, () -> stores.open(kept, Map.of()));
		assertTrue(missing.getMessage().contains("SHADOWWEAVER_SECRET__ARCHIVE_STORES__ONE__PASSWORD"), missing.getMessage());
	}

	@Test
	void whatIsWrongIsNamedAndNothingIsKept() throws Exception {
		stores.save("", "vault", "One", vault("a", Vault.PASSWORD));
		assertTrue(said("", "vault", "one", vault("a", "x")).contains("There is a store 'one' already"));
		assertTrue(said("", "vault", " ", vault("a", "x")).contains("needs a name"));
		assertTrue(said("", "vault", "Two", Map.of("password", "x")).contains("(container)"));
		assertTrue(said("", "nothing", "Two", Map.of()).contains("There is no 'nothing'"));
		assertEquals(1, stores.list().size());
		Files.writeString(directory.resolve("stores.json"), "[{\"id\": ");
		assertTrue(assertThrows(PluginException.class, stores::list).getMessage().contains("stores.json cannot be read"));
		assertTrue(said("", "vault", "Two", vault("a", "x")).contains("stores.json cannot be read"), "a file that somebody has to look at is not written over");
	}

	private String said(String id, String type, String name, Map<String, String> settings) {
		return assertThrows(PluginException.class, () -> stores.save(id, type, name, settings)).getMessage();
	}

	@Test
	void aTestStoresReadsAndRemovesAndLeavesNothing() throws Exception {
		Vault.OBJECTS.put("a/archives/prod/one.json", new byte[0]);
		List<String> steps = new ArrayList<>();
		Status answer = stores.test("", "vault", vault("a", Vault.PASSWORD), steps(steps, ""));
		assertEquals("It answers: a test object was stored, read and removed; it holds one archive.", answer.sentence());
		assertEquals(List.of("Opening the store", "Counting its archives", "Storing a test object", "Reading the test object", "Removing the test object", "Done"), steps);
		Status closed = stores.test("", "vault", vault("closed", Vault.PASSWORD), Progress.NONE);
		assertEquals(Status.State.FAILED, closed.state());
		assertEquals("Nothing may be stored in it.", closed.sentence());
		Status wrong = stores.test("", "vault", vault("a", "wrong-password"), Progress.NONE);
		assertEquals("403 for ***", wrong.sentence());
		Status cancelled = stores.test("", "vault", vault("a", Vault.PASSWORD), steps(new ArrayList<>(), "Storing a test object"));
		assertEquals("The test was cancelled.", cancelled.sentence());
		assertEquals(List.of("a/archives/prod/one.json"), List.copyOf(Vault.OBJECTS.keySet()));
		assertEquals(List.of(), stores.list());
	}

	/** Progress that is cancelled after a step. */
	private static Progress steps(List<String> steps, String last) {
		return new Progress() {
			@Override
			public void report(double fraction, String what) {
				steps.add(what);
			}

			@Override
			public boolean isCancelled() {
				return steps.contains(last);
			}
		};
	}
}
