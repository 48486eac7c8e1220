// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import java.util.List;

/**
 * The columns of the regression: a constant, the time, one hinge a changepoint, a sine and a cosine for each harmonic, and the
 * regressors. Time runs from 0 at the first step of the training to 1 at its last.
 */
final class Design {
	/** The first hinge. */
	static final int HINGES = 2;

	final double span;
	/** Where the trend may change, in steps of the training; moved on by {@link ProphetState}. */
	final double[] changes;
	final List<Season> seasons;
	final double[] centres;
	final double[] scales;
	/** How many columns. */
	final int size;

	/**
	 * @param span    steps from the first to the last value of the training
	 * @param changes where the trend may change, in steps
	 * @param seasons what comes again
	 * @param centres what is subtracted from each regressor
	 * @param scales  and what it is divided by
	 */
	Design(double span, double[] changes, List<Season> seasons, double[] centres, double[] scales) {
		this.span = span;
		this.changes = changes;
		this.seasons = List.copyOf(seasons);
		this.centres = centres;
		this.scales = scales;
		size = firstRegressor() + centres.length;
	}

	/** The first column of a season. */
	int firstOf(int season) {
		int at = HINGES + changes.length;
		for (int i = 0; i < season; i++) {
			at += 2 * seasons.get(i).order();
		}
		return at;
	}

	/** The first column of a regressor. */
	int firstRegressor() {
		return firstOf(seasons.size());
	}

	/** The columns of the trend: the constant, the time and the hinges. */
	int trend() {
		return HINGES + changes.length;
	}

	/**
	 * Fills a row.
	 *
	 * @param step       steps since the first of the training
	 * @param regressors as they come
	 * @param row        gets the columns
	 */
	void row(double step, double[] regressors, double[] row) {
		row[0] = 1;
		row[1] = step / span;
		for (int i = 0; i < changes.length; i++) {
			row[HINGES + i] = step > changes[i] ? (step - changes[i]) / span : 0;
		}
		int at = trend();
		for (Season season : seasons) {
			double angle = 2 * Math.PI * step / season.period();
			double cos = Math.cos(angle);
			double sin = Math.sin(angle);
			double c = 1;
			double s = 0;
			for (int k = 0; k < season.order(); k++) {
				double next = c * cos - s * sin;
				s = s * cos + c * sin;
				c = next;
				row[at++] = s;
				row[at++] = c;
			}
		}
		for (int i = 0; i < centres.length; i++) {
			row[at++] = (regressors[i] - centres[i]) / scales[i];
		}
	}

	/** A part of the product of a row and coefficients. */
	static double dot(double[] row, double[] coefficients, int from, int to) {
		double sum = 0;
		for (int i = from; i < to; i++) {
			sum += row[i] * coefficients[i];
		}
		return sum;
	}
}
