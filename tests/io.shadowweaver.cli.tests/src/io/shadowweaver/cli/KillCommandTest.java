// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.provisioning.KillMark;

class KillCommandTest {
	@TempDir
	Path directory;
	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();
	private KillMark mark;

	@BeforeEach
	void estate() throws IOException {
		mark = KillMark.in(Files.createDirectories(directory.resolve("estates").resolve("web")).resolve("provisioning"));
	}

	private int kill(String wish, String estate) {
		return WeaveCommand.run(new String[] { "kill", wish, estate, "--data", directory.toString(), "--person", "ada" }, new PrintWriter(out), new PrintWriter(err));
	}

	@Test
	void itIsMovedAndSaysHowItStands() {
		assertEquals(0, kill("status", "web"), err::toString);
		assertTrue(out.toString().contains("never moved"), out::toString);
		assertEquals(0, kill("on", "web"), err::toString);
		assertTrue(mark.isOn());
		assertTrue(out.toString().contains("The kill switch of web is on, by ada at "), out::toString);
		assertEquals(0, kill("off", "web"), err::toString);
		assertFalse(mark.isOn());
	}

	@Test
	void wrongUseIsSaid() {
		assertEquals(2, kill("on", "other"));
		assertTrue(err.toString().contains("There is no estate other"), err::toString);
		assertEquals(2, kill("perhaps", "web"));
	}

	@Test
	void aSwitchThatCannotBeMovedIsAFailure() throws IOException {
		Files.writeString(mark.file().getParent(), "a file where a folder must be");
		assertEquals(1, kill("on", "web"));
		assertTrue(err.toString().contains("was not moved"), err::toString);
	}
}
