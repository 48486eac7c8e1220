// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.shadowweaver.api.model.SingleSeriesModel;

/** Level, damped trend and season of one series. */
final class EtsState implements SingleSeriesModel.Fitted {
	private final double alpha;
	private final double beta;
	private final double damping;
	private final double gamma;
	private final float[] seasonal;
	private double level;
	private double trend;
	private int phase;
	private double usual;
	private double reach = Double.POSITIVE_INFINITY;

	/**
	 * @param rates    of level, trend, damping, season
	 * @param seasonal from the phase of the next value; empty for none
	 */
	EtsState(double[] rates, double level, double trend, float[] seasonal) {
		alpha = rates[0];
		beta = rates[1];
		damping = rates[2];
		gamma = rates[3];
		this.level = level;
		this.trend = trend;
		this.seasonal = seasonal;
	}

	/** Goes through values without gaps and gives the sum of squared one-step errors, those of the first tenth left out. */
	double run(double[] values) {
		double sum = 0;
		int from = values.length / 10;
		for (int i = 0; i < values.length; i++) {
			double error = step(values[i]);
			if (i >= from) {
				sum += error * error;
			}
		}
		return sum;
	}

	/** Goes through values without gaps and gives the sum of squared errors at a lead, those of the first tenth left out. */
	double far(double[] values, int lead) {
		double[] expected = new double[lead];
		int[] leads = { lead };
		double sum = 0;
		for (int i = 0; i < values.length; i++) {
			if (i >= Math.max(lead, values.length / 10)) {
				double error = values[i] - expected[i % lead];
				sum += error * error;
			}
			step(values[i]);
			expected[i % lead] = forecast(leads)[0];
		}
		return sum;
	}

	private double step(double value) {
		double season = seasonal.length == 0 ? 0 : seasonal[phase];
		double expected = level + damping * trend;
		double error = value - expected - season;
		level = expected + alpha * error;
		trend = damping * trend + alpha * beta * error;
		if (seasonal.length > 0) {
			seasonal[phase] = (float) (season + gamma * (1 - alpha) * error);
			phase = phase + 1 == seasonal.length ? 0 : phase + 1;
		}
		return error;
	}

	/** Forecasts stay within a distance of what was usual. */
	void bound(double distance, double mean) {
		reach = distance;
		usual = mean;
	}

	@Override
	public void update(double value) {
		if (Double.isFinite(value)) {
			step(value);
			usual += .001 * (value - usual);
			reach = Math.max(reach, 2 * Math.abs(value - usual));
			return;
		}
		level += damping * trend;
		trend *= damping;
		if (seasonal.length > 0) {
			phase = (phase + 1) % seasonal.length;
		}
	}

	@Override
	public double[] forecast(int[] leads) {
		double[] forecast = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			double sum = damping * (1 - Math.pow(damping, leads[i])) / (1 - damping);
			double season = seasonal.length == 0 ? 0 : seasonal[(phase + leads[i] - 1) % seasonal.length];
			forecast[i] = Math.clamp(level + sum * trend + season, usual - reach, usual + reach);
		}
		return forecast;
	}

	@Override
	public void save(DataOutput out) throws IOException {
		for (double number : new double[] { alpha, beta, damping, gamma, level, trend, usual, reach }) {
			out.writeDouble(number);
		}
		out.writeInt(seasonal.length);
		out.writeInt(phase);
		for (float value : seasonal) {
			out.writeFloat(value);
		}
	}

	static EtsState read(DataInput in) throws IOException {
		double[] numbers = new double[8];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = in.readDouble();
			if (Double.isNaN(numbers[i])) {
				throw new IOException("a saved state of exponential smoothing holds NaN");
			}
		}
		int season = in.readInt();
		int phase = in.readInt();
		if (season < 0 || season > 1 << 20 || phase < 0 || phase > Math.max(0, season - 1)) {
			throw new IOException("a saved state has a season of " + season + " steps at " + phase);
		}
		float[] seasonal = new float[season];
		for (int i = 0; i < season; i++) {
			seasonal[i] = in.readFloat();
		}
		EtsState state = new EtsState(new double[] { numbers[0], numbers[1], numbers[2], numbers[3] }, numbers[4], numbers[5], seasonal);
		state.phase = phase;
		state.usual = numbers[6];
		state.reach = numbers[7];
		return state;
	}
}
