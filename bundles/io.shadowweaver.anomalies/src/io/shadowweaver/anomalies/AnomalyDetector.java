// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Scores the values of one series as they come, each with nothing but what came before it. The residuals of an expectation
 * that knows days and weeks, and a Random Cut Forest over the last values, each say how rare they are in their own past; what of
 * that is news becomes a score from 0 to 1. One setting serves all series: everything is measured in what the series itself is
 * used to, in samples and in times of the day (UTC). Needs no known step; gaps are no anomalies. Memory is bounded. Not
 * thread-safe; the same values and seed give the same scores.
 */
public final class AnomalyDetector {
	/** A score from which on an operator should look; false alarms were .6 a series and week on the series of the Numenta Anomaly Benchmark. */
	public static final double THRESHOLD = .5;

	private static final int VERSION = 1;
	/** The news, in decades of rarity, that is worth {@link #THRESHOLD}. */
	private static final double ALARM = 2;
	/** The forest is one voice of several, and the one that is wrong most often. */
	private static final double PATTERN_WEIGHT = .3;
	/** Values that make a pattern. */
	private static final int PATTERN = 8;
	private static final double LEAST_SCORE = 1e-3;
	/** Some of the numbers are floats. */
	private static final double LARGEST_VALUE = 1e30;

	/**
	 * A value and what is to be said of it.
	 *
	 * @param expected what was expected, in the unit of the value; the value itself where nothing was
	 * @param score    0 (usual) to 1; 0 for a gap
	 * @param reason   a sentence for the operator; empty for the score 0
	 */
	public record Finding(double expected, double score, String reason) {
	}

	private final long seed;
	private final Expectation expectation = new Expectation();
	private final Evidence evidence = new Evidence();
	private final Novelty novelty = new Novelty(ALARM);
	private final Forest forest;
	private final Tail pattern = new Tail();
	private long lastTime = Long.MIN_VALUE;

	/**
	 * @param seed of the forest
	 */
	public AnomalyDetector(long seed) {
		this.seed = seed;
		forest = Forest.ofPatterns(seed, PATTERN);
	}

	/**
	 * Scores a value and takes it in.
	 *
	 * @param millis time in milliseconds of the epoch, not before the last one
	 * @param value  the value; one that is not finite is a gap, which is not scored and changes nothing
	 * @return what is to be said of it
	 * @throws IllegalArgumentException when time goes back
	 */
	public Finding observe(long millis, double value) {
		if (millis < lastTime) {
			throw new IllegalArgumentException("time goes back, from " + lastTime + " to " + millis);
		}
		double expected = expectation.at(millis);
		if (!Double.isFinite(value)) {
			return new Finding(expected, 0, "");
		}
		lastTime = millis;
		double bounded = Math.clamp(value, -LARGEST_VALUE, LARGEST_VALUE);
		if (Double.isNaN(expected)) {
			expected = bounded;
		}
		double decades = evidence.of(bounded, expected);
		double oddity = forest.of((float) bounded);
		double patterns = PATTERN_WEIGHT * pattern.rarity(oddity, LEAST_SCORE);
		pattern.add(oddity, LEAST_SCORE);
		expectation.add(millis, bounded);
		double news = novelty.of(millis, decades + patterns);
		Evidence.Sign sign = patterns > evidence.strongest() ? Evidence.Sign.PATTERN : evidence.sign();
		return new Finding(expected, 1 - Math.pow(1 - THRESHOLD, news / ALARM), news > 0 ? sign.sentence + "." : "");
	}

	/** Writes the state. */
	public void save(DataOutput out) throws IOException {
		out.writeInt(VERSION);
		out.writeLong(seed);
		out.writeLong(lastTime);
		expectation.save(out);
		evidence.save(out);
		novelty.save(out);
		pattern.save(out);
		forest.save(out);
	}

	/**
	 * Reads a state. What is expected goes on exactly; the forest draws other random numbers than it would have, so that scores
	 * may differ a little.
	 *
	 * @throws IOException when it is none of this version, or damaged
	 */
	public static AnomalyDetector read(DataInput in) throws IOException {
		int version = in.readInt();
		if (version != VERSION) {
			throw new IOException("a detector of version " + version);
		}
		AnomalyDetector detector = new AnomalyDetector(in.readLong());
		detector.lastTime = in.readLong();
		detector.expectation.load(in);
		detector.evidence.load(in);
		detector.novelty.load(in);
		detector.pattern.load(in);
		detector.forest.load(in, detector.seed);
		return detector;
	}
}
