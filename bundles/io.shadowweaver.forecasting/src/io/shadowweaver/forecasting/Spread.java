// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import io.shadowweaver.api.forecast.Levels;

/**
 * How values spread around the curve, by lead: a scale times quantiles whose mean absolute value is about 1. The scale is the usual
 * size of errors times a power of each of these, whose exponents are learned: how large errors are at this moment, the level, how
 * large errors lately were at the next shorter lead, whose outcome is known sooner, at the lead itself, and how far errors exceed what
 * is a shift.
 *
 * <p>The exponents follow the gradient of the Laplace likelihood, log s + |e| ÷ s, at each error that becomes known.
 */
final class Spread {
	/** What the logarithm of the scale is made of: a constant, the present size of errors, the level, both recent ones, a shift. */
	static final int PARTS = 6;
	static final double[] NORMAL = { -2.326, -1.96, -1.645, -1.282, -.674, 0, .674, 1.282, 1.645, 1.96, 2.326 };
	private static final double MEAN_ABSOLUTE = .798;
	private static final double PERSISTENCE = .7;
	private static final double USUAL_EXPONENT = .5;
	private static final double SHIFTING = .5;
	/** At this lead half as much of what is large now is expected to be left as at once, before more is learned. */
	private static final double HALF = 6 * 3_600_000;
	private static final double RATE = .01;
	private static final double FASTEST_RATE = .2;
	/** An error counts for the gradient as at most so many scales. */
	private static final double STEEPEST = 3;
	private static final double STRONGEST = 1.2;
	private static final double RECENT = .2;
	private static final double LONG = .02;
	private static final double BOUND = 8;
	/** What leaps from nothing has errors of any number of scales. */
	private static final double HUGE = 1e4;
	private static final double LEAST_RECENT = Math.log(.5);
	private static final double MOST_RECENT = Math.log(5);
	private static final double CALMEST = Math.log(.3);
	private static final double WILDEST = Math.log(30);
	/** The deviation from the curve in scales that the gain is learned from, at most. */
	private static final double LARGEST = 8;
	private static final double GAIN_RATE = .002;

	final Volatility volatility;
	final float[] quantiles;
	private final int leads;
	private final float[] left;
	private final boolean[] measured;
	private final float[] exponents;
	private final float[] recent;
	private final float[] usual;
	private final float[] gainXY;
	private final float[] gainXX;
	private final double[] parts = new double[PARTS];

	Spread(LeadPlan plan, Volatility volatility) {
		this(plan.leads.length, volatility);
		for (int lead = 0; lead < leads; lead++) {
			for (int level = 0; level < Levels.COUNT; level++) {
				quantiles[lead * Levels.COUNT + level] = (float) (NORMAL[level] / MEAN_ABSOLUTE);
			}
			int at = lead * PARTS;
			exponents[at] = (float) Math.log(1.5 * MEAN_ABSOLUTE * Math.sqrt(1 + .25 * plan.steps[lead]));
			left[lead] = (float) (1 / (1 + plan.leads[lead] / HALF));
			exponents[at + 1] = (float) PERSISTENCE * left[lead];
			exponents[at + 2] = (float) USUAL_EXPONENT;
			exponents[at + 5] = (float) SHIFTING * left[lead];
		}
	}

	private Spread(int leads, Volatility volatility) {
		this.leads = leads;
		this.volatility = volatility;
		quantiles = new float[leads * Levels.COUNT];
		left = new float[leads];
		measured = new boolean[leads];
		exponents = new float[leads * PARTS];
		recent = new float[leads];
		usual = new float[leads];
		gainXY = new float[leads];
		gainXX = new float[leads];
	}

	/** The same at this time; does not change any more. */
	Spread copy() {
		Spread copy = new Spread(leads, volatility.copy());
		float[][] from = floats();
		float[][] to = copy.floats();
		for (int i = 0; i < from.length; i++) {
			System.arraycopy(from[i], 0, to[i], 0, from[i].length);
		}
		return copy;
	}

	/**
	 * Sets the distribution of the errors at a lead.
	 *
	 * @param errorQuantiles ascending
	 * @param unit           their unit ÷ the usual size of errors
	 */
	void start(int lead, double[] errorQuantiles, double unit) {
		double mean = Math.max(meanAbsolute(errorQuantiles), 1e-3);
		for (int level = 0; level < Levels.COUNT; level++) {
			quantiles[lead * Levels.COUNT + level] = (float) (errorQuantiles[level] / mean);
		}
		int at = lead * PARTS;
		Arrays.fill(exponents, at, at + PARTS, 0);
		exponents[at] = (float) Math.log(mean * unit);
		exponents[at + 1] = (float) PERSISTENCE * left[lead];
		exponents[at + 2] = (float) volatility.exponent();
		exponents[at + 5] = (float) SHIFTING * left[lead];
		recent[lead] = 0;
		usual[lead] = 0;
		measured[lead] = true;
	}

	/** How fast something is learned at a lead: faster in the beginning, but not where a back-test has told more than a few live errors. */
	double rate(int lead, int scored, double usualRate, double fastest) {
		return measured[lead] ? usualRate : Math.clamp(2. / (scored + 1), usualRate, fastest);
	}

	/** Sets what share of the present deviation from the curve is still there at a lead. */
	void startGain(int lead, double gain) {
		gainXX[lead] = 1;
		gainXY[lead] = (float) gain;
	}

	/** The mean absolute value of a distribution that is given by its quantiles. */
	private static double meanAbsolute(double[] of) {
		double sum = Levels.level(0) * Math.abs(of[0]) + (1 - Levels.level(Levels.COUNT - 1)) * Math.abs(of[Levels.COUNT - 1]);
		for (int level = 1; level < Levels.COUNT; level++) {
			sum += (Levels.level(level) - Levels.level(level - 1)) * (Math.abs(of[level]) + Math.abs(of[level - 1])) / 2;
		}
		return sum;
	}

	/** What share of the present deviation from the curve is still there at a lead, learned; 0 to 1. */
	double gain(int lead) {
		return gainXX[lead] > 0 ? Math.clamp(gainXY[lead] / gainXX[lead], 0, 1) : 0;
	}

	/** Fills in what the scale at a lead is made of where the curve is at a level. */
	double[] parts(int lead, double centre) {
		parts[0] = 1;
		parts[1] = volatility.heatLog();
		parts[2] = volatility.levelLog(centre);
		parts[3] = lead > 0 ? recentLog(lead - 1) : 0;
		parts[4] = recentLog(lead);
		parts[5] = volatility.shiftLog();
		return parts;
	}

	private double recentLog(int lead) {
		return usual[lead] > 0 ? Math.clamp(Math.log(Math.max(recent[lead], 1e-9) / usual[lead]), LEAST_RECENT, MOST_RECENT) : 0;
	}

	/** The scale of errors at a lead where the curve is at a level; over 0. */
	double scale(int lead, double centre) {
		return scale(lead, parts(lead, centre));
	}

	double scale(int lead, double[] of) {
		double log = exponents[lead * PARTS] + exponents[lead * PARTS + 2] * of[2] + Math.clamp(passing(lead, of), CALMEST, WILDEST);
		return Math.max(volatility.usual() * Math.exp(log), volatility.floor());
	}

	private double passing(int lead, double[] of) {
		int at = lead * PARTS;
		return exponents[at + 1] * of[1] + exponents[at + 3] * of[3] + exponents[at + 4] * of[4] + exponents[at + 5] * of[5];
	}

	/** Fills a row with the quantiles at a lead. */
	void row(int lead, double centre, double deviation, double[] row) {
		double median = centre + gain(lead) * deviation;
		double scale = scale(lead, centre);
		// errors of many times the usual size, as after the first shift of a calm series, say that much is unknown, not that anything can come
		double least = volatility.least(median);
		double most = volatility.most(median);
		for (int level = 0; level < Levels.COUNT; level++) {
			row[level] = Math.clamp(median + scale * quantiles[lead * Levels.COUNT + level], least, most);
		}
	}

	/** Learns how much of a deviation stays, both in scales. */
	void learnGain(int lead, double deviation, double error) {
		double x = Math.clamp(deviation, -LARGEST, LARGEST);
		gainXX[lead] += (float) (GAIN_RATE * (x * x - gainXX[lead]));
		gainXY[lead] += (float) (GAIN_RATE * (x * Math.clamp(error, -LARGEST, LARGEST) - gainXY[lead]));
	}

	/**
	 * Learns from an error.
	 *
	 * @param lead   the index of the lead
	 * @param scored how many were known before at the lead
	 * @param size   its absolute value in scales as they were when the forecast was issued
	 * @param of     what the scale was made of then
	 */
	void learn(int lead, int scored, double size, double[] of) {
		double plain = Math.min(size, HUGE) * Math.exp(passing(lead, of));
		if (usual[lead] == 0) {
			recent[lead] = (float) plain;
			usual[lead] = (float) plain;
		}
		recent[lead] += (float) ((plain - recent[lead]) * RECENT);
		usual[lead] += (float) ((Math.min(plain, BOUND * usual[lead]) - usual[lead]) * Math.max(LONG, 1. / (scored + 1)));
		double norm = 0;
		for (double part : of) {
			norm += part * part;
		}
		double step = rate(lead, scored, RATE, FASTEST_RATE) * (Math.min(size, STEEPEST) - 1) / norm;
		for (int part = 0; part < PARTS; part++) {
			double moved = exponents[lead * PARTS + part] + step * of[part];
			exponents[lead * PARTS + part] = (float) (part == 0 ? moved : Math.clamp(moved, 0, STRONGEST));
		}
	}

	void save(DataOutput out) throws IOException {
		for (float[] array : floats()) {
			for (float value : array) {
				out.writeFloat(value);
			}
		}
	}

	void load(DataInput in) throws IOException {
		for (float[] array : floats()) {
			for (int i = 0; i < array.length; i++) {
				array[i] = in.readFloat();
			}
		}
	}

	private float[][] floats() {
		return new float[][] { quantiles, exponents, recent, usual, gainXY, gainXX };
	}
}
