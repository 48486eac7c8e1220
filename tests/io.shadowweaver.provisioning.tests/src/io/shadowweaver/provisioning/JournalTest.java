// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;

class JournalTest {
	private static final Instant T = Bed.START;

	@TempDir
	Path directory;
	private Path file;

	@BeforeEach
	void name() {
		file = directory.resolve("deep/journal");
	}

	private static List<JournalRecord> records() {
		CreateRequest request = new CreateRequest("sw-1", "web-ü", "web", "small", "a", "", "", "#!/bin/sh\necho 'x'\n", Map.of("tier", "web"), "pool", Instant.parse("2027-01-01T00:00:00Z"));
		Intent create = new Intent("sw-1", "web-1", "web", Action.Kind.CREATE, "cloud", "small", "a", 1, "", "", "new:sw-1", request, "vm", "r",
				Map.of("requests", 100.), T, T.minusSeconds(60), T.plusSeconds(300), T.plusSeconds(3600), Price.of(.05, "EUR"), "requests", 320, 80);
		return List.of(new JournalRecord.Decided(T, "web-1", Plan.State.EXECUTING, "the guards", "web needs 1 more"), new JournalRecord.Intended(T, create),
				new JournalRecord.Called(T, "sw-1", 1, 7), new JournalRecord.Acknowledged(T.plusMillis(12), "sw-1", "i1", "vm-i1"),
				new JournalRecord.Moved(T.plusSeconds(180), "sw-1", QueueEntry.State.READY, "First healthy traffic."),
				new JournalRecord.Judged(T, new Verdict("web-1", "web", T, 1, .5, Duration.ofSeconds(-3), Double.NaN, "EUR", true, "good")),
				new JournalRecord.Gone(T, "sw-1", "gone"), new JournalRecord.Switched(T, true, "ada"), new JournalRecord.Noted(T, "x"));
	}

	private void write(List<JournalRecord> records) throws JournalException {
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			for (JournalRecord record : records) {
				journal.append(List.of(record));
			}
		}
	}

	@Test
	void whatWasAppendedIsReadBackEqual() throws JournalException {
		write(records());
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			assertEquals(records(), journal.records());
			assertTrue(journal.damage().isEmpty() && journal.note().isEmpty());
			journal.append(List.of(records().get(0), records().get(1)));
		}
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			assertEquals(records().size() + 2, journal.records().size());
		}
	}

	@Test
	void aTailCutAtAnyByteLosesNoAcknowledgedRecordAndIsSaid() throws Exception {
		write(records());
		byte[] whole = Files.readAllBytes(file);
		int last = whole.length - 1;
		while (whole[last - 1] != '\n') {
			last--;
		}
		for (int length = last + 1; length < whole.length; length++) {
			Files.write(file, Arrays.copyOf(whole, length));
			try (Journal journal = new Journal(file, FailPoint.NONE)) {
				assertEquals(records().subList(0, records().size() - 1), journal.records(), "cut to " + length);
				assertTrue(journal.damage().isEmpty(), "cut to " + length + ": " + journal.damage());
				assertTrue(journal.note().orElseThrow().contains("never acknowledged"));
				journal.append(List.of(records().get(records().size() - 1)));
			}
			assertArrayEquals(whole, Files.readAllBytes(file), "what was cut off is written again in its place");
		}
	}

	@Test
	void anyFlippedByteIsFoundAndStopsTheJournal() throws Exception {
		write(records());
		byte[] whole = Files.readAllBytes(file);
		int said = 0;
		for (int at = 0; at < whole.length; at++) {
			byte[] flipped = whole.clone();
			flipped[at] ^= (byte) (1 << at % 7);
			Files.write(file, flipped);
			try (Journal journal = new Journal(file, FailPoint.NONE)) {
				boolean lastLineEnd = at == whole.length - 1;
				assertTrue(journal.damage().isPresent(), "byte " + at + " of " + whole.length + (lastLineEnd ? " (the last line end)" : "") + " was not found: " + journal.note());
				assertThrows(JournalException.class, () -> journal.append(records()));
				said++;
			}
			assertArrayEquals(flipped, Files.readAllBytes(file), "a damaged journal is evidence and is left as it is");
		}
		assertEquals(whole.length, said);
	}

	@Test
	void aMissingLineInTheMiddleIsFound() throws Exception {
		write(records());
		List<String> lines = Files.readAllLines(file);
		lines.remove(2);
		Files.write(file, lines);
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			assertTrue(journal.damage().orElseThrow().contains("a record is missing"), journal.damage().get());
			assertEquals(2, journal.records().size());
		}
	}

	@Test
	void aDamagedJournalStopsAutomationWithASentence() throws IOException {
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.1;
		bed.step();
		long before = bed.creations();
		bed.close();
		bed.provisioner = null;
		byte[] bytes = Files.readAllBytes(directory.resolve("journal"));
		bytes[40] ^= 4;
		Files.write(directory.resolve("journal"), bytes);
		bed.demand = minute -> 4 * Bed.SAFE * 2;
		bed.run(20);
		assertEquals(before, bed.creations());
		Status status = bed.view.statuses().get(Provisioner.JOURNAL);
		assertEquals(Status.State.FAILED, status.state());
		assertTrue(status.sentence().contains("is damaged in line 1 at byte 0"), status.sentence());
		assertEquals(Plan.State.REFUSED, bed.plan().state());
		bed.close();
	}

	@Test
	void twoProvisionersNeverShareAJournal() {
		Bed first = new Bed(directory);
		first.step();
		Bed second = new Bed(directory);
		second.demand = minute -> 4 * Bed.SAFE * 2;
		second.run(20);
		assertEquals(0, second.creations());
		assertTrue(second.view.statuses().get(Provisioner.JOURNAL).sentence().contains("is open already"));
		first.close();
		second.close();
	}

	@Test
	void aFolderThatCannotBeMadeIsAStatusAndNoException() throws IOException {
		Path blocked = directory.resolve("file");
		Files.writeString(blocked, "x");
		Bed bed = new Bed(blocked.resolve("below"));
		bed.demand = minute -> 4 * Bed.SAFE * 2;
		bed.run(3);
		assertEquals(0, bed.creations());
		assertEquals(Status.State.FAILED, bed.view.statuses().get(Provisioner.JOURNAL).state());
		assertFalse(bed.view.plans().isEmpty());
		bed.close();
	}
}
