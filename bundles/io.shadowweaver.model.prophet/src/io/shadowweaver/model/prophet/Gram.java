// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The moments X'X, X'y and y'y of a regression, to which rows are added one by one and which forgets old ones exponentially. Rather
 * than shrink what is there, a new row weighs more.
 */
final class Gram {
	private static final double HEAVY = 1e9;

	final int size;
	/** The lower triangle, row by row. */
	private final double[] xx;
	private final double[] xy;
	private double yy;
	private double rows;
	private double weight = 1;

	Gram(int size) {
		this.size = size;
		xx = new double[size * (size + 1) / 2];
		xy = new double[size];
	}

	/** Adds a row. */
	void add(double[] x, double y) {
		int at = 0;
		for (int i = 0; i < size; i++) {
			double xi = x[i] * weight;
			if (xi == 0) {
				at += i + 1;
				continue;
			}
			for (int j = 0; j <= i; j++) {
				xx[at++] += xi * x[j];
			}
			xy[i] += xi * y;
		}
		yy += weight * y * y;
		rows += weight;
	}

	/** What is there counts so much less than what comes: a factor up to 1. */
	void forget(double factor) {
		weight /= factor;
		if (weight > HEAVY) {
			for (int i = 0; i < xx.length; i++) {
				xx[i] /= weight;
			}
			for (int i = 0; i < size; i++) {
				xy[i] /= weight;
			}
			yy /= weight;
			rows /= weight;
			weight = 1;
		}
	}

	/** Forgets all about a column. */
	void clear(int column) {
		for (int i = 0; i < size; i++) {
			int row = Math.max(i, column);
			xx[row * (row + 1) / 2 + Math.min(i, column)] = 0;
		}
		xy[column] = 0;
	}

	/** The number of rows, old ones counted for less. */
	double rows() {
		return rows / weight;
	}

	double xx(int i, int j) {
		return (i >= j ? xx[i * (i + 1) / 2 + j] : xx[j * (j + 1) / 2 + i]) / weight;
	}

	double xy(int i) {
		return xy[i] / weight;
	}

	/** The sum of squared residuals under coefficients. */
	double squares(double[] coefficients) {
		double sum = yy;
		int at = 0;
		for (int i = 0; i < size; i++) {
			double row = 0;
			for (int j = 0; j < i; j++) {
				row += xx[at++] * coefficients[j];
			}
			sum += coefficients[i] * (2 * row + xx[at++] * coefficients[i] - 2 * xy[i]);
		}
		return Math.max(0, sum / weight);
	}

	void save(DataOutput out) throws IOException {
		for (double value : xx) {
			out.writeDouble(value);
		}
		for (double value : xy) {
			out.writeDouble(value);
		}
		out.writeDouble(yy);
		out.writeDouble(rows);
		out.writeDouble(weight);
	}

	static Gram read(DataInput in, int size) throws IOException {
		Gram gram = new Gram(size);
		for (int i = 0; i < gram.xx.length; i++) {
			gram.xx[i] = in.readDouble();
		}
		for (int i = 0; i < size; i++) {
			gram.xy[i] = in.readDouble();
		}
		gram.yy = in.readDouble();
		gram.rows = in.readDouble();
		gram.weight = in.readDouble();
		if (!(gram.rows > 0 && gram.weight > 0 && Double.isFinite(gram.yy))) {
			throw new IOException("saved moments of " + gram.rows + " rows of weight " + gram.weight);
		}
		return gram;
	}
}
