// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that makes containers is killed by a signal at named failpoints; each intended container is there exactly once. */
class PodmanKillTest {
	/** So many estates are killed at each named failpoint with {@code -Dshadowweaver.full=true}, and so many kills there are in all. */
	private static final int ROUNDS = 4;
	private static final int KILLS = 100;
	private static final int LATEST = 12;

	@TempDir
	Path directory;
	private RealPodman podman;

	@BeforeEach
	void begin() {
		podman = RealPodman.up();
	}

	private Lives lives(String estate) {
		podman.clear(estate);
		return PodmanAccount.lives(podman, directory, estate, podman.endpoint());
	}

	private void check(String estate, Set<String> known, String when) {
		PodmanFaultsTest.exactlyOnce(podman, estate, known, when);
		podman.clear(estate);
	}

	/** Around the call in the short form. */
	@Test
	void killedAtNamedFailpointsEachContainerIsThereOnce() throws Exception {
		boolean full = Boolean.getBoolean("shadowweaver.full");
		List<List<String>> estates = full ? Lives.POINTS : List.of(List.of("create.before", "create.after"));
		for (int round = 1; round <= (full ? ROUNDS : 1); round++) {
			for (List<String> points : estates) {
				String estate = "killed-" + round + "-" + estates.indexOf(points);
				Lives lives = lives(estate);
				for (String point : points) {
					lives.killedAt(point, 1);
				}
				check(estate, lives.toTheEnd(), "after kills at " + points);
				System.out.println(points.size() + " kills at podman");
			}
		}
	}

	/** Each life ends at some failpoint that it reaches; once in the short form. */
	@Test
	void killedAnywhereEachContainerIsThereOnce() throws Exception {
		int left = Boolean.getBoolean("shadowweaver.full") ? KILLS - ROUNDS * Lives.POINTS.stream().mapToInt(List::size).sum() : 1;
		SplittableRandom random = new SplittableRandom(4);
		for (int number = 1; left > 0; number++) {
			String estate = "killed-anywhere-" + number;
			Lives lives = lives(estate);
			Set<String> known = Set.of();
			int kills = 0;
			while (known.isEmpty() && kills < left) {
				known = lives.killedAtAny(1 + random.nextInt(LATEST));
				kills += known.isEmpty() ? 1 : 0;
			}
			check(estate, known.isEmpty() ? lives.toTheEnd() : known, "after " + kills + " kills");
			System.out.println(kills + " kills at podman");
			left -= kills;
		}
	}
}
