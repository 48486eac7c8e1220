// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.anomalies;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What of an evidence is news. What was as unusual a moment ago, half as unusual lately, or as unusual at this time of the day
 * before is no news; and after an alarm nothing is for a while.
 */
final class Novelty {
	/** Samples in which the memory of a moment falls to a half. */
	private static final double MOMENT = 150;
	/** Samples in which the longer memory falls to a half. */
	private static final double LATELY = 2500;
	private static final double LATELY_SHARE = .5;
	/** Samples after an alarm in which what follows is the same event. */
	private static final int SAME_EVENT = 100;
	/** What is left of the news in an event that was told. */
	private static final double TOLD = .3;
	private static final int BINS = 48;
	private static final long HALF_HOUR = 1_800_000;
	/** What a day keeps of the day before, bin by bin. */
	private static final double DAY_KEEPS = .8;

	private final double alarm;
	private final float[] days = new float[BINS];
	private final float[] today = new float[BINS];
	private int bin = -1;
	private double moment;
	private double lately;
	private int sinceAlarm = SAME_EVENT;

	/**
	 * @param alarm the news from which on there is an alarm
	 */
	Novelty(double alarm) {
		this.alarm = alarm;
	}

	/**
	 * Takes an evidence in.
	 *
	 * @param millis   its time; times do not fall
	 * @param evidence 0 for usual
	 * @return what of it is news, 0 to the evidence
	 */
	double of(long millis, double evidence) {
		turn(millis);
		double known = Math.max(moment, Math.max(LATELY_SHARE * lately, beforeAtThisTime()));
		double news = Math.max(0, evidence - known);
		moment = Math.max(evidence, moment * Math.pow(.5, 1 / MOMENT));
		lately = Math.max(evidence, lately * Math.pow(.5, 1 / LATELY));
		today[bin] = (float) Math.max(today[bin], evidence);
		sinceAlarm = Math.min(sinceAlarm + 1, SAME_EVENT);
		if (sinceAlarm < SAME_EVENT) {
			return TOLD * news;
		}
		if (news >= alarm) {
			sinceAlarm = 0;
		}
		return news;
	}

	private double beforeAtThisTime() {
		return Math.max(days[bin], Math.max(days[(bin + 1) % BINS], days[(bin + BINS - 1) % BINS]));
	}

	/** What is two bins old becomes part of the days before: what was a moment ago must not look like yesterday. */
	private void turn(long millis) {
		int now = (int) Math.floorMod(Math.floorDiv(millis, HALF_HOUR), (long) BINS);
		for (int steps = bin < 0 ? 0 : Math.floorMod(now - bin, BINS); steps > 0; steps--) {
			int past = Math.floorMod(now - steps - 1, BINS);
			days[past] = (float) Math.max(today[past], DAY_KEEPS * days[past]);
			today[past] = 0;
		}
		bin = now;
	}

	void save(DataOutput out) throws IOException {
		for (int i = 0; i < BINS; i++) {
			out.writeFloat(days[i]);
			out.writeFloat(today[i]);
		}
		out.writeInt(bin);
		out.writeDouble(moment);
		out.writeDouble(lately);
		out.writeInt(sinceAlarm);
	}

	void load(DataInput in) throws IOException {
		for (int i = 0; i < BINS; i++) {
			days[i] = in.readFloat();
			today[i] = in.readFloat();
		}
		bin = in.readInt();
		moment = in.readDouble();
		lately = in.readDouble();
		sinceAlarm = in.readInt();
	}
}
