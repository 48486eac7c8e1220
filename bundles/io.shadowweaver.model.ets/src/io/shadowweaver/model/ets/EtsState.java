// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.ets;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.SingleSeriesModel;

/** Level, trend and season of one series. Whether errors are relative matters to the fit alone: the state moves by the same rules. */
final class EtsState implements SingleSeriesModel.Fitted {
	/** Below this share of the usual value a multiplicative season is not divided by. */
	private static final double LEAST = 1e-3;

	private final EtsForm form;
	private final double alpha;
	private final double beta;
	private final double damping;
	private final double gamma;
	private final float[] seasonal;
	private double level;
	private double trend;
	private int phase;
	private String seasonName = "";
	private double usual;
	private double reach = Double.POSITIVE_INFINITY;

	/**
	 * @param rates    of level, trend (times that of the level), damping, season (times what the level leaves)
	 * @param seasonal from the phase of the next value; empty for none
	 */
	EtsState(EtsForm form, double[] rates, double level, double trend, float[] seasonal) {
		this.form = form;
		alpha = rates[0];
		beta = rates[1];
		damping = rates[2];
		gamma = rates[3];
		this.level = level;
		this.trend = trend;
		this.seasonal = seasonal;
	}

	EtsForm form() {
		return form;
	}

	/**
	 * Goes through values without gaps.
	 *
	 * @return minus twice the logarithm of the likelihood, but for a constant that is the same for all members of the family
	 */
	double run(double[] values) {
		double sum = 0;
		double logs = 0;
		for (double value : values) {
			double expected = expected();
			double error = value - expected;
			step(error);
			if (form.relative()) {
				double size = Math.max(Math.abs(expected), 1e-300);
				error /= size;
				logs += Math.log(size);
			}
			sum += error * error;
		}
		return values.length * Math.log(Math.max(sum, 1e-300) / values.length) + 2 * logs;
	}

	/** Goes through values without gaps and gives the sum of squared errors at a lead, those of the first tenth left out. */
	double far(double[] values, int lead) {
		double[] expected = new double[lead];
		int[] leads = { lead };
		double sum = 0;
		for (int i = 0; i < values.length; i++) {
			if (i >= Math.max(lead, values.length / 10)) {
				double error = values[i] - expected[i % lead];
				sum += error * error;
			}
			step(values[i] - expected());
			expected[i % lead] = forecast(leads)[0];
		}
		return sum;
	}

	private boolean multiplies() {
		return form.season() == EtsForm.Season.MULTIPLICATIVE;
	}

	private double expected() {
		double base = level + damping * trend;
		return seasonal.length == 0 ? base : multiplies() ? base * seasonal[phase] : base + seasonal[phase];
	}

	private void step(double error) {
		double base = level + damping * trend;
		double ofLevel = error;
		if (seasonal.length > 0) {
			double season = seasonal[phase];
			double ofSeason = error;
			if (multiplies()) {
				ofLevel = error / Math.max(season, LEAST);
				ofSeason = base > 0 ? error / base : 0;
			}
			double moved = season + gamma * (1 - alpha) * ofSeason;
			seasonal[phase] = (float) (multiplies() ? Math.max(moved, LEAST) : moved);
			phase = phase + 1 == seasonal.length ? 0 : phase + 1;
		}
		level = base + alpha * ofLevel;
		trend = damping * trend + alpha * beta * ofLevel;
	}

	/** Says how the season is called. */
	void name(String season) {
		seasonName = season;
	}

	/** Forecasts stay within a distance of what was usual. */
	void bound(double distance, double mean) {
		reach = distance;
		usual = mean;
	}

	@Override
	public void update(double value) {
		if (Double.isFinite(value)) {
			step(value - expected());
			usual += .001 * (value - usual);
			reach = Math.max(reach, 2 * Math.abs(value - usual));
			return;
		}
		level += damping * trend;
		trend *= damping;
		if (seasonal.length > 0) {
			phase = (phase + 1) % seasonal.length;
		}
	}

	private double base(int lead) {
		return level + trend * (damping == 1 ? lead : damping * (1 - Math.pow(damping, lead)) / (1 - damping));
	}

	@Override
	public double[] forecast(int[] leads) {
		double[] forecast = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			double base = base(leads[i]);
			double season = seasonal.length == 0 ? 0 : seasonal[(phase + leads[i] - 1) % seasonal.length];
			forecast[i] = Math.clamp(multiplies() ? base * season : base + season, usual - reach, usual + reach);
		}
		return forecast;
	}

	@Override
	public List<Part> explain(int[] leads, SingleSeriesModel.Ahead regressors) {
		double[] all = forecast(leads);
		double[] trends = new double[leads.length];
		double[] seasons = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			trends[i] = Math.clamp(base(leads[i]), usual - reach, usual + reach);
			seasons[i] = all[i] - trends[i];
		}
		Part ofTrend = new Part(Part.Kind.TREND, "level and trend", trends);
		return seasonal.length == 0 ? List.of(ofTrend)
				: List.of(ofTrend, new Part(Part.Kind.SEASON, seasonName, seasons));
	}

	@Override
	public void save(DataOutput out) throws IOException {
		out.writeBoolean(form.relative());
		out.writeByte(form.trend().ordinal());
		out.writeByte(form.season().ordinal());
		for (double number : new double[] { alpha, beta, damping, gamma, level, trend, usual, reach }) {
			out.writeDouble(number);
		}
		out.writeUTF(seasonName);
		out.writeInt(seasonal.length);
		out.writeInt(phase);
		for (float value : seasonal) {
			out.writeFloat(value);
		}
	}

	static EtsState read(DataInput in) throws IOException {
		boolean relative = in.readBoolean();
		int ofTrend = in.readByte();
		int ofSeason = in.readByte();
		if (ofTrend < 0 || ofTrend >= EtsForm.Trend.values().length || ofSeason < 0 || ofSeason >= EtsForm.Season.values().length) {
			throw new IOException("a saved state of exponential smoothing is of form " + ofTrend + "/" + ofSeason);
		}
		EtsForm form = new EtsForm(relative, EtsForm.Trend.values()[ofTrend], EtsForm.Season.values()[ofSeason]);
		double[] numbers = new double[8];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = in.readDouble();
			if (Double.isNaN(numbers[i])) {
				throw new IOException("a saved state of exponential smoothing holds NaN");
			}
		}
		String name = in.readUTF();
		int season = in.readInt();
		int phase = in.readInt();
		if (season < 0 || season > 1 << 20 || phase < 0 || phase > Math.max(0, season - 1) || (season == 0) != (form.season() == EtsForm.Season.NONE)) {
			throw new IOException("a saved state of " + form + " has a season of " + season + " steps at " + phase);
		}
		float[] seasonal = new float[season];
		for (int i = 0; i < season; i++) {
			seasonal[i] = in.readFloat();
		}
		EtsState state = new EtsState(form, new double[] { numbers[0], numbers[1], numbers[2], numbers[3] }, numbers[4], numbers[5], seasonal);
		state.phase = phase;
		state.seasonName = name;
		state.usual = numbers[6];
		state.reach = numbers[7];
		return state;
	}
}
