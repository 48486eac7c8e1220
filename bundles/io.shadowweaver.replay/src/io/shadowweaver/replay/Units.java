// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

/**
 * Capacity in whole units.
 *
 * @param size of a unit; 0 where capacity is continuous
 */
record Units(double size) {
	/** So much of a unit that a capacity may be above a whole number and still counts as it: what arithmetic leaves. */
	private static final double NOTHING = 1e-9;

	/** Checks the size. */
	Units {
		if (!(size >= 0) || Double.isInfinite(size)) {
			throw new IllegalArgumentException("a unit must be a finite number that is not negative: " + size);
		}
	}

	/** The least whole number of units that holds a capacity. */
	double up(double capacity) {
		return size == 0 ? capacity : Math.max(0, Math.ceil(capacity / size - NOTHING)) * size;
	}

	/** The same for each step, in place. */
	double[] up(double[] capacity) {
		if (size > 0) {
			for (int t = 0; t < capacity.length; t++) {
				capacity[t] = up(capacity[t]);
			}
		}
		return capacity;
	}
}
