// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

/**
 * How large the errors of a series are right now: their usual size, slow to change, and their present size, which follows a shift
 * within minutes. Both are taken relative to a power of the level. Used under the forecaster's lock.
 */
final class Volatility {
	private static final double FAST = .3;
	private static final double SLOW = 1. / 4000;
	/** An error counts for the usual size as at most so many times that size. */
	private static final double BOUND = 10;
	private static final double CALMEST = .75;
	private static final double WILDEST = 10;
	/** Errors so many times as large as usual are a shift. */
	private static final double SHIFT = 3;
	private static final double HOUR = 3_600_000;
	private static final double FORGETTING = 1. / 20_000;
	/** A shift counts for at least so many samples. */
	private static final int LEAST_AFTER = 6;

	private final int after;
	private double slow;
	private double fast;
	private double exponent;
	private double reference = Double.NaN;
	private boolean signed;
	private long shifted = Long.MIN_VALUE;
	private long seen;
	private double lowest = Double.NaN;
	private double highest = Double.NaN;

	/** @param step milliseconds of a sample */
	Volatility(long step) {
		after = (int) Math.max(LEAST_AFTER, HOUR / step);
	}

	/**
	 * Takes a sample.
	 *
	 * @param sample its number
	 * @param value  it
	 * @param centre what the curve was there
	 * @param bounded whether values are known to be positive
	 */
	void take(long sample, double value, double centre, boolean bounded) {
		signed = !bounded;
		seen++;
		remember(value);
		reference = Double.isNaN(reference) ? value : reference + (value - reference) * Math.max(1. / seen, SLOW);
		double size = Math.abs(value - centre) / Math.exp(exponent * levelLog(centre));
		if (seen < 3) {
			slow = size;
			fast = size;
			return;
		}
		double limited = slow > 0 ? Math.min(size, BOUND * slow) : size;
		slow += (limited - slow) * Math.max(1. / seen, SLOW);
		fast += (size - fast) * FAST;
		if (fast > SHIFT * slow) {
			shifted = sample;
		}
	}

	/** The range of values gives way slowly: what was long ago says less of what can be. */
	private void remember(double value) {
		if (Double.isNaN(lowest)) {
			lowest = value;
			highest = value;
		}
		double give = (highest - lowest) * FORGETTING;
		lowest = Math.min(value, lowest + give);
		highest = Math.max(value, highest - give);
	}

	/** The least that is believed where the middle is at a value: as far below what was seen as that reached. */
	double least(double middle) {
		return Double.isNaN(lowest) ? Double.NEGATIVE_INFINITY : Math.min(lowest, middle) - (highest - lowest);
	}

	/** The most that is believed, likewise. */
	double most(double middle) {
		return Double.isNaN(highest) ? Double.POSITIVE_INFINITY : Math.max(highest, middle) + (highest - lowest);
	}

	/** Forgets all. */
	void restart() {
		numbers(new Volatility(1).numbers());
	}

	/** Sets what a back-test found: the usual size of errors, its exponent and the level where it is the usual one. */
	void start(double usual, double growth, double level) {
		slow = usual;
		fast = usual;
		exponent = growth;
		if (level > 0) {
			reference = level;
		}
		seen = Math.max(seen, (long) (1 / SLOW));
	}

	/** The usual size of errors at the reference level. */
	double usual() {
		return slow;
	}

	/** The logarithm of the present size of errors ÷ the usual one, bounded above by that of a shift. */
	double heatLog() {
		return slow > 0 ? Math.log(Math.clamp(fast / slow, CALMEST, SHIFT)) : 0;
	}

	/** The logarithm of the present size of errors ÷ that of a shift, bounded; 0 while there is none. */
	double shiftLog() {
		return slow > 0 ? Math.log(Math.clamp(fast / slow / SHIFT, 1, WILDEST)) : 0;
	}

	/** The logarithm of a level ÷ the reference level, bounded; 0 where the sign of values is not known. */
	double levelLog(double level) {
		return signed || !(reference > 0) ? 0 : Math.log(Math.clamp(level / reference, .1, 10));
	}

	/** The exponent with which errors were found to grow with the level. */
	double exponent() {
		return exponent;
	}

	/** The least scale of errors that is believed. */
	double floor() {
		return floor(Double.isNaN(reference) ? 0 : reference);
	}

	/** The least scale of errors of a series at a level. */
	static double floor(double level) {
		return 1e-4 * Math.max(Math.abs(level), 1e-6);
	}

	/** Whether a shift was seen within the hour before a sample, or within the last samples where the step is long. */
	boolean shifted(long sample) {
		return shifted != Long.MIN_VALUE && sample - shifted < after;
	}

	/** The same at this time; does not change any more. */
	Volatility copy() {
		Volatility copy = new Volatility(1);
		copy.numbers(numbers());
		return copy;
	}

	/** How many {@link #numbers} there are. */
	static final int NUMBERS = 9;

	/** The state as numbers, for saving. */
	double[] numbers() {
		return new double[] { slow, fast, exponent, reference, signed ? 1 : 0, shifted, seen, lowest, highest };
	}

	/** Takes the numbers of {@link #numbers}. */
	void numbers(double... from) {
		slow = from[0];
		fast = from[1];
		exponent = from[2];
		reference = from[3];
		signed = from[4] != 0;
		shifted = (long) from[5];
		seen = (long) from[6];
		lowest = from[7];
		highest = from[8];
	}
}
