// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;

/** The last value stays: the best there is for a random walk. */
final class NaiveModel extends SingleSeriesModel {
	@Override
	protected Fitted fit(TrainingSeries series) {
		return new State(Values.last(series.values().values()));
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return new State(Values.finite(in.readDouble()));
	}

	private static final class State implements Fitted {
		private double last;

		State(double last) {
			this.last = last;
		}

		@Override
		public void update(double value) {
			if (Double.isFinite(value)) {
				last = value;
			}
		}

		@Override
		public double[] forecast(int[] leads) {
			double[] forecast = new double[leads.length];
			Arrays.fill(forecast, last);
			return forecast;
		}

		@Override
		public void save(DataOutput out) throws IOException {
			out.writeDouble(last);
		}
	}
}
