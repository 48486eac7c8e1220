// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What of a series is no ARIMA process: harmonics of long seasons, drivers and events, and a constant. The constant is the level of a series that is not
 * differenced, a slope of one that is differenced once.
 *
 * @param harmonics of each long season
 * @param drivers   how many drivers and events there are
 * @param rise      steps in which the constant is added once more; 0 for a level, negative for no constant
 * @param beta      weights: those of the harmonics, of the drivers, of the constant
 */
record Regression(List<Harmonics> harmonics, int drivers, int rise, double[] beta) {
	/** The same with other weights. */
	Regression with(double[] weights) {
		return new Regression(harmonics, drivers, rise, weights);
	}

	/** Where the weights of the drivers begin. */
	int firstDriver() {
		return harmonics.stream().mapToInt(Harmonics::size).sum();
	}

	/** The value of the regressor of the constant. */
	private static double constant(long time, int rise) {
		return rise == 0 ? 1 : (double) time / rise;
	}

	/** Columns of the harmonics, of the drivers and of the constant, for the times 0 … length-1. */
	static double[][] columns(List<Harmonics> harmonics, double[][] drivers, int rise, int length) {
		List<double[]> columns = new ArrayList<>();
		harmonics.forEach(season -> columns.addAll(Arrays.asList(season.columns(length))));
		columns.addAll(Arrays.asList(drivers));
		if (rise >= 0) {
			double[] constant = new double[length];
			Arrays.setAll(constant, t -> constant(t, rise));
			columns.add(constant);
		}
		return columns.toArray(double[][]::new);
	}

	/**
	 * @param time       in steps from the first value
	 * @param regressors of the drivers
	 */
	double at(long time, double[] regressors) {
		double sum = level(time) + drivers(regressors);
		for (int season = 0; season < harmonics.size(); season++) {
			sum += season(season, time);
		}
		return sum;
	}

	/** What the constant says. */
	double level(long time) {
		return rise < 0 ? 0 : beta[beta.length - 1] * constant(time, rise);
	}

	/** What a driver says. */
	double driver(int driver, double value) {
		return beta[firstDriver() + driver] * value;
	}

	private double drivers(double[] regressors) {
		double sum = 0;
		for (int driver = 0; driver < drivers; driver++) {
			sum += driver(driver, regressors[driver]);
		}
		return sum;
	}

	/** What the harmonics of a season say. */
	double season(int season, long time) {
		int at = 0;
		for (int before = 0; before < season; before++) {
			at += harmonics.get(before).size();
		}
		double[] row = new double[harmonics.get(season).size()];
		harmonics.get(season).write(time, row, 0);
		double sum = 0;
		for (int k = 0; k < row.length; k++) {
			sum += beta[at + k] * row[k];
		}
		return sum;
	}

	void save(DataOutput out) throws IOException {
		out.writeInt(harmonics.size());
		for (Harmonics season : harmonics) {
			out.writeInt(season.period());
			out.writeInt(season.multiples().length);
			for (int multiple : season.multiples()) {
				out.writeInt(multiple);
			}
		}
		out.writeInt(drivers);
		out.writeInt(rise);
		for (double weight : beta) {
			out.writeDouble(weight);
		}
	}

	static Regression read(DataInput in) throws IOException {
		List<Harmonics> harmonics = new ArrayList<>();
		int seasons = within(in.readInt(), 0, 16);
		for (int season = 0; season < seasons; season++) {
			int period = within(in.readInt(), 2, 1 << 24);
			int[] multiples = new int[within(in.readInt(), 0, 1 << 10)];
			for (int i = 0; i < multiples.length; i++) {
				multiples[i] = within(in.readInt(), i == 0 ? 1 : multiples[i - 1] + 1, period);
			}
			harmonics.add(new Harmonics(period, multiples));
		}
		int drivers = within(in.readInt(), 0, 1 << 10);
		int rise = within(in.readInt(), -1, 1 << 24);
		Regression regression = new Regression(harmonics, drivers, rise, new double[0]);
		double[] beta = new double[regression.firstDriver() + drivers + (rise < 0 ? 0 : 1)];
		for (int k = 0; k < beta.length; k++) {
			beta[k] = in.readDouble();
		}
		return regression.with(beta);
	}

	/** A number that was read, if it can be true. */
	static int within(int number, int least, int most) throws IOException {
		if (number < least || number > most) {
			throw new IOException("a saved state of an ARIMA model holds " + number + " where " + least + " to " + most + " is possible");
		}
		return number;
	}
}
