// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.api.model.TrainingSeries;
import io.shadowweaver.kit.series.Gaps;
import io.shadowweaver.kit.series.Scale;
import io.shadowweaver.kit.series.Seasons;
import io.shadowweaver.model.arima.ArimaState.Driver;
import io.shadowweaver.model.arima.ArimaState.Parameters;

/**
 * Regression with seasonal ARIMA errors (Box and Jenkins, Time Series Analysis, 1970; Hyndman and Khandakar, 2008). The first season of up to 24 steps
 * is part of the ARIMA process; longer ones are harmonics (dynamic harmonic regression: Young, Pedregal and Tych, 1999).
 */
final class ArimaModel extends SingleSeriesModel {
	/** So many values are needed. */
	static final int LEAST = 12;
	/** The longest period of a seasonal polynomial. */
	static final int LONGEST_EXACT = 24;
	/** Of a longer history only the end is used. */
	private static final int MOST = 10_000;
	/** The same with a seasonal polynomial, which makes the state large: four months of hours. */
	private static final int MOST_SEASONAL = 3_000;

	@Override
	protected Fitted fit(TrainingSeries series) {
		double[] all = series.values().values();
		int end = all.length;
		boolean seasonal = series.seasons().stream().anyMatch(season -> season > 1 && season <= LONGEST_EXACT);
		int begin = Math.max(0, end - (seasonal ? MOST_SEASONAL : MOST));
		while (begin < end && !Double.isFinite(all[begin])) {
			begin++;
		}
		double[] raw = Arrays.copyOfRange(all, begin, end);
		if (Gaps.count(raw) < LEAST) {
			throw new IllegalArgumentException("ARIMA needs " + LEAST + " values.");
		}
		double deviation = Scale.deviation(raw);
		if (!(deviation > 1e-12 * Math.abs(Scale.mean(raw))) || !Double.isFinite(deviation)) {
			throw new IllegalArgumentException("The series is constant or not finite.");
		}
		int season = series.seasons().stream().filter(candidate -> candidate > 1).findFirst().orElse(1);
		// drivers add in the unit of the series
		Scaling scaling = Scaling.of(raw, Gaps.fill(raw, season == 1 ? 0 : season), season, !series.regressors().isEmpty());
		double[] scaled = Arrays.stream(raw).map(scaling::apply).toArray();
		double[][] drivers = new double[series.regressors().size()][];
		for (int k = 0; k < drivers.length; k++) {
			drivers[k] = Arrays.copyOfRange(series.regressors().get(k).values(), begin, end);
		}
		Identification identified = Identification.of(scaled, drivers, series.seasons());
		Estimator.Fit fit = identified.fit();
		List<String> names = new ArrayList<>();
		for (Harmonics harmonics : identified.regression().harmonics()) {
			names.add(Seasons.name(series.values().step().multipliedBy(harmonics.period())));
		}
		List<Driver> named = series.regressors().stream().map(regressor -> new Driver(regressor.kind(), regressor.id())).toList();
		Parameters parameters = new Parameters(fit.order(), fit.point(), Math.sqrt(fit.variance()), identified.regression(), scaling, series.lower(),
				series.upper(), names, named);
		ArimaState state = ArimaState.after(parameters, scaled, drivers);
		for (double value : state.forecast(new int[] { 1, 2 * fit.order().period() })) {
			if (!Double.isFinite(value)) {
				throw new IllegalArgumentException("No ARIMA model of the series has finite forecasts.");
			}
		}
		return state;
	}

	@Override
	protected Fitted read(DataInput in) throws IOException {
		return ArimaState.read(in);
	}
}
