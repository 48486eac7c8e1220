// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditTrail;

/** A journal that cannot be written, forced or opened stops automation with a sentence, and is taken up again when it can. */
class NoRoomTest {
	private static final String PRLIMIT = "/usr/bin/prlimit";

	@TempDir
	Path directory;

	/** A process whose files may not grow for a while: the system refuses the write in its midst, as it does on a full disk. */
	static final class Cramped {
		private Cramped() {
		}

		public static void main(String[] arguments) throws Exception {
			Bed bed = new Bed(Path.of(arguments[0]));
			bed.run(3);
			long size = Files.size(bed.directory.resolve("journal"));
			limit(Long.toString(size + 100));
			bed.demand = minute -> 4 * Bed.SAFE * 1.2;
			bed.run(20);
			System.out.println("full: " + bed.creations() + " " + bed.view.statuses().get(Provisioner.JOURNAL).state() + " " + bed.view.statuses().get(Provisioner.JOURNAL).sentence());
			bed.provisioner.killSwitch(true, "ann");
			bed.run(1);
			System.out.println("killed: " + bed.view.killSwitch());
			limit("unlimited");
			bed.run(1);
			bed.provisioner.killSwitch(false, "ann");
			bed.run(30);
			System.out.println("room: " + bed.creations() + " " + bed.cloud.machines.size() + " " + bed.view.statuses().get(Provisioner.JOURNAL).state() + " "
					+ bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count());
			bed.close();
			try (Journal journal = new Journal(bed.directory.resolve("journal"), FailPoint.NONE)) {
				System.out.println("whole: " + journal.damage().isEmpty() + " " + journal.note().isEmpty() + " "
						+ journal.records().stream().anyMatch(record -> record instanceof JournalRecord.Switched one && one.on()));
			}
		}

		private static void limit(String bytes) throws Exception {
			int code = new ProcessBuilder(PRLIMIT, "--pid", Long.toString(ProcessHandle.current().pid()), "--fsize=" + bytes + ":").start().waitFor();
			if (code != 0) {
				throw new IllegalStateException("prlimit failed: " + code);
			}
		}
	}

	@Test
	@Timeout(120)
	void withoutRoomNothingIsCalledAndWithRoomItGoesOnByItself() throws Exception {
		assumeTrue(Files.isExecutable(Path.of(PRLIMIT)), "needs prlimit, whose limit stands for a disk without room");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m", "-cp", System.getProperty("java.class.path"), Cramped.class.getName(), directory.resolve("estate").toString())
				.redirectErrorStream(true).start();
		// a file would be under the limit as well
		List<String> lines = process.inputReader().lines().toList();
		assertTrue(process.waitFor(30, TimeUnit.SECONDS));
		String full = lines.stream().filter(line -> line.startsWith("full: ")).findFirst().orElseThrow(() -> new AssertionError(lines.toString()));
		assertTrue(full.startsWith("full: 0 FAILED The journal ") && full.contains("cannot be written") && full.contains("nothing is called until it can"), full);
		assertTrue(lines.contains("killed: true"), lines.toString());
		String room = lines.stream().filter(line -> line.startsWith("room: ")).findFirst().orElseThrow(() -> new AssertionError(lines.toString()));
		String[] counts = room.split(" ");
		assertTrue(Integer.parseInt(counts[1]) >= 1, room);
		assertEquals(counts[1], counts[2], "each machine was made once");
		assertEquals("OK", counts[3], room);
		assertEquals(counts[1], counts[4], "all are known and ready");
		assertTrue(lines.contains("whole: true true true"), "what a person decided without room is there: " + lines);
		assertEquals(0, process.exitValue());
	}

	@Test
	void aRecordThatCouldNotBeForcedNeverCountsAndIsWrittenAnew() throws Exception {
		Path file = directory.resolve("journal");
		boolean[] failing = { false };
		JournalRecord one = new JournalRecord.Noted(Bed.START, "one");
		JournalRecord two = new JournalRecord.Noted(Bed.START, "two");
		try (Journal journal = new Journal(file, FailPoint.NONE, (path, options) -> new FailingChannel(FileChannel.open(path, options), failing))) {
			journal.append(List.of(one));
			byte[] before = Files.readAllBytes(file);
			failing[0] = true;
			JournalException said = assertThrows(JournalException.class, () -> journal.append(List.of(two)));
			assertTrue(said.getMessage().contains("cannot be written (Input/output error)"), said.getMessage());
			assertArrayEquals(before, Files.readAllBytes(file), "nothing is left that a later reader could take for acknowledged");
			failing[0] = false;
			journal.append(List.of(two));
		}
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			assertEquals(List.of(one, two), journal.records());
		}
	}

	@Test
	void aSumThatCouldNotBeForcedReplacesNothing() throws Exception {
		Path file = directory.resolve("journal");
		boolean[] failing = { false };
		JournalRecord one = new JournalRecord.Noted(Bed.START, "one");
		try (Journal journal = new Journal(file, FailPoint.NONE, (path, options) -> new FailingChannel(FileChannel.open(path, options), failing))) {
			journal.append(List.of(one));
			failing[0] = true;
			Ledger ledger = new Ledger(new LeadTimes(Duration.ZERO, Duration.ZERO));
			assertEquals(false, journal.sum(ledger.sum(Bed.START, 1)));
			failing[0] = false;
			journal.append(List.of(one));
		}
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			assertEquals(List.of(one, one), journal.records());
		}
	}

	@Test
	void aThreadThatWasInterruptedInAWriteDoesNotEndTheJournal() throws Exception {
		try (Journal journal = new Journal(directory.resolve("journal"), FailPoint.NONE)) {
			Thread.currentThread().interrupt();
			assertThrows(JournalException.class, () -> journal.append(List.of(new JournalRecord.Noted(Bed.START, "lost"))));
			assertTrue(Thread.interrupted());
			journal.append(List.of(new JournalRecord.Noted(Bed.START, "one")));
		}
		try (Journal journal = new Journal(directory.resolve("journal"), FailPoint.NONE)) {
			assertEquals(List.of(new JournalRecord.Noted(Bed.START, "one")), journal.records());
		}
	}

	@Test
	void aJournalThatCouldNotBeOpenedAtTheStartIsTakenWhenItCan() throws IOException {
		Path blocked = Files.createDirectory(directory.resolve("journal"));
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.run(5);
		assertEquals(0, bed.creations());
		Status status = bed.view.statuses().get(Provisioner.JOURNAL);
		assertEquals(Status.State.FAILED, status.state());
		assertTrue(status.sentence().contains("cannot be opened") && status.sentence().contains("nothing is provisioned until it can"), status.sentence());
		Files.delete(blocked);
		bed.run(30);
		assertEquals(Status.State.OK, bed.view.statuses().get(Provisioner.JOURNAL).state());
		assertTrue(bed.creations() >= 1);
		assertEquals(bed.creations(), bed.cloud.machines.size());
		bed.close();
	}

	@Test
	void anAuditTrailThatCouldNotBeOpenedIsTakenWhenItCanAndLacksNothing() throws IOException {
		Path blocked = Files.createDirectory(AuditTrail.in(directory).file());
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.run(5);
		assertEquals(0, bed.creations());
		Files.delete(blocked);
		bed.run(30);
		assertTrue(bed.creations() >= 1, bed.view.statuses().toString());
		bed.close();
		AuditCheck check = AuditTrail.verify(AuditTrail.in(directory).file());
		try (Journal journal = new Journal(directory.resolve("journal"), FailPoint.NONE)) {
			assertEquals(journal.number(), check.journal());
			assertEquals(journal.number(), check.entries(), "each record once");
		}
	}

	@Test
	void whatTheJournalHeldBeforeItWasTakenLateIsKnownAndNothingIsMadeAgain() {
		Bed first = new Bed(directory);
		first.demand = minute -> 4 * Bed.SAFE * 1.2;
		first.run(10);
		long made = first.creations();
		assertTrue(made >= 1);
		Bed second = new Bed(directory);
		first.cloud.machines.forEach(second.cloud.machines::put);
		second.now = first.now;
		second.demand = first.demand;
		second.run(3);
		assertTrue(second.view.statuses().get(Provisioner.JOURNAL).sentence().contains("is open already"));
		second.provisioner.raiseCap("web", 60, second.now.plusSeconds(3600), "ann");
		second.run(1);
		first.close();
		second.run(10);
		assertEquals(Status.State.OK, second.view.statuses().get(Provisioner.JOURNAL).state());
		assertEquals(made, second.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count(), "the machines of the first are known");
		assertEquals(0, second.creations());
		assertEquals(List.of(), second.view.report().drifts());
		second.close();
		try (Journal journal = new Journal(directory.resolve("journal"), FailPoint.NONE)) {
			assertTrue(journal.records().stream().anyMatch(record -> record instanceof JournalRecord.Raised), "what a person decided meanwhile is kept");
		}
	}
}
