// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import io.shadowweaver.kit.series.Autocorrelation;
import io.shadowweaver.model.arima.Estimator.Fit;

/**
 * The stepwise search of Hyndman and Khandakar (Automatic Time Series Forecasting, 2008): from a few simple models to ever
 * better neighbours, by the corrected Akaike criterion, with a bound on how many are tried.
 */
final class OrderSearch {
	private static final int MOST = 5;
	private static final int MOST_SEASONAL = 2;
	private static final int ITERATIONS = 12;
	private static final double TOLERANCE = 1e-5;

	/** A model: its order, and whether it has a constant. */
	record Candidate(Order order, boolean constant) {
	}

	private final Estimator plain;
	private final Estimator withConstant;
	private final double[] series;
	private final Map<Candidate, Fit> tried = new HashMap<>();
	private final int budget;

	/**
	 * @param whitening of differenced series
	 * @param series    differenced
	 * @param constant  whether a constant may enter, by its differenced regressor; {@code null} for none
	 * @param budget    how many models may be tried
	 */
	OrderSearch(Whitening whitening, double[] series, double[] constant, int budget) {
		this.series = series;
		this.budget = budget;
		plain = new Estimator(whitening, series, new double[0][], TOLERANCE);
		withConstant = constant == null ? null : new Estimator(whitening, series, new double[][] { constant }, TOLERANCE);
	}

	/** The best candidates, best first. */
	List<Candidate> run(Order differences, int count) {
		boolean seasonal = differences.period() > 1;
		int s = seasonal ? 1 : 0;
		boolean constant = withConstant != null;
		Order[] starts = { differences.with(2, 2, s, s), differences.with(0, 0, 0, 0), differences.with(1, 0, s, 0), differences.with(0, 1, 0, s),
				differences.with(2, 1, 0, s) };
		Candidate best = null;
		for (Order order : starts) {
			best = better(best, new Candidate(order, constant), null);
		}
		if (constant) {
			best = better(best, new Candidate(starts[1], false), null);
		}
		Candidate from;
		do {
			from = best;
			for (Candidate next : neighbours(from)) {
				best = better(best, next, from);
				if (best != from) {
					// go on from the first that is better, as the authors do
					break;
				}
			}
		} while (best != from && tried.size() < budget);
		return tried.entrySet().stream().sorted(Comparator.comparingDouble((Map.Entry<Candidate, Fit> entry) -> entry.getValue().aicc())
				.thenComparing(entry -> entry.getKey().toString())).limit(count).map(Map.Entry::getKey).toList();
	}

	/** Where the estimation of a candidate that was tried ended. */
	double[] point(Candidate candidate) {
		return tried.get(candidate).point();
	}

	private Candidate better(Candidate best, Candidate next, Candidate from) {
		if (tried.containsKey(next) || best != null && tried.size() >= budget) {
			return best;
		}
		Estimator estimator = next.constant() ? withConstant : plain;
		Fit fit = estimator.fit(next.order(), start(next.order(), from), next.constant() ? 2 : 1, ITERATIONS);
		tried.put(next, fit);
		return best == null || fit.aicc() < tried.get(best).aicc() ? next : best;
	}

	private List<Candidate> neighbours(Candidate from) {
		Order o = from.order();
		int[][] seasonal = { { -1, 0 }, { 0, -1 }, { 1, 0 }, { 0, 1 }, { -1, -1 }, { -1, 1 }, { 1, -1 }, { 1, 1 } };
		List<Candidate> neighbours = new ArrayList<>();
		for (int[] step : o.period() > 1 ? seasonal : new int[0][]) {
			add(neighbours, from, o.p(), o.q(), o.seasonalP() + step[0], o.seasonalQ() + step[1]);
		}
		for (int[] step : seasonal) {
			add(neighbours, from, o.p() + step[0], o.q() + step[1], o.seasonalP(), o.seasonalQ());
		}
		if (withConstant != null) {
			neighbours.add(new Candidate(o, !from.constant()));
		}
		return neighbours;
	}

	private static void add(List<Candidate> neighbours, Candidate from, int p, int q, int seasonalP, int seasonalQ) {
		if (Math.min(Math.min(p, q), Math.min(seasonalP, seasonalQ)) >= 0 && Math.max(p, q) <= MOST && Math.max(seasonalP, seasonalQ) <= MOST_SEASONAL
				&& seasonalP + seasonalQ <= MOST_SEASONAL + 1) {
			neighbours.add(new Candidate(from.order().with(p, q, seasonalP, seasonalQ), from.constant()));
		}
	}

	/** Where an estimation starts: at the model that it is a neighbour of, else at the sample's partial autocorrelations. */
	private double[] start(Order order, Candidate from) {
		double[][] known = from == null ? guess(order) : blocks(from.order(), tried.get(from).point());
		int[] lengths = { order.p(), order.q(), order.seasonalP(), order.seasonalQ() };
		return java.util.stream.IntStream.range(0, 4).boxed().flatMapToDouble(block -> {
			double[] start = java.util.Arrays.copyOf(known[block], lengths[block]);
			for (int i = known[block].length; i < start.length; i++) {
				start[i] = .1;
			}
			return DoubleStream.of(start);
		}).toArray();
	}

	private static double[][] blocks(Order order, double[] point) {
		int[] ends = { 0, order.p(), order.p() + order.q(), order.p() + order.q() + order.seasonalP(), order.parameters() };
		double[][] blocks = new double[4][];
		for (int block = 0; block < 4; block++) {
			blocks[block] = java.util.Arrays.copyOfRange(point, ends[block], ends[block + 1]);
		}
		return blocks;
	}

	private double[][] guess(Order order) {
		double[] correlations = Autocorrelation.of(series, Math.min(series.length - 1, Math.max(MOST, order.period())));
		double[] partial = PartialAutocorrelations.ofAutocorrelations(correlations, order.p());
		for (int i = 0; i < partial.length; i++) {
			partial[i] = PartialAutocorrelations.unbounded(Math.clamp(partial[i], -.95, .95));
		}
		double season = order.period() < correlations.length ? correlations[order.period()] : 0;
		double[] seasonal = new double[order.seasonalP()];
		double[] average = new double[order.seasonalQ()];
		if (seasonal.length > 0) {
			seasonal[0] = order.seasonalD() > 0 ? 0 : Math.clamp(season, -.8, .8);
		}
		if (average.length > 0) {
			// the moving average counts with the sign of a partial autocorrelation turned
			average[0] = order.seasonalD() > 0 ? 1 : -.1;
		}
		return new double[][] { partial, order.p() == 0 ? new double[0] : new double[] { .2 }, seasonal, average };
	}
}
