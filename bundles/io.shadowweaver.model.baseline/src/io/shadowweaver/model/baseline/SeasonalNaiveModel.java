// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;

/** The value one season ago, by the strongest season: the usual yardstick for seasonal series. */
final class SeasonalNaiveModel extends SingleSeriesModel {
	@Override
	protected Fitted fit(TrainingSeries series) {
		if (series.seasons().isEmpty()) {
			throw new IllegalArgumentException("The series has no season.");
		}
		int season = series.seasons().getFirst();
		double[] values = Gaps.fill(series.values().values(), season);
		if (values.length < season || Double.isNaN(values[0])) {
			throw new IllegalArgumentException("One season is " + season + " steps, the history has " + values.length + ".");
		}
		float[] ring = new float[season];
		for (int i = 0; i < season; i++) {
			ring[i] = (float) values[values.length - season + i];
		}
		return new State(ring, 0);
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		int season = in.readInt();
		int next = in.readInt();
		if (season < 1 || season > 1 << 20 || next < 0 || next >= season) {
			throw new IOException("a saved state has a season of " + season + " steps at " + next);
		}
		float[] ring = new float[season];
		for (int i = 0; i < season; i++) {
			ring[i] = (float) Values.finite(in.readFloat());
		}
		return new State(ring, next);
	}

	private static final class State implements Fitted {
		private final float[] ring;
		/** Where the oldest value lies, which is the forecast of the next. */
		private int next;

		State(float[] ring, int next) {
			this.ring = ring;
			this.next = next;
		}

		@Override
		public void update(double value) {
			if (Double.isFinite(value)) {
				ring[next] = (float) value;
			}
			next = (next + 1) % ring.length;
		}

		@Override
		public double[] forecast(int[] leads) {
			double[] forecast = new double[leads.length];
			for (int i = 0; i < leads.length; i++) {
				forecast[i] = ring[(next + leads[i] - 1) % ring.length];
			}
			return forecast;
		}

		@Override
		public void save(DataOutput out) throws IOException {
			out.writeInt(ring.length);
			out.writeInt(next);
			for (float value : ring) {
				out.writeFloat(value);
			}
		}
	}
}
