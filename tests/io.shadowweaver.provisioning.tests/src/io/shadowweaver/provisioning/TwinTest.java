// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.QueueEntry;

/** A provider that makes two machines of one token: the one that the journal knows stays, the other is a person's to adopt or delete. */
class TwinTest {
	@TempDir
	Path directory;
	private Bed bed;

	@BeforeEach
	void open() {
		bed = new Bed(directory);
		bed.demand = minute -> 4 * Bed.SAFE * 1.2;
		bed.spread = 1.01;
		bed.cloud.doubles = 1;
	}

	@AfterEach
	void close() {
		bed.close();
	}

	private List<Drift> orphans() {
		return bed.view.report().drifts().stream().filter(drift -> drift.kind() == Drift.Kind.ORPHAN).toList();
	}

	private void checkTwin(String kept, String other) {
		assertEquals(List.of(other), orphans().stream().map(Drift::instance).toList());
		String sentence = orphans().getFirst().sentence();
		assertTrue(sentence.contains("made more than one machine") && sentence.contains(kept) && sentence.contains(other) && sentence.contains("the journal knows " + kept), sentence);
		assertEquals("web", orphans().getFirst().group());
		Status status = bed.view.statuses().get("cloud");
		assertEquals(Status.State.DEGRADED, status.state());
		assertTrue(status.sentence().contains(other), status.sentence());
	}

	@Test
	void bothAreNamedAndAutomationGoesOn() {
		bed.run(20);
		checkTwin("i1", "i2");
		assertEquals(QueueEntry.State.READY, bed.entry(0).state());
		long made = bed.creations();
		assertEquals(bed.cloud.machines.size(), made + 1, "no third one was made of that token");
		assertTrue(bed.cloud.log.stream().noneMatch(line -> line.startsWith("delete")), bed.cloud.log.toString());
		bed.demand = minute -> 4 * Bed.SAFE * 2;
		bed.run(60);
		assertTrue(bed.creations() > made, "the group and the account are still automated: " + bed.view.statuses());
		checkTwin("i1", "i2");
	}

	@Test
	void theOldestIsTakenWhereTheAnswerWasLostAndTheChoiceHoldsOverARestart() {
		bed.cloud.loseAnswers = 1;
		bed.run(6);
		checkTwin("i1", "i2");
		bed.crash();
		bed.run(6);
		checkTwin("i1", "i2");
		assertTrue(bed.view.queue().stream().filter(entry -> entry.token().equals(orphans().getFirst().token())).allMatch(entry -> entry.resource().equals("vm-i1")), bed.view.queue().toString());
	}

	@Test
	void theTwinIsAdopted() {
		bed.run(10);
		bed.provisioner.adopt("cloud", "i2", "web", "ann");
		bed.run(2);
		assertEquals(List.of(), orphans());
		bed.crash();
		bed.run(2);
		assertEquals(List.of(), orphans());
		assertEquals(List.of("vm-i1", "vm-i2"), bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).map(QueueEntry::resource).filter(id -> List.of("vm-i1", "vm-i2").contains(id)).sorted().toList());
		bed.cloud.machines.remove("i2");
		bed.run(5);
		assertEquals(List.of("i2"), bed.view.report().drifts().stream().filter(drift -> drift.kind() == Drift.Kind.MISSING).map(Drift::instance).toList());
	}

	@Test
	void theTwinIsRemovedAndTheOtherStays() {
		bed.run(10);
		bed.provisioner.remove("cloud", "i1", "ann");
		bed.provisioner.remove("cloud", "i2", "ann");
		bed.run(10);
		assertEquals(List.of("delete i2"), bed.cloud.log.stream().filter(line -> line.startsWith("delete")).toList());
		assertEquals(List.of(), bed.view.report().drifts());
		assertTrue(bed.cloud.machines.containsKey("i1"));
	}

	@Test
	void aMachineThatIsListedTwiceIsOneAndAContradictionIsSaid() throws PluginException {
		ListedCloud cloud = new ListedCloud() {
			@Override
			public synchronized List<Instance> list() {
				return List.of(machine("i1", "t", Instance.State.PENDING), machine("i1", "t", Instance.State.RUNNING));
			}
		};
		Snapshot snapshot = Snapshot.of(cloud, Bed.START);
		assertEquals(List.of(Instance.State.RUNNING), snapshot.machines("t").stream().map(Instance::state).toList());
		ListedCloud liar = new ListedCloud() {
			@Override
			public synchronized List<Instance> list() {
				return List.of(machine("i1", "t", Instance.State.PENDING), machine("i1", "u", Instance.State.PENDING));
			}
		};
		assertTrue(assertThrows(PluginException.class, () -> Snapshot.of(liar, Bed.START)).getMessage().contains("contradicts itself: the id i1"));
	}

	private static Instance machine(String id, String token, Instance.State state) {
		return new Instance(id, id, token, "vm-" + id, "small", "a", state, Instant.EPOCH, Map.of(), "");
	}
}
