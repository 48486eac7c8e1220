// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.Mode;

/** Days and nights of a web tier: without help it is critical every day; automation keeps it from that without hoarding. */
class ThreeDaysTest {
	private static final double CRITICAL = .9;

	@TempDir
	Path directory;

	private record Outcome(int criticalDays, double worst, double unused, long made, long removed) {
	}

	@Test
	void autoNeverCrossesCriticalWhereObserveDoesEveryDay() throws Exception {
		double unused = 0;
		for (int seed = 0; seed < 10; seed++) {
			Outcome observe = run(seed, Mode.OBSERVE);
			Outcome auto = run(seed, Mode.AUTO);
			assertEquals(3, observe.criticalDays(), "seed " + seed + ": " + observe);
			assertEquals(0, auto.criticalDays(), "seed " + seed + ": " + auto);
			assertTrue(auto.removed() > 0, "seed " + seed + ": the nights are used: " + auto);
			unused += auto.unused() / 10;
			System.out.printf("seed %d: observe %s, auto %s%n", seed, observe, auto);
		}
		assertTrue(unused <= .6, "mean unused capacity " + unused);
		System.out.printf("mean unused capacity of auto: %.3f%n", unused);
	}

	/** Three days a minute a tick, from midnight on; the forecast knows the pattern, is off by a slowly moving error, and says how sure it is. */
	private Outcome run(int seed, Mode mode) throws Exception {
		Random random = new Random(seed);
		double[] noise = new double[3 * 1440 + 2000];
		double[] error = new double[noise.length];
		double drift = 0;
		double wrong = 0;
		for (int minute = 0; minute < noise.length; minute++) {
			drift = .9 * drift + .012 * random.nextGaussian();
			wrong = .995 * wrong + .003 * random.nextGaussian();
			noise[minute] = drift;
			error[minute] = wrong;
		}
		double phase = random.nextDouble() * 120;
		Bed bed = new Bed(Files.createDirectory(directory.resolve(mode + "-" + seed)));
		bed.mode = mode;
		bed.settings = ProvisioningSettings.defaults().withScaleIn(Set.of("web"));
		bed.spread = 1.08;
		int days = 0;
		boolean critical = false;
		double worst = 0;
		double idle = 0;
		int ticks = 3 * 1440;
		try (bed) {
			for (int minute = 0; minute < ticks; minute++) {
				int at = minute;
				// the pattern shifted by the error is what the forecast sees, the noisy one is what comes
				bed.demand = ahead -> ahead == at ? pattern(ahead, phase) * (1 + noise[at]) : pattern(ahead, phase) * (1 + error[(int) Math.min(noise.length - 1, ahead)]);
				bed.now = Bed.START.plus(Duration.ofMinutes(minute));
				bed.step();
				double use = pattern(minute, phase) * (1 + noise[minute]) / (bed.members().size() * 100.);
				worst = Math.max(worst, use);
				idle += (1 - Math.min(1, use)) / ticks;
				critical |= use >= CRITICAL;
				if (minute % 1440 == 1439) {
					days += critical ? 1 : 0;
					critical = false;
				}
			}
			return new Outcome(days, worst, idle, bed.creations(), bed.cloud.log.stream().filter(line -> line.startsWith("delete")).count());
		}
	}

	private static double pattern(double minute, double phase) {
		double day = -Math.cos((minute + phase) / 1440 * 2 * Math.PI);
		return 420 + 330 * day + 40 * Math.sin((minute + phase) / 360 * 2 * Math.PI);
	}
}
