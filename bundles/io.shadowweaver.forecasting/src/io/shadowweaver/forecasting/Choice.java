// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.List;

/**
 * What a training decided for one series. Immutable.
 *
 * @param model      the id of the model or of the combination
 * @param members    the indices of the candidates that it consists of; empty for the fallback
 * @param median     whether members combine by their median instead of their mean
 * @param version    the model's version
 * @param trainedAt  when
 * @param seasons    in blocks, strongest first
 * @param samples    how many samples were read, gaps not counted
 * @param skill      by lead, on held-out windows; {@code NaN} where not measured
 * @param coverage   by lead, on held-out windows; {@code NaN} where not measured
 * @param wape       by lead, likewise
 * @param heldOut    on how many held-out forecasts these stand, over all leads
 * @param naiveError the mean absolute error of seasonal naive one season ahead within the history: the divisor of MASE
 * @param scores     of all candidates, best first
 * @param why        a sentence
 */
record Choice(String model, int[] members, boolean median, String version, Instant trainedAt, List<Integer> seasons, int samples,
		double[] skill, double[] coverage, double[] wape, int heldOut, double naiveError, List<Quality.Score> scores, String why) {
	/** The same of other members. */
	Choice of(int[] others) {
		return new Choice(model, others, median, version, trainedAt, seasons, samples, skill, coverage, wape, heldOut, naiveError, scores,
				why);
	}

	/** Combines what the members say of one time. */
	double combine(double[] of, int count) {
		if (count == 1) {
			return of[0];
		}
		if (!median) {
			double sum = 0;
			for (int i = 0; i < count; i++) {
				sum += of[i];
			}
			return sum / count;
		}
		double[] sorted = java.util.Arrays.copyOf(of, count);
		java.util.Arrays.sort(sorted);
		return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
	}
}
