// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

/**
 * Finds out that a model no longer fits: the test of Page and Hinkley on both sides (Page, Continuous Inspection Schemes, 1954)
 * over the errors of blocks, standardised by their own usual size.
 */
final class Drift {
	private static final double TOLERATED = .6;
	private static final double ALARM = 25;
	private static final double BOUND = 6;

	private double size;
	private double up;
	private double down;
	private int seen;

	/**
	 * Takes the error of a block.
	 *
	 * @return whether the mean of the errors has moved away from 0
	 */
	boolean take(double error) {
		if (!Double.isFinite(error)) {
			return false;
		}
		seen++;
		double magnitude = Math.abs(error);
		if (seen < 12) {
			size += (magnitude - size) / seen;
			return false;
		}
		double standard = size > 0 ? Math.clamp(error / (1.2533 * size), -BOUND, BOUND) : 0;
		size += (Math.min(magnitude, 6 * size + 1e-12) - size) / Math.min(seen, 500);
		up = Math.max(0, up + standard - TOLERATED);
		down = Math.max(0, down - standard - TOLERATED);
		if (up > ALARM || down > ALARM) {
			reset();
			return true;
		}
		return false;
	}

	void reset() {
		up = 0;
		down = 0;
		seen = 0;
		size = 0;
	}
}
