// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Selector;

class PaletteTest {
	private static final Limits LIMITS = new Limits(.7, .9, 1);

	@Test
	void theFiveColoursStandAtTheirAnchors() {
		for (Palette palette : Palette.values()) {
			double[] anchors = { 0, .35, .7, .9, 1 };
			for (int i = 0; i < anchors.length; i++) {
				assertEquals(Integer.toHexString(palette.stop(i)), Integer.toHexString(palette.colour(anchors[i], LIMITS)), palette + " at " + anchors[i]);
			}
			assertEquals(palette.stop(0), palette.colour(-1, LIMITS));
			assertEquals(palette.stop(4), palette.colour(1.4, LIMITS));
			assertEquals(palette.stale(), palette.colour(Double.NaN, LIMITS));
		}
	}

	@Test
	void neighboursDifferLittle() {
		for (Palette palette : Palette.values()) {
			int last = palette.colour(0, LIMITS);
			for (double value = 0; value <= 1; value += .002) {
				int colour = palette.colour(value, LIMITS);
				for (int shift = 0; shift <= 16; shift += 8) {
					assertTrue(Math.abs((colour >> shift & 255) - (last >> shift & 255)) <= 12, palette + " jumps at " + value);
				}
				last = colour;
			}
		}
	}

	@Test
	void textReadsOnEveryColour() {
		for (Palette palette : Palette.values()) {
			for (int i = 0; i < 5; i++) {
				double contrast = contrast(palette.stop(i), Palette.textOn(palette.stop(i)));
				assertTrue(contrast >= 3, palette + " stop " + i + " has contrast " + contrast);
			}
			assertTrue(contrast(palette.ground(), palette.text()) >= 7, palette + " text");
			assertTrue(contrast(palette.ground(), palette.predicted()) >= 4.5, palette + " predicted");
			assertTrue(contrast(palette.ground(), palette.unusual()) >= 4.5, palette + " unusual");
		}
	}

	@Test
	void whatIsUnusualLooksLikeNoWarningAndNoBreach() {
		for (Palette palette : Palette.values()) {
			for (int stop = 2; stop < 5; stop++) {
				assertTrue(distance(palette.unusual(), palette.stop(stop)) > 150, palette + " stop " + stop);
			}
			assertTrue(distance(palette.unusual(), palette.predicted()) > 60, palette + " predicted");
		}
	}

	private static double distance(int one, int other) {
		double sum = 0;
		for (int shift = 0; shift <= 16; shift += 8) {
			sum += Math.pow((one >> shift & 255) - (other >> shift & 255), 2);
		}
		return Math.sqrt(sum);
	}

	private static double contrast(int one, int other) {
		double a = luminance(one);
		double b = luminance(other);
		return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
	}

	private static double luminance(int rgb) {
		double[] weights = { .0722, .7152, .2126 };
		double sum = 0;
		for (int i = 0; i < 3; i++) {
			double channel = (rgb >> 8 * i & 255) / 255.;
			sum += weights[i] * (channel <= .03928 ? channel / 12.92 : Math.pow((channel + .055) / 1.055, 2.4));
		}
		return sum;
	}

	@Test
	void theMostSpecificRuleHolds() {
		Threshold any = rule("a", "", Map.of(), .5);
		Threshold kind = rule("b", "vm", Map.of(), .6);
		Threshold label = rule("c", "", Map.of("tier", "web"), .7);
		Resource web = Resource.live("web-1", "vm", "web-1", Map.of("tier", "web"), Map.of());
		Resource db = Resource.live("db-1", "vm", "db-1", Map.of("tier", "db"), Map.of());
		assertEquals(Optional.of(label), Limits.rule(java.util.List.of(any, kind, label), web, "cpu"));
		assertEquals(Optional.of(kind), Limits.rule(java.util.List.of(any, kind, label), db, "cpu"));
		assertEquals(Optional.empty(), Limits.rule(java.util.List.of(any), db, "memory"));
		assertThrows(IllegalArgumentException.class, () -> new Limits(.9, .7, 1));
	}

	private static Threshold rule(String id, String kind, Map<String, String> labels, double warning) {
		return new Threshold(id, "cpu", kind, new Selector(labels), warning, .9, .4, .9, "");
	}

	@Test
	void anIdIsMadeOfTheNameAndFree() {
		assertEquals("my-prometheus-9090", PlatformBackend.free("My Prometheus: 9090!", java.util.Set.of()));
		assertEquals("web-3", PlatformBackend.free("web", java.util.Set.of("web", "web-2")));
		assertEquals("estate", PlatformBackend.free("日本", java.util.Set.of()));
	}
}
