// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Mixes by chance that are small enough to try all counts. */
final class SmallProblems {
	private SmallProblems() {
	}

	/** Two to four offers of one or two metrics; some come late, some problems have steps, a budget, or zones with a skew. */
	static MixProblem next(RandomGenerator random) {
		int metrics = 1 + random.nextInt(2);
		boolean zoned = random.nextInt(4) == 0;
		int candidates = zoned ? 2 : 2 + random.nextInt(3);
		Map<String, Integer> zones = new TreeMap<>();
		if (zoned) {
			zones.put("a", random.nextInt(3));
			zones.put("b", random.nextInt(3));
		}
		List<MixProblem.Slot> slots = new ArrayList<>();
		for (int i = 0; i < candidates; i++) {
			double size = .3 + 2.5 * random.nextDouble();
			double[] carries = new double[metrics];
			for (int metric = 0; metric < metrics; metric++) {
				carries[metric] = size * (.6 + .8 * random.nextDouble());
			}
			double price = size * (.05 + .1 * random.nextDouble());
			double hours = 1 + random.nextDouble();
			int quota = 1 + random.nextInt(8);
			for (String zone : zoned ? i == 0 ? List.of("a") : List.of("a", "b") : List.of("")) {
				slots.add(new MixProblem.Slot(i, zone, carries, price, hours, quota));
			}
		}
		double[] supply = new double[metrics];
		double[] cover = new double[metrics];
		Scenarios[] demand = new Scenarios[metrics];
		for (int metric = 0; metric < metrics; metric++) {
			supply[metric] = 3 * random.nextDouble();
			double median = supply[metric] + 5 * random.nextDouble();
			double spread = .02 + .4 * random.nextDouble();
			double[] values = new double[7];
			for (int i = 0; i < values.length; i++) {
				values[i] = median * (1 + spread * (i - 3) / 3);
			}
			demand[metric] = new Scenarios(values, new double[] { .05, .1, .2, .3, .2, .1, .05 });
			cover[metric] = values[5];
		}
		List<MixProblem.Period> periods = new ArrayList<>();
		boolean[] all = new boolean[slots.size()];
		boolean[] some = new boolean[slots.size()];
		for (int i = 0; i < all.length; i++) {
			all[i] = true;
			some[i] = slots.get(i).candidate() == 0 || random.nextBoolean();
		}
		if (random.nextBoolean()) {
			periods.add(new MixProblem.Period(.05 + .3 * random.nextDouble(), some, demand));
		}
		periods.add(new MixProblem.Period(1 + random.nextDouble(), all, demand));
		int step = random.nextInt(5) == 0 ? 2 : 1;
		double budget = random.nextInt(5) == 0 ? .1 + random.nextDouble() : Double.POSITIVE_INFINITY;
		return new MixProblem(slots, supply, cover, 2 + random.nextInt(12), random.nextInt(3), step, budget, periods, .3 + 3 * random.nextDouble(), zones, 1 + random.nextInt(2));
	}

	/** The best of all counts. */
	static int[] optimum(MixProblem problem) {
		int[] counts = new int[problem.slots().size()];
		int[][] best = { counts.clone() };
		MixProblem.Cost[] least = { problem.cost(counts) };
		walk(problem, counts, 0, best, least);
		return best[0];
	}

	private static void walk(MixProblem problem, int[] counts, int slot, int[][] best, MixProblem.Cost[] least) {
		if (slot == counts.length) {
			if (problem.isWhole(counts)) {
				MixProblem.Cost cost = problem.cost(counts);
				if (cost.isBelow(least[0])) {
					least[0] = cost;
					best[0] = counts.clone();
				}
			}
			return;
		}
		int most = Math.min(problem.room(), problem.slots().get(slot).quota());
		for (int count = 0; count <= most; count++) {
			counts[slot] = count;
			walk(problem, counts, slot + 1, best, least);
		}
		counts[slot] = 0;
	}
}
