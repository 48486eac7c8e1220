// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One series in a training. */
final class Job {
	final Track track;
	final Past past;
	/** How many blocks are the test part; 0 for none. */
	final int test;
	/** Why candidates were not judged. */
	final Map<Integer, String> refused = new TreeMap<>();
	/** Nanoseconds of CPU by candidate. */
	final long[] cpu;
	/** What it may cost. */
	final Budget.Allowance allowance;
	/** Whether candidates were left out for their cost. */
	boolean cut;
	BackTest backTest;
	/** What drives it, by the candidates that are better with it. */
	final Map<Integer, List<Cause>> driven = new TreeMap<>();
	Choice choice;
	Start start;
	/** Another model took over; {@code null} when none did. Its cause is not filled in. */
	Quality.Change change;

	Job(Track track, Past past, int test, int candidates, Budget.Allowance allowance) {
		this.track = track;
		this.past = past;
		this.test = test;
		this.allowance = allowance;
		cpu = new long[candidates];
	}
}
