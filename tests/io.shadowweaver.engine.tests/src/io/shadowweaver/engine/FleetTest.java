// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.provisioning.ProvisioningSettings;

/** The product's promise: over ten seeds and three days, who only observes is critical every day, who acts never is. */
class FleetTest {
	private static final int DAYS = 3;
	private static final int SEEDS = Integer.getInteger("shadowweaver.fleet.seeds", 10);

	@TempDir
	Path directory;

	@Test
	void observeIsCriticalEveryDayAndAutoNever() throws Exception {
		double unused = 0;
		for (int seed = 1; seed <= SEEDS; seed++) {
			long start = System.nanoTime();
			FleetRun.Result observed = new FleetRun(directory.resolve("o" + seed), seed).quiet().run(DAYS);
			FleetRun.Result acted = new FleetRun(directory.resolve("a" + seed), seed).quiet()
					.with(Map.of("web", Mode.AUTO), ProvisioningSettings.defaults().withScaleIn(Set.of("web"))).run(DAYS);
			System.out.printf("seed %d: observe %d min critical on days %s; auto %d min, unused %.1f %%, %d made, %d removed; %.1f s%n", seed,
					observed.violationMinutes(), observed.criticalDays(), acted.violationMinutes(), acted.unused() * 100, acted.created(),
					acted.deleted(), (System.nanoTime() - start) / 1e9);
			assertEquals(DAYS, observed.criticalDays().size(), "observe, seed " + seed);
			assertEquals(0, acted.violationMinutes(), "auto, seed " + seed);
			unused += acted.unused() / SEEDS;
		}
		assertTrue(unused <= .6, "mean unused capacity " + unused);
	}
}
