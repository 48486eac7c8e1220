// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a series usually is at each phase of a season, in bins of time. A bin forgets with the time spent in it, so that the
 * distance of samples does not matter, and no faster than a tenth a sample, so that one sample is not all it knows.
 */
final class Profile {
	private static final double FASTEST = .1;
	/** In lengths of a bin. */
	private static final double MEMORY = 1.6;
	private static final int ENOUGH = 2;

	private final long binMillis;
	private final float[] means;
	private final short[] counts;
	private long last;

	/**
	 * @param bins      of a season
	 * @param binMillis length of a bin
	 */
	Profile(int bins, long binMillis) {
		this.binMillis = binMillis;
		means = new float[bins];
		counts = new short[bins];
	}

	private int bin(long millis) {
		return (int) Math.floorMod(Math.floorDiv(millis, binMillis), (long) means.length);
	}

	/** The mean at a time, or {@code NaN} where too little was seen. */
	double at(long millis) {
		int bin = bin(millis);
		return counts[bin] < ENOUGH ? Double.NaN : means[bin];
	}

	/** Takes a value in; times do not fall. */
	void add(long millis, double value) {
		int bin = bin(millis);
		double spent = Math.min(binMillis, millis - last);
		last = millis;
		counts[bin] = (short) Math.min(counts[bin] + 1, Short.MAX_VALUE);
		double weight = Math.max(1.0 / counts[bin], Math.min(FASTEST, 1 - Math.exp(-spent / (MEMORY * binMillis))));
		means[bin] += (float) (weight * (value - means[bin]));
	}

	void save(DataOutput out) throws IOException {
		for (int i = 0; i < means.length; i++) {
			out.writeFloat(means[i]);
			out.writeShort(counts[i]);
		}
		out.writeLong(last);
	}

	void load(DataInput in) throws IOException {
		for (int i = 0; i < means.length; i++) {
			means[i] = in.readFloat();
			counts[i] = in.readShort();
		}
		last = in.readLong();
	}
}
