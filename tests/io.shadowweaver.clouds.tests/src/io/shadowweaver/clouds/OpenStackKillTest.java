// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that makes servers on the real OpenStack is killed by a signal at named failpoints. Afterwards the cloud's own list holds
 * each intended server exactly once, and nothing of ours that the journal does not know.
 */
class OpenStackKillTest {
	@TempDir
	Path directory;
	private RealOpenStack cloud;

	@BeforeEach
	void begin() {
		cloud = RealOpenStack.up();
	}

	private void check(String estate, Set<String> known, String when) throws InterruptedException {
		List<RealOpenStack.Server> there = cloud.servers(estate);
		assertEquals(3, known.size(), when);
		assertEquals(known, new TreeSet<>(there.stream().map(RealOpenStack.Server::token).toList()), "known and there, " + when);
		assertEquals(3, there.size(), "each once, " + when + ": " + there);
		cloud.clear(estate);
	}

	/** An estate is killed again and again, each time in what the kill before left: three times, or in the long form at each named failpoint. */
	@Test
	void killedAtNamedFailpointsEachServerIsThereOnce() throws Exception {
		// the first server is there and not acknowledged; the next is meant and not asked for; then one is about to be acknowledged
		List<List<String>> estates = Boolean.getBoolean("shadowweaver.full") ? Lives.POINTS : List.of(List.of("create.after", "called.after", "acknowledged.before"));
		for (List<String> points : estates) {
			cloud.clear("killed");
			Path folder = Files.createDirectory(directory.resolve("estate-" + estates.indexOf(points)));
			Lives lives = OpenStackAccount.lives(cloud, folder, "killed");
			for (String point : points) {
				lives.killedAt(point, 1);
			}
			check("killed", lives.toTheEnd(), "after kills at " + points);
			System.out.println(points.size() + " kills at OpenStack");
		}
	}
}
