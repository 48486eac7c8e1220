// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.provisioning.audit.AuditTrail;

/** The audit trail beside the journal: what it says, that it shows whether it was changed, and that no crash makes a hole in it. */
class AuditTest {
	private static final Instant T = Bed.START;

	/** Stands for the end of the process. */
	private static final class Killed extends Error {
		private static final long serialVersionUID = 1L;
	}

	@TempDir
	Path directory;

	private static List<JournalRecord> records() {
		CreateRequest request = new CreateRequest("sw-1", "web-ü", "web", "small", "a", "", "", "", Map.of(), "pool", Instant.parse("2027-01-01T00:00:00Z"));
		Intent create = new Intent("sw-1", "web-1", "web", Action.Kind.CREATE, "cloud", "small", "a", 1, "", "", "new:sw-1", request, "vm", "r",
				Map.of(), T, T, T, T, Price.of(.05, "EUR"), "requests", 320, 80);
		return List.of(new JournalRecord.Decided(T, "web-1", Plan.State.EXECUTING, "the guards", "web needs 1 \"more\", ü"), new JournalRecord.Intended(T, create),
				new JournalRecord.Called(T.plusSeconds(1), "sw-1", 2, 7), new JournalRecord.Switched(T.plusSeconds(2), true, "ada"),
				new JournalRecord.Judged(T.plusSeconds(3), new Verdict("web-1", "web", T, 1, .5, Duration.ZERO, Double.NaN, "EUR", true, "It was needed.")));
	}

	private Path file() {
		return AuditTrail.in(directory).file();
	}

	private List<AuditEntry> entries() throws IOException {
		return AuditTrail.in(directory).read(Instant.MIN, Instant.MAX);
	}

	private byte[] written() throws IOException {
		try (Auditor auditor = new Auditor(directory, 1, records())) {
			assertEquals("", auditor.trouble());
		}
		return Files.readAllBytes(file());
	}

	private void broken(List<String> lines, long line, String reason) throws IOException {
		Files.write(file(), lines);
		AuditCheck check = AuditTrail.verify(file());
		assertEquals(line, check.broken(), check::reason);
		assertTrue(check.reason().startsWith(reason), check::reason);
		assertEquals(line - 1, check.entries());
	}

	@Test
	void itSaysWhoDidWhatAndWhy() throws IOException {
		written();
		List<AuditEntry> entries = entries();
		assertEquals(List.of("web needs 1 \"more\", ü", "plan web-1, group web, offer small, account cloud, price 0.05 EUR an hour", "attempt 2, fencing number 7", "by ada", "It was needed."),
				entries.stream().map(AuditEntry::why).toList());
		assertEquals(List.of("the guards", "automation", "automation", "ada", "automation"), entries.stream().map(AuditEntry::who).toList());
		assertEquals(List.of(1L, 2L, 3L, 4L, 5L), entries.stream().map(AuditEntry::journal).toList());
		assertEquals("executing", entries.get(0).result());
		assertEquals(List.of(3L, 4L), AuditTrail.in(directory).read(T.plusSeconds(1), T.plusSeconds(3)).stream().map(AuditEntry::number).toList());
	}

	@Test
	void eachLineIsHashedWithTheOneBefore() throws Exception {
		written();
		String previous = AuditTrail.FIRST;
		for (String line : Files.readAllLines(file())) {
			int key = line.lastIndexOf(",\"hash\"");
			byte[] digest = MessageDigest.getInstance("SHA-256").digest((previous + line.substring(0, key)).getBytes(StandardCharsets.UTF_8));
			previous = HexFormat.of().formatHex(digest);
			assertEquals(",\"hash\":\"" + previous + "\"}", line.substring(key));
		}
		assertEquals(new AuditCheck(5, 5, 0, ""), AuditTrail.verify(file()));
	}

	@Test
	void eachFlippedByteIsFoundInItsLine() throws IOException {
		byte[] whole = written();
		int line = 1;
		for (int at = 0; at < whole.length; at++) {
			byte[] flipped = whole.clone();
			flipped[at] ^= (byte) (1 << at % 7);
			Files.write(file(), flipped);
			assertEquals(line, AuditTrail.verify(file()).broken(), "byte " + at);
			if (whole[at] == '\n') {
				line++;
			}
		}
	}

	@Test
	void removedAddedAndSwappedLinesAreFound() throws IOException {
		written();
		List<String> lines = Files.readAllLines(file());
		for (int at = 0; at < lines.size() - 1; at++) {
			List<String> changed = new ArrayList<>(lines);
			changed.remove(at);
			broken(changed, at + 1, "order");
			changed = new ArrayList<>(lines);
			Collections.swap(changed, at, at + 1);
			broken(changed, at + 1, "order");
			changed = new ArrayList<>(lines);
			changed.add(at, lines.get(at));
			broken(changed, at + 2, "order");
		}
	}

	@Test
	void aCutTailIsFoundAndWrittenAgainTheSame() throws IOException {
		byte[] whole = written();
		int last = whole.length - 1;
		while (whole[last - 1] != '\n') {
			last--;
		}
		for (int length = last + 1; length < whole.length; length += 61) {
			Files.write(file(), Arrays.copyOf(whole, length));
			AuditCheck check = AuditTrail.verify(file());
			assertEquals(5, check.broken());
			assertTrue(check.reason().startsWith("cut tail"), check::reason);
			assertArrayEquals(whole, written(), "cut to " + length);
		}
	}

	@Test
	void whatACrashKeptFromItIsEnteredAtTheNextStart() throws IOException {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.4;
		bed.failPoint = point -> {
			if (point.equals("intended.after") || point.equals("called.after")) {
				throw new Killed();
			}
		};
		bed.open();
		assertThrows(Killed.class, () -> bed.run(60));
		long before = entries().size();
		bed.provisioner.abandon();
		long journalled = Files.readAllLines(directory.resolve("journal")).size();
		assertTrue(before < journalled, before + " of " + journalled + " were entered before the crash");
		bed.failPoint = FailPoint.NONE;
		bed.open();
		assertEquals(journalled, entries().size());
		bed.run(60);
		bed.provisioner.close();
		journalled = Files.readAllLines(directory.resolve("journal")).size();
		assertEquals(new AuditCheck(journalled, journalled, 0, ""), AuditTrail.verify(file()));
		byte[] lived = Files.readAllBytes(file());
		Files.delete(file());
		bed.open().close();
		assertArrayEquals(lived, Files.readAllBytes(file()), "the trail depends on the journal alone");
	}

	@Test
	void anotherJournalIsSaidAndEnteredFromItsBeginning() throws IOException {
		written();
		new Auditor(directory, 1, records().subList(0, 2)).close();
		assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 0L, 1L, 2L), entries().stream().map(AuditEntry::journal).toList());
		assertTrue(AuditTrail.verify(file()).whole());
	}

	@Test
	void aBrokenTrailIsSaidLeftAloneAndStopsAutomation() throws IOException {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.4;
		byte[] flipped = written();
		flipped[20] ^= 1;
		Files.write(file(), flipped);
		bed.run(60);
		Status status = bed.view.statuses().get(Provisioner.JOURNAL);
		assertEquals(Status.State.FAILED, status.state());
		assertTrue(status.sentence().contains("is broken in line 1 (hash"), status::sentence);
		assertTrue(bed.cloud.machines.isEmpty(), "nothing is made");
		bed.close();
		assertArrayEquals(flipped, Files.readAllBytes(file()), "a broken trail is evidence");
		Files.delete(file());
		bed.open();
		bed.run(60);
		assertFalse(bed.cloud.machines.isEmpty(), "moved away, it goes on");
	}

	@Test
	void itIsExportedAsCsvAndAsTheLinesThatItIs() throws IOException {
		byte[] whole = written();
		StringBuilder lines = new StringBuilder();
		AuditTrail.jsonLines(entries(), lines);
		assertArrayEquals(whole, lines.toString().getBytes(StandardCharsets.UTF_8));
		StringBuilder csv = new StringBuilder();
		AuditTrail.csv(entries(), csv);
		List<String> rows = csv.toString().lines().toList();
		assertEquals("number,at,journal,who,what,why,result,previous,hash", rows.get(0));
		assertTrue(rows.get(1).startsWith("1," + T + ",1,the guards,decided plan web-1,\"web needs 1 \"\"more\"\", ü\",executing," + AuditTrail.FIRST + ","), rows.get(1));
		assertEquals(6, rows.size());
	}
}
