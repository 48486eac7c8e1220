// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Instant;
import java.util.List;

/**
 * What a training decided for one series. Immutable.
 *
 * @param model      the id of the model or of the combination; where another one stands for long leads, "near / far"
 * @param members    the indices of the candidates that it consists of; empty for the fallback
 * @param near       what is combined at leads up to an hour
 * @param far        what is combined at leads of some hours and more
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
 * @param next       what more history will bring; {@code null} for nothing
 */
record Choice(String model, int[] members, Blend near, Blend far, String version, Instant trainedAt, List<Integer> seasons, int samples,
		double[] skill, double[] coverage, double[] wape, int heldOut, double naiveError, List<Quality.Score> scores, String why, Quality.Step next) {
	/** The same of other members. */
	Choice of(int[] others) {
		return new Choice(model, others, near, far, version, trainedAt, seasons, samples, skill, coverage, wape, heldOut, naiveError, scores,
				why, next);
	}

	/** The same with other weights at near leads. */
	Choice weighing(Blend nearer) {
		return new Choice(model, members, nearer, far, version, trainedAt, seasons, samples, skill, coverage, wape, heldOut, naiveError, scores, why, next);
	}

	/** The same with a sentence more. */
	Choice saying(String more) {
		return more.isEmpty() ? this : new Choice(model, members, near, far, version, trainedAt, seasons, samples, skill, coverage, wape, heldOut, naiveError, scores,
				why + more, next);
	}

	/** The place of a candidate among the members; -1 when it is none. */
	int place(int candidate) {
		for (int place = 0; place < members.length; place++) {
			if (members[place] == candidate) {
				return place;
			}
		}
		return -1;
	}

	/**
	 * Combines what the members say.
	 *
	 * @param plan    says how near and far mix
	 * @param nodes   in blocks after the last
	 * @param answers by place, then node; {@code null} where a member gave none
	 * @return by node; {@code null} when none answered
	 */
	double[] combine(LeadPlan plan, int[] nodes, double[][] answers) {
		double[] combined = new double[nodes.length];
		for (int node = 0; node < nodes.length; node++) {
			double share = plan.farShare(nodes[node] * plan.block);
			double value = share == 1 ? Double.NaN : near.of(answers, node);
			if (share > 0) {
				double later = far.of(answers, node);
				value = Double.isNaN(value) ? later : Double.isNaN(later) ? value : value + share * (later - value);
			}
			if (Double.isNaN(value)) {
				value = near.of(answers, node);
			}
			if (Double.isNaN(value)) {
				value = far.of(answers, node);
			}
			if (Double.isNaN(value)) {
				return null;
			}
			combined[node] = value;
		}
		return combined;
	}
}
