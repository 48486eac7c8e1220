// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a mix better by small changes, for as long as one helps: one machine or two more or less, one or two for one or two others. A solver with
 * tolerances misses the best mix now and then by such a change, and merit order more often. Pure.
 */
final class Polish {
	/** Of more slots, two kinds are not taken out at once: that would take too long for what it brings. */
	private static final int FEW = 12;
	private static final int ROUNDS = 50;

	private Polish() {
	}

	/** Counts that are at least as good. */
	static int[] better(MixProblem problem, int[] counts) {
		int[] best = counts.clone();
		for (int round = 0; round < ROUNDS; round++) {
			int[] next = step(problem, best);
			if (next == null) {
				return best;
			}
			best = next;
		}
		return best;
	}

	private static int[] step(MixProblem problem, int[] from) {
		MixProblem.Cost least = problem.cost(from);
		int[] best = null;
		for (int[] change : changes(problem)) {
			int[] changed = from.clone();
			boolean possible = true;
			for (int i = 0; i < change.length; i++) {
				changed[i] += change[i];
				possible &= changed[i] >= 0;
			}
			if (possible && problem.isWhole(changed)) {
				MixProblem.Cost cost = problem.cost(changed);
				if (cost.isBelow(least)) {
					least = cost;
					best = changed;
				}
			}
		}
		return best;
	}

	private static List<int[]> changes(MixProblem problem) {
		int slots = problem.slots().size();
		List<int[]> changes = new ArrayList<>();
		for (int i = 0; i < slots; i++) {
			changes.add(change(slots, i, problem.step(), i, 0));
			changes.add(change(slots, i, -problem.step(), i, 0));
			for (int j = 0; j < slots; j++) {
				if (i != j) {
					changes.add(change(slots, i, 1, j, -1));
					changes.add(change(slots, i, 2, j, -1));
					changes.add(change(slots, i, 1, j, -2));
					changes.add(change(slots, i, 1, j, 1));
					for (int k = j + 1; k < slots && slots <= FEW; k++) {
						if (k != i) {
							int[] fewer = change(slots, j, -1, k, -1);
							fewer[i] = 1;
							changes.add(fewer);
							int[] more = change(slots, j, 1, k, 1);
							more[i] = -1;
							changes.add(more);
						}
					}
				}
			}
		}
		return changes;
	}

	private static int[] change(int slots, int one, int by, int other, int otherBy) {
		int[] change = new int[slots];
		change[one] += by;
		change[other] += otherBy;
		return change;
	}
}
