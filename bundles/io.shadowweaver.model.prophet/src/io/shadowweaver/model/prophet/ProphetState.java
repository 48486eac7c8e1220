// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.SingleSeriesModel;

/**
 * Trend, seasons and regressors of one series. Each value is a row more of moments that slowly forget; every few steps the coefficients are
 * estimated again from where they are. As time goes on the oldest changepoint is given up and a new one set at the present,
 * which counts once enough is behind it, so that there are always changepoints in the first four fifths of the memory.
 */
final class ProphetState implements SingleSeriesModel.Fitted {
	/** After a training's length of new values old ones count so much. */
	private static final double LEFT = .2;
	/** The coefficients are estimated again every so many values, with so many passes. */
	private static final int EVERY = 24;
	private static final int PASSES = 3;
	/** How far from its expectation, in deviations of the noise, a value may draw the coefficients. */
	private static final double OUTLIER = 6;
	private static final SingleSeriesModel.Ahead NOTHING_AHEAD = (regressor, lead) -> 0;

	private final Design design;
	private final Growth growth;
	private final Gram gram;
	private final Estimate estimate;
	private final Correction correction;
	private final double forgetting;
	/** The number of the next step since the beginning of the training. */
	private long step;
	private int sinceEstimate;
	private double smoothed;
	private double floor;
	private double unit = 1;
	private double lower;
	private double upper;
	private double usual;
	private double reach;
	private String[] names = {};
	private boolean[] drivers = {};

	ProphetState(Design design, Growth growth, Gram gram, Estimate estimate, long step, Correction correction) {
		this.design = design;
		this.growth = growth;
		this.gram = gram;
		this.estimate = estimate;
		this.step = step;
		this.correction = correction;
		forgetting = Math.pow(LEFT, 1 / design.span);
	}

	/** What scaled units are, and where forecasts stay. */
	void units(double least, double size, double low, double high, double mean, double far) {
		floor = least;
		unit = size;
		lower = low;
		upper = high;
		usual = mean;
		reach = far;
	}

	/** What the regressors are called. */
	void names(List<Regressor> regressors) {
		names = regressors.stream().map(Regressor::id).toArray(String[]::new);
		drivers = new boolean[names.length];
		for (int i = 0; i < drivers.length; i++) {
			drivers[i] = regressors.get(i).kind() == Regressor.Kind.DRIVER;
		}
	}

	/** Takes a deviation in scaled units; {@code NaN} for a gap. */
	void settle(double deviation) {
		smoothed = correction.next(smoothed, deviation);
	}

	/** What the model expects of a row, in scaled units. */
	static double value(Design design, Growth growth, double[] coefficients, double[] row) {
		return growth.value(Design.dot(row, coefficients, 0, design.trend())) + Design.dot(row, coefficients, design.trend(), design.size);
	}

	/**
	 * Makes a row and its value those of a regression near the present trend; a linear trend leaves them as they are.
	 *
	 * @return the value to add with the row
	 */
	static double linearise(Design design, Growth growth, double[] at, double[] row, double value) {
		if (growth == Growth.LINEAR) {
			return value;
		}
		double z = Design.dot(row, at, 0, design.trend());
		double slope = growth.slope(z);
		for (int i = 0; i < design.trend(); i++) {
			row[i] *= slope;
		}
		return value - growth.value(z) + slope * z;
	}

	@Override
	public void update(double value) {
		update(value, new double[names.length]);
	}

	@Override
	public void update(double value, double[] regressors) {
		gram.forget(forgetting);
		double[] row = new double[design.size];
		design.row(step, regressors, row);
		double expected = value(design, growth, estimate.coefficients, row);
		if (Double.isFinite(value)) {
			double deviation = (value - floor) / unit - expected;
			double widest = OUTLIER * Math.sqrt(estimate.noise) + Math.abs(smoothed);
			double taken = expected + Math.clamp(deviation, -widest, widest);
			settle(Math.clamp(deviation, -reach / unit, reach / unit));
			usual += .001 * (value - usual);
			reach = Math.max(reach, Math.min(2 * Math.abs(value - usual), reach * 1.01));
			gram.add(row, linearise(design, growth, estimate.coefficients, row, taken));
		} else {
			settle(Double.NaN);
		}
		step++;
		turn();
		if (++sinceEstimate >= EVERY) {
			estimate(regressors, expected);
		}
	}

	/** Estimates again; the present deviation is then one from another expectation. */
	private void estimate(double[] regressors, double before) {
		sinceEstimate = 0;
		double[] kept = estimate.coefficients;
		double noise = estimate.noise;
		try {
			estimate.solve(gram, step - (1 - ProphetModel.CHANGING) * design.span, PASSES, .002);
		} catch (IllegalArgumentException e) {
			// what was estimated before still holds
			estimate.coefficients = kept;
			estimate.noise = noise;
			return;
		}
		double[] row = new double[design.size];
		design.row(step - 1., regressors, row);
		smoothed += before - value(design, growth, estimate.coefficients, row);
	}

	/** Where time has gone on by the distance of two changepoints, the oldest becomes part of the constant and the slope, and a new one begins. */
	private void turn() {
		int count = design.changes.length;
		if (count == 0) {
			return;
		}
		int oldest = 0;
		double newest = 0;
		for (int i = 0; i < count; i++) {
			oldest = design.changes[i] < design.changes[oldest] ? i : oldest;
			newest = Math.max(newest, design.changes[i]);
		}
		double apart = Math.max(1, ProphetModel.CHANGING * design.span / count);
		boolean first = newest <= design.span * ProphetModel.CHANGING;
		if (step - (first ? design.span : newest) < apart) {
			return;
		}
		double change = estimate.coefficients[Design.HINGES + oldest];
		estimate.coefficients[1] += change;
		estimate.coefficients[0] -= change * design.changes[oldest] / design.span;
		estimate.coefficients[Design.HINGES + oldest] = 0;
		gram.clear(Design.HINGES + oldest);
		design.changes[oldest] = step;
	}

	@Override
	public double[] forecast(int[] leads) {
		return forecast(leads, NOTHING_AHEAD);
	}

	@Override
	public double[] forecast(int[] leads, SingleSeriesModel.Ahead regressors) {
		double[] row = new double[design.size];
		return at(leads, i -> {
			row(leads[i], regressors, row);
			return bounded(value(design, growth, estimate.coefficients, row) + correction.ahead(smoothed, leads[i]));
		});
	}

	private void row(int lead, SingleSeriesModel.Ahead regressors, double[] row) {
		double[] ahead = new double[names.length];
		for (int i = 0; i < ahead.length; i++) {
			ahead[i] = regressors.value(i, lead);
		}
		design.row(step - 1. + lead, ahead, row);
	}

	/** In the unit of the series, where it can be. */
	private double bounded(double scaled) {
		double value = Math.clamp(floor + unit * scaled, usual - reach, usual + reach);
		return Math.max(lower, Math.min(upper, value));
	}

	private static double[] at(int[] leads, IntToDoubleFunction value) {
		double[] values = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			values[i] = value.applyAsDouble(i);
		}
		return values;
	}

	@Override
	public List<Part> explain(int[] leads, SingleSeriesModel.Ahead regressors) {
		double[][] rows = new double[leads.length][design.size];
		for (int i = 0; i < leads.length; i++) {
			row(leads[i], regressors, rows[i]);
		}
		double[] b = estimate.coefficients;
		List<Part> parts = new ArrayList<>();
		parts.add(new Part(Part.Kind.TREND, "trend", at(leads, i -> floor + unit * growth.value(Design.dot(rows[i], b, 0, design.trend())))));
		for (int season = 0; season < design.seasons.size(); season++) {
			int from = design.firstOf(season);
			int to = design.firstOf(season + 1);
			parts.add(new Part(Part.Kind.SEASON, design.seasons.get(season).name(), at(leads, i -> unit * Design.dot(rows[i], b, from, to))));
		}
		for (int regressor = 0; regressor < names.length; regressor++) {
			int column = design.firstRegressor() + regressor;
			parts.add(new Part(drivers[regressor] ? Part.Kind.DRIVER : Part.Kind.EVENT, Regressor.name(names[regressor]), at(leads, i -> unit * rows[i][column] * b[column])));
		}
		double[] whole = forecast(leads, regressors);
		parts.add(new Part(Part.Kind.REST, "present deviation", at(leads, i -> {
			double rest = whole[i];
			for (Part part : parts) {
				rest -= part.values()[i];
			}
			return rest;
		})));
		return parts;
	}

	@Override
	public void save(DataOutput out) throws IOException {
		StateFile.write(out, design);
		out.writeBoolean(growth == Growth.LOGISTIC);
		gram.save(out);
		StateFile.write(out, estimate.coefficients);
		StateFile.write(out, new double[] { estimate.noise, correction.fading(), correction.rate(), smoothed, floor, unit, usual, reach });
		// bounds may be infinite
		out.writeDouble(lower);
		out.writeDouble(upper);
		out.writeLong(step);
		out.writeInt(sinceEstimate);
		out.writeInt(names.length);
		for (int i = 0; i < names.length; i++) {
			out.writeUTF(names[i]);
			out.writeBoolean(drivers[i]);
		}
	}

	static ProphetState read(DataInput in) throws IOException {
		Design design = StateFile.design(in);
		Growth growth = in.readBoolean() ? Growth.LOGISTIC : Growth.LINEAR;
		Gram gram = Gram.read(in, design.size);
		double[] coefficients = StateFile.numbers(in, design.size);
		double[] numbers = StateFile.numbers(in, 8);
		Estimate estimate = new Estimate(design, numbers[0]);
		estimate.coefficients = coefficients;
		double lower = in.readDouble();
		double upper = in.readDouble();
		ProphetState state = new ProphetState(design, growth, gram, estimate, in.readLong(), new Correction(numbers[1], numbers[2]));
		state.smoothed = numbers[3];
		state.units(numbers[4], numbers[5], lower, upper, numbers[6], numbers[7]);
		state.sinceEstimate = in.readInt();
		int count = in.readInt();
		if (count != design.centres.length || Double.isNaN(lower) || Double.isNaN(upper)) {
			throw new IOException("a saved state of " + count + " names for " + design.centres.length + " regressors, bounds " + lower + " to " + upper);
		}
		state.names = new String[count];
		state.drivers = new boolean[count];
		for (int i = 0; i < count; i++) {
			state.names[i] = in.readUTF();
			state.drivers[i] = in.readBoolean();
		}
		return state;
	}
}
