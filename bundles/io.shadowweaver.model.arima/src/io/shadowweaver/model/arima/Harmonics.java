// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.util.Arrays;
import java.util.stream.IntStream;

import io.shadowweaver.kit.series.NormalEquations;

/**
 * Cosines and sines of a season that is too long for a seasonal ARMA polynomial.
 *
 * @param period    of the season in steps
 * @param multiples of its frequency, ascending, each below half the period
 */
record Harmonics(int period, int[] multiples) {
	private static final double RIDGE = 1e-9;

	/**
	 * The first harmonics of a season.
	 *
	 * @param period in steps
	 * @param most   how many
	 * @param except a period whose harmonics are left out, since another part of the model has them; 1 for none
	 */
	static Harmonics first(int period, int most, int except) {
		return new Harmonics(period, IntStream.rangeClosed(1, (period - 1) / 2).filter(k -> except == 1 || (long) k * except % period != 0)
				.limit(most).toArray());
	}

	/** How many regressors these are: two a harmonic. */
	int size() {
		return 2 * multiples.length;
	}

	/**
	 * Writes the regressors of one time, cosine and sine of each harmonic.
	 *
	 * @param time in steps
	 * @param into where to
	 * @param at   first index
	 */
	void write(long time, double[] into, int at) {
		double angle = 2 * Math.PI * Math.floorMod(time, period) / period;
		double cosine = Math.cos(angle);
		double sine = Math.sin(angle);
		double c = 1;
		double s = 0;
		int index = at;
		int multiple = 0;
		for (int wanted : multiples) {
			for (; multiple < wanted; multiple++) {
				double turned = c * cosine - s * sine;
				s = s * cosine + c * sine;
				c = turned;
			}
			into[index++] = c;
			into[index++] = s;
		}
	}

	/** The regressors of the times 0 … length-1, one array a regressor. */
	double[][] columns(int length) {
		double[][] columns = new double[size()][length];
		double[] row = new double[size()];
		for (int t = 0; t < length; t++) {
			write(t, row, 0);
			for (int k = 0; k < row.length; k++) {
				columns[k][t] = row[k];
			}
		}
		return columns;
	}

	/** Only the first so many of these harmonics. */
	Harmonics truncated(int count) {
		return new Harmonics(period, Arrays.copyOf(multiples, count));
	}

	/**
	 * How many of the harmonics the corrected Akaike criterion wants, the first always before the next.
	 *
	 * @param target  whitened, so that its errors are independent
	 * @param base    regressors that are there in any case, whitened
	 * @param columns whitened regressors of the harmonics, two each
	 * @return 0 … columns.length / 2
	 */
	static int choose(double[] target, double[][] base, double[][] columns) {
		int most = columns.length / 2;
		double[][] all = Arrays.copyOf(base, base.length + columns.length);
		System.arraycopy(columns, 0, all, base.length, columns.length);
		double[] explained = explained(target, all);
		double rest = 0;
		for (double value : target) {
			rest += value * value;
		}
		double least = Double.POSITIVE_INFINITY;
		int best = 0;
		int n = target.length;
		for (int k = 0; k <= all.length; k++) {
			int harmonics = (k - base.length) / 2;
			if (k >= base.length && (k - base.length) % 2 == 0 && n - k - 2 > 0) {
				double aicc = n * Math.log(Math.max(rest, 1e-300) / n) + 2. * k + 2. * k * (k + 1) / (n - k - 1);
				if (aicc < least) {
					least = aicc;
					best = harmonics;
				}
			}
			if (k < all.length) {
				rest -= explained[k];
			}
		}
		return Math.min(best, most);
	}

	/** By how much each regressor, entered after those before it, lowers the sum of squares: one Cholesky factor tells of all. */
	private static double[] explained(double[] target, double[][] columns) {
		NormalEquations equations = new NormalEquations(columns.length);
		double[] row = new double[columns.length];
		for (int t = 0; t < target.length; t++) {
			for (int k = 0; k < row.length; k++) {
				row[k] = columns[k][t];
			}
			equations.add(row, target[t], 1);
		}
		return equations.explained(RIDGE);
	}
}
