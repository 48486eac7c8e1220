// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;

import io.shadowweaver.scene.Oklab;

/**
 * The colours of charts and tables: those of the twin at 0, half of warning, warning, critical and capacity, and what lies
 * between, interpolated in Oklab. Colours are {@code 0xRRGGBB}. Immutable.
 */
public enum Palette {
	/** Green to red on a dark ground. */
	GREEN_RED_DARK("Green to red", io.shadowweaver.scene.Palette.DARK),
	/** Safe with any colour sight, on a dark ground. */
	SAFE_DARK("Safe with any colour sight", io.shadowweaver.scene.Palette.SAFE_DARK),
	/** Green to red on a light ground. */
	GREEN_RED_LIGHT("Green to red", io.shadowweaver.scene.Palette.LIGHT),
	/** Safe with any colour sight, on a light ground. */
	SAFE_LIGHT("Safe with any colour sight", io.shadowweaver.scene.Palette.SAFE_LIGHT);

	private static final int STEPS = 256;

	private final String label;
	private final io.shadowweaver.scene.Palette twin;
	private final boolean dark;
	private final int[] ramp;

	Palette(String label, io.shadowweaver.scene.Palette twin) {
		this.label = label;
		this.twin = twin;
		dark = twin.dark();
		int last = twin.heat().size() - 1;
		ramp = new int[STEPS * last + 1];
		for (int i = 0; i < ramp.length; i++) {
			int left = Math.min(i / STEPS, last - 1);
			ramp[i] = Oklab.mix(twin.heat().get(left), twin.heat().get(left + 1), (i - left * STEPS) / (double) STEPS);
		}
	}

	/** The colours of the twin that belong to it. */
	public io.shadowweaver.scene.Palette twin() {
		return twin;
	}

	/** What the preference page shows. */
	public String label() {
		return label;
	}

	/** Whether it is made for a dark ground. */
	public boolean isDark() {
		return dark;
	}

	/** Whether it is made for any colour sight. */
	public boolean isSafe() {
		return this == SAFE_DARK || this == SAFE_LIGHT;
	}

	/** One of the five colours, 0 to 4. */
	public int stop(int index) {
		return twin.heat().get(index);
	}

	/**
	 * The colour of a value.
	 *
	 * @param value  in the unit of the limits; {@code NaN} gives {@link #stale()}
	 * @param limits the anchors
	 */
	public int colour(double value, Limits limits) {
		if (Double.isNaN(value)) {
			return stale();
		}
		double place;
		if (value < limits.warning() / 2) {
			place = Math.max(0, value / (limits.warning() / 2));
		} else if (value < limits.warning()) {
			place = value / (limits.warning() / 2);
		} else if (value < limits.critical()) {
			place = 2 + (value - limits.warning()) / (limits.critical() - limits.warning());
		} else {
			place = 3 + Math.min(1, (value - limits.critical()) / (limits.capacity() - limits.critical()));
		}
		return ramp[(int) Math.round(place * STEPS)];
	}

	/** Grey: the value is old or missing. */
	public int stale() {
		return twin.stale();
	}

	/** The line and band of what is predicted: a hue that stands for no severity. */
	public int predicted() {
		return dark ? 0xA58BE8 : 0x6A3FC0;
	}

	/** The line of what was observed. */
	public int observed() {
		return dark ? 0xE6EAF0 : 0x1B222B;
	}

	/** The ground of charts and scene. */
	public int ground() {
		return twin.ground();
	}

	/** The grid on the ground. */
	public int grid() {
		return twin.grid();
	}

	/** Text on the ground. */
	public int text() {
		return dark ? 0xC8CFD8 : 0x2B333D;
	}

	/** The cursor and what is selected. */
	public int selected() {
		return twin.selection();
	}

	/** The mark of something unusual, which is no breach. */
	public int unusual() {
		return twin.unusual();
	}

	/** Hues of the parts that something is made of, which stand for no severity and are told apart in every kind of sight. */
	public List<Integer> parts() {
		return twin.parts();
	}

	/** Black or white, whichever reads better on a colour, by its lightness in Oklab. */
	public static int textOn(int colour) {
		return Oklab.lightness(colour) > .62 ? 0x000000 : 0xFFFFFF;
	}
}
