// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** The product's promise: over ten seeds and three days, who only observes is critical every day, who acts never is. */
class FleetTest {
	private static final int DAYS = 3;
	private static final int SEEDS = 10;
	/** Held here, since the log manager forgets a logger that nobody holds. */
	private static final Logger QUIET = Logger.getLogger("io.shadowweaver");

	@TempDir
	Path directory;

	private record Pair(int seed, FleetRun.Result observed, FleetRun.Result acted) {
	}

	private Pair both(int seed) throws Exception {
		return new Pair(seed, new FleetRun(directory.resolve("o" + seed), seed).quiet().run(DAYS),
				new FleetRun(directory.resolve("a" + seed), seed).quiet()
						.with(Map.of("web", Mode.AUTO), ProvisioningSettings.defaults().withScaleIn(Set.of("web"))).run(DAYS));
	}

	@Test
	void observeIsCriticalEveryDayAndAutoNever() throws Exception {
		Level before = QUIET.getLevel();
		QUIET.setLevel(Level.WARNING);
		ExecutorService two = Executors.newFixedThreadPool(2);
		try {
			List<Future<Pair>> pairs = new ArrayList<>();
			for (int seed = 1; seed <= SEEDS; seed++) {
				int one = seed;
				pairs.add(two.submit(() -> both(one)));
			}
			double unused = 0;
			for (Future<Pair> future : pairs) {
				Pair pair = future.get();
				System.out.printf("seed %d: observe %d min critical on %d days; auto %d min, %.1f %% unused, %d made, %d removed%n", pair.seed(),
						pair.observed().violationMinutes(), pair.observed().criticalDays().size(), pair.acted().violationMinutes(),
						pair.acted().unused() * 100, pair.acted().created(), pair.acted().deleted());
				assertEquals(DAYS, pair.observed().criticalDays().size(), "observe, seed " + pair.seed());
				assertEquals(0, pair.acted().violationMinutes(), "auto, seed " + pair.seed());
				unused += pair.acted().unused() / SEEDS;
			}
			assertTrue(unused <= .6, "mean unused capacity " + unused);
		} finally {
			two.shutdownNow();
			QUIET.setLevel(before);
		}
	}
}
