// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.theta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.SingleSeriesModel;

/** Level, drift and season of one series. */
final class ThetaState implements SingleSeriesModel.Fitted {
	/** How far a forecast may leave the level, in standard deviations of the history. */
	private static final double REACH = 8;

	private final Decomposition season;
	private final double alpha;
	private final double drift;
	private final double size;
	private final String seasonName;
	private double level;
	private long seen;

	/**
	 * @param season from the phase of the first value
	 * @param alpha  rate of the level, 0 to 1
	 * @param drift  a step
	 * @param level  before the first value, without season
	 * @param size   standard deviation of the history
	 * @param name   how the season is called
	 */
	ThetaState(Decomposition season, double alpha, double drift, double level, double size, String name) {
		this.season = season;
		this.alpha = alpha;
		this.drift = drift;
		this.level = level;
		this.size = size;
		seasonName = name;
	}

	@Override
	public void update(double value) {
		if (Double.isFinite(value)) {
			level += alpha * (season.remove(value, seen) - level);
		}
		seen++;
	}

	/** The level so many steps ahead; the drift of the smoothing starts behind its lag, 1/α steps. */
	private double trend(int lead) {
		double away = drift * (lead - 1 + (1 - Math.pow(1 - alpha, seen)) / alpha);
		return level + Math.clamp(away, -REACH * size, REACH * size);
	}

	@Override
	public double[] forecast(int[] leads) {
		double[] forecast = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			forecast[i] = season.add(trend(leads[i]), seen + leads[i] - 1);
		}
		return forecast;
	}

	@Override
	public List<Part> explain(int[] leads, SingleSeriesModel.Ahead regressors) {
		double[] forecast = forecast(leads);
		double[] trends = new double[leads.length];
		double[] seasons = new double[leads.length];
		for (int i = 0; i < leads.length; i++) {
			trends[i] = trend(leads[i]);
			seasons[i] = forecast[i] - trends[i];
		}
		Part trend = new Part(Part.Kind.TREND, "level and drift", trends);
		return season == Decomposition.NONE ? List.of(trend)
				: List.of(trend, new Part(Part.Kind.SEASON, seasonName, seasons));
	}

	@Override
	public void save(DataOutput out) throws IOException {
		for (double number : new double[] { alpha, drift, size, level }) {
			out.writeDouble(number);
		}
		out.writeLong(seen);
		out.writeUTF(seasonName);
		out.writeBoolean(season.multiplied());
		out.writeInt(season.index().length);
		for (double index : season.index()) {
			out.writeDouble(index);
		}
	}

	static ThetaState read(DataInput in) throws IOException {
		double alpha = in.readDouble();
		double drift = in.readDouble();
		double size = in.readDouble();
		double level = in.readDouble();
		long seen = in.readLong();
		String name = in.readUTF();
		boolean multiplied = in.readBoolean();
		int length = in.readInt();
		if (!(alpha > 0 && alpha < 1) || !Double.isFinite(drift) || !(size > 0) || !Double.isFinite(level) || seen < 0 || length < 0
				|| length > 1 << 20) {
			throw new IOException("a saved state of the Theta method with rate " + alpha + ", level " + level + ", season of " + length);
		}
		double[] index = new double[length];
		for (int i = 0; i < length; i++) {
			index[i] = in.readDouble();
		}
		ThetaState state = new ThetaState(length == 0 ? Decomposition.NONE : new Decomposition(index, multiplied), alpha, drift, level, size, name);
		state.seen = seen;
		return state;
	}
}
