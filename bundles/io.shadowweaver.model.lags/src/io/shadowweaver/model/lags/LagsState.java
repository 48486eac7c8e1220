// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lags;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.kit.series.RecursiveLeastSquares;
import io.shadowweaver.kit.series.Scale;

/** The regressions of one series and the values that they look back on. */
final class LagsState implements SingleSeriesModel.Fitted {
	/** Forecasts and errors beyond so many deviations are cut. */
	static final double SIGMAS = 6;
	private static final double SLOW = .001;

	private final Features features;
	private final int[] anchors;
	private final RecursiveLeastSquares[] regressions;
	private final double[] errors;
	private final double lower;
	private final double upper;
	private Window window;
	private double mean;
	private double deviation;
	private final double[] x;

	LagsState(Features features, int[] anchors, RecursiveLeastSquares[] regressions, int length, double lower, double upper) {
		this.features = features;
		this.anchors = anchors;
		this.regressions = regressions;
		this.lower = lower;
		this.upper = upper;
		errors = new double[anchors.length];
		window = new Window(length);
		x = new double[features.count];
	}

	/** Takes the history without learning from it again. */
	void start(double[] values) {
		for (double value : values) {
			window.add(value);
		}
		mean = Scale.mean(values);
		deviation = Scale.deviation(values);
		java.util.Arrays.fill(errors, deviation / features.size());
	}

	@Override
	public void update(double value) {
		if (!Double.isFinite(value)) {
			window.add(forecast(new int[] { 1 })[0]);
			return;
		}
		window.add(value);
		double away = value - mean;
		mean += SLOW * away;
		deviation = Math.sqrt(Math.max(deviation * deviation * (1 - SLOW) + SLOW * away * away, 1e-24));
		int newest = window.newest();
		for (int i = 0; i < anchors.length; i++) {
			int origin = newest - anchors[i];
			if (origin - Features.RECENT < window.oldest()) {
				break;
			}
			features.fill(window, origin, anchors[i], x);
			double change = (value - window.at(origin)) / features.size();
			double error = change - regressions[i].predict(x);
			double bound = SIGMAS * errors[i];
			errors[i] += .005 * (Math.min(Math.abs(error), 2 * bound) - errors[i]);
			regressions[i].update(x, Math.clamp(error, -bound, bound));
		}
	}

	@Override
	public double[] forecast(int[] leads) {
		double[] forecast = new double[leads.length];
		int now = window.newest();
		double last = window.at(now);
		double low = Math.max(lower, Math.min(last, mean - SIGMAS * deviation));
		double high = Math.min(upper, Math.max(last, mean + SIGMAS * deviation));
		for (int i = 0; i < leads.length; i++) {
			features.fill(window, now, leads[i], x);
			forecast[i] = Math.clamp(last + features.size() * change(leads[i]), Math.min(low, high), high);
		}
		return forecast;
	}

	/** The regressions at the nearest leads, mixed by the logarithm of the lead. */
	private double change(int lead) {
		int right = 0;
		while (right < anchors.length && anchors[right] < lead) {
			right++;
		}
		if (right == anchors.length) {
			return regressions[right - 1].predict(x);
		}
		if (anchors[right] == lead || right == 0) {
			return regressions[right].predict(x);
		}
		double share = Math.log((double) lead / anchors[right - 1]) / Math.log((double) anchors[right] / anchors[right - 1]);
		return regressions[right - 1].predict(x) * (1 - share) + regressions[right].predict(x) * share;
	}

	@Override
	public void save(DataOutput out) throws IOException {
		out.writeInt(features.season());
		out.writeInt(features.longSeason());
		for (double number : new double[] { features.size(), lower, upper, mean, deviation }) {
			out.writeDouble(number);
		}
		out.writeInt(anchors.length);
		for (int i = 0; i < anchors.length; i++) {
			out.writeInt(anchors[i]);
			out.writeDouble(errors[i]);
			regressions[i].save(out);
		}
		window.save(out);
	}

	static LagsState read(DataInput in) throws IOException {
		int season = in.readInt();
		int longSeason = in.readInt();
		double size = in.readDouble();
		double lower = in.readDouble();
		double upper = in.readDouble();
		double mean = in.readDouble();
		double deviation = in.readDouble();
		int count = in.readInt();
		if (season < 0 || longSeason < 0 || !(size > 0) || count < 1 || count > 64) {
			throw new IOException("a saved regression with seasons " + season + " and " + longSeason + ", size " + size + ", " + count
					+ " leads");
		}
		Features features = new Features(season, longSeason, size);
		int[] anchors = new int[count];
		double[] errors = new double[count];
		RecursiveLeastSquares[] regressions = new RecursiveLeastSquares[count];
		for (int i = 0; i < count; i++) {
			anchors[i] = in.readInt();
			errors[i] = in.readDouble();
			regressions[i] = RecursiveLeastSquares.read(in, features.count);
		}
		LagsState state = new LagsState(features, anchors, regressions, 1, lower, upper);
		System.arraycopy(errors, 0, state.errors, 0, count);
		state.mean = mean;
		state.deviation = deviation;
		state.window = Window.read(in);
		return state;
	}
}
