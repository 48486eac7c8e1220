// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.util.List;

import io.shadowweaver.forecasting.Candidate;

/** Which models a replay forecasts with. */
public final class LiveModels {
	/** Microseconds of training for a thousand samples. */
	private static final double QUICK = 10_000;

	private LiveModels() {
	}

	/**
	 * The models that can be trained over and over: a replay lives through months in seconds, with a training a day and one after each drift.
	 * At short leads the others hardly change what is decided.
	 *
	 * @param all the installed models
	 * @return those whose training costs at most 10 ms for a thousand samples, in the same order
	 */
	public static List<Candidate> quick(List<Candidate> all) {
		return all.stream().filter(candidate -> candidate.factory().needs().trainMicros() <= QUICK).toList();
	}
}
