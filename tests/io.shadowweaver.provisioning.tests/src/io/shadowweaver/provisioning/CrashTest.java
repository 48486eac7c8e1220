// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.QueueEntry;

/** The process dies at each of its failpoints; what it meant to make is there exactly once after the next start. */
class CrashTest {
	/** Stands for the end of the process: nothing catches it, nothing is cleaned up. */
	private static final class Killed extends Error {
		private static final long serialVersionUID = 1L;
	}

	/** Ends the process at its n-th failpoint. */
	private static final class Countdown implements FailPoint {
		private int left;
		private String at = "";

		Countdown(int left) {
			this.left = left;
		}

		@Override
		public void reached(String point) {
			if (--left == 0) {
				at = point;
				throw new Killed();
			}
		}
	}

	@TempDir
	Path directory;

	private Bed bed(Path folder, int loseAnswers, int loseCalls) {
		Bed bed = new Bed(folder);
		bed.cloud.loseAnswers = loseAnswers;
		bed.cloud.loseCalls = loseCalls;
		bed.demand = minute -> 4 * Bed.SAFE * 1.4;
		bed.spread = 1.01;
		return bed;
	}

	/** Runs to the end, crashing at the given failpoints of the first, second, … life. */
	private List<String> live(Bed bed, int... kills) {
		List<String> died = new ArrayList<>();
		int life = 0;
		for (int minute = 0; minute < 60; minute++) {
			Countdown countdown = null;
			if (bed.provisioner == null) {
				countdown = new Countdown(life < kills.length ? kills[life++] : Integer.MAX_VALUE);
				bed.failPoint = countdown;
				bed.open();
			}
			Countdown current = (Countdown) bed.failPoint;
			try {
				bed.run(1);
			} catch (Killed e) {
				died.add(current.at);
				bed.crash();
			}
		}
		return died;
	}

	private static void checkExactlyOnce(Bed bed, String when) {
		Map<String, Integer> byToken = new HashMap<>();
		bed.cloud.machines.values().forEach(machine -> byToken.merge(machine.token(), 1, Integer::sum));
		byToken.forEach((token, count) -> assertEquals(1, count, when + ": the token " + token + " has " + count + " machines"));
		assertEquals(2, bed.cloud.machines.size(), when + ": two machines were needed, " + bed.cloud.log);
		assertTrue(bed.view.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY).count() == 2, when + ": " + bed.view.queue());
	}

	@Test
	void deathAtEachFailPointMakesEachMachineExactlyOnce() throws IOException {
		TreeSet<String> points = new TreeSet<>();
		int deaths = 0;
		for (int[] lost : new int[][] { { 0, 0 }, { 1, 0 }, { 0, 1 } }) {
			for (int kill = 1;; kill++) {
				Bed bed = bed(Files.createDirectory(directory.resolve(lost[0] + "-" + lost[1] + "-" + kill)), lost[0], lost[1]);
				List<String> died = live(bed, kill);
				checkExactlyOnce(bed, "killed at failpoint " + kill + " " + died);
				bed.close();
				points.addAll(died);
				deaths += died.size();
				if (died.isEmpty()) {
					break;
				}
			}
		}
		assertTrue(points.containsAll(List.of("decided.before", "decided.after", "called.before", "called.after", "create.before", "create.after", "acknowledged.before", "acknowledged.after", "moved.before", "moved.after")), points.toString());
		System.out.println("deaths survived: " + deaths + " at " + points);
	}

	@Test
	void aSecondDeathDuringTheRecoveryChangesNothing() throws IOException {
		for (int first = 1; first <= 8; first++) {
			for (int second = 1; second <= 6; second++) {
				Bed bed = bed(Files.createDirectory(directory.resolve(first + "-" + second)), 0, 0);
				List<String> died = live(bed, first, second);
				checkExactlyOnce(bed, "killed twice, at " + died);
				bed.close();
			}
		}
	}
}
