// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Finds the mix of offers of all accounts that meets a group's need at the least cost: what is made for as long as it is needed, and what
 * a breach costs that is to be expected until it is there and beyond the planning level. One call, one group.
 */
final class MixPlanner {
	private static final int ROUNDS = 8;
	private static final int ARRIVALS = 5;

	/**
	 * What was found.
	 *
	 * @param best   of least cost
	 * @param others the best of other kinds, by cost
	 * @param wanted how many would be made if quotas and budget allowed it
	 * @param note   what the operator should know of how it was found; may be empty
	 */
	record Found(Mix best, List<Mix> others, int wanted, String note) {
	}

	/**
	 * What is to be solved.
	 *
	 * @param supply   what is ready and coming
	 * @param neededBy the first time of the deficit
	 * @param until    when it is over
	 * @param planning with the level that is planned for
	 * @param breach   what an hour costs without one reference member
	 * @param budget   the most that may be added an hour
	 */
	record Task(GroupView view, Coming coming, Supply supply, Instant neededBy, Instant until, ProvisioningSettings settings,
			ProvisioningSettings.Planning planning, double breach, double budget, Instant now) {
	}

	private final Task task;
	private final List<String> metrics;
	private final Map<String, Double> reference;

	MixPlanner(Task task) {
		this.task = task;
		reference = Capacities.unit(task.view());
		metrics = task.view().demand().stream().map(DemandView::metric).filter(reference::containsKey).toList();
	}

	/** Empty where the need is over before anything could be ready, or nothing can be had. */
	Optional<Found> find(List<Candidate> candidates) {
		List<Candidate> looked = candidates;
		List<Mix> slower = new ArrayList<>();
		Optional<Found> found = Optional.empty();
		// what is slower than all that was chosen must not make the plan look further ahead than it has to
		while (true) {
			Optional<Found> next = solve(looked);
			if (next.isEmpty()) {
				return found;
			}
			List<Mix> others = new ArrayList<>(next.get().others());
			others.addAll(slower);
			found = Optional.of(new Found(next.get().best(), others, next.get().wanted(), next.get().note()));
			Instant last = next.get().best().ready();
			List<Candidate> faster = looked.stream().filter(one -> !one.ready().isAfter(last)).toList();
			if (faster.size() == looked.size()) {
				return found;
			}
			next.get().others().stream().filter(mix -> mix.ready().isAfter(last)).forEach(slower::add);
			looked = faster;
		}
	}

	private Optional<Found> solve(List<Candidate> candidates) {
		MixProblem problem = problem(candidates);
		if (!lacks(problem, 0)) {
			return Optional.empty();
		}
		String note = "";
		Mix best = null;
		List<Mix> others = new ArrayList<>();
		for (Candidate one : candidates) {
			others.add(mix(problem, candidates, i -> candidates.get(problem.slots().get(i).candidate()) == one));
		}
		if (candidates.size() > 1) {
			Set<String> accounts = candidates.stream().map(Candidate::account).collect(Collectors.toCollection(TreeSet::new));
			if (accounts.size() > 1) {
				accounts.forEach(account -> others.add(mix(problem, candidates, i -> candidates.get(problem.slots().get(i).candidate()).account().equals(account))));
			}
			others.add(surviving(problem, candidates, raised -> Polish.better(raised, MeritOrder.mix(raised, i -> true))).orElseThrow());
			Optional<Mix> exact = exact(problem, candidates);
			exact.ifPresent(others::add);
			note = exact.isPresent() ? "" : "the solver had no answer in its time, so offers were taken in the order of what they cost for what they carry";
		}
		others.removeIf(mix -> mix.total() == 0);
		for (Mix one : others) {
			if (best == null || one.cost().isBelow(best.cost())) {
				best = one;
			}
		}
		if (best == null) {
			return Optional.empty();
		}
		int wanted = best.cost().shortage() > 0 ? MixProblem.total(MeritOrder.mix(problem.unlimited(), i -> true)) : best.total();
		return Optional.of(new Found(best, distinct(others, best), wanted, note));
	}

	private static List<Mix> distinct(List<Mix> all, Mix best) {
		List<Mix> others = new ArrayList<>();
		for (Mix one : all) {
			if (!one.isSame(best) && others.stream().noneMatch(one::isSame)) {
				others.add(one);
			}
		}
		others.sort(Comparator.comparingDouble((Mix one) -> one.cost().shortage()).thenComparingDouble(one -> one.cost().total()));
		return others;
	}

	private Mix mix(MixProblem problem, List<Candidate> candidates, IntPredicate mayTake) {
		return surviving(problem, candidates, raised -> MeritOrder.mix(raised, mayTake)).orElseThrow();
	}

	private Optional<Mix> exact(MixProblem problem, List<Candidate> candidates) {
		return surviving(problem, candidates, raised -> IntegerProgram.solve(raised).map(counts -> Polish.better(raised, counts)).orElse(null));
	}

	private interface Solver {
		int[] solve(MixProblem problem);
	}

	/**
	 * Solves so that the rest carries the demand when the fullest zone is lost. How much is lost depends on how many members there are, so
	 * the cover is raised until it fits.
	 */
	private Optional<Mix> surviving(MixProblem problem, List<Candidate> candidates, Solver solver) {
		int zones = task.view().group().placement().survivesZoneLoss() ? Sizing.zones(task.view()).size() : 1;
		int[] counts = solver.solve(problem);
		if (zones > 1) {
			for (int round = 0; round < ROUNDS && counts != null && lacks(surviving(problem, MixProblem.total(counts), zones), counts); round++) {
				counts = solver.solve(surviving(problem, MixProblem.total(counts) + Math.max(0, round - 2), zones));
			}
			if (counts != null) {
				problem = surviving(problem, MixProblem.total(counts), zones);
			}
		}
		return counts == null ? Optional.empty() : Optional.of(new Mix(problem, candidates, counts));
	}

	private MixProblem surviving(MixProblem problem, int more, int zones) {
		double left = Sizing.left(task.supply().members() + more, zones);
		double[] cover = problem.cover().clone();
		for (int i = 0; i < cover.length; i++) {
			cover[i] /= left > 0 ? left : .5;
		}
		return problem.covering(cover);
	}

	private static boolean lacks(MixProblem problem, int[] counts) {
		return problem.shortage(counts) > 0;
	}

	private boolean lacks(MixProblem problem, int none) {
		int zones = task.view().group().placement().survivesZoneLoss() ? Sizing.zones(task.view()).size() : 1;
		MixProblem now = zones > 1 && task.supply().members() > 0 ? surviving(problem, none, zones) : problem;
		return now.shortage(new int[problem.slots().size()]) > 0;
	}

	private MixProblem problem(List<Candidate> candidates) {
		List<Instant> times = window(candidates);
		double[] supply = new double[metrics.size()];
		double[] cover = new double[metrics.size()];
		for (int i = 0; i < supply.length; i++) {
			DemandView demand = demand(i);
			double most = times.stream().mapToDouble(time -> Sizing.demandAt(demand, task.now(), time, task.planning())).filter(value -> !Double.isNaN(value)).max().orElse(0);
			supply[i] = task.supply().of(demand.metric()) / reference.get(demand.metric());
			cover[i] = Math.max(0, most) / reference.get(demand.metric());
		}
		Map<String, Integer> zones = zones(candidates);
		List<MixProblem.Slot> slots = new ArrayList<>();
		for (int i = 0; i < candidates.size(); i++) {
			for (String zone : zones.isEmpty() ? List.of("") : candidates.get(i).zones()) {
				slots.add(slot(candidates.get(i), i, zone));
			}
		}
		int there = task.supply().members();
		int room = Math.max(0, task.view().group().max() - there);
		return new MixProblem(slots, supply, cover, room, Math.min(room, Math.max(0, task.view().group().min() - there)), task.view().group().step(), task.budget(),
				periods(candidates, slots, times), task.breach(), zones, task.view().group().placement().maxSkew());
	}

	private MixProblem.Slot slot(Candidate one, int number, String zone) {
		double[] carries = new double[metrics.size()];
		for (int i = 0; i < carries.length; i++) {
			carries[i] = one.unit().getOrDefault(metrics.get(i), 0.) / reference.get(metrics.get(i));
		}
		return new MixProblem.Slot(number, zone, carries, one.price(), hours(one), one.quota());
	}

	/** It is paid for from its call until the need is over, or scale-in may remove it; where that is off, it stays. */
	private double hours(Candidate one) {
		Duration ahead = one.lead().p95().plus(task.planning().leadMargin());
		Instant called = later(task.now(), task.neededBy().minus(ahead));
		ProvisioningSettings.ScaleIn scaleIn = task.settings().scaleIn();
		Instant gone = scaleIn.isOn(task.view().group().id()) ? later(task.until(), called.plus(ahead).plus(scaleIn.minHold()))
				: later(task.until(), task.now().plus(task.planning().horizon()));
		return Math.max(Duration.between(called, gone).toMillis(), task.settings().cost().leastBilled().toMillis()) / 3600e3;
	}

	/**
	 * From when the first of them could be there until what could be started at the next chance would be. What is observed now counts
	 * even where it holds less long than that: a forecast that says that it will be over may err.
	 */
	private List<Instant> window(List<Candidate> candidates) {
		Instant first = candidates.stream().map(Candidate::ready).min(Comparator.naturalOrder()).orElseThrow();
		Instant last = candidates.stream().map(Candidate::ready).max(Comparator.naturalOrder()).orElseThrow();
		// without a forecast what is observed stands for the time to come
		boolean blind = task.view().demand().stream().anyMatch(demand -> demand.demand().isEmpty());
		Instant sure = earlier(first, task.now().plus(task.planning().reactiveSpan()));
		Instant begin = blind ? task.neededBy() : later(task.neededBy(), sure);
		Instant end = later(task.neededBy(), last).plus(task.settings().limits(task.view().group().id()).cooldown()).plus(task.planning().decisionMargin());
		List<Instant> times = new ArrayList<>(List.of(begin));
		Sizing.grid(task.now(), Duration.between(task.now(), end)).stream().filter(time -> time.isAfter(begin) && time.isBefore(end)).forEach(times::add);
		times.add(end);
		return times;
	}

	/** One span of demand until each arrival that comes late, and one from then on. */
	private List<MixProblem.Period> periods(List<Candidate> candidates, List<MixProblem.Slot> slots, List<Instant> window) {
		TreeSet<Instant> arrivals = new TreeSet<>();
		candidates.stream().map(Candidate::ready).filter(task.neededBy()::isBefore).filter(ready -> ready.isBefore(task.until())).forEach(arrivals::add);
		List<MixProblem.Period> periods = new ArrayList<>();
		Instant from = task.neededBy();
		int skip = Math.max(1, (arrivals.size() + ARRIVALS - 1) / ARRIVALS);
		int number = 0;
		for (Instant arrival : arrivals) {
			if (++number % skip == 0 || arrival.equals(arrivals.last())) {
				periods.add(period(candidates, slots, from, arrival, span(from, arrival)));
				from = arrival;
			}
		}
		if (from.isBefore(task.until())) {
			periods.add(period(candidates, slots, from, task.until(), window));
		}
		return periods;
	}

	private List<Instant> span(Instant from, Instant until) {
		List<Instant> times = new ArrayList<>();
		long step = Math.max(60, Duration.between(from, until).toSeconds() / 10);
		for (Instant time = from; time.isBefore(until); time = time.plusSeconds(step)) {
			times.add(time);
		}
		return times;
	}

	private MixProblem.Period period(List<Candidate> candidates, List<MixProblem.Slot> slots, Instant from, Instant until, List<Instant> times) {
		boolean[] arrived = new boolean[slots.size()];
		for (int i = 0; i < arrived.length; i++) {
			arrived[i] = !candidates.get(slots.get(i).candidate()).ready().isAfter(from);
		}
		Scenarios[] demand = new Scenarios[metrics.size()];
		for (int i = 0; i < demand.length; i++) {
			DemandView one = demand(i);
			Instant worst = times.stream().max(Comparator.comparingDouble(time -> orZero(Sizing.demandAt(one, task.now(), time, task.planning())))).orElse(from);
			demand[i] = Scenarios.of(one, worst, Sizing.floor(task.now(), worst, task.planning())).in(reference.get(one.metric()));
		}
		return new MixProblem.Period(Duration.between(from, until).toMillis() / 3600e3, arrived, demand);
	}

	private static double orZero(double value) {
		return Double.isNaN(value) ? 0 : value;
	}

	/** Members of zones that must not differ too much, where not all offers can be had in all of them; else they are filled evenly. */
	private Map<String, Integer> zones(List<Candidate> candidates) {
		List<String> named = task.view().group().placement().zones();
		Set<String> reachable = candidates.stream().flatMap(one -> one.zones().stream()).filter(named::contains).collect(Collectors.toCollection(TreeSet::new));
		boolean alike = candidates.stream().allMatch(one -> one.zones().containsAll(reachable) && reachable.containsAll(one.zones()));
		Map<String, Integer> zones = new LinkedHashMap<>();
		if (reachable.size() > 1 && !alike) {
			Map<String, Integer> members = ZoneSpread.members(task.view(), task.coming());
			reachable.forEach(zone -> zones.put(zone, members.getOrDefault(zone, 0)));
		}
		return zones;
	}

	private DemandView demand(int metric) {
		return task.view().demand().stream().filter(demand -> demand.metric().equals(metrics.get(metric))).findFirst().orElseThrow();
	}

	static Instant earlier(Instant a, Instant b) {
		return a.isBefore(b) ? a : b;
	}

	private static Instant later(Instant a, Instant b) {
		return a.isAfter(b) ? a : b;
	}
}
