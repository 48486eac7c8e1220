// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.example.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;

/** Forecasts the median of the last values, at every lead. The bands around it are the product's task. */
final class MovingMedian extends SingleSeriesModel {
	private final int window;

	MovingMedian(int window) {
		this.window = window;
	}

	@Override
	protected Fitted fit(TrainingSeries series) {
		State state = new State(window);
		for (double value : series.values().values()) {
			state.update(value);
		}
		if (state.count == 0) {
			throw new IllegalArgumentException("There is no value at all.");
		}
		return state;
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		State state = new State(window);
		int count = in.readInt();
		for (int i = 0; i < count; i++) {
			state.update(in.readDouble());
		}
		if (state.count == 0) {
			throw new IOException("the saved state holds no value");
		}
		return state;
	}

	private static final class State implements Fitted {
		private final double[] last;
		private int count;
		private int next;

		State(int window) {
			last = new double[window];
		}

		@Override
		public void update(double value) {
			if (Double.isFinite(value)) {
				last[next] = value;
				next = (next + 1) % last.length;
				count = Math.min(count + 1, last.length);
			}
		}

		@Override
		public double[] forecast(int[] leads) {
			double[] sorted = Arrays.copyOf(last, count);
			Arrays.sort(sorted);
			double[] forecast = new double[leads.length];
			Arrays.fill(forecast, (sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
			return forecast;
		}

		@Override
		public void save(DataOutput out) throws IOException {
			out.writeInt(count);
			for (int i = 0; i < count; i++) {
				out.writeDouble(last[(next - count + i + last.length) % last.length]);
			}
		}
	}
}
