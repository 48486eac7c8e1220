// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class HeatScaleTest {
	private static final Limits LIMITS = new Limits(.75, .9, 1, true);
	/**
	 * Normal, protan, deutan and tritan sight on linear RGB, severity 1. G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based
	 * Model for Simulation of Color Vision Deficiency. IEEE Transactions on Visualization and Computer Graphics 15(6), 2009, pages 1291 to 1298.
	 */
	private static final double[][] SIGHTS = { { 1, 0, 0, 0, 1, 0, 0, 0, 1 },
			{ .152286, 1.052583, -.204868, .114503, .786281, .099216, -.003882, -.048116, 1.051998 },
			{ .367322, .860646, -.227968, .280085, .672501, .047413, -.011820, .042940, .968881 },
			{ 1.255528, -.076749, -.178779, -.078411, .930809, .147602, .004733, .691367, .303900 } };

	@Test
	void anchorsHaveTheColoursOfThePalette() {
		for (Palette palette : Palette.all()) {
			HeatScale scale = HeatScale.of(LIMITS, palette);
			double[] anchors = { 0, .375, .75, .9, 1 };
			for (int i = 0; i < anchors.length; i++) {
				assertEquals(palette.heat().get(i), scale.colour(anchors[i]), palette.id() + " at " + anchors[i]);
			}
			assertEquals(palette.breach(), scale.colour(1.4));
			assertEquals(palette.heat().getFirst(), scale.colour(-1));
		}
	}

	@Test
	void theSpecifiedColours() {
		assertEquals(List.of(0x285247, 0x68B07F, 0xE8D174, 0xF6851C, 0xCB0812), Palette.DARK.heat());
		assertEquals(List.of(0x314D8A, 0x8AB6DE, 0xF7F5C6, 0xFEAF1B, 0xDC3D34), Palette.SAFE_DARK.heat());
		assertEquals(List.of(0xA0D4BA, 0x4B8B5A, 0xCEB604, 0xAF6B14, 0x7A0904), Palette.LIGHT.heat());
		assertEquals(List.of(0xB1C8E2, 0x366798, 0xCDB57A, 0xC4630A, 0x621907), Palette.SAFE_LIGHT.heat());
	}

	@Test
	void oklabMixesWithoutAMuddyMiddleAndMeetsItsEnds() {
		assertEquals(0x123456, Oklab.mix(0x123456, 0xFEDCBA, 0));
		assertEquals(0xFEDCBA, Oklab.mix(0x123456, 0xFEDCBA, 1));
		// Of Ottosson's article: half way from blue to white is 0x8CABFF-like, not the grey-violet of plain RGB.
		int middle = Oklab.mix(0x0000FF, 0xFFFFFF, .5);
		assertTrue((middle >> 8 & 255) > (middle >> 16 & 255) + 10, Integer.toHexString(middle));
		for (int rgb : new int[] { 0, 0xFFFFFF, 0xCB0812, 0x00FF00 }) {
			assertEquals(rgb, Oklab.mix(rgb, rgb, .37));
		}
	}

	@Test
	void anyTwoStopsAreFarApartInEveryKindOfSight() {
		for (Palette palette : Palette.all()) {
			apart(palette, palette.heat(), palette.id().startsWith("safe") ? 30 : 25);
		}
	}

	@Test
	void theOtherRampsAndHuesAreToldApartInEveryKindOfSight() {
		for (Palette palette : Palette.all()) {
			apart(palette, palette.difference(), 25);
			apart(palette, palette.uncertainty(), 25);
			apart(palette, palette.parts(), 40);
		}
	}

	/** The steps of a palette that only looks right with a green of its own are lost with deuteranopia. */
	@Test
	void aTrafficLightWouldNotDo() {
		assertThrows(AssertionError.class, () -> apart(Palette.DARK, List.of(0x2E9E4F, 0xB07A1E), 25));
	}

	private static void apart(Palette palette, List<Integer> colours, double least) {
		for (int sight = 0; sight < SIGHTS.length; sight++) {
			for (int i = 1; i < colours.size(); i++) {
				for (int j = 0; j < i; j++) {
					double distance = distance(seen(colours.get(i), SIGHTS[sight]), seen(colours.get(j), SIGHTS[sight]));
					assertTrue(distance >= least, "%s, sight %d: #%06x and #%06x are %.1f apart".formatted(palette.id(), sight, colours.get(j), colours.get(i), distance));
				}
			}
		}
	}

	@Test
	void providersAreToldApartInEveryKindOfSight() {
		for (Palette palette : Palette.all()) {
			for (double[] sight : SIGHTS) {
				for (int one : palette.providers()) {
					assertTrue(distance(seen(one, sight), seen(palette.ground(), sight)) >= 30, palette.id() + ": " + Integer.toHexString(one) + " is lost on the ground");
					for (int other : palette.providers()) {
						double distance = distance(seen(one, sight), seen(other, sight));
						assertTrue(one == other || distance >= 35, palette.id() + ": " + Integer.toHexString(one) + " and " + Integer.toHexString(other) + ": " + distance);
					}
				}
			}
		}
	}

	@Test
	void anchorsMustAscend() {
		assertThrows(IllegalArgumentException.class, () -> new HeatScale(List.of(0., 0.), List.of(1, 2)));
		assertThrows(IllegalArgumentException.class, () -> new HeatScale(List.of(0., 1.), List.of(1)));
	}

	@Test
	void aCriticalLimitOverTheCapacityIsNoError() {
		HeatScale scale = HeatScale.of(new Limits(1.2, 1.5, 1, true), Palette.DARK);
		assertEquals(Palette.DARK.warning(), scale.colour(1.2));
		assertEquals(Palette.DARK.breach(), scale.colour(3));
	}

	private static double[] seen(int rgb, double[] sight) {
		double[] linear = new double[3];
		for (int i = 0; i < 3; i++) {
			double c = (rgb >> 16 - 8 * i & 255) / 255.;
			linear[i] = c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4);
		}
		double[] result = new double[3];
		for (int i = 0; i < 3; i++) {
			for (int j = 0; j < 3; j++) {
				result[i] += sight[i * 3 + j] * linear[j];
			}
			result[i] = Math.clamp(result[i], 0, 1);
		}
		return result;
	}

	/** ΔE of 1976 in CIELAB, D65. */
	private static double distance(double[] a, double[] b) {
		double[] p = lab(a);
		double[] q = lab(b);
		return Math.sqrt(Math.pow(p[0] - q[0], 2) + Math.pow(p[1] - q[1], 2) + Math.pow(p[2] - q[2], 2));
	}

	private static double[] lab(double[] c) {
		double x = f((.4124564 * c[0] + .3575761 * c[1] + .1804375 * c[2]) / .95047);
		double y = f(.2126729 * c[0] + .7151522 * c[1] + .0721750 * c[2]);
		double z = f((.0193339 * c[0] + .1191920 * c[1] + .9503041 * c[2]) / 1.08883);
		return new double[] { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
	}

	private static double f(double t) {
		return t > 216. / 24389 ? Math.cbrt(t) : (24389. / 27 * t + 16) / 116;
	}
}
