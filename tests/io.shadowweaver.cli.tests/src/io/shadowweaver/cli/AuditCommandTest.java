// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.provisioning.audit.AuditFact;
import io.shadowweaver.provisioning.audit.AuditTrail;
import io.shadowweaver.provisioning.audit.AuditWriter;

class AuditCommandTest {
	private static final Instant T = Instant.parse("2026-03-02T06:00:00Z");

	@TempDir
	Path directory;
	private StringWriter out;
	private StringWriter err;
	private Path trail;
	private AuditWriter running;

	@BeforeEach
	void estate() throws IOException {
		Path provisioning = Files.createDirectories(directory.resolve("estates/web/provisioning"));
		Files.createDirectories(directory.resolve("estates/empty"));
		trail = AuditTrail.in(provisioning).file();
		running = new AuditWriter(provisioning);
		running.append(List.of(new AuditFact(T, 1, "the guards", "decided plan web-1", "web needs 1 more", "executing"), new AuditFact(T.plusSeconds(60), 2, "ada", "moved the kill switch", "by ada", "on")));
	}

	@AfterEach
	void close() {
		running.close();
	}

	private int audit(String... arguments) {
		out = new StringWriter();
		err = new StringWriter();
		String[] all = new String[arguments.length + 3];
		all[0] = "audit";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		all[arguments.length + 1] = "--data";
		all[arguments.length + 2] = directory.toString();
		return WeaveCommand.run(all, new PrintWriter(out), new PrintWriter(err));
	}

	@Test
	void aWholeTrailIsVerifiedListedAndExportedWhileItIsWritten() throws IOException {
		assertEquals(0, audit("verify", "web"), err::toString);
		assertTrue(out.toString().contains("is whole: 2 entries, up to record 2 of the journal"), out::toString);
		assertEquals(0, audit("list", "web", "--from", "2026-03-02T06:01:00Z"), err::toString);
		assertEquals("2  2026-03-02T06:01:00Z  ada moved the kill switch -> on  (by ada)", out.toString().strip());
		assertEquals(0, audit("export", "web", "--to", "2026-03-02T06:01:00Z"), err::toString);
		assertEquals(2, out.toString().lines().count(), out::toString);
		assertTrue(out.toString().contains("1,2026-03-02T06:00:00Z,1,the guards,decided plan web-1,web needs 1 more,executing,"), out::toString);
		assertEquals(0, audit("export", "web", "--format", "jsonl"), err::toString);
		assertEquals(Files.readString(trail), out.toString());
	}

	@Test
	void aBrokenTrailIsSaidByEachCommand() throws IOException {
		Files.writeString(trail, Files.readString(trail).replace("by ada", "by eve"));
		for (String command : List.of("verify", "list", "export")) {
			assertEquals(1, audit(command, "web"), command);
			assertTrue(err.toString().contains("is broken in line 2: hash"), err::toString);
		}
	}

	@Test
	void wrongUseIsSaid() {
		assertEquals(2, audit("verify", "other"));
		assertTrue(err.toString().contains("There is no estate other"), err::toString);
		assertEquals(2, audit("verify", "empty"));
		assertTrue(err.toString().contains("has no audit trail"), err::toString);
		assertEquals(2, audit("perhaps", "web"));
		assertEquals(2, audit("export", "web", "--format", "xml"));
	}
}
