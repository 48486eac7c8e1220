// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

/**
 * Five colours at 0, half of warning, warning, critical and capacity, and what lies between, interpolated in Oklab (B.
 * Ottosson, 'A perceptual color space for image processing', 2020). Colours are {@code 0xRRGGBB}. Immutable.
 */
public enum Palette {
	/** Green to red on a dark ground. */
	GREEN_RED_DARK("Green to red", true, 0x285247, 0x68B07F, 0xE8D174, 0xF6851C, 0xCB0812),
	/** Safe with any colour sight, on a dark ground. */
	SAFE_DARK("Safe with any colour sight", true, 0x314D8A, 0x8AB6DE, 0xF7F5C6, 0xFEAF1B, 0xDC3D34),
	/** Green to red on a light ground. */
	GREEN_RED_LIGHT("Green to red", false, 0xA0D4BA, 0x4B8B5A, 0xCEB604, 0xAF6B14, 0x7A0904),
	/** Safe with any colour sight, on a light ground. */
	SAFE_LIGHT("Safe with any colour sight", false, 0xB1C8E2, 0x366798, 0xCDB57A, 0xC4630A, 0x621907);

	private static final int STEPS = 256;

	private final String label;
	private final boolean dark;
	private final int[] stops;
	private final int[] ramp;

	Palette(String label, boolean dark, int... stops) {
		this.label = label;
		this.dark = dark;
		this.stops = stops;
		ramp = new int[STEPS * (stops.length - 1) + 1];
		for (int i = 0; i < ramp.length; i++) {
			int left = Math.min(i / STEPS, stops.length - 2);
			ramp[i] = mix(stops[left], stops[left + 1], (i - left * STEPS) / (double) STEPS);
		}
	}

	/** What the preference page shows. */
	public String label() {
		return label;
	}

	/** Whether it is made for a dark ground. */
	public boolean isDark() {
		return dark;
	}

	/** One of the five colours, 0 to 4. */
	public int stop(int index) {
		return stops[index];
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
		return dark ? 0x6B727B : 0x9AA1AA;
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
		return dark ? 0x12161C : 0xF4F6F8;
	}

	/** The grid on the ground. */
	public int grid() {
		return dark ? 0x242B34 : 0xDDE2E7;
	}

	/** Text on the ground. */
	public int text() {
		return dark ? 0xC8CFD8 : 0x2B333D;
	}

	/** The cursor and what is selected. */
	public int selected() {
		return dark ? 0xFFFFFF : 0x000000;
	}

	/** Black or white, whichever reads better on a colour, by its lightness in Oklab. */
	public static int textOn(int colour) {
		return lab(colour)[0] > .62 ? 0x000000 : 0xFFFFFF;
	}

	private static int mix(int from, int to, double share) {
		double[] a = lab(from);
		double[] b = lab(to);
		double[] mixed = new double[3];
		for (int i = 0; i < 3; i++) {
			mixed[i] = a[i] + (b[i] - a[i]) * share;
		}
		return rgb(mixed);
	}

	private static double[] lab(int colour) {
		double r = linear(colour >> 16 & 255);
		double g = linear(colour >> 8 & 255);
		double b = linear(colour & 255);
		double l = Math.cbrt(.4122214708 * r + .5363325363 * g + .0514459929 * b);
		double m = Math.cbrt(.2119034982 * r + .6806995451 * g + .1073969566 * b);
		double s = Math.cbrt(.0883024619 * r + .2817188376 * g + .6299787005 * b);
		return new double[] { .2104542553 * l + .7936177850 * m - .0040720468 * s,
				1.9779984951 * l - 2.4285922050 * m + .4505937099 * s, .0259040371 * l + .7827717662 * m - .8086757660 * s };
	}

	private static int rgb(double[] lab) {
		double l = cube(lab[0] + .3963377774 * lab[1] + .2158037573 * lab[2]);
		double m = cube(lab[0] - .1055613458 * lab[1] - .0638541728 * lab[2]);
		double s = cube(lab[0] - .0894841775 * lab[1] - 1.2914855480 * lab[2]);
		return gamma(4.0767416621 * l - 3.3077115913 * m + .2309699292 * s) << 16
				| gamma(-1.2684380046 * l + 2.6097574011 * m - .3413193965 * s) << 8
				| gamma(-.0041960863 * l - .7034186147 * m + 1.7076147010 * s);
	}

	private static double cube(double value) {
		return value * value * value;
	}

	private static double linear(int channel) {
		double value = channel / 255.;
		return value <= .04045 ? value / 12.92 : Math.pow((value + .055) / 1.055, 2.4);
	}

	private static int gamma(double value) {
		double shown = value <= .0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - .055;
		return (int) Math.round(Math.min(1, Math.max(0, shown)) * 255);
	}
}
