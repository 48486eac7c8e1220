// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

/** How the piecewise linear part becomes the trend, in scaled units. */
enum Growth {
	/** The trend is the piecewise linear part itself. */
	LINEAR {
		@Override
		double value(double z) {
			return z;
		}

		@Override
		double slope(double z) {
			return 1;
		}

		@Override
		double inverse(double value) {
			return value;
		}
	},
	/** The trend saturates at 0 and 1: the logistic function of the piecewise linear part. */
	LOGISTIC {
		@Override
		double value(double z) {
			return 1 / (1 + Math.exp(-z));
		}

		@Override
		double slope(double z) {
			double value = value(z);
			return value * (1 - value);
		}

		@Override
		double inverse(double value) {
			double inside = Math.clamp(value, .001, .999);
			return Math.log(inside / (1 - inside));
		}
	};

	abstract double value(double z);

	/** The derivative of {@link #value}. */
	abstract double slope(double z);

	/** Where the trend has about a value. */
	abstract double inverse(double value);
}
