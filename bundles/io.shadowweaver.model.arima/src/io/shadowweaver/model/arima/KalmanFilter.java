// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

import io.shadowweaver.kit.series.Gaps;

/**
 * The Kalman filter of an ARIMA process in Harvey's form (Gardner, Harvey and Phillips, 1980; Harvey, Forecasting, Structural Time
 * Series Models and the Kalman Filter, 1989, 3.3 and 4.1.2): the state holds the ARMA process of the differences and, behind it, the last
 * values of the series, out of which differences are taken. A gap skips the update. Innovations have variance 1.
 * <p>
 * After enough values without a gap the state is known exactly; then its covariance is dropped, and a step costs as much as
 * there are states. The first gap brings it back. Not for several threads.
 */
final class KalmanFilter {
	/** The variance, in those of an innovation, of a value before the start that nobody saw. */
	private static final double DIFFUSE = 1e6;
	/** Errors of a larger variance come from such values. */
	static final double VAGUE = 1e4;
	/** A state is known exactly when what remains of its variances is less. */
	private static final double EXACT = 1e-7;

	private final double[] phi;
	private final double[] impact;
	/** How many of the last values are held. */
	private final int held;
	/** Weights of some of them in the next value: what the differences take away. */
	private final double[] memory;
	/** Which elements of the state these are. */
	private final int[] places;
	private final int size;
	private final double[] state;
	private double[][] covariance;
	/** How many steps ago the last gap was, at most as many as values are held: until then these are uncertain too. */
	private int sinceGap;
	private double variance = 1;

	/**
	 * @param arma  of the differences
	 * @param order says which differences are taken
	 * @param start the first values of the series, as many as the differences use up; those unknown as guesses
	 * @param known which of them are known
	 */
	private KalmanFilter(Arma arma, Order order, double[] start, boolean[] known) {
		this(arma, order);
		int lost = held;
		sinceGap = lost;
		for (int j = 0; j < lost; j++) {
			state[size + j] = start[lost - 1 - j];
			if (!known[lost - 1 - j]) {
				sinceGap = Math.min(sinceGap, j);
			}
		}
		covariance = new double[size + lost][size + lost];
		double[] column = arma.stationary();
		for (int i = size - 1; i >= 0; i--) {
			for (int k = i; k >= 0; k--) {
				double value = k == 0 ? column[i]
						: (i + 1 < size ? covariance[i + 1][k + 1] : 0) + impact[i] * impact[k] + phi[i] * phi[k] * column[0]
								+ phi[i] * (k + 1 < size ? column[k + 1] : 0) + phi[k] * (i + 1 < size ? column[i + 1] : 0);
				covariance[i][k] = value;
				covariance[k][i] = value;
			}
		}
		for (int j = 0; j < lost; j++) {
			covariance[size + j][size + j] = known[lost - 1 - j] ? 0 : DIFFUSE;
		}
	}

	/** A filter of a series that stands behind the values which the differences use up; gaps among these get guesses from the rest. */
	static KalmanFilter at(Arma arma, Order order, double[] series) {
		int lost = order.lost();
		boolean[] known = new boolean[lost];
		boolean all = true;
		for (int i = 0; i < lost; i++) {
			known[i] = !Double.isNaN(series[i]);
			all &= known[i];
		}
		double[] start = all ? series : Gaps.fill(series, order.period() == 1 ? 0 : order.period());
		return new KalmanFilter(arma, order, start, known);
	}

	private KalmanFilter(Arma arma, Order order) {
		size = arma.size;
		phi = Arrays.copyOf(arma.phi, size);
		impact = arma.impact();
		double[] weights = memory(order);
		held = weights.length;
		int[] used = IntStream.range(0, held).filter(j -> weights[j] != 0).toArray();
		memory = Arrays.stream(used).mapToDouble(j -> weights[j]).toArray();
		places = Arrays.stream(used).map(j -> size + j).toArray();
		state = new double[size + held];
	}

	/** Expands (1 − B)^d (1 − B^m)^D and turns it into weights of earlier values. */
	private static double[] memory(Order order) {
		double[] polynomial = { 1 };
		for (int i = 0; i < order.d() + order.seasonalD(); i++) {
			int lag = i < order.d() ? 1 : order.period();
			double[] longer = Arrays.copyOf(polynomial, polynomial.length + lag);
			for (int k = 0; k < polynomial.length; k++) {
				longer[k + lag] -= polynomial[k];
			}
			polynomial = longer;
		}
		double[] memory = new double[polynomial.length - 1];
		for (int j = 0; j < memory.length; j++) {
			memory[j] = -polynomial[j + 1];
		}
		return memory;
	}

	/** What the next value is expected to be. */
	double expected() {
		return observe(state);
	}

	private double observe(double[] x) {
		double sum = x[0];
		for (int j = 0; j < memory.length; j++) {
			sum += memory[j] * x[places[j]];
		}
		return sum;
	}

	/** The variance of the error of the last value seen, in that of an innovation; at least 1. */
	double variance() {
		return variance;
	}

	/** How many elements of the state are uncertain. */
	private int active() {
		return sinceGap >= held ? size : size + held;
	}

	/** The covariance of each element with the next value. */
	private double[] product(int active) {
		double[] product = new double[active];
		for (int i = 0; i < active; i++) {
			double[] row = covariance[i];
			double sum = row[0];
			for (int j = 0; j < memory.length && active > size; j++) {
				sum += memory[j] * row[places[j]];
			}
			product[i] = sum;
		}
		return product;
	}

	private double variance(double[] product) {
		double sum = product[0];
		for (int j = 0; j < memory.length && product.length > size; j++) {
			sum += memory[j] * product[places[j]];
		}
		return Math.max(1, sum);
	}

	/**
	 * Moves on by a step.
	 *
	 * @param value the next value; {@code NaN} for a gap
	 * @return the error of the forecast; {@code NaN} for a gap
	 */
	double step(double value) {
		double error = value - expected();
		boolean seen = !Double.isNaN(value);
		if (covariance == null && !seen) {
			covariance = new double[state.length][state.length];
			innovate();
		}
		int active = active();
		if (covariance == null) {
			for (int i = 0; i < size; i++) {
				state[i] += impact[i] * error;
			}
			variance = 1;
		} else if (seen) {
			update(error, active);
		}
		transit(state);
		if (seen && held > 0) {
			// free of rounding
			state[size] = value;
		}
		if (covariance == null) {
			return error;
		}
		if (!seen) {
			// from now on a value that is held is uncertain
			active = state.length;
			sinceGap = -1;
		}
		sinceGap = Math.min(sinceGap + 1, held);
		propagate(active);
		return error;
	}

	private void update(double error, int active) {
		double[] product = product(active);
		variance = variance(product);
		for (int i = 0; i < active; i++) {
			double gain = product[i] / variance;
			state[i] += gain * error;
			for (int k = 0; k <= i; k++) {
				double value = covariance[i][k] - gain * product[k];
				covariance[i][k] = value;
				covariance[k][i] = value;
			}
		}
	}

	/** x becomes what it is one step later, without an innovation. */
	private void transit(double[] x) {
		double next = held == 0 ? 0 : observe(x);
		double first = x[0];
		for (int i = 0; i < size; i++) {
			x[i] = phi[i] * first + (i + 1 < size ? x[i + 1] : 0);
		}
		if (held > 0) {
			System.arraycopy(x, size, x, size + 1, held - 1);
			x[size] = next;
		}
	}

	/** The covariance becomes that of the next step; it is dropped where nothing but the next innovation is uncertain. */
	private void propagate(int active) {
		double remains = 0;
		for (int i = 0; i < active; i++) {
			remains = Math.max(remains, covariance[i][i]);
		}
		if (remains < EXACT && active() == size) {
			covariance = null;
			return;
		}
		for (int pass = 0; pass < 2; pass++) {
			for (int i = 0; i < active; i++) {
				if (active == size) {
					shift(covariance[i]);
				} else {
					transit(covariance[i]);
				}
			}
			transpose(active);
		}
		innovate();
		if (active > active()) {
			clear();
		}
	}

	private void shift(double[] x) {
		double first = x[0];
		for (int i = 0; i + 1 < size; i++) {
			x[i] = phi[i] * first + x[i + 1];
		}
		x[size - 1] = phi[size - 1] * first;
	}

	private void transpose(int active) {
		for (int i = 0; i < active; i++) {
			for (int k = 0; k < i; k++) {
				double value = covariance[i][k];
				covariance[i][k] = covariance[k][i];
				covariance[k][i] = value;
			}
		}
	}

	private void innovate() {
		for (int i = 0; i < size; i++) {
			for (int k = 0; k < size; k++) {
				covariance[i][k] += impact[i] * impact[k];
			}
		}
	}

	/** Values that were all seen have no variance, whatever rounding left. */
	private void clear() {
		for (int i = 0; i < state.length; i++) {
			for (int k = i < size ? size : 0; k < state.length; k++) {
				covariance[i][k] = 0;
			}
		}
	}

	/**
	 * The medians ahead.
	 *
	 * @param count how many steps
	 * @return the forecasts of 1 … count steps
	 */
	double[] ahead(int count) {
		double[] x = state.clone();
		double[] forecast = new double[count];
		for (int h = 0; h < count; h++) {
			forecast[h] = observe(x);
			transit(x);
		}
		return forecast;
	}

	/** Whether all is finite. */
	boolean sane() {
		for (double value : state) {
			if (!Double.isFinite(value)) {
				return false;
			}
		}
		return true;
	}

	void save(DataOutput out) throws IOException {
		for (double value : state) {
			out.writeDouble(value);
		}
		out.writeInt(sinceGap);
		out.writeBoolean(covariance != null);
		if (covariance != null) {
			int active = active();
			for (int i = 0; i < active; i++) {
				for (int k = 0; k <= i; k++) {
					out.writeDouble(covariance[i][k]);
				}
			}
		}
	}

	static KalmanFilter read(Arma arma, Order order, DataInput in) throws IOException {
		KalmanFilter filter = new KalmanFilter(arma, order);
		for (int i = 0; i < filter.state.length; i++) {
			filter.state[i] = in.readDouble();
		}
		filter.sinceGap = in.readInt();
		if (filter.sinceGap < 0 || filter.sinceGap > filter.held || !filter.sane()) {
			throw new IOException("a saved state of an ARIMA model is not finite, or its gap was " + filter.sinceGap + " steps ago");
		}
		if (in.readBoolean()) {
			filter.covariance = new double[filter.state.length][filter.state.length];
			int active = filter.active();
			for (int i = 0; i < active; i++) {
				for (int k = 0; k <= i; k++) {
					double value = in.readDouble();
					filter.covariance[i][k] = value;
					filter.covariance[k][i] = value;
				}
			}
		}
		return filter;
	}
}
