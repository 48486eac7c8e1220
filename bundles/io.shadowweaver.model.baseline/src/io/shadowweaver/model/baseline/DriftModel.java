// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;

/**
 * The last value and the average change a step, the latter averaged exponentially over the recent past instead of the whole of
 * it, so that an old trend is forgotten. The change is damped over the leads: no line goes on for ever.
 */
final class DriftModel extends SingleSeriesModel {
	private static final double WEIGHT = .02;
	private static final double DAMPING = .98;

	@Override
	protected Fitted fit(TrainingSeries series) {
		double[] values = Gaps.fill(series.values().values(), 0);
		if (Gaps.count(series.values().values()) < 2) {
			throw new IllegalArgumentException("A drift needs two values.");
		}
		int from = Math.max(0, values.length - 400);
		double change = (values[values.length - 1] - values[from]) / Math.max(1, values.length - 1 - from);
		State state = new State(values[from], change);
		for (int i = from + 1; i < values.length; i++) {
			state.update(values[i]);
		}
		return state;
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return new State(Values.finite(in.readDouble()), Values.finite(in.readDouble()));
	}

	private static final class State implements Fitted {
		private double last;
		private double change;

		State(double last, double change) {
			this.last = last;
			this.change = change;
		}

		@Override
		public void update(double value) {
			if (Double.isFinite(value)) {
				change += WEIGHT * (value - last - change);
				last = value;
			} else {
				last += change;
				change *= DAMPING;
			}
		}

		@Override
		public double[] forecast(int[] leads) {
			double[] forecast = new double[leads.length];
			for (int i = 0; i < leads.length; i++) {
				forecast[i] = last + change * DAMPING * (1 - Math.pow(DAMPING, leads[i])) / (1 - DAMPING);
			}
			return forecast;
		}

		@Override
		public void save(DataOutput out) throws IOException {
			out.writeDouble(last);
			out.writeDouble(change);
		}
	}
}
