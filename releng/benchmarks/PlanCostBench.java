// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Locale;
import java.util.Optional;
import java.util.Random;

import io.shadowweaver.bench.Figures;

/**
 * What plans cost beside the best of all counts and beside the cheapest single provider, over random problems that are small enough to
 * try all: each candidate stands for a provider with its price, size, lead and quota.
 */
final class PlanCostBench {
	private PlanCostBench() {
	}

	/** {@code CASES}. */
	public static void main(String[] arguments) {
		int cases = Integer.parseInt(arguments[0]);
		double excess = 0;
		double worst = 0;
		int within = 0;
		int solved = 0;
		double single = 0;
		double singleAlone = 0;
		int covered = 0;
		double[] millis = new double[cases];
		for (int seed = 0; seed < cases; seed++) {
			MixProblem problem = SmallProblems.next(new Random(100_000 + seed));
			MixProblem.Cost optimum = problem.cost(SmallProblems.optimum(problem));
			long begun = System.nanoTime();
			int[] merit = Polish.better(problem, MeritOrder.mix(problem, slot -> true));
			Optional<int[]> exact = IntegerProgram.solve(problem).map(counts -> Polish.better(problem, counts));
			millis[seed] = (System.nanoTime() - begun) / 1e6;
			MixProblem.Cost plan = exact.map(problem::cost).filter(cost -> cost.isBelow(problem.cost(merit))).orElseGet(() -> problem.cost(merit));
			solved += exact.isPresent() ? 1 : 0;
			double more = optimum.total() > 0 ? plan.total() / optimum.total() - 1 : 0;
			boolean asMuch = plan.shortage() <= optimum.shortage() + 1e-4;
			excess += more;
			worst = Math.max(worst, asMuch ? more : 1);
			within += asMuch && more <= .01 ? 1 : 0;
			MixProblem.Cost alone = cheapestSingle(problem);
			if (alone.shortage() <= optimum.shortage() + 1e-4 && alone.total() > 0) {
				covered++;
				single += 1 - plan.total() / alone.total();
				singleAlone += alone.total() / optimum.total() - 1;
			}
		}
		Figures.print("provision.plan.excess.mean", 100 * excess / cases, "% over the exhaustive optimum, " + cases + " cases");
		Figures.print("provision.plan.excess.worst", 100 * worst, "%");
		Figures.print("provision.plan.within", 100. * within / cases, "% of the cases within 1 %");
		Figures.print("provision.plan.solver", 100. * solved / cases, "% answered by the solver within its time");
		Figures.print("provision.plan.time", millis, "ms a problem, wall");
		System.out.printf(Locale.ROOT, "provision.single.covers: %.1f %% of the cases can be met by one provider alone%n", 100. * covered / cases);
		Figures.print("provision.single.saving", 100 * single / Math.max(1, covered), "% cheaper than the cheapest single provider, where one suffices");
		Figures.print("provision.single.excess", 100 * singleAlone / Math.max(1, covered), "% over the optimum by the cheapest single provider");
	}

	private static MixProblem.Cost cheapestSingle(MixProblem problem) {
		MixProblem.Cost best = problem.cost(new int[problem.slots().size()]);
		int candidates = problem.slots().stream().mapToInt(MixProblem.Slot::candidate).max().orElse(-1) + 1;
		for (int candidate = 0; candidate < candidates; candidate++) {
			int only = candidate;
			MixProblem.Cost cost = problem.cost(MeritOrder.mix(problem, slot -> problem.slots().get(slot).candidate() == only));
			best = cost.isBelow(best) ? cost : best;
		}
		return best;
	}
}
