// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.QueueEntry;

class DriftTest {
	@TempDir
	Path directory;
	private Bed bed;

	@BeforeEach
	void open() {
		bed = new Bed(directory);
	}

	@AfterEach
	void close() {
		bed.close();
	}

	/** A machine of this estate that somebody's lost journal knew. */
	private void orphan(String id) {
		bed.cloud.machines.put(id, new Instance(id, id, "sw-" + id, "vm-" + id, "small", "a", Instance.State.RUNNING, bed.now,
				Map.of(CreateRequest.ESTATE, "test", CreateRequest.GROUP, "web"), ""));
	}

	private List<Drift> drifts() {
		return bed.view.report().drifts();
	}

	@Test
	void anOrphanIsToldSinceItWasFirstSeen() {
		orphan("i9");
		bed.run(3);
		Drift drift = drifts().getFirst();
		assertEquals(Drift.Kind.ORPHAN, drift.kind());
		assertEquals(List.of("cloud", "i9", "sw-i9", "web"), List.of(drift.provider(), drift.instance(), drift.token(), drift.group()));
		Instant first = drift.since();
		bed.run(5);
		assertEquals(first, drifts().getFirst().since());
		bed.cloud.machines.clear();
		bed.run(2);
		assertEquals(List.of(), drifts());
	}

	@Test
	void anAdoptedMachineIsOursAlsoAfterARestart() {
		orphan("i9");
		bed.run(2);
		bed.provisioner.adopt("cloud", "i9", "web", "ann");
		bed.run(2);
		assertEquals(List.of(), drifts());
		QueueEntry entry = bed.view.queue().stream().filter(one -> one.token().equals("sw-i9")).findFirst().orElseThrow();
		assertEquals(QueueEntry.State.READY, entry.state());
		assertEquals("Adopted by ann.", entry.sentence());
		bed.close();
		bed.open();
		bed.run(2);
		assertEquals(List.of(), drifts());
		assertTrue(bed.cloud.log.isEmpty(), "an adoption calls nobody");
		// what was adopted and is removed by hand is missing like any other, and is not judged
		bed.cloud.machines.clear();
		bed.run(300);
		assertEquals(Drift.Kind.MISSING, drifts().getFirst().kind());
		assertTrue(bed.view.verdicts().isEmpty(), bed.view.verdicts().toString());
	}

	@Test
	void anOrphanIsRemovedOnceAPersonSaysSo() {
		orphan("i9");
		bed.run(2);
		bed.provisioner.remove("cloud", "i9", "ann");
		bed.run(10);
		assertEquals(List.of("delete i9"), bed.cloud.log);
		assertEquals(List.of(), drifts());
		assertTrue(bed.view.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.DELETED), bed.view.queue().toString());
	}

	@Test
	void whatIsNotOfThisEstateIsNeitherAdoptedNorRemoved() {
		bed.cloud.machines.put("i8", new Instance("i8", "i8", "sw-8", "vm-8", "small", "a", Instance.State.RUNNING, bed.now, Map.of(CreateRequest.ESTATE, "other"), ""));
		bed.run(2);
		bed.provisioner.remove("cloud", "i8", "ann");
		bed.provisioner.adopt("cloud", "no-such", "web", "ann");
		bed.run(5);
		assertTrue(bed.cloud.log.isEmpty() && bed.view.queue().isEmpty());
		assertTrue(bed.view.statuses().get(Provisioner.JOURNAL).sentence().contains("ann could not adopt no-such"), bed.view.statuses().toString());
	}

	@Test
	void aPersonProlongsWhatIsOverdueAlsoWhatWasAdoptedAndTheJournalKeepsIt() {
		orphan("i9");
		bed.run(2);
		bed.provisioner.adopt("cloud", "i9", "web", "ann");
		bed.run(2);
		bed.now = bed.now.plus(Duration.ofDays(31));
		bed.run(1);
		assertEquals(List.of(Drift.Kind.OVERDUE), drifts().stream().map(Drift::kind).toList(), "also where the provider keeps no date");
		bed.provisioner.prolong("cloud", "i9", bed.now.plus(Duration.ofDays(31)), "ann");
		bed.run(1);
		assertTrue(bed.view.statuses().get(Provisioner.JOURNAL).sentence().contains("ann could not prolong i9 at cloud: it would not be reviewed until"), bed.view.statuses().toString());
		bed.provisioner.prolong("cloud", "i9", bed.now.plus(Duration.ofDays(20)), "ann");
		bed.run(1);
		assertEquals(List.of(), drifts());
		bed.crash();
		bed.run(2);
		assertEquals(List.of(), drifts());
		bed.now = bed.now.plus(Duration.ofDays(21));
		bed.run(1);
		assertEquals(List.of(Drift.Kind.OVERDUE), drifts().stream().map(Drift::kind).toList());
		bed.provisioner.prolong("cloud", "no-such", bed.now.plus(Duration.ofDays(1)), "ann");
		bed.run(1);
		assertTrue(bed.view.statuses().get(Provisioner.JOURNAL).sentence().contains("it is no machine of ours"), bed.view.statuses().toString());
	}

	@Test
	void aMachineOfOursThatChangedOrIsOverdueOrGoneIsTold() {
		orphan("i9");
		bed.run(2);
		bed.provisioner.adopt("cloud", "i9", "web", "ann");
		bed.run(2);
		bed.cloud.machines.put("i9", new Instance("i9", "i9", "sw-i9", "vm-i9", "large", "a", Instance.State.RUNNING, bed.now,
				Map.of(CreateRequest.ESTATE, "test", CreateRequest.REVIEW, bed.now.minus(Duration.ofDays(1)).toString()), ""));
		bed.run(2);
		assertEquals(List.of(Drift.Kind.OVERDUE, Drift.Kind.CHANGED), drifts().stream().map(Drift::kind).toList());
		assertTrue(drifts().get(1).sentence().contains("it is a large and was a small"), drifts().get(1).sentence());
		bed.cloud.machines.put("i9", new Instance("i9", "i9", "sw-i9", "vm-i9", "small", "a", Instance.State.RUNNING, bed.now,
				Map.of(CreateRequest.ESTATE, "test", CreateRequest.REVIEW, "soon"), ""));
		bed.run(2);
		assertFalse(drifts().stream().anyMatch(drift -> drift.kind() == Drift.Kind.OVERDUE), "a date that nobody can read is no date");
		bed.cloud.machines.clear();
		bed.run(5);
		assertEquals(List.of(Drift.Kind.MISSING), drifts().stream().map(Drift::kind).toList());
	}
}
