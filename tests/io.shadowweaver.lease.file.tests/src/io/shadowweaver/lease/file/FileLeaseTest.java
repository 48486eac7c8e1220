// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lease.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.store.LeaseFactory;
import io.shadowweaver.tck.Declared;
import io.shadowweaver.tck.TestContext;

/** The file lease across processes, and what becomes of a damaged or removed file. */
class FileLeaseTest {
	@TempDir
	private Path directory;
	private Path file;
	private Process child;

	@BeforeEach
	void name() {
		file = directory.resolve("lease");
	}

	@AfterEach
	void end() throws InterruptedException {
		if (child != null) {
			child.destroyForcibly().waitFor();
		}
	}

	private BufferedReader start() throws IOException {
		child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				HoldingProcess.class.getName(), file.toString()).redirectErrorStream(true).start();
		return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
	}

	private Lease open() {
		return new FileLease(file, "this test");
	}

	@Test
	void aProcessThatIsKilledFreesIt() throws Exception {
		BufferedReader said = start();
		assertEquals("OptionalLong[1]", said.readLine());
		try (Lease lease = open()) {
			assertEquals(OptionalLong.empty(), lease.hold());
			assertEquals("child " + child.pid(), lease.holder());
			assertEquals(OptionalLong.empty(), lease.hold());
			child.destroyForcibly();
			assertTrue(child.waitFor(10, TimeUnit.SECONDS));
			assertEquals("", lease.holder(), "what a dead process wrote holds nothing");
			assertEquals(OptionalLong.of(2), lease.hold());
		}
	}

	@Test
	void otherLeasesOfAProcessDoNotLoseItsLock() throws Exception {
		try (Lease lease = open()) {
			assertEquals(OptionalLong.of(1), lease.hold());
			for (int i = 0; i < 3; i++) {
				try (Lease other = open()) {
					assertEquals(OptionalLong.empty(), other.hold());
					assertEquals("this test", other.holder());
				}
			}
			assertEquals("OptionalLong.empty", start().readLine(), "the lock of the process is there still");
			assertEquals(OptionalLong.of(1), lease.hold());
		}
	}

	@Test
	void aProcessThatSleepsKeepsItSinceNobodyElseCanTakeIt() throws Exception {
		BufferedReader said = start();
		assertEquals("OptionalLong[1]", said.readLine());
		assertEquals(0, new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor());
		try (Lease lease = open()) {
			assertEquals(OptionalLong.empty(), lease.hold());
			assertEquals(0, new ProcessBuilder("kill", "-CONT", Long.toString(child.pid())).start().waitFor());
			child.getOutputStream().write('\n');
			child.getOutputStream().flush();
			assertEquals("OptionalLong[1]", said.readLine());
			assertEquals(OptionalLong.empty(), lease.hold());
		}
	}

	@Test
	void aRemovedFileLosesTheLease() throws Exception {
		try (Lease lease = open(); Lease other = open()) {
			assertEquals(OptionalLong.of(1), lease.hold());
			Files.delete(file);
			assertTrue(other.hold().isPresent());
			PluginException lost = assertThrows(PluginException.class, lease::hold);
			assertTrue(lost.getMessage().contains("removed or replaced"), lost.getMessage());
			assertEquals(OptionalLong.empty(), lease.hold());
		}
	}

	@Test
	void aDamagedFileIsNotHeld() throws Exception {
		Files.writeString(file, "not a lease".repeat(200));
		try (Lease lease = open()) {
			PluginException refused = assertThrows(PluginException.class, lease::hold);
			assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
		}
	}

	@Test
	void aWriteCutShortLeavesTheNumberAndAFlippedByteSkipsSome() throws Exception {
		take(1);
		take(2);
		byte[] whole = Files.readAllBytes(file);
		assertEquals(1024, whole.length);
		for (int place = 0; place < 2; place++) {
			byte[] broken = whole.clone();
			broken[place * 512 + 10] ^= 1;
			Files.write(file, broken);
			try (Lease lease = open()) {
				long next = lease.hold().orElseThrow();
				assertTrue(next > 2, "number " + next + " may have been given before");
			}
			try (Lease lease = open()) {
				assertTrue(lease.hold().orElseThrow() > 3);
			}
		}
	}

	@Test
	void theFirstWriteOfAllCutShortIsNoDamage() throws Exception {
		take(1);
		byte[] whole = Files.readAllBytes(file);
		for (int length : new int[] { 0, 100, 512, 530, 800 }) {
			byte[] torn = java.util.Arrays.copyOf(whole, length);
			Files.write(file, torn);
			try (Lease lease = open()) {
				assertTrue(lease.hold().orElseThrow() >= 1, "after " + length + " bytes");
			}
		}
	}

	private void take(long expected) throws PluginException {
		try (Lease lease = open()) {
			assertEquals(OptionalLong.of(expected), lease.hold());
		}
	}

	@Test
	void aFolderInItsPlaceIsASentence() throws Exception {
		Files.createDirectories(file.resolve("in the way"));
		try (Lease lease = open()) {
			PluginException refused = assertThrows(PluginException.class, lease::hold);
			assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
		}
	}

	@Test
	void withoutASettingItLiesWithTheEstate() throws Exception {
		Declared declared = Declared.only("io.shadowweaver.lease.file", "lease");
		try (Lease lease = declared.make(LeaseFactory.class).open(declared.settings(Map.of()), new TestContext(java.time.Clock.systemUTC(), directory))) {
			assertEquals(OptionalLong.of(1), lease.hold());
			assertEquals("estate test in process " + ProcessHandle.current().pid(), lease.holder());
		}
		assertTrue(Files.exists(directory.resolve("lease")));
		Path elsewhere = directory.resolve("shared/here");
		try (Lease lease = declared.make(LeaseFactory.class).open(declared.settings(Map.of("file", elsewhere.toString())), new TestContext(java.time.Clock.systemUTC(), directory))) {
			lease.hold();
		}
		assertTrue(Files.exists(elsewhere));
	}
}
