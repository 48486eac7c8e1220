// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.arima;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.Regressor;
import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.kit.series.Scale;

/** A regression with ARIMA errors and the state of its Kalman filter, for one series. */
final class ArimaState implements SingleSeriesModel.Fitted {
	private static final int FORMAT = 1;
	/** A value so many standard deviations off is first taken for a gap: alone it is an outlier, again and again a new level. */
	private static final double OUTLIER = 12;
	private static final int PATIENCE = 2;
	/** Forecasts stay within so many standard deviations of what was usual. */
	private static final double FAR = 8;
	/** The same in logarithms, where a standard deviation is a factor. */
	private static final double FAR_LOGARITHMS = 3;

	/**
	 * What does not change between two trainings.
	 *
	 * @param order       of the process
	 * @param point       unbounded partial autocorrelations of its polynomials
	 * @param deviation   standard deviation of an innovation, in scaled units
	 * @param regression  in scaled units
	 * @param scaling     from the series to scaled units
	 * @param lower       values cannot be below
	 * @param upper       values cannot be above
	 * @param seasonNames one a long season, for the operator
	 * @param drivers     kind and id of each regressor
	 */
	record Parameters(Order order, double[] point, double deviation, Regression regression, Scaling scaling, double lower, double upper,
			List<String> seasonNames, List<Driver> drivers) {
		/** How far forecasts may go, in the distance of the most unusual value. */
		double beyond() {
			return scaling.floor() > 0 ? 1.2 : 2;
		}
	}

	/** A regressor as the operator reads it. */
	record Driver(Regressor.Kind kind, String id) {
	}

	private final Parameters parameters;
	private final Regression regression;
	private final KalmanFilter filter;
	private long time;
	private double tolerated;
	private int outliers;
	private double usual;
	private double reach;

	private ArimaState(Parameters parameters, KalmanFilter filter) {
		this.parameters = parameters;
		regression = parameters.regression();
		this.filter = filter;
	}

	/**
	 * Goes through a history.
	 *
	 * @param scaled  with {@code NaN} for gaps
	 * @param columns values of the drivers
	 */
	static ArimaState after(Parameters parameters, double[] scaled, double[][] columns) {
		double[] rest = new double[scaled.length];
		double[] row = new double[columns.length];
		for (int t = 0; t < scaled.length; t++) {
			for (int k = 0; k < row.length; k++) {
				row[k] = columns[k][t];
			}
			rest[t] = scaled[t] - parameters.regression().at(t, row);
		}
		Arma arma = Arma.of(parameters.order(), parameters.point());
		ArimaState state = new ArimaState(parameters, KalmanFilter.at(arma, parameters.order(), rest));
		double largest = 0;
		for (int t = parameters.order().lost(); t < rest.length; t++) {
			double error = state.filter.step(rest[t]);
			if (!Double.isNaN(error) && state.filter.variance() < KalmanFilter.VAGUE) {
				largest = Math.max(largest, Math.abs(error) / Math.sqrt(state.filter.variance()));
			}
		}
		state.time = rest.length;
		state.tolerated = Math.max(OUTLIER * parameters.deviation(), 1.5 * largest);
		state.usual = Scale.mean(scaled);
		state.reach = (parameters.scaling().floor() > 0 ? FAR_LOGARITHMS : FAR) * Math.max(Scale.deviation(scaled), Scale.robustDeviation(scaled));
		for (double value : scaled) {
			state.reach = Double.isNaN(value) ? state.reach : Math.max(state.reach, parameters.beyond() * Math.abs(value - state.usual));
		}
		return state;
	}

	/** The order of the process. */
	Order order() {
		return parameters.order();
	}

	/** The regression. */
	Regression regression() {
		return regression;
	}

	@Override
	public void update(double value) {
		update(value, new double[regression.drivers()]);
	}

	@Override
	public void update(double value, double[] regressors) {
		double scaled = parameters.scaling().apply(value);
		double rest = scaled - regression.at(time, regressors);
		boolean far = Math.abs(rest - filter.expected()) > tolerated;
		if (far && outliers < PATIENCE) {
			outliers++;
			rest = Double.NaN;
		} else if (!Double.isNaN(rest)) {
			// a new level is believed until the errors are small again
			outliers = far ? outliers : 0;
			usual += .001 * (scaled - usual);
			reach = Math.max(reach, parameters.beyond() * Math.abs(scaled - usual));
		}
		filter.step(Double.isFinite(rest) ? rest : Double.NaN);
		time++;
	}

	@Override
	public double[] forecast(int[] leads) {
		return forecast(leads, (regressor, lead) -> 0);
	}

	@Override
	public double[] forecast(int[] leads, SingleSeriesModel.Ahead regressors) {
		double[] ahead = filter.ahead(leads[leads.length - 1]);
		double[] forecast = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			forecast[i] = bounded(ahead[leads[i] - 1] + regression.at(time + leads[i] - 1, row(leads[i], regressors)));
		}
		return forecast;
	}

	private double[] row(int lead, SingleSeriesModel.Ahead regressors) {
		double[] row = new double[regression.drivers()];
		for (int driver = 0; driver < row.length; driver++) {
			row[driver] = regressors.value(driver, lead);
		}
		return row;
	}

	/** A forecast in the unit of the series, where the series can be. */
	private double bounded(double scaled) {
		double near = Double.isNaN(scaled) ? usual : Math.clamp(scaled, usual - reach, usual + reach);
		return Math.clamp(parameters.scaling().back(near), parameters.lower(), parameters.upper());
	}

	@Override
	public List<Part> explain(int[] leads, SingleSeriesModel.Ahead regressors) {
		int last = leads[leads.length - 1];
		int period = parameters.order().period();
		double[] ahead = filter.ahead(last + period);
		double[] median = forecast(leads, regressors);
		double[] sum = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			double level = parameters.order().lost() == 0 ? 0 : mean(ahead, leads[i] - 1, period);
			sum[i] = level + regression.level(time + leads[i] - 1);
		}
		List<Part> parts = new ArrayList<>();
		parts.add(new Part(Part.Kind.TREND, "level and trend", Arrays.stream(sum).map(parameters.scaling()::back).toArray()));
		for (int season = 0; season < regression.harmonics().size(); season++) {
			int index = season;
			parts.add(new Part(Part.Kind.SEASON, parameters.seasonNames().get(season), added(sum, i -> regression.season(index, time + leads[i] - 1))));
		}
		for (int driver = 0; driver < regression.drivers(); driver++) {
			Driver named = parameters.drivers().get(driver);
			int index = driver;
			parts.add(new Part(named.kind() == Regressor.Kind.EVENT ? Part.Kind.EVENT : Part.Kind.DRIVER, Regressor.name(named.id()),
					added(sum, i -> regression.driver(index, regressors.value(index, leads[i])))));
		}
		double[] rest = median.clone();
		for (Part part : parts) {
			for (int i = 0; i < rest.length; i++) {
				rest[i] -= part.values()[i];
			}
		}
		// a stochastic season cannot be told from the present deviation
		parts.add(new Part(Part.Kind.REST, period > 1 ? "season and present deviation" : "present deviation", rest));
		return parts;
	}

	/** What is added in the unit of the series when the sums grow by so much: in logarithms a part counts by what it makes of those before it. */
	private double[] added(double[] sum, IntToDoubleFunction more) {
		double[] added = new double[sum.length];
		for (int i = 0; i < sum.length; i++) {
			double before = parameters.scaling().back(sum[i]);
			sum[i] += more.applyAsDouble(i);
			added[i] = parameters.scaling().back(sum[i]) - before;
		}
		return added;
	}

	/** The mean over the season around a step, as far as it lies ahead. */
	private static double mean(double[] ahead, int step, int period) {
		int from = Math.max(0, step - period / 2);
		return Arrays.stream(ahead, from, from + period).average().orElse(0);
	}

	@Override
	public void save(DataOutput out) throws IOException {
		out.writeByte(FORMAT);
		Order order = parameters.order();
		for (int number : new int[] { order.p(), order.d(), order.q(), order.seasonalP(), order.seasonalD(), order.seasonalQ(), order.period() }) {
			out.writeInt(number);
		}
		for (double number : parameters.point()) {
			out.writeDouble(number);
		}
		for (double number : new double[] { parameters.deviation(), parameters.scaling().floor(), parameters.scaling().centre(), parameters.scaling().scale(), parameters.lower(), parameters.upper(), tolerated,
				usual, reach }) {
			out.writeDouble(number);
		}
		regression.save(out);
		for (String name : parameters.seasonNames()) {
			out.writeUTF(name);
		}
		for (Driver driver : parameters.drivers()) {
			out.writeBoolean(driver.kind() == Regressor.Kind.EVENT);
			out.writeUTF(driver.id());
		}
		out.writeLong(time);
		out.writeInt(outliers);
		filter.save(out);
	}

	static ArimaState read(DataInput in) throws IOException {
		int format = in.readByte();
		if (format != FORMAT) {
			throw new IOException("a saved state of an ARIMA model has the format " + format + ", not " + FORMAT);
		}
		int[] orders = new int[7];
		for (int i = 0; i < orders.length; i++) {
			orders[i] = Regression.within(in.readInt(), i == 6 ? 1 : 0, i == 6 ? ArimaModel.LONGEST_EXACT : 8);
		}
		if (orders[6] == 1 && orders[3] + orders[4] + orders[5] > 0) {
			throw new IOException("a saved state of an ARIMA model has seasonal orders without a season");
		}
		Order order = new Order(orders[0], orders[1], orders[2], orders[3], orders[4], orders[5], orders[6]);
		double[] point = new double[order.parameters()];
		for (int i = 0; i < point.length; i++) {
			point[i] = in.readDouble();
		}
		double[] numbers = new double[9];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = in.readDouble();
			if (Double.isNaN(numbers[i])) {
				throw new IOException("a saved state of an ARIMA model holds NaN");
			}
		}
		Regression regression = Regression.read(in);
		List<String> names = new ArrayList<>();
		for (int season = 0; season < regression.harmonics().size(); season++) {
			names.add(in.readUTF());
		}
		List<Driver> drivers = new ArrayList<>();
		for (int driver = 0; driver < regression.drivers(); driver++) {
			drivers.add(new Driver(in.readBoolean() ? Regressor.Kind.EVENT : Regressor.Kind.DRIVER, in.readUTF()));
		}
		long time = in.readLong();
		int outliers = in.readInt();
		ArimaState state = new ArimaState(new Parameters(order, point, numbers[0], regression,
				new Scaling(numbers[1], numbers[2], numbers[3]), numbers[4], numbers[5], names, drivers),
				KalmanFilter.read(Arma.of(order, point), order, in));
		state.time = time;
		state.outliers = outliers;
		state.tolerated = numbers[6];
		state.usual = numbers[7];
		state.reach = numbers[8];
		return state;
	}
}
