// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.ScalingGroup;

/** What carries load is taken out of what hands it load, and is removed when the drain time is over. */
class DrainTest {
	@TempDir
	Path directory;
	private Bed bed;
	private final List<String> points = new ArrayList<>();
	private int failing;

	@BeforeEach
	void open() {
		bed = new Bed(directory);
		bed.settings = ProvisioningSettings.defaults().withScaleIn(Set.of("web"));
		bed.demand = minute -> 4 * Bed.SAFE * (minute < 60 ? 1.2 : .3);
		bed.failPoint = point -> {
			points.add(point);
			if (point.equals("drain.before")) {
				bed.cloud.drainFailure = failing-- > 0 ? new IllegalStateException("The balancer did not answer.") : null;
			}
		};
	}

	@AfterEach
	void close() {
		bed.close();
	}

	private void drain(Duration time) {
		ScalingGroup web = bed.group;
		bed.group = new ScalingGroup(web.id(), web.name(), web.members(), web.scaling(), web.owner(), web.min(), web.max(), web.step(), web.template(), web.placement(), web.demand(), web.readinessCheck(), time);
	}

	private boolean deleted() {
		return bed.cloud.log.stream().anyMatch(line -> line.startsWith("delete"));
	}

	private void untilDrained(int times) {
		for (int minute = 0; minute < 300 && bed.cloud.drained.size() < times; minute++) {
			bed.run(1);
		}
		assertEquals(times, bed.cloud.drained.size(), "drained in time");
	}

	@Test
	void aMachineIsDrainedThenTheDrainTimePassesThenItGoes() {
		drain(Duration.ofMinutes(30));
		untilDrained(1);
		assertFalse(deleted());
		bed.run(29);
		assertFalse(deleted(), "its drain time is not over, though its plan may be void by now");
		bed.run(3);
		assertTrue(bed.cloud.log.contains("delete " + bed.cloud.drained.getFirst()), bed.cloud.log.toString());
		assertEquals(bed.cloud.drained.size(), Set.copyOf(bed.cloud.drained).size(), "each once");
		assertTrue(points.indexOf("drain.before") < points.indexOf("drain.after") && points.indexOf("drain.after") < points.indexOf("delete.before"), "in this order");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, -1 })
	void aClockThatIsSetMakesADrainNeitherShorterNorLonger(long hours) {
		drain(Duration.ofMinutes(30));
		untilDrained(1);
		bed.run(5);
		bed.jump(Duration.ofHours(hours));
		bed.run(23);
		assertFalse(deleted(), "28 minutes have passed");
		bed.run(5);
		assertTrue(deleted(), bed.view.queue().toString());
	}

	@Test
	void withoutADrainTimeItIsDrainedOnceAllTheSame() {
		untilDrained(1);
		bed.run(2);
		assertTrue(deleted());
		assertEquals(1, bed.cloud.drained.stream().filter(bed.cloud.drained.getFirst()::equals).count());
	}

	@Test
	void aDrainThatFailedOnceIsTriedAgain() {
		failing = 1;
		untilDrained(2);
		assertEquals(bed.cloud.drained.get(0), bed.cloud.drained.get(1));
		bed.run(2);
		assertTrue(deleted());
		assertFalse(bed.view.statuses().get(Provisioner.JOURNAL).sentence().contains("could not be drained"));
	}

	@Test
	void whatCannotBeDrainedInThreeAttemptsIsSaidAndRemoved() {
		failing = 3;
		untilDrained(3);
		bed.run(4);
		assertTrue(deleted());
		assertTrue(bed.view.statuses().get(Provisioner.JOURNAL).sentence().contains("could not be drained in 3 attempts"), bed.view.statuses().toString());
	}

	@Test
	void theNextProcessDrainsAgainAndCountsTheTimeAnew() {
		drain(Duration.ofMinutes(5));
		untilDrained(1);
		bed.run(3);
		bed.crash();
		bed.run(1);
		assertEquals(2, bed.cloud.drained.size());
		bed.run(4);
		assertFalse(deleted());
		bed.run(2);
		assertTrue(deleted());
	}

	@Test
	void deathDuringADrainOnlyHasItRepeated() {
		for (String point : List.of("drain.before", "drain.after")) {
			Bed mortal = new Bed(directory.resolve(point));
			mortal.settings = bed.settings;
			mortal.demand = bed.demand;
			boolean[] died = { false };
			mortal.failPoint = reached -> {
				if (reached.equals(point) && !died[0]) {
					died[0] = true;
					throw new Error("the process ends");
				}
			};
			for (int minute = 0; minute < 200; minute++) {
				try {
					mortal.run(1);
				} catch (Error e) {
					assertEquals("the process ends", e.getMessage());
					mortal.crash();
				}
			}
			List<String> deleted = mortal.cloud.log.stream().filter(line -> line.startsWith("delete ")).map(line -> line.substring(7)).toList();
			assertTrue(died[0] && !deleted.isEmpty(), point);
			assertEquals(mortal.creations(), deleted.size(), point + ": all that was made is gone, once");
			assertTrue(mortal.cloud.drained.containsAll(deleted), point);
			assertEquals(deleted.size() + (point.equals("drain.after") ? 1 : 0), mortal.cloud.drained.size(), point);
			mortal.close();
		}
	}

	@Test
	void whatNeverBecameReadyIsRemovedWithoutDraining() {
		bed.cloud.duds.addAll(List.of(1, 2, 3, 4, 5, 6, 7, 8));
		bed.run(50);
		assertTrue(deleted(), bed.view.queue().toString());
		assertTrue(bed.view.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.DELETED));
		assertEquals(List.of(), bed.cloud.drained);
	}
}
