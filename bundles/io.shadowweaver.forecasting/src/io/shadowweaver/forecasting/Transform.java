// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.Arrays;

/**
 * In what a series is forecast. Models, errors and bands are of transformed values; what is told is in the unit of the series. Both grow with their
 * argument, so that a quantile of the one is that quantile of the other and bands stay in order.
 */
public enum Transform {
	/** The values themselves. */
	NONE,
	/** Natural logarithms: for positive values whose errors are shares of them, such as latencies. */
	LOG;

	/** A value as it is forecast; {@code NaN} where there is none, as of 0 in logarithms. */
	public double to(double value) {
		return this == NONE ? value : value > 0 ? Math.log(value) : Double.NaN;
	}

	/** A forecast in the unit of the series. */
	public double from(double transformed) {
		return this == NONE ? transformed : Math.exp(transformed);
	}

	/** Many at once; the same array where nothing changes. */
	double[] to(double[] values) {
		return this == NONE ? values : Arrays.stream(values).map(this::to).toArray();
	}

	/** Many at once; the same array where nothing changes. */
	double[] from(double[] transformed) {
		return this == NONE ? transformed : Arrays.stream(transformed).map(this::from).toArray();
	}
}
