// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntToDoubleFunction;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.kit.series.RecursiveLeastSquares;

/** The regression of one series and the values that it looks back on. */
final class RecursiveState implements SingleSeriesModel.Fitted {
	/** Forecasts and errors beyond so many deviations are cut: a regression that feeds itself may explode. */
	private static final double SIGMAS = 6;
	private static final double SLOW = .005;

	/**
	 * What the next value is regressed on, and how values are scaled for it.
	 *
	 * @param lags       ascending, in steps before the value
	 * @param regressors how many
	 * @param mean       of the values, after the logarithm where there is one
	 * @param size       their standard deviation
	 * @param logs       whether logarithms are taken
	 */
	record Frame(int[] lags, int regressors, double mean, double size, boolean logs) {
		int count() {
			return 1 + lags.length + regressors;
		}

		double scaled(double value) {
			return (value - mean) / size;
		}

		/** Fills in the features of a value from the (perhaps logarithmic) values before it and the regressors with it. */
		void fill(double[] x, IntToDoubleFunction before, IntToDoubleFunction regressor) {
			x[0] = 1;
			for (int i = 0; i < lags.length; i++) {
				x[1 + i] = scaled(before.applyAsDouble(lags[i]));
			}
			for (int i = 0; i < regressors; i++) {
				x[1 + lags.length + i] = regressor.applyAsDouble(i);
			}
		}

		int longest() {
			return lags[lags.length - 1];
		}
	}

	private final Frame frame;
	private final RecursiveLeastSquares regression;
	private final double lower;
	private final double upper;
	private final double[] x;
	private Window window;
	private double error = .5;

	RecursiveState(Frame frame, RecursiveLeastSquares regression, double lower, double upper) {
		this.frame = frame;
		this.regression = regression;
		this.lower = lower;
		this.upper = upper;
		x = new double[frame.count()];
		window = new Window(frame.longest() + 1);
	}

	/** Takes the history, logarithms where they are used, without learning from it again. */
	void start(double[] values) {
		for (double value : values) {
			window.add(value);
		}
	}

	@Override
	public void update(double value) {
		update(value, new double[frame.regressors()]);
	}

	@Override
	public void update(double value, double[] regressors) {
		int next = window.newest() + 1;
		frame.fill(x, lag -> window.at(next - lag), i -> regressors[i]);
		double expected = bounded(regression.predict(x));
		if (!Double.isFinite(value) || frame.logs() && !(value > 0)) {
			window.add(frame.mean() + frame.size() * expected);
			return;
		}
		double seen = frame.logs() ? Math.log(value) : value;
		double miss = frame.scaled(seen) - expected;
		double bound = SIGMAS * error;
		error += SLOW * (Math.min(Math.abs(miss), 2 * bound) - error);
		regression.update(x, Math.clamp(miss, -bound, bound));
		window.add(seen);
	}

	private static double bounded(double scaled) {
		return Math.clamp(scaled, -SIGMAS, SIGMAS);
	}

	@Override
	public double[] forecast(int[] leads) {
		return forecast(leads, (regressor, lead) -> 0);
	}

	@Override
	public double[] forecast(int[] leads, SingleSeriesModel.Ahead regressors) {
		int far = leads[leads.length - 1];
		double[] path = new double[far + 1];
		double[] forecast = new double[leads.length];
		int now = window.newest();
		int at = 0;
		for (int step = 1; step <= far; step++) {
			int lead = step;
			frame.fill(x, lag -> lead > lag ? path[lead - lag] : window.at(now + lead - lag), i -> regressors.value(i, lead));
			path[step] = frame.mean() + frame.size() * bounded(regression.predict(x));
			if (leads[at] == step) {
				forecast[at++] = Math.clamp(frame.logs() ? Math.exp(path[step]) : path[step], lower, upper);
			}
		}
		return forecast;
	}

	@Override
	public void save(DataOutput out) throws IOException {
		out.writeInt(frame.lags().length);
		for (int lag : frame.lags()) {
			out.writeInt(lag);
		}
		out.writeInt(frame.regressors());
		out.writeBoolean(frame.logs());
		for (double number : new double[] { frame.mean(), frame.size(), lower, upper, error }) {
			out.writeDouble(number);
		}
		regression.save(out);
		window.save(out);
	}

	static RecursiveState read(DataInput in) throws IOException {
		int count = in.readInt();
		if (count < 1 || count > 64) {
			throw new IOException("a saved regression on " + count + " lags");
		}
		int[] lags = new int[count];
		for (int i = 0; i < count; i++) {
			lags[i] = in.readInt();
			if (lags[i] <= (i == 0 ? 0 : lags[i - 1])) {
				throw new IOException("a saved regression whose lags do not ascend");
			}
		}
		int regressors = in.readInt();
		boolean logs = in.readBoolean();
		double mean = in.readDouble();
		double size = in.readDouble();
		if (regressors < 0 || regressors > 1 << 10 || !Double.isFinite(mean) || !(size > 0)) {
			throw new IOException("a saved regression with " + regressors + " regressors, mean " + mean + ", size " + size);
		}
		Frame frame = new Frame(lags, regressors, mean, size, logs);
		double lower = in.readDouble();
		double upper = in.readDouble();
		double error = in.readDouble();
		RecursiveState state = new RecursiveState(frame, RecursiveLeastSquares.read(in, frame.count()), lower, upper);
		state.error = error;
		state.window = Window.read(in);
		return state;
	}
}
