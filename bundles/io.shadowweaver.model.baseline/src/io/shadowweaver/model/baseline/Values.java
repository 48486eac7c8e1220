// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import java.io.IOException;

/** Checks that the models of this bundle share. */
final class Values {
	private Values() {
	}

	/** The last value that is no gap. */
	static double last(double[] values) {
		for (int i = values.length - 1; i >= 0; i--) {
			if (Double.isFinite(values[i])) {
				return values[i];
			}
		}
		throw new IllegalArgumentException("There is no value at all.");
	}

	/** A value read from a saved state. */
	static double finite(double value) throws IOException {
		if (!Double.isFinite(value)) {
			throw new IOException("a saved state holds " + value);
		}
		return value;
	}
}
