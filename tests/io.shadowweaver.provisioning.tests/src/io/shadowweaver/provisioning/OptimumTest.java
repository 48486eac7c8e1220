// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** What the solver finds, beside the best of all counts. */
class OptimumTest {
	private static final int CASES = 400;

	@Test
	void thePlanIsWithinAPercentOfTheExhaustiveOptimum() {
		double excess = 0;
		double worst = 0;
		int answers = 0;
		double plain = 0;
		int bare = 0;
		for (int seed = 0; seed < CASES; seed++) {
			MixProblem problem = SmallProblems.next(new Random(seed));
			MixProblem.Cost best = problem.cost(SmallProblems.optimum(problem));
			int[] merit = MeritOrder.mix(problem, slot -> true);
			assertTrue(problem.allows(merit), "seed " + seed + ": merit order passes a limit");
			MixProblem.Cost found = problem.cost(merit);
			found = problem.cost(Polish.better(problem, merit));
			plain += best.shortage() > found.shortage() - 1e-4 ? over(found, best) : 0;
			Optional<int[]> exact = IntegerProgram.solve(problem);
			if (exact.isPresent()) {
				answers++;
				assertTrue(problem.isWhole(exact.get()), "seed " + seed);
				bare += over(problem.cost(exact.get()), best) > .003 ? 1 : 0;
				MixProblem.Cost solved = problem.cost(Polish.better(problem, exact.get()));
				found = solved.isBelow(found) ? solved : found;
			}
			assertEquals(best.shortage(), found.shortage(), 1e-4, "seed " + seed + ": less could be missing");
			excess += over(found, best);
			worst = Math.max(worst, over(found, best));
		}
		System.out.printf("cost over the exhaustive optimum: plan mean %.5f, worst %.5f, answers of the solver %d of %d, of which %d were made better; without it mean %.5f%n", excess / CASES, worst, answers, CASES, bare, plain / CASES);
		assertTrue(excess / CASES < .001, "mean excess " + excess / CASES);
		assertTrue(worst < .01, "worst excess " + worst);
		assertTrue(answers >= CASES * .97, "answers " + answers);
	}

	private static double over(MixProblem.Cost found, MixProblem.Cost best) {
		return best.total() > 0 ? found.total() / best.total() - 1 : 0;
	}

	@Test
	void theSameProblemHasTheSameAnswer() {
		for (int seed = 0; seed < 50; seed++) {
			int[] first = IntegerProgram.solve(SmallProblems.next(new Random(seed))).orElse(null);
			assertArrayEquals(first, IntegerProgram.solve(SmallProblems.next(new Random(seed))).orElse(null), "seed " + seed);
		}
	}
}
