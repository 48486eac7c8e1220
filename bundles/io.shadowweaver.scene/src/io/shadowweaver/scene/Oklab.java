// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

/**
 * Mixes sRGB colours in the perceptually even space Oklab (Björn Ottosson, 2020), so that a ramp has no muddy middle and
 * equal steps look equal. Colours are {@code 0xRRGGBB}.
 */
public final class Oklab {
	private Oklab() {
	}

	/**
	 * A colour between two.
	 *
	 * @param from  the colour at 0
	 * @param to    the colour at 1
	 * @param share 0 to 1, clamped
	 * @return the mixed colour, clamped to sRGB
	 */
	public static int mix(int from, int to, double share) {
		if (share <= 0) {
			return from;
		}
		if (share >= 1) {
			return to;
		}
		double[] a = toLab(from);
		double[] b = toLab(to);
		for (int i = 0; i < 3; i++) {
			a[i] += (b[i] - a[i]) * share;
		}
		return toRgb(a);
	}

	/** How light a colour looks, 0 (black) to 1 (white). */
	public static double lightness(int rgb) {
		return toLab(rgb)[0];
	}

	/** Lightness, green-red and blue-yellow of a colour. */
	static double[] toLab(int rgb) {
		double r = linear(rgb >> 16 & 255);
		double g = linear(rgb >> 8 & 255);
		double b = linear(rgb & 255);
		double l = Math.cbrt(.4122214708 * r + .5363325363 * g + .0514459929 * b);
		double m = Math.cbrt(.2119034982 * r + .6806995451 * g + .1073969566 * b);
		double s = Math.cbrt(.0883024619 * r + .2817188376 * g + .6299787005 * b);
		return new double[] { .2104542553 * l + .7936177850 * m - .0040720468 * s,
				1.9779984951 * l - 2.4285922050 * m + .4505937099 * s, .0259040371 * l + .7827717662 * m - .8086757660 * s };
	}

	private static int toRgb(double[] lab) {
		double l = cube(lab[0] + .3963377774 * lab[1] + .2158037573 * lab[2]);
		double m = cube(lab[0] - .1055613458 * lab[1] - .0638541728 * lab[2]);
		double s = cube(lab[0] - .0894841775 * lab[1] - 1.2914855480 * lab[2]);
		return channel(4.0767416621 * l - 3.3077115913 * m + .2309699292 * s) << 16
				| channel(-1.2684380046 * l + 2.6097574011 * m - .3413193965 * s) << 8
				| channel(-.0041960863 * l - .7034186147 * m + 1.7076147010 * s);
	}

	private static double cube(double value) {
		return value * value * value;
	}

	private static double linear(int channel) {
		double c = channel / 255.;
		return c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4);
	}

	private static int channel(double linear) {
		double c = linear <= .0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - .055;
		return (int) Math.round(Math.clamp(c, 0, 1) * 255);
	}
}
