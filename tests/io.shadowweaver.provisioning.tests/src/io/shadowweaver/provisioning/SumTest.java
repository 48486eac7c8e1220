// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;
import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditTrail;

/** A journal that was summed up says the same as the whole one, at each moment and after each death. */
class SumTest {
	private static final class Killed extends Error {
		private static final long serialVersionUID = 1L;
	}

	@TempDir
	Path directory;

	private static Ledger ledger() {
		return new Ledger(new LeadTimes(Duration.ofMinutes(2), Duration.ofMinutes(4)));
	}

	/** Any record that a journal may hold, in any order. */
	private static JournalRecord any(Random random, Instant at) {
		String group = "g" + random.nextInt(3);
		String plan = group + "-" + (1 + random.nextInt(5));
		String token = "t" + random.nextInt(8);
		return switch (random.nextInt(21)) {
		case 0, 1 -> new JournalRecord.Intended(at, intent(random, token, plan, group, at), random.nextInt(3));
		case 2 -> new JournalRecord.Called(at, token, 1 + random.nextInt(3), random.nextInt(3));
		case 3 -> new JournalRecord.Acknowledged(at, token, "i" + random.nextInt(9), random.nextBoolean() ? "" : "vm");
		case 4, 5, 6 -> new JournalRecord.Moved(at, token, QueueEntry.State.values()[random.nextInt(QueueEntry.State.values().length)], "moved");
		case 7 -> new JournalRecord.Gone(at, token, "gone");
		case 8 -> new JournalRecord.Switched(at, random.nextBoolean(), "ann");
		case 9 -> new JournalRecord.Decided(at, plan, Plan.State.values()[random.nextInt(Plan.State.values().length)], "rule", "because");
		case 10 -> new JournalRecord.Judged(at, new Verdict(plan, group, at, 1, random.nextDouble(), Duration.ofSeconds(random.nextInt(9)), Double.NaN, "EUR", true, "v" + random.nextInt()));
		case 11 -> new JournalRecord.Proposed(at, plan(plan, group, at), random.nextBoolean(), "requests", random.nextDouble(), Map.of("requests", 80.));
		case 12 -> new JournalRecord.Consented(at, plan, "ann" + random.nextInt(2));
		case 13 -> new JournalRecord.Raised(at, group, random.nextInt(50), at.plusSeconds(random.nextInt(9999)), "bob");
		case 14 -> new JournalRecord.Thawed(at, random.nextBoolean() ? group : Standing.ALL, at.plusSeconds(60), "bob", "fire");
		case 15 -> random.nextBoolean() ? new JournalRecord.Halted(at, group, "two in a row") : new JournalRecord.Resumed(at, group, "bob");
		case 16 -> new JournalRecord.Graded(at, group, Duration.ofHours(random.nextInt(99)), "");
		case 17 -> random.nextBoolean() ? new JournalRecord.Interrupted(at, token) : new JournalRecord.Draining(at, token);
		case 18 -> random.nextBoolean() ? new JournalRecord.TakenUp(at) : new JournalRecord.Jumped(at, Duration.ofSeconds(random.nextInt(-9999, 9999)));
		case 19 -> new JournalRecord.Watched(at, plan, group, "requests", random.nextDouble(), random.nextDouble(), at.plusSeconds(60), "EUR");
		default -> random.nextBoolean() ? new JournalRecord.Peaked(at, plan, random.nextDouble(), at) : new JournalRecord.Renewed(at, token, random.nextInt(5), "still");
		};
	}

	private static Intent intent(Random random, String token, String plan, String group, Instant at) {
		CreateRequest request = new CreateRequest(token, "n", group, "small", "a", "image", "", "", Map.of("k", "v"), "", at);
		Action.Kind kind = random.nextInt(4) == 0 ? Action.Kind.DELETE : Action.Kind.CREATE;
		return new Intent(token, plan, group, kind, "cloud" + random.nextInt(2), "small", "a", 1, kind == Action.Kind.DELETE ? "t" + random.nextInt(8) : "", "", "new:" + token, kind == Action.Kind.DELETE ? null : request, "vm", "r",
				Map.of("requests", 100.), at, at, at, at.plusSeconds(60), random.nextBoolean() ? Price.UNKNOWN : Price.of(.1, "EUR"), "requests", Double.NaN, 80);
	}

	private static Plan plan(String id, String group, Instant at) {
		return new Plan(id, group, Plan.State.PROPOSED, at, List.of(), List.of(new Action(Action.Kind.CREATE, "cloud", 1, "small", "a", "")), at, at, at, at, Duration.ofMinutes(2), Duration.ofMinutes(3), 4, .1, "EUR", "1 x .1",
				List.of(), List.of(), List.of(), "hash", List.of(), "needs one");
	}

	@Test
	void replayingTheSumIsReplayingTheWhole() throws Exception {
		int histories = Boolean.getBoolean("shadowweaver.full") ? 20_000 : 1500;
		for (int seed = 0; seed < histories; seed++) {
			Random random = new Random(seed);
			Ledger whole = ledger();
			Ledger summed = ledger();
			Instant at = Bed.START;
			int length = random.nextInt(120);
			for (int i = 1; i <= length; i++) {
				at = at.plusSeconds(random.nextInt(600));
				JournalRecord record = any(random, at);
				whole.apply(record);
				summed.apply(record);
				if (random.nextInt(20) == 0) {
					byte[] line = new JournalLine(i, summed.sum(at, i)).bytes();
					summed = ledger();
					summed.apply(JournalLine.of(line, 0, line.length - 1).record());
				}
				if (random.nextInt(30) == 0) {
					whole.forget(at.minusSeconds(3600));
					summed.forget(at.minusSeconds(3600));
				}
			}
			assertEquals(whole.sum(at, length), summed.sum(at, length), "history " + seed);
			assertEquals(whole.nextPlan("g"), summed.nextPlan("g"), "history " + seed);
			assertEquals(whole.leads().of("cloud0", "small"), summed.leads().of("cloud0", "small"), "history " + seed);
		}
	}

	/** A journal that is long enough to be summed up, of real records, and all of them entered in its trail. */
	private long fill() throws JournalException {
		try (Journal journal = new Journal(directory.resolve("journal"), FailPoint.NONE)) {
			Random random = new Random(7);
			for (int batch = 0; !journal.isLong(); batch++) {
				List<JournalRecord> records = new ArrayList<>();
				for (int i = 0; i < 400; i++) {
					JournalRecord record = any(random, Bed.START.minus(Duration.ofDays(9)).plusSeconds(batch));
					records.add(record instanceof JournalRecord.Switched ? new JournalRecord.Noted(record.at(), "x".repeat(2000)) : record);
				}
				journal.append(records);
			}
			return journal.number();
		}
	}

	private AuditCheck trail() throws IOException {
		return AuditTrail.verify(AuditTrail.in(directory).file());
	}

	@Test
	void deathAtEachPointOfTheSummingLosesNothingAndTheTrailStaysWhole() throws Exception {
		long before = fill();
		byte[] journal = Files.readAllBytes(directory.resolve("journal"));
		Ledger whole = ledger();
		try (Journal read = new Journal(directory.resolve("journal"), FailPoint.NONE)) {
			read.records().forEach(whole::apply);
		}
		JournalRecord.Summed expected = whole.sum(Bed.START, before);
		for (String point : List.of("summed.before", Journal.WRITTEN, Journal.RENAMED, "summed.after")) {
			Files.write(directory.resolve("journal"), journal);
			Files.deleteIfExists(AuditTrail.in(directory).file());
			Ledger dying = ledger();
			Journal killed = new Journal(directory.resolve("journal"), reached -> {
				if (reached.equals(point)) {
					throw new Killed();
				}
			});
			Recorder recorder = new Recorder(killed, dying, directory);
			boolean died = false;
			try {
				recorder.sumUp(Bed.START);
			} catch (Killed e) {
				died = true;
			}
			assertTrue(died, point);
			recorder.close();
			killed.close();
			Ledger next = ledger();
			try (Journal again = new Journal(directory.resolve("journal"), FailPoint.NONE)) {
				assertTrue(again.damage().isEmpty(), point + ": " + again.damage());
				try (Recorder reader = new Recorder(again, next, directory)) {
					assertEquals(expected, next.sum(Bed.START, before), point);
					assertFalse(Files.exists(directory.resolve("journal.new")), point);
					assertEquals("", reader.trouble(), point);
					assertTrue(reader.intend(List.of(new JournalRecord.Noted(Bed.START, "on it goes"))), point);
				}
				assertTrue(trail().whole(), point + ": " + trail());
				assertEquals(again.number(), trail().journal(), point + ": the trail is level with the journal");
			}
		}
	}

	@Test
	void aProvisionerSumsUpItsLongJournalAndGoesOn() throws Exception {
		long before = fill();
		long size = Files.size(directory.resolve("journal"));
		Bed bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.run(20);
		assertTrue(Files.size(directory.resolve("journal")) < size / 4, "from " + size + " to " + Files.size(directory.resolve("journal")));
		long ready = bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY && entry.group().equals("web")).count();
		assertTrue(ready >= 1, bed.view.queue().toString());
		bed.crash();
		bed.run(5);
		assertEquals(ready, bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY && entry.group().equals("web")).count());
		assertEquals(bed.creations(), bed.cloud.machines.size(), "nothing is made again");
		assertTrue(trail().whole() && trail().journal() > before, trail().toString());
		assertTrue(AuditTrail.in(directory).read(Bed.START, Instant.MAX).stream().anyMatch(entry -> entry.what().equals("summed up the journal")));
		bed.close();
	}

	@Test
	void aTrailThatWasMovedAwayAfterTheSummingSaysWhatItLacks() throws Exception {
		long before = fill();
		Bed bed = new Bed(directory);
		bed.run(1);
		bed.close();
		Files.delete(AuditTrail.in(directory).file());
		bed.provisioner = null;
		bed.run(1);
		bed.close();
		assertTrue(trail().whole(), trail().toString());
		assertTrue(AuditTrail.in(directory).read(Instant.MIN, Instant.MAX).getFirst().what().startsWith("could not enter records 1 to "), "of " + before);
	}

	@Test
	void aSumThatCannotBeWrittenLeavesTheJournalAsItIs() throws IOException, JournalException {
		try (Journal journal = new Journal(directory.resolve("other"), FailPoint.NONE)) {
			Files.createDirectory(directory.resolve("other.new"));
			journal.append(List.of(new JournalRecord.Noted(Bed.START, "one")));
			assertFalse(journal.sum(ledger().sum(Bed.START, 1)));
			assertTrue(journal.note().orElseThrow().contains("could not be summed up"), journal.note().get());
			journal.append(List.of(new JournalRecord.Noted(Bed.START, "two")));
			assertEquals(2, journal.number());
		}
		assertEquals(2, Files.readAllLines(directory.resolve("other")).size());
	}

	@Test
	void aFlippedByteInASumAndASumInTheMidstAreDamage() throws Exception {
		Path file = directory.resolve("journal");
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			journal.append(List.of(new JournalRecord.Noted(Bed.START, "one")));
			assertTrue(journal.sum(ledger().sum(Bed.START, 1)));
			journal.append(List.of(new JournalRecord.Noted(Bed.START, "two")));
			assertEquals(3, journal.number());
		}
		byte[] whole = Files.readAllBytes(file);
		for (int at = 0; at < whole.length; at++) {
			byte[] flipped = whole.clone();
			flipped[at] ^= 2;
			Files.write(file, flipped);
			try (Journal journal = new Journal(file, FailPoint.NONE)) {
				assertTrue(journal.damage().isPresent(), "byte " + at);
			}
		}
		Files.write(file, new JournalLine(1, new JournalRecord.Noted(Bed.START, "one")).bytes());
		Files.write(file, new JournalLine(2, ledger().sum(Bed.START, 1)).bytes(), StandardOpenOption.APPEND);
		try (Journal journal = new Journal(file, FailPoint.NONE)) {
			assertTrue(journal.damage().orElseThrow().contains("a sum stands in its midst"), journal.damage().get());
		}
	}
}
