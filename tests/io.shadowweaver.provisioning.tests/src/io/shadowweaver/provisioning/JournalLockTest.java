// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal belongs to one process, whoever reads it meanwhile. */
class JournalLockTest {
	@TempDir
	private Path directory;

	/** A process that opens a journal and says why it may not. */
	static final class Other {
		private Other() {
		}

		public static void main(String[] args) {
			try (Journal journal = new Journal(Path.of(args[0]), FailPoint.NONE)) {
				System.out.print(journal.damage().orElse("whole"));
			}
		}
	}

	private static String other(Path file) throws Exception {
		Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				Other.class.getName(), file.toString()).start();
		String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, child.waitFor());
		return said;
	}

	@Test
	void anotherProcessIsKeptOutAlsoAfterTheFileWasRead() throws Exception {
		Path file = directory.resolve("journal");
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			assertEquals(Optional.empty(), journal.damage());
			assertEquals(0, Files.readAllBytes(file).length);
			assertTrue(other(file).contains("held by another process"));
			try (Journal second = new Journal(file, FailPoint.NONE)) {
				assertTrue(second.damage().orElseThrow().contains("open already"));
			}
			assertTrue(other(file).contains("held by another process"), "what the second one of this process does frees nothing");
		}
		assertEquals("whole", other(file));
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			assertEquals(Optional.empty(), journal.damage());
		}
	}
}
