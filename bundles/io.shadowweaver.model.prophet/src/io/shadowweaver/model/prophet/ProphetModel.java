// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.prophet;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Scale;

/**
 * Trend, seasons and events that add up, after Taylor and Letham, Forecasting at Scale, The American Statistician 72 (2018). The trend is
 * piecewise linear, or saturates where the series has an upper bound; it may change at 25 places in the first four fifths of
 * the history, with a Laplace prior on each change. Unlike there, the estimate comes from the moments of the regression, which
 * go on with each value; days and weeks have more harmonics, and the present deviation is added to the next values where that
 * was better in the last fifth of the history.
 */
final class ProphetModel extends SingleSeriesModel {
	/** The least number of values. */
	static final int LEAST = 24;
	private static final int CHANGES = 25;
	/** The part of the history in which the trend may change. */
	static final double CHANGING = .8;
	/** Longer histories are cut: behind a bend of the trend, what was long before tells nothing. */
	private static final int LONGEST = 20_000;
	private static final int PASSES = 15;
	/** Linearisations of a saturating trend. */
	private static final int BENDS = 8;
	private static final double FAR = 8;

	private final Style style;

	/**
	 * How the model differs from Prophet.
	 *
	 * @param daily     harmonics of the day
	 * @param weekly    harmonics of the week
	 * @param corrected whether the present deviation may be added to the next values
	 */
	record Style(int daily, int weekly, boolean corrected) {
		/** Prophet by itself, with the orders that it chooses. */
		static final Style PLAIN = new Style(4, 3, false);
		/** For load, which has sharper days: its peaks and shoulders need more harmonics. */
		static final Style LOAD = new Style(8, 6, true);
	}

	ProphetModel(Style style) {
		this.style = style;
	}

	/** What one series is fitted from, in scaled units. */
	private record Problem(Design design, Growth growth, double[] values, double[][] regressors, double noise) {
		void row(int step, double[] row) {
			double[] now = new double[regressors.length];
			for (int i = 0; i < now.length; i++) {
				now[i] = regressors[i][step];
			}
			design.row(step, now, row);
		}
	}

	@Override
	protected Fitted fit(TrainingSeries series) {
		double[] all = series.values().values();
		int cut = Math.max(0, all.length - LONGEST);
		while (cut < all.length && !Double.isFinite(all[cut])) {
			cut++;
		}
		double[] raw = Arrays.copyOfRange(all, cut, all.length);
		if (Gaps.count(raw) < LEAST) {
			throw new IllegalArgumentException("Trend and seasons need " + LEAST + " values.");
		}
		double size = Scale.robustDeviation(raw);
		if (!(size > 0) || !Double.isFinite(size)) {
			throw new IllegalArgumentException("The series is constant or not finite.");
		}
		boolean bounded = Double.isFinite(series.upper());
		double floor = bounded && Double.isFinite(series.lower()) ? series.lower() : 0;
		double unit = bounded && series.upper() > floor ? series.upper() - floor : largest(raw);
		double[] values = new double[raw.length];
		for (int i = 0; i < raw.length; i++) {
			values[i] = (raw[i] - floor) / unit;
		}
		Problem problem = problem(series, cut, values, bounded ? Growth.LOGISTIC : Growth.LINEAR, size / unit);
		ProphetState state = estimate(problem, series.seasons());
		double far = Math.max(size, Scale.deviation(raw)) * FAR;
		state.units(floor, unit, series.lower(), series.upper(), Scale.mean(raw), far);
		state.names(series.regressors());
		return state;
	}

	private static double largest(double[] values) {
		double largest = 0;
		for (double value : values) {
			largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
		}
		return largest;
	}

	private Problem problem(TrainingSeries series, int cut, double[] values, Growth growth, double size) {
		List<Regressor> given = series.regressors();
		double[][] regressors = new double[given.size()][];
		double[] centres = new double[given.size()];
		double[] scales = new double[given.size()];
		for (int i = 0; i < given.size(); i++) {
			regressors[i] = Arrays.copyOfRange(given.get(i).values(), cut, cut + values.length);
			boolean driver = given.get(i).kind() == Regressor.Kind.DRIVER;
			double deviation = Scale.deviation(regressors[i]);
			centres[i] = driver ? Scale.mean(regressors[i]) : 0;
			scales[i] = driver && deviation > 0 ? deviation : 1;
		}
		int count = Math.max(0, Math.min(CHANGES, (int) (CHANGING * values.length) - 1));
		double[] changes = new double[count];
		for (int i = 0; i < count; i++) {
			changes[i] = Math.rint((i + 1) * (Math.floor(CHANGING * values.length) - 1) / count);
		}
		List<Season> seasons = Season.of(series.values().step(), values.length, series.seasons(), style.daily(), style.weekly());
		Design design = new Design(values.length - 1., changes, seasons, centres, scales);
		return new Problem(design, growth, values, regressors, size * size / 4);
	}

	private ProphetState estimate(Problem problem, List<Integer> seasons) {
		int length = problem.values.length;
		int trained = (int) (CHANGING * length);
		Estimate estimate = start(problem);
		Correction correction = Correction.NONE;
		Gram gram = new Gram(problem.design.size);
		if (problem.growth == Growth.LINEAR) {
			collect(problem, estimate.coefficients, gram, 0, trained);
			if (style.corrected()) {
				estimate.solve(gram, CHANGING * trained, PASSES, .05);
				correction = correction(problem, estimate.coefficients, trained, seasons);
			}
			collect(problem, estimate.coefficients, gram, trained, length);
			estimate.solve(gram, length, PASSES, .05);
		} else {
			if (style.corrected()) {
				bend(problem, estimate, trained);
				correction = correction(problem, estimate.coefficients, trained, seasons);
			}
			gram = bend(problem, estimate, length);
		}
		ProphetState state = new ProphetState(problem.design, problem.growth, gram, estimate, length, correction);
		for (double deviation : deviations(problem, estimate.coefficients, 0, length)) {
			state.settle(deviation);
		}
		return state;
	}

	private static Estimate start(Problem problem) {
		Estimate estimate = new Estimate(problem.design, problem.noise);
		estimate.coefficients[0] = problem.growth.inverse(Scale.mean(problem.values));
		return estimate;
	}

	/** Gauss and Newton: linearises at the present trend, estimates, and halves the way while that is no better. */
	private static Gram bend(Problem problem, Estimate estimate, int until) {
		Gram gram = new Gram(problem.design.size);
		double before = squares(problem, estimate.coefficients, until);
		for (int i = 0; i < BENDS; i++) {
			double[] from = estimate.coefficients;
			gram = new Gram(problem.design.size);
			collect(problem, from, gram, 0, until);
			estimate.solve(gram, CHANGING * until, 4, .01);
			double after = squares(problem, estimate.coefficients, until);
			for (int halving = 0; halving < 6 && !(after <= before * 1.0001); halving++) {
				for (int c = 0; c < from.length; c++) {
					estimate.coefficients[c] = (estimate.coefficients[c] + from[c]) / 2;
				}
				after = squares(problem, estimate.coefficients, until);
			}
			boolean settled = Math.abs(before - after) <= 1e-4 * before;
			before = after;
			estimate.noise = Math.max(1e-10, after / Math.max(1, gram.rows()));
			if (settled) {
				break;
			}
		}
		Gram last = new Gram(problem.design.size);
		collect(problem, estimate.coefficients, last, 0, until);
		return last;
	}

	private static double squares(Problem problem, double[] coefficients, int until) {
		double sum = 0;
		for (double deviation : deviations(problem, coefficients, 0, until)) {
			sum += Double.isFinite(deviation) ? deviation * deviation : 0;
		}
		return sum;
	}

	/** Adds the rows of a part of the history, linearised where the trend bends. */
	private static void collect(Problem problem, double[] at, Gram gram, int from, int to) {
		double[] row = new double[problem.design.size];
		for (int step = from; step < to; step++) {
			if (Double.isFinite(problem.values[step])) {
				problem.row(step, row);
				gram.add(row, ProphetState.linearise(problem.design, problem.growth, at, row, problem.values[step]));
			}
		}
	}

	private static double[] deviations(Problem problem, double[] coefficients, int from, int to) {
		double[] deviations = new double[to - from];
		double[] row = new double[problem.design.size];
		for (int step = from; step < to; step++) {
			problem.row(step, row);
			deviations[step - from] = problem.values[step] - ProphetState.value(problem.design, problem.growth, coefficients, row);
		}
		return deviations;
	}

	private static Correction correction(Problem problem, double[] coefficients, int trained, List<Integer> seasons) {
		int length = problem.values.length;
		int test = length - trained;
		int season = seasons.isEmpty() ? 12 : seasons.getFirst();
		int[] leads = Arrays.stream(new int[] { 1, season / 8, season / 2, season, 2 * season }).filter(lead -> lead > 0 && lead <= test / 2).distinct()
				.toArray();
		return leads.length == 0 ? Correction.NONE
				: Correction.choose(deviations(problem, coefficients, 0, trained), deviations(problem, coefficients, trained, length), leads);
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return ProphetState.read(in);
	}
}
