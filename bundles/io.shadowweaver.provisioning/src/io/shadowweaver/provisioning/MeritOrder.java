// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A plain way to a mix: always the machine that costs least for what it still helps, until nothing is missing or nothing more can be
 * had; then those are left out again that are needed no more, the dearest first. Needs no solver, and finds something wherever
 * there is anything. Pure.
 */
final class MeritOrder {
	private MeritOrder() {
	}

	/**
	 * @param mayTake which slots may be taken
	 * @return counts by slot; none where nothing can be had
	 */
	static int[] mix(MixProblem problem, IntPredicate mayTake) {
		int[] counts = new int[problem.slots().size()];
		while (problem.shortage(counts) > 0) {
			int next = next(problem, counts, mayTake);
			if (next < 0) {
				break;
			}
			counts[next]++;
		}
		trim(problem, counts);
		while (!problem.isWhole(counts)) {
			int next = next(problem, counts, mayTake);
			if (next < 0) {
				break;
			}
			counts[next]++;
		}
		return counts;
	}

	private static int next(MixProblem problem, int[] counts, IntPredicate mayTake) {
		int best = -1;
		double least = Double.POSITIVE_INFINITY;
		boolean helps = IntStream.range(0, problem.supply().length).anyMatch(metric -> problem.missing(counts, metric) > 0);
		for (int i = 0; i < counts.length; i++) {
			if (!mayTake.test(i)) {
				continue;
			}
			counts[i]++;
			boolean allowed = problem.allows(counts);
			counts[i]--;
			double score = helps ? score(problem, counts, i) : problem.slots().get(i).price() * problem.slots().get(i).hours();
			// of equals the first is preferred
			if (allowed && score < least * (1 - 1e-12)) {
				least = score;
				best = i;
			}
		}
		return best;
	}

	private static double score(MixProblem problem, int[] counts, int slot) {
		double help = 0;
		for (int metric = 0; metric < problem.supply().length; metric++) {
			help += Math.min(problem.missing(counts, metric), problem.slots().get(slot).carries()[metric]);
		}
		return help > 0 ? Math.max(1e-12, problem.slots().get(slot).price() * problem.slots().get(slot).hours()) / help : Double.POSITIVE_INFINITY;
	}

	private static void trim(MixProblem problem, int[] counts) {
		double before = problem.shortage(counts);
		for (boolean trimmed = true; trimmed;) {
			trimmed = false;
			int dearest = -1;
			for (int i = counts.length - 1; i >= 0; i--) {
				if (counts[i] == 0) {
					continue;
				}
				counts[i]--;
				boolean enough = problem.shortage(counts) <= before && problem.allows(counts);
				counts[i]++;
				if (enough && (dearest < 0 || cost(problem, i) > cost(problem, dearest))) {
					dearest = i;
				}
			}
			if (dearest >= 0) {
				counts[dearest]--;
				trimmed = true;
			}
		}
	}

	private static double cost(MixProblem problem, int slot) {
		return problem.slots().get(slot).price() * problem.slots().get(slot).hours();
	}
}
