// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.List;

/**
 * A ramp of colours over values, interpolated in {@link Oklab}. Immutable.
 *
 * @param anchors ascending values, one for each stop
 * @param stops   colours, {@code 0xRRGGBB}
 */
public record HeatScale(List<Double> anchors, List<Integer> stops) {
	/** Checks lengths and order. */
	public HeatScale {
		anchors = List.copyOf(anchors);
		stops = List.copyOf(stops);
		if (anchors.size() != stops.size() || anchors.size() < 2) {
			throw new IllegalArgumentException(anchors.size() + " anchors, " + stops.size() + " stops");
		}
		for (int i = 1; i < anchors.size(); i++) {
			if (!(anchors.get(i) > anchors.get(i - 1))) {
				throw new IllegalArgumentException("anchors must ascend: " + anchors);
			}
		}
	}

	/**
	 * The scale of a metric: nothing, half of the warning, the warning, critical, capacity.
	 *
	 * @param limits  where warning and critical are
	 * @param palette the colours
	 */
	public static HeatScale of(Limits limits, Palette palette) {
		double top = Math.max(limits.full(), limits.critical() + (limits.critical() - limits.warning()) / 2);
		return new HeatScale(List.of(0., limits.warning() / 2, limits.warning(), limits.critical(), top), palette.heat());
	}

	/** The scale of a difference: -.5, 0, .5 of utilisation. */
	public static HeatScale ofDifference(Palette palette) {
		return new HeatScale(List.of(-.5, 0., .5), palette.difference());
	}

	/** The scale of a width of the band: 0, .25, .6 of utilisation; the surer, the stronger. */
	public static HeatScale ofUncertainty(Palette palette) {
		return new HeatScale(List.of(0., .25, .6), palette.uncertainty());
	}

	/** The colour of a value; outside of the anchors that of the nearest. */
	public int colour(double value) {
		int right = 0;
		while (right < anchors.size() && anchors.get(right) < value) {
			right++;
		}
		if (right == 0) {
			return stops.getFirst();
		}
		if (right == anchors.size()) {
			return stops.getLast();
		}
		double from = anchors.get(right - 1);
		return Oklab.mix(stops.get(right - 1), stops.get(right), (value - from) / (anchors.get(right) - from));
	}
}
