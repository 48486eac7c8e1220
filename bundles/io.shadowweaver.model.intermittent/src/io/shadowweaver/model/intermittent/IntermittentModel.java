// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.intermittent;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;

/**
 * The method of Teunter, Syntetos and Babai (Intermittent demand: linking forecasting to inventory obsolescence, European Journal of
 * Operational Research 214, 2011): the probability of a demand is smoothed at each step, its size where there was one. The rates have
 * the least squared error over the history. What is forecast is the expectation, since the median of such a series is mostly 0 and says
 * nothing; the calibration of the bands moves it to where the median is.
 */
final class IntermittentModel extends SingleSeriesModel {
	/** A series with a smaller share of zeros is forecast better by other models. */
	static final double LEAST_ZEROS = .3;
	private static final int LEAST = 20;
	private static final double[] RATES = { .005, .02, .05, .1, .2, .35 };

	@Override
	protected Fitted fit(TrainingSeries series) {
		double[] values = series.values().values();
		int count = Gaps.count(values);
		if (count < LEAST) {
			throw new IllegalArgumentException("Intermittent series need " + LEAST + " values; there are " + count + ".");
		}
		double[] demands = Arrays.stream(values).filter(value -> value > 0 && Double.isFinite(value)).toArray();
		if (Arrays.stream(values).anyMatch(value -> value < 0)) {
			throw new IllegalArgumentException("The series has values below 0.");
		}
		double zeros = 1 - demands.length / (double) count;
		if (zeros < LEAST_ZEROS) {
			throw new IllegalArgumentException("Only " + Math.round(100 * zeros) + " % of the values are 0; intermittent series have "
					+ Math.round(100 * LEAST_ZEROS) + " %.");
		}
		if (demands.length == 0) {
			throw new IllegalArgumentException("All values are 0.");
		}
		double probability = demands.length / (double) count;
		double size = Arrays.stream(demands).average().orElseThrow();
		State best = null;
		double least = Double.POSITIVE_INFINITY;
		for (double ofProbability : RATES) {
			for (double ofSize : RATES) {
				State state = new State(ofProbability, ofSize, probability, size);
				double squares = state.run(values);
				if (best == null || squares < least) {
					best = state;
					least = squares;
				}
			}
		}
		return best;
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		State state = new State(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
		if (!(state.probability >= 0 && state.probability <= 1) || !(state.size >= 0 && state.size <= Double.MAX_VALUE)) {
			throw new IOException("a saved state of an intermittent series with probability " + state.probability + ", size " + state.size);
		}
		return state;
	}

	private static final class State implements Fitted {
		private final double ofProbability;
		private final double ofSize;
		private double probability;
		private double size;

		State(double ofProbability, double ofSize, double probability, double size) {
			this.ofProbability = ofProbability;
			this.ofSize = ofSize;
			this.probability = probability;
			this.size = size;
		}

		/** Goes through values and gives the sum of squared one-step errors. */
		double run(double[] values) {
			double sum = 0;
			for (double value : values) {
				if (Double.isFinite(value)) {
					double error = value - probability * size;
					sum += error * error;
				}
				update(value);
			}
			return sum;
		}

		@Override
		public void update(double value) {
			if (!Double.isFinite(value)) {
				return;
			}
			boolean demand = value > 0;
			probability += ofProbability * ((demand ? 1 : 0) - probability);
			if (demand) {
				size += ofSize * (value - size);
			}
		}

		@Override
		public double[] forecast(int[] leads) {
			double[] forecast = new double[leads.length];
			Arrays.fill(forecast, probability * size);
			return forecast;
		}

		@Override
		public void save(DataOutput out) throws IOException {
			for (double number : new double[] { ofProbability, ofSize, probability, size }) {
				out.writeDouble(number);
			}
		}
	}
}
