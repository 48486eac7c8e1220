// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.shadowweaver.api.forecast.Levels;

/** Counts how good live forecasts were: by lead, by hour of the day, after shifts. Recent ones count more. */
final class Coverage {
	/** The nominal bands: between a level and its opposite, widest first. */
	static final int BANDS = Levels.MEDIAN;
	static final int HOURS = 24;
	/** What sums keep at each score: half a week of scores at a minute counts. */
	private static final float MEMORY = .9998f;
	/** A row: the sum of weights, then what fell into each band. */
	private static final int ROW = 1 + BANDS;
	private static final long HOUR = 3_600_000;

	/** The band from .1 to .9. */
	private static final int EIGHTY = 3;

	/** Of leads up to an hour. */
	final CoverageWatch watch = new CoverageWatch();
	private final int leads;
	private final int near;
	private final float[] byLead;
	private final float[] afterShift;
	private final float[] byHour = new float[HOURS * ROW];
	private final float[] absolute;
	private final float[] level;
	private final float[] pinball;
	private final int[] scored;

	Coverage(LeadPlan plan) {
		leads = plan.leads.length;
		near = plan.nearLeads;
		byLead = new float[leads * ROW];
		afterShift = new float[leads * ROW];
		absolute = new float[leads];
		level = new float[leads];
		pinball = new float[leads];
		scored = new int[leads];
	}

	/**
	 * Counts a forecast whose time has come.
	 *
	 * @param lead    the index of the lead
	 * @param millis  when the value was
	 * @param value   it
	 * @param row     the quantiles that were said
	 * @param error   its distance from the median
	 * @param shifted whether the forecast was issued within an hour after a shift
	 */
	void count(int lead, long millis, double value, double[] row, double error, boolean shifted) {
		add(byLead, lead, value, row);
		if (shifted) {
			add(afterShift, lead, value, row);
		}
		if (lead < near) {
			watch.take(value >= row[EIGHTY] && value <= row[Levels.COUNT - 1 - EIGHTY]);
			add(byHour, (int) (Math.floorMod(millis, HOURS * HOUR) / HOUR), value, row);
		}
		double loss = 0;
		for (int l = 0; l < Levels.COUNT; l++) {
			double above = value - row[l];
			loss += above * (Levels.level(l) - (above < 0 ? 1 : 0));
		}
		absolute[lead] = absolute[lead] * MEMORY + (float) Math.abs(error);
		level[lead] = level[lead] * MEMORY + (float) Math.abs(value);
		pinball[lead] = pinball[lead] * MEMORY + (float) (2 * loss / Levels.COUNT);
		scored[lead]++;
	}

	private static void add(float[] rows, int index, double value, double[] row) {
		int at = index * ROW;
		rows[at] = rows[at] * MEMORY + 1;
		for (int band = 0; band < BANDS; band++) {
			boolean inside = value >= row[band] && value <= row[Levels.COUNT - 1 - band];
			rows[at + 1 + band] = rows[at + 1 + band] * MEMORY + (inside ? 1 : 0);
		}
	}

	/** How many live forecasts at a lead were scored. */
	int scored(int lead) {
		return scored[lead];
	}

	/** The share of them inside a band; {@code NaN} for none. */
	double of(int lead, int band) {
		return share(byLead, lead, band);
	}

	/** The same of those that were issued within an hour after a shift. */
	double afterShift(int lead, int band) {
		return share(afterShift, lead, band);
	}

	/** The same of values of an hour of the day (UTC), over all leads up to an hour. */
	double ofHour(int hour, int band) {
		return share(byHour, hour, band);
	}

	private static double share(float[] rows, int index, int band) {
		return rows[index * ROW] == 0 ? Double.NaN : rows[index * ROW + 1 + band] / rows[index * ROW];
	}

	/** The mean absolute error of the median at a lead; {@code NaN} for none. */
	double meanAbsoluteError(int lead) {
		return scored[lead] == 0 ? Double.NaN : absolute[lead] / byLead[lead * ROW];
	}

	/** Absolute errors ÷ absolute values; {@code NaN} for none. */
	double weightedError(int lead) {
		return level[lead] == 0 ? Double.NaN : absolute[lead] / level[lead];
	}

	/** Twice the mean pinball loss over all levels ÷ the mean absolute value; {@code NaN} for none. */
	double weightedQuantileLoss(int lead) {
		return level[lead] == 0 ? Double.NaN : pinball[lead] / level[lead];
	}

	void save(DataOutput out) throws IOException {
		for (float[] array : floats()) {
			for (float value : array) {
				out.writeFloat(value);
			}
		}
		for (int count : scored) {
			out.writeInt(count);
		}
	}

	void load(DataInput in) throws IOException {
		for (float[] array : floats()) {
			for (int i = 0; i < array.length; i++) {
				array[i] = in.readFloat();
			}
		}
		for (int lead = 0; lead < leads; lead++) {
			scored[lead] = in.readInt();
		}
	}

	private float[][] floats() {
		return new float[][] { byLead, afterShift, byHour, absolute, level, pinball };
	}
}
