// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.List;

/**
 * The colours of a twin, {@code 0xRRGGBB}. The five stops of the heat stand for nothing, half of the warning, the warning,
 * critical and capacity; any two of them differ by 25 ΔE76 and more in normal sight and under simulated protanopia,
 * deuteranopia and tritanopia (Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision
 * Deficiency, 2009), by 30 and more in the safe palettes.
 *
 * @param id        stable id for preferences
 * @param name      what the operator reads
 * @param dark      whether the ground is dark
 * @param heat      five stops, from nothing to full
 * @param ground    the ground, opaque
 * @param grid      lines on the ground
 * @param ink       text and outlines
 * @param quiet     text of less weight
 * @param plate     behind text, at opacity .8
 * @param selection the outline of what is selected
 * @param stale     blocks without fresh data
 */
public record Palette(String id, String name, boolean dark, List<Integer> heat, int ground, int grid, int ink, int quiet,
		int plate, int selection, int stale) {
	/** Green to red on dark ground. */
	public static final Palette DARK = onDark("dark", "Green to red, dark", 0x285247, 0x68B07F, 0xE8D174, 0xF6851C, 0xCB0812);
	/** Blue to red on dark ground, for every kind of sight. */
	public static final Palette SAFE_DARK = onDark("safe-dark", "Colour-blind safe, dark", 0x314D8A, 0x8AB6DE, 0xF7F5C6, 0xFEAF1B,
			0xDC3D34);
	/** Green to red on light ground. */
	public static final Palette LIGHT = onLight("light", "Green to red, light", 0xA0D4BA, 0x4B8B5A, 0xCEB604, 0xAF6B14, 0x7A0904);
	/** Blue to red on light ground, for every kind of sight. */
	public static final Palette SAFE_LIGHT = onLight("safe-light", "Colour-blind safe, light", 0xB1C8E2, 0x366798, 0xCDB57A, 0xC4630A,
			0x621907);

	/** Checks the number of stops. */
	public Palette {
		heat = List.copyOf(heat);
		if (heat.size() != 5) {
			throw new IllegalArgumentException("palette " + id + " needs five stops, not " + heat.size());
		}
	}

	/** All palettes. */
	public static List<Palette> all() {
		return List.of(DARK, SAFE_DARK, LIGHT, SAFE_LIGHT);
	}

	/** The palette of an id, or the default on dark ground where the id is not known. */
	public static Palette of(String id) {
		return all().stream().filter(palette -> palette.id.equals(id)).findFirst().orElse(DARK);
	}

	/** The same kind of colours on the other ground. */
	public Palette onGround(boolean darkGround) {
		boolean safe = id.startsWith("safe");
		return darkGround ? safe ? SAFE_DARK : DARK : safe ? SAFE_LIGHT : LIGHT;
	}

	/** The colour of a warning. */
	public int warning() {
		return heat.get(2);
	}

	/** The colour of a critical breach: nothing else is drawn in it. */
	public int breach() {
		return heat.get(4);
	}

	/** The mark of something unusual: a hue of no severity, apart from the violet of what is predicted. */
	public int unusual() {
		return dark ? 0x3FC3F0 : 0x0B6FB8;
	}

	/** Marks of provider accounts: apart from each other in lightness too, so that they are told apart in every kind of sight. */
	List<Integer> providers() {
		return dark ? List.of(0x5DFC9F, 0xD50EAC, 0xE5EC29, 0x2D24F5, 0x815F11) : List.of(0x1BB882, 0xAF43A5, 0x2F0CB7, 0x919D29, 0x391B2B);
	}

	/** Hues of the parts that something is made of: no red, which stands for a breach; apart from each other in every kind of sight. */
	public List<Integer> parts() {
		return dark ? List.of(0x8B06F9, 0x2EF389, 0xD2FF35, 0xF8B0E0, 0x20704A, 0xAB22A5) : List.of(0x7600FF, 0x0F94EB, 0x113B0D, 0xCC7190, 0x8E9516, 0x480C4C);
	}

	/** The stops of a ramp from little to much of something that is neither good nor bad, such as uncertainty. */
	List<Integer> uncertainty() {
		return dark ? List.of(0xE9E4F5, 0xA78BD6, 0x4A2F78) : List.of(0x4B2C83, 0x9A7CCB, 0xDAD0EC);
	}

	/** The stops of a ramp from less through equal to more. */
	List<Integer> difference() {
		return dark ? List.of(0x2B7FC0, 0x474C54, 0xF6CDED) : List.of(0x1B86C8, 0xCBD2DA, 0x6E1A5E);
	}

	private static Palette onDark(String id, String name, Integer... heat) {
		return new Palette(id, name, true, List.of(heat), 0x12161C, 0x242B34, 0xE8ECF1, 0xA3ADB9, 0x0B0E12, 0xFFFFFF, 0x6B737D);
	}

	private static Palette onLight(String id, String name, Integer... heat) {
		return new Palette(id, name, false, List.of(heat), 0xF4F6F8, 0xDDE2E7, 0x1B232C, 0x55606C, 0xFFFFFF, 0x000000, 0x9AA2AB);
	}
}
