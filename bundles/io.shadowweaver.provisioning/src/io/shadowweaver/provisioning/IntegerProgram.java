// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.integer.IntegerStrategy;
import org.ojalgo.type.context.NumberContext;

/**
 * A mix of least cost by an integer linear programme. The expected cost of a breach is convex and piecewise linear in what is carried, so
 * it is the least value above its tangents. One thread works, so that the same problem has the same answer.
 */
final class IntegerProgram {
	/** A planning round must not hang: after this the plain way must do. */
	private static final long MILLISECONDS = 250;
	private static final int ITERATIONS = 20_000;

	private final MixProblem problem;
	private final ExpressionsBasedModel model = new ExpressionsBasedModel();
	private final List<Variable> counts = new ArrayList<>();
	/** Costs are counted in the dearest slot, so that numbers stay near 1. */
	private final double scale;

	private IntegerProgram(MixProblem problem) {
		this.problem = problem;
		scale = Math.max(1e-12, problem.slots().stream().mapToDouble(slot -> slot.price() * slot.hours()).max().orElse(1));
		model.options.integer(IntegerStrategy.newConfigurable().withParallelism(() -> 1).withGapTolerance(NumberContext.of(7)));
		model.options.time_abort = MILLISECONDS;
		model.options.time_suffice = MILLISECONDS;
		model.options.iterations_abort = ITERATIONS;
	}

	/** Counts by slot; empty where the solver found none in its time. */
	static Optional<int[]> solve(MixProblem problem) {
		Optional<int[]> whole = attempt(problem).filter(problem::isWhole);
		if (problem.step() == 1 || whole.isPresent() && problem.shortage(whole.get()) == 0) {
			return whole;
		}
		// where whole steps do not suffice, one that cannot be filled may
		Optional<int[]> loose = attempt(problem.withStep(1)).filter(problem::isWhole);
		return loose.filter(counts -> whole.isEmpty() || problem.cost(counts).isBelow(problem.cost(whole.get()))).or(() -> whole);
	}

	private static Optional<int[]> attempt(MixProblem problem) {
		try {
			return new IntegerProgram(problem).solve();
		} catch (RuntimeException e) {
			// a solver that stumbles is a solver without an answer: the plain way does
			return Optional.empty();
		}
	}

	private Optional<int[]> solve() {
		for (int i = 0; i < problem.slots().size(); i++) {
			MixProblem.Slot slot = problem.slots().get(i);
			// of equals the first is preferred
			double cost = slot.price() * slot.hours() / scale * (1 + 1e-7 * i);
			counts.add(model.newVariable("n" + i).lower(0).upper(Math.min(slot.quota(), problem.room())).weight(cost).integer());
		}
		limits();
		steps();
		skew();
		cover();
		for (int i = 0; i < problem.periods().size(); i++) {
			breach(problem.periods().get(i), i);
		}
		Optimisation.Result result = model.minimise();
		if (!result.getState().isFeasible()) {
			return Optional.empty();
		}
		int[] found = new int[counts.size()];
		for (int i = 0; i < found.length; i++) {
			found[i] = (int) Math.round(result.doubleValue(i));
		}
		return Optional.of(found);
	}

	private void limits() {
		Expression all = model.newExpression("room").upper(problem.room());
		Expression money = problem.budget() < Double.POSITIVE_INFINITY ? model.newExpression("budget").upper(problem.budget() / scale) : null;
		Map<Integer, Expression> quotas = new HashMap<>();
		for (int i = 0; i < counts.size(); i++) {
			MixProblem.Slot slot = problem.slots().get(i);
			all.set(counts.get(i), 1);
			if (money != null) {
				money.set(counts.get(i), slot.price() / scale);
			}
			quotas.computeIfAbsent(slot.candidate(), candidate -> model.newExpression("quota" + candidate).upper(slot.quota())).set(counts.get(i), 1);
		}
	}

	/** In whole steps, or all that there is room for. */
	private void steps() {
		if (problem.step() == 1) {
			return;
		}
		int whole = problem.room() / problem.step();
		Variable steps = model.newVariable("steps").lower(0).upper(whole).integer();
		Variable full = model.newVariable("full").lower(0).upper(1).integer();
		Expression sum = model.newExpression("sum").level(0).set(steps, -problem.step()).set(full, -(problem.room() % problem.step()));
		counts.forEach(count -> sum.set(count, 1));
		model.newExpression("fullOnlyAtTheEnd").lower(0).set(steps, 1).set(full, -whole);
	}

	/** A zone that gets machines has at most {@code maxSkew} more than the emptiest. */
	private void skew() {
		if (problem.zones().size() < 2) {
			return;
		}
		int most = problem.room() + problem.zones().values().stream().mapToInt(Integer::intValue).max().orElse(0);
		Variable emptiest = model.newVariable("emptiest").lower(0).upper(most);
		problem.zones().forEach((zone, members) -> {
			Variable used = model.newVariable("used " + zone).lower(0).upper(1).integer();
			Expression least = model.newExpression("least " + zone).lower(-members).set(emptiest, -1);
			Expression top = model.newExpression("top " + zone).upper(problem.maxSkew() + most - members).set(emptiest, -1).set(used, most);
			Expression uses = model.newExpression("uses " + zone).upper(0).set(used, -problem.room());
			for (int i = 0; i < counts.size(); i++) {
				if (problem.slots().get(i).zone().equals(zone)) {
					least.set(counts.get(i), 1);
					top.set(counts.get(i), 1);
					uses.set(counts.get(i), 1);
				}
			}
		});
	}

	private void cover() {
		double dear = 0;
		for (MixProblem.Slot slot : problem.slots()) {
			for (double carries : slot.carries()) {
				dear = Math.max(dear, carries > 0 ? slot.price() * slot.hours() / scale / carries : 0);
			}
		}
		// what is missing weighs more than anything that is bought, or that a breach costs
		double penalty = 1000 * Math.max(1, dear);
		for (int metric = 0; metric < problem.supply().length; metric++) {
			Variable missing = model.newVariable("missing" + metric).lower(0).weight(penalty);
			Expression carried = model.newExpression("cover" + metric).lower(problem.cover()[metric] - problem.supply()[metric]).set(missing, 1);
			for (int i = 0; i < counts.size(); i++) {
				carried.set(counts.get(i), problem.slots().get(i).carries()[metric]);
			}
		}
		if (problem.least() > 0) {
			Variable missing = model.newVariable("fewer").lower(0).weight(penalty);
			Expression enough = model.newExpression("least").lower(problem.least()).set(missing, 1);
			counts.forEach(count -> enough.set(count, 1));
		}
	}

	private void breach(MixProblem.Period period, int number) {
		double factor = problem.breach() * period.hours() / scale;
		if (!(factor > 0)) {
			return;
		}
		Variable cost = model.newVariable("breach" + number).lower(0).weight(1);
		for (int metric = 0; metric < problem.supply().length; metric++) {
			double[] values = period.demand()[metric].values();
			double[] weights = period.demand()[metric].weights();
			double weight = 0;
			double sum = 0;
			for (int k = values.length - 1; k >= 0 && values[k] > problem.supply()[metric]; k--) {
				weight += weights[k];
				sum += weights[k] * values[k];
				Expression tangent = model.newExpression("tangent" + number + "." + metric + "." + k).lower(factor * (sum - weight * problem.supply()[metric])).set(cost, 1);
				for (int i = 0; i < counts.size(); i++) {
					if (period.arrived()[i]) {
						tangent.set(counts.get(i), factor * weight * problem.slots().get(i).carries()[metric]);
					}
				}
			}
		}
	}
}
