// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.baseline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import io.shadowweaver.api.model.SingleSeriesModel;
import io.shadowweaver.kit.series.NormalEquations;

/** The last weeks of one series in cells, what is left of them after the weeks before, and the weights of the regressions. */
final class WeeklyState implements SingleSeriesModel.Fitted {
	private static final int WEEKS = 4;
	/** How much the last week counts, the one before, and the one before that. */
	private static final double[] WEIGHTS = { 1, .7, .5 };
	/** The prior weight of the mean of a day, and how it and that of two hours fade with the lead. */
	private static final double DAY_WEIGHT = .7;
	private static final double DAY_FADES_HOURS = 120;
	private static final double NEAR_FADES_HOURS = 4;
	/** What is left over is cut at so many times its usual size. */
	private static final double BOUND = 6;

	private final long step;
	private final long length;
	private final int week;
	private final boolean ratios;
	private final double lower;
	private final double upper;
	private final float[] cells;
	private final float[] left;
	private final double[][] weights = new double[WeeklyModel.ANCHORS.length][WeeklyModel.FEATURES];
	private final double[] now = new double[WeeklyModel.FEATURES];
	/** The number of the next value since the epoch, in steps. */
	private long next;
	/** The number of the last whole cell since the epoch. */
	private long newest;
	/** How many whole cells there were. */
	private long seen;
	private double last;
	private double sum;
	private int count;
	private double size;
	private int sized;

	WeeklyState(long step, long length, long next, boolean ratios, double lower, double upper) {
		this.step = step;
		this.length = length;
		this.next = next;
		this.ratios = ratios;
		this.lower = lower;
		this.upper = upper;
		week = (int) (WeeklyModel.WEEK / length);
		cells = new float[WEEKS * week];
		left = new float[week];
		Arrays.fill(cells, Float.NaN);
		Arrays.fill(left, Float.NaN);
		newest = Math.floorDiv(next * step, length) - 1;
		last = Double.NaN;
	}

	boolean isReady() {
		return seen >= week && Double.isFinite(last);
	}

	@Override
	public void update(double value) {
		add(value);
	}

	/** Takes a value; whether that completes a cell. */
	boolean add(double value) {
		if (Double.isFinite(value)) {
			last = value;
			sum += value;
			count++;
		}
		next++;
		if (Math.floorMod(next * step, length) != 0) {
			return false;
		}
		newest++;
		seen++;
		double mean = count * 2 * step >= length ? transformed(sum / count) : Double.NaN;
		double rest = mean - usual(newest);
		if (Double.isFinite(rest)) {
			double bounded = sized < 24 ? rest : Math.clamp(rest, -BOUND * size, BOUND * size);
			sized++;
			size += (Math.abs(bounded) - size) / Math.min(sized, 2 * week);
			rest = bounded;
		}
		cells[(int) Math.floorMod(newest, (long) cells.length)] = (float) mean;
		left[(int) Math.floorMod(newest, (long) week)] = (float) rest;
		sum = 0;
		count = 0;
		return true;
	}

	private double transformed(double value) {
		return ratios ? Math.log(Math.max(value, Float.MIN_NORMAL)) : value;
	}

	private double cell(long number) {
		return number > newest || number <= newest - cells.length ? Double.NaN : cells[(int) Math.floorMod(number, (long) cells.length)];
	}

	/** The mean of the same cell in the last weeks that are known; {@code NaN} when it was in none. */
	private double usual(long number) {
		long before = number - week;
		if (before > newest) {
			before -= Math.ceilDiv(before - newest, (long) week) * week;
		}
		double total = 0;
		double weight = 0;
		for (double of : WEIGHTS) {
			double value = cell(before);
			if (!Double.isNaN(value)) {
				total += of * value;
				weight += of;
			}
			before -= week;
		}
		return total / weight;
	}

	/** The mean of what was left in cells that end at one; 0 of nothing. */
	private double leftOver(long end, int cellCount) {
		double total = 0;
		int known = 0;
		for (int i = 0; i < cellCount; i++) {
			float value = left[(int) Math.floorMod(end - i, (long) week)];
			if (!Float.isNaN(value)) {
				total += value;
				known++;
			}
		}
		return known == 0 ? 0 : total / known;
	}

	/** Two hours less a day, a day less a week, a week: what differs fades at speeds of its own. */
	private void features(long end, int ofWeek, double[] x) {
		double near = leftOver(end, Math.min(ofWeek, cellsOf(2)));
		double day = leftOver(end, Math.min(ofWeek, cellsOf(24)));
		double all = leftOver(end, ofWeek);
		x[0] = near - day;
		x[1] = day - all;
		x[2] = all;
	}

	private int cellsOf(double hours) {
		return (int) Math.max(1, Math.round(hours * 3_600_000 / length));
	}

	/** Adds the newest cell as what should have been forecast before, to each regression. */
	void learn(NormalEquations[] equations) {
		double rest = left[(int) Math.floorMod(newest, (long) week)];
		if (Double.isNaN(rest)) {
			return;
		}
		double[] x = new double[WeeklyModel.FEATURES];
		for (int anchor = 0; anchor < equations.length - 1; anchor++) {
			int ahead = cellsOf(WeeklyModel.ANCHORS[anchor]);
			long origin = newest - ahead;
			if (ahead >= week - cellsOf(24) || Double.isNaN(left[(int) Math.floorMod(origin, (long) week)])) {
				continue;
			}
			features(origin, week - ahead, x);
			equations[anchor].add(x, rest - prior(anchor, x), 1);
		}
	}

	private static double prior(int anchor, double[] x) {
		double sum = 0;
		for (int i = 0; i < x.length; i++) {
			sum += x[i] * prior(anchor, i);
		}
		return sum;
	}

	private static double prior(int anchor, int feature) {
		double hours = WeeklyModel.ANCHORS[anchor];
		double day = DAY_WEIGHT * Math.exp(-hours / DAY_FADES_HOURS);
		return switch (feature) {
		case 0 -> day * Math.exp(-hours / NEAR_FADES_HOURS);
		case 1 -> day;
		default -> Math.max(day, .5);
		};
	}

	/**
	 * Sets the weights of a lead.
	 *
	 * @param rows how many observations the prior counts for
	 */
	void solve(int anchor, NormalEquations equations, double rows) {
		double[] correction = equations.rows() == 0 ? new double[WeeklyModel.FEATURES]
				: equations.solve(Math.max(.02, rows / equations.rows())).weights();
		for (int i = 0; i < correction.length; i++) {
			weights[anchor][i] = Math.clamp(prior(anchor, i) + correction[i], -.2, 1.2);
		}
	}

	@Override
	public double[] forecast(int[] leads) {
		features(newest, week, now);
		double[] forecast = new double[leads.length];
		long from = Long.MIN_VALUE;
		double leftCell = 0;
		double rightCell = 0;
		for (int i = 0; i < leads.length; i++) {
			double at = ((next - 1 + leads[i] + .5) * step) / length - .5;
			long number = (long) Math.floor(at);
			if (number != from) {
				leftCell = number == from + 1 ? rightCell : expected(number);
				rightCell = expected(number + 1);
				from = number;
			}
			double share = at - number;
			double mixed = share == 0 ? leftCell : leftCell * (1 - share) + rightCell * share;
			double value = ratios ? Math.exp(mixed) : mixed;
			forecast[i] = Math.clamp(Double.isFinite(value) ? value : last, Math.min(lower, last), Math.max(upper, last));
		}
		return forecast;
	}

	private double expected(long number) {
		double known = cell(number);
		if (!Double.isNaN(known)) {
			return known;
		}
		double usual = usual(number);
		if (Double.isNaN(usual)) {
			// this time of the week was never seen: the same time of the day before
			usual = usual(number - Math.max(1, week / 7));
		}
		return Double.isNaN(usual) ? transformed(last) : usual + correction(number);
	}

	private double correction(long number) {
		double hours = (number - newest) * (double) length / 3_600_000;
		int right = 0;
		while (right < WeeklyModel.ANCHORS.length - 1 && WeeklyModel.ANCHORS[right] < hours) {
			right++;
		}
		double share = right == 0 || hours >= WeeklyModel.ANCHORS[right] ? 1
				: Math.log(hours / WeeklyModel.ANCHORS[right - 1]) / Math.log(WeeklyModel.ANCHORS[right] / WeeklyModel.ANCHORS[right - 1]);
		double correction = 0;
		for (int i = 0; i < now.length; i++) {
			double before = right == 0 ? 0 : weights[right - 1][i];
			correction += now[i] * (before + (weights[right][i] - before) * share);
		}
		return correction;
	}

	@Override
	public void save(DataOutput out) throws IOException {
		out.writeLong(step);
		out.writeLong(length);
		out.writeLong(next);
		out.writeBoolean(ratios);
		out.writeLong(newest);
		out.writeLong(seen);
		out.writeInt(count);
		out.writeInt(sized);
		for (double number : new double[] { lower, upper, last, sum, size }) {
			out.writeDouble(number);
		}
		for (double[] row : weights) {
			for (double weight : row) {
				out.writeDouble(weight);
			}
		}
		for (float[] row : new float[][] { cells, left }) {
			for (float value : row) {
				out.writeFloat(value);
			}
		}
	}

	static WeeklyState read(DataInput in) throws IOException {
		long step = in.readLong();
		long length = in.readLong();
		long next = in.readLong();
		if (step < 1 || length < step || length % step != 0 || WeeklyModel.WEEK % length != 0 || WeeklyModel.WEEK / length > 10_080) {
			throw new IOException("a saved week of cells of " + length + " ms and steps of " + step + " ms");
		}
		boolean ratios = in.readBoolean();
		long newest = in.readLong();
		long seen = in.readLong();
		int count = in.readInt();
		int sized = in.readInt();
		WeeklyState state = new WeeklyState(step, length, next, ratios, in.readDouble(), in.readDouble());
		state.newest = newest;
		state.seen = seen;
		state.count = count;
		state.sized = sized;
		state.last = Values.finite(in.readDouble());
		state.sum = Values.finite(in.readDouble());
		state.size = Values.finite(in.readDouble());
		for (double[] row : state.weights) {
			for (int i = 0; i < row.length; i++) {
				row[i] = Values.finite(in.readDouble());
			}
		}
		for (float[] row : new float[][] { state.cells, state.left }) {
			for (int i = 0; i < row.length; i++) {
				row[i] = in.readFloat();
			}
		}
		return state;
	}
}
