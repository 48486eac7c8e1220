// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that makes containers is killed by a signal at named failpoints; each intended container is there exactly once. */
class PodmanKillTest {
	/** How often the points are gone through with {@code -Dshadowweaver.full=true}: at the first, the second, … time that each is reached. */
	private static final int ROUNDS = 3;

	@TempDir
	Path directory;
	private RealPodman podman;

	@BeforeEach
	void begin() {
		podman = RealPodman.up();
	}

	@Test
	void killedAtNamedFailpointsEachContainerIsThereOnce() throws Exception {
		boolean full = Boolean.getBoolean("shadowweaver.full");
		int kills = 0;
		for (String point : full ? Lives.POINTS : Lives.POINTS.subList(4, 6)) {
			for (int time = 1; time <= (full ? ROUNDS : 1); time++) {
				// a plan is decided and its intents are called once for all
				if (time > 1 && (point.startsWith("decided") || point.startsWith("called"))) {
					continue;
				}
				String estate = "killed-" + point.replace('.', '-') + "-" + time;
				podman.clear(estate);
				Lives lives = PodmanAccount.lives(podman, directory, estate, podman.endpoint());
				lives.killedAt(point, time);
				PodmanFaultsTest.exactlyOnce(podman, estate, lives.toTheEnd(), "killed at " + point + " for the " + time + ". time");
				podman.clear(estate);
				kills++;
			}
		}
		System.out.println(kills + " kills at podman");
	}
}
