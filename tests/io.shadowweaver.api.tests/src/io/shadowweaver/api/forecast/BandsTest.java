// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;

import org.junit.jupiter.api.Test;

class BandsTest {
	private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

	/** Levels are the median + 10 × (level − .5); the medians are 100 and 200. */
	private static float[] values() {
		float[] values = new float[2 * Levels.COUNT];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) (100 * (1 + i / Levels.COUNT) + 10 * (Levels.level(i % Levels.COUNT) - .5));
		}
		return values;
	}

	private static Bands bands() {
		return new Bands(NOW, new long[] { 60_000, 180_000 }, values());
	}

	@Test
	void crossingOrInfiniteQuantilesAreRefused() {
		float[] crossing = values();
		crossing[3] = 1000;
		assertThrows(IllegalArgumentException.class, () -> new Bands(NOW, new long[] { 1, 2 }, crossing));
		float[] gap = values();
		gap[Levels.COUNT] = Float.NaN;
		assertThrows(IllegalArgumentException.class, () -> new Bands(NOW, new long[] { 1, 2 }, gap));
		assertThrows(IllegalArgumentException.class, () -> new Bands(NOW, new long[] { 2, 2 }, values()));
		assertThrows(IllegalArgumentException.class, () -> new Bands(NOW, new long[] { 1 }, values()));
	}

	@Test
	void betweenLeadsAndLevelsItIsLinear() {
		Bands bands = bands();
		assertEquals(100, bands.at(NOW, .5), 1e-4);
		assertEquals(150, bands.at(NOW.plusSeconds(120), .5), 1e-4);
		assertEquals(203, bands.at(NOW.plusSeconds(180), .8), 1e-4);
		assertEquals(204.9, bands.at(NOW.plusSeconds(180), .9999), 1e-4);
		assertTrue(Double.isNaN(bands.at(NOW.plusSeconds(181), .5)));
	}

	@Test
	void probabilityIsTheInverseOfTheQuantile() {
		Bands bands = bands();
		for (double level : new double[] { .05, .3, .5, .9 }) {
			assertEquals(1 - level, bands.probabilityAbove(0, bands.at(NOW, level)), 1e-4);
		}
		assertEquals(.995, bands.probabilityAbove(0, -1e9));
		assertEquals(.005, bands.probabilityAbove(0, 1e9));
	}
}
