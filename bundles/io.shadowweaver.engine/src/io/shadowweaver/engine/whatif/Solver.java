// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.engine.load.GroupMetrics;
import io.shadowweaver.engine.load.Projection;
import io.shadowweaver.engine.load.ReadyCapacity;
import io.shadowweaver.engine.load.ThresholdChoice;
import io.shadowweaver.provisioning.DemandView;
import io.shadowweaver.provisioning.GroupView;
import io.shadowweaver.provisioning.Sizing;

/** Solves one side of a comparison. One object for one solution, one thread. */
final class Solver {
	private static final double LEVEL = .9;

	/**
	 * A solved side.
	 *
	 * @param groups by id
	 * @param lone   all resources of no group
	 * @param costs  of all that is there
	 * @param notes  what the figures do not say, a sentence each
	 */
	record Solution(Outcome.Side side, Map<String, Part> groups, Part lone, Costs costs, Set<String> notes) {
	}

	/** Prices by resource, what all costs an hour at the end, and what is not in it. */
	private record Costs(Map<String, Price> prices, double perHour, String currency, int unpriced, Set<String> notes) {
	}

	private final Base base;
	private final Estate estate;
	private final Flow flow;
	private final Shadow.Kind kind;
	private final Grid grid;
	private final BooleanSupplier cancelled;
	private final SeriesPages series;
	private final Map<String, Metric> metrics;
	private final Instant now;
	private final Instant end;
	private final ThresholdChoice thresholds;
	// of the part that is being solved
	private Map<SeriesId, Bands> projected = new HashMap<>();
	private Map<SeriesId, Bands> changed = new HashMap<>();
	private Map<String, Outcome.Figures> figures = new LinkedHashMap<>();
	private Set<String> notes = new LinkedHashSet<>();

	/**
	 * @param grid      how finely
	 * @param cancelled asked from group to group
	 */
	Solver(Base base, Estate estate, Flow flow, Shadow.Kind kind, Grid grid, BooleanSupplier cancelled) {
		this.base = base;
		this.estate = estate;
		this.flow = flow;
		this.kind = kind;
		this.grid = grid;
		this.cancelled = cancelled;
		series = base.state().series();
		metrics = base.state().metrics();
		now = base.state().time();
		end = now.plus(WhatIf.HORIZON);
		thresholds = new ThresholdChoice(base.state().thresholds());
	}

	/**
	 * @param known groups that need not be solved, since their solution is known
	 * @param alone the solution of the resources of no group, where that is known
	 * @param like  another solution, with which this one shares what is the same
	 */
	Solution solve(Function<String, Optional<Part>> known, Optional<Part> alone, Optional<Solution> like) throws ScenarioException {
		Map<String, Part> groups = new LinkedHashMap<>();
		for (ScalingGroup group : base.state().topology().groups().values()) {
			if (cancelled.getAsBoolean()) {
				throw new CancellationException();
			}
			Optional<Part> before = known.apply(group.id());
			groups.put(group.id(), before.isPresent() ? before.get() : part(group));
		}
		Part lone = alone.isPresent() ? alone.get() : lone();
		return whole(groups, lone, like);
	}

	private Part part(ScalingGroup group) throws ScenarioException {
		Optional<GroupOutlook> outlook = group(group, estate.members(group.id()));
		return done(outlook);
	}

	private Part done(Optional<GroupOutlook> outlook) {
		Part part = new Part(projected, changed, outlook, figures, List.copyOf(notes));
		projected = new HashMap<>();
		changed = new HashMap<>();
		figures = new LinkedHashMap<>();
		notes = new LinkedHashSet<>();
		return part;
	}

	private Part lone() throws ScenarioException {
		Set<String> inGroups = new HashSet<>();
		base.state().topology().groups().keySet().forEach(group -> estate.members(group).forEach(member -> inGroups.add(member.resource().id())));
		Map<String, Member> alone = new LinkedHashMap<>();
		for (Member member : estate.members()) {
			if (!inGroups.contains(member.resource().id())) {
				alone.put(member.resource().id(), member);
			}
		}
		singles(alone);
		return done(Optional.empty());
	}

	private Optional<GroupOutlook> group(ScalingGroup group, List<Member> members) throws ScenarioException {
		String subject = SeriesId.GROUP_PREFIX + group.id();
		Map<String, Member> byId = new HashMap<>();
		members.forEach(member -> byId.put(member.resource().id(), member));
		List<Resource> resources = members.stream().map(Member::resource).toList();
		ReadyCapacity ready = new ReadyCapacity(resources, (member, time) -> byId.get(member.id()).isThere(time), members.stream().anyMatch(member -> !member.isSteady(now)));
		SortedSet<Instant> jumps = jumps(members);
		List<DemandView> demands = new ArrayList<>();
		Bands longest = null;
		Optional<Worst> worst = Optional.empty();
		for (String id : GroupMetrics.of(group, resources, metrics)) {
			Metric metric = metrics.get(id);
			Optional<Bands> forecast = series.forecast(new SeriesId(subject, id)).flatMap(Forecast::bands).map(bands -> grid.of(bands, jumps));
			if (forecast.isEmpty() || metric.aggregation() == Aggregation.MAX) {
				continue;
			}
			Bands demand = isDriven(metric, group) ? driven(forecast.get(), subject) : forecast.get();
			if (demand != forecast.get()) {
				changed.put(new SeriesId(subject, id), demand);
			}
			longest = longest == null || demand.end().isAfter(longest.end()) ? demand : longest;
			view(group).flatMap(view -> view.demand().stream().filter(one -> one.metric().equals(id)).findFirst())
					.ifPresent(one -> demands.add(new DemandView(id, demand, Double.NaN, one.skill(), one.coverage())));
			Optional<Instant> gone = gone(ready, id, demand);
			if (gone.isPresent()) {
				Optional<Threshold> rule = thresholds.of(group, resources, id);
				worst = Optional.of(new Worst(id, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, rule.map(Threshold::critical).orElse(Double.NaN), gone.get(), gone, left(gone.get())));
				notes.add(group.name() + " has no member that carries load at " + gone.get() + ".");
				continue;
			}
			Bands utilisation = project(subject, metric, demand, ready, members, group.id());
			Optional<Worst> found = thresholds.of(group, resources, id).flatMap(rule -> worst(id, utilisation, rule));
			worst = Worst.worse(worst, found);
		}
		if (longest == null) {
			notes.add(group.name() + " has no forecast of what it is scaled on: nothing is said of it.");
			return Optional.empty();
		}
		GroupOutlook outlook = outlook(group, members, ready, longest, demands);
		figures(subject, group, worst, outlook, ready);
		return Optional.of(outlook);
	}

	/** When members come or go. */
	private SortedSet<Instant> jumps(List<Member> members) {
		SortedSet<Instant> jumps = new TreeSet<>();
		members.stream().filter(member -> !member.isSteady(now)).forEach(member -> {
			jumps.add(member.from());
			member.absences().forEach(absence -> {
				jumps.add(absence.from());
				jumps.add(absence.until());
			});
		});
		jumps.removeIf(time -> !time.isAfter(now));
		return jumps;
	}

	private Optional<GroupView> view(ScalingGroup group) {
		return Optional.ofNullable(base.views().get(group.id()));
	}

	/** Load drives what a group is scaled on, and all that is not kept: memory is full whether it is asked or not. */
	private static boolean isDriven(Metric metric, ScalingGroup group) {
		return group.demand().stream().map(DemandTarget::metric).anyMatch(metric.id()::equals) || isDriven(metric);
	}

	private static boolean isDriven(Metric metric) {
		return !metric.id().equals(Metric.MEMORY.id()) && metric.aggregation() != Aggregation.MAX;
	}

	private Bands driven(Bands bands, String subject) throws ScenarioException {
		double[] factors = new double[bands.leads()];
		boolean same = true;
		for (int lead = 0; lead < factors.length; lead++) {
			factors[lead] = flow.factor(subject, bands.time(lead));
			same &= factors[lead] == 1;
		}
		return same ? bands : bands.map((lead, value) -> Math.max(0, value) * factors[lead]);
	}

	private Optional<Instant> gone(ReadyCapacity ready, String metric, Bands demand) {
		double[] capacity = ready.over(metric, demand);
		for (int lead = 0; lead < capacity.length; lead++) {
			if (!(capacity[lead] > 0)) {
				return Optional.of(demand.time(lead));
			}
		}
		return Optional.empty();
	}

	private Bands project(String subject, Metric metric, Bands demand, ReadyCapacity ready, List<Member> members, String group) {
		GroupUse use = base.use().getOrDefault(group, GroupUse.NONE);
		double idle = use.idle(metric.id());
		Bands utilisation = Projection.group(demand, metric, ready, idle);
		projected.put(new SeriesId(subject, metric.id()), utilisation);
		if (!grid.has(metric.id())) {
			return utilisation;
		}
		double[] capacity = ready.over(metric.id(), demand, member -> use.imbalance(metric.id(), member.id()));
		for (Member member : members) {
			Resource resource = member.resource();
			if (!Double.isNaN(resource.capacity(metric.id())) && (member.isSteady(now) || member.isThere(end))) {
				projected.put(new SeriesId(resource.id(), metric.id()), Projection.member(demand, metric, resource, use.imbalance(metric.id(), resource.id()), capacity, idle));
			}
		}
		return utilisation;
	}

	private GroupOutlook outlook(ScalingGroup group, List<Member> members, ReadyCapacity ready, Bands grid, List<DemandView> demands) {
		List<Instant> times = new ArrayList<>();
		List<Integer> has = new ArrayList<>();
		List<Integer> needs = new ArrayList<>();
		Optional<GroupView> then = view(group).map(view -> new GroupView(group, view.mode(), members.stream().filter(member -> member.isSteady(now)).map(Member::resource).toList(),
				estate.isResized(group.id()) ? List.of() : view.capacities(), demands, view.staleShare()));
		for (int lead = 0; lead < grid.leads(); lead++) {
			Instant time = grid.time(lead);
			if (!time.isBefore(now) && !time.isAfter(end)) {
				times.add(time);
				has.add(ready.count(time));
			}
		}
		needs.addAll(then.map(view -> Sizing.required(view, times, LEVEL)).orElseGet(() -> Collections.nCopies(times.size(), -1)));
		return new GroupOutlook(group.id(), times, has, needs);
	}

	private void figures(String subject, ScalingGroup group, Optional<Worst> worst, GroupOutlook outlook, ReadyCapacity ready) throws ScenarioException {
		int fewest = outlook.ready().stream().mapToInt(Integer::intValue).min().orElse(ready.count(now));
		int most = outlook.required().stream().mapToInt(Integer::intValue).max().orElse(-1);
		double latency = latency(subject, outlook);
		double target = estate.latencyTarget(group.id()).orElse(Double.NaN);
		if (!Double.isNaN(target) && Double.isNaN(latency)) {
			notes.add(group.name() + " has a target of latency, but requests or latency are not measured.");
		}
		Worst found = worst.orElse(new Worst("", Double.NaN, Double.NaN, Double.NaN, now, Optional.empty(), Duration.ZERO));
		figures.put(subject, new Outcome.Figures(subject, found.metric(), found.median(), found.high(), found.critical(), found.at(), found.breach(), found.inBreach(), fewest, most, latency, target));
	}

	/** The largest mean response time in the horizon, by the law that gives what is measured now. */
	private double latency(String subject, GroupOutlook outlook) throws ScenarioException {
		double requests = value(subject, Metric.REQUESTS);
		LatencyLaw law = LatencyLaw.fit(base.state().topology().liveMembers(subject.substring(SeriesId.GROUP_PREFIX.length())).size(), requests, value(subject, Metric.LATENCY));
		if (law == null) {
			return Double.NaN;
		}
		Optional<Bands> forecast = series.forecast(new SeriesId(subject, Metric.REQUESTS.id())).flatMap(Forecast::bands);
		double worst = law.response(outlook.ready().isEmpty() ? 0 : outlook.ready().getFirst(), requests * flow.factor(subject, now));
		for (int i = 0; i < outlook.times().size(); i++) {
			Instant time = outlook.times().get(i);
			double expected = forecast.map(bands -> bands.at(time, .5)).filter(rate -> !Double.isNaN(rate)).orElse(requests);
			worst = Math.max(worst, law.response(outlook.ready().get(i), expected * flow.factor(subject, time)));
		}
		return worst;
	}

	private double value(String subject, Metric metric) {
		SeriesId id = new SeriesId(subject, metric.id());
		return series.slot(id) < 0 ? Double.NaN : series.value(id);
	}

	private void singles(Map<String, Member> alone) throws ScenarioException {
		for (int slot = 0; slot < series.size(); slot++) {
			SeriesId id = series.id(slot);
			Member member = alone.get(id.subject());
			Metric metric = metrics.get(id.metric());
			Optional<Bands> forecast = series.forecast(slot).flatMap(Forecast::bands);
			if (member == null || metric == null || forecast.isEmpty() || !member.isThere(now) && !member.isThere(end)) {
				continue;
			}
			Bands bands = isDriven(metric) ? driven(forecast.get(), id.subject()) : forecast.get();
			double before = base.state().topology().resource(id.subject()).map(resource -> resource.capacity(id.metric())).orElse(Double.NaN);
			double after = member.resource().capacity(id.metric());
			if (metric.full() == Metric.Full.ONE && before > 0 && after > 0 && before != after) {
				bands = bands.map((lead, value) -> value * before / after);
			}
			if (!bands.equals(forecast.get())) {
				projected.put(id, bands);
			}
			Optional<Threshold> rule = thresholds.of(member.resource(), id.metric());
			Bands tested = metric.full() == Metric.Full.CAPACITY && after > 0 ? bands.map((lead, value) -> value / after) : bands;
			boolean testable = metric.full() != Metric.Full.CAPACITY || after > 0;
			rule.filter(found -> testable).flatMap(found -> worst(id.metric(), tested, found)).ifPresent(worst -> {
				Outcome.Figures old = figures.get(id.subject());
				if (old == null || worst.ratio() > old.high() / old.critical()) {
					figures.put(id.subject(), new Outcome.Figures(id.subject(), worst.metric(), worst.median(), worst.high(), worst.critical(), worst.at(), worst.breach(),
							worst.inBreach(), -1, -1, Double.NaN, Double.NaN));
				}
			});
		}
	}

	private Optional<Worst> worst(String metric, Bands bands, Threshold rule) {
		double high = Double.NEGATIVE_INFINITY;
		Instant at = now;
		Instant first = null;
		Duration inBreach = Duration.ZERO;
		for (Instant time = now; !time.isAfter(end); time = time.plus(grid.sample())) {
			double value = bands.at(time, rule.level());
			if (value > high) {
				high = value;
				at = time;
			}
			if (value >= rule.critical()) {
				first = first == null ? time : first;
				inBreach = inBreach.plus(grid.sample());
			}
		}
		return high == Double.NEGATIVE_INFINITY ? Optional.empty()
				: Optional.of(new Worst(metric, bands.at(at, .5), high, rule.critical(), at, Optional.ofNullable(first), inBreach));
	}

	private Duration left(Instant from) {
		return from.isAfter(end) ? Duration.ZERO : Duration.between(from.isBefore(now) ? now : from, end);
	}

	private Solution whole(Map<String, Part> groups, Part lone, Optional<Solution> like) {
		Map<SeriesId, Bands> demand = new HashMap<>();
		Map<String, GroupOutlook> outlooks = new HashMap<>();
		Map<String, Outcome.Figures> all = new LinkedHashMap<>();
		Set<String> said = new LinkedHashSet<>();
		groups.forEach((id, part) -> part.outlook().ifPresent(outlook -> outlooks.put(id, outlook)));
		List<Part> parts = new ArrayList<>(groups.values());
		parts.add(lone);
		for (Part part : parts) {
			demand.putAll(part.demand());
			all.putAll(part.figures());
			said.addAll(part.notes());
		}
		Costs costs = like.isPresent() && estate.isOrigin() ? like.get().costs() : costs();
		said.addAll(costs.notes());
		Shadow shadow = like.map(other -> shadow(parts, other, outlooks)).orElseGet(() -> {
			Map<SeriesId, Bands> bands = new HashMap<>();
			parts.forEach(part -> bands.putAll(part.projected()));
			return new Shadow(kind, now, bands, outlooks);
		});
		return new Solution(new Outcome.Side(estate.topology(), costs.prices(), demand, shadow, all, costs.perHour(), costs.currency(), costs.unpriced()), groups, lone, costs, said);
	}

	private static Shadow shadow(List<Part> parts, Solution other, Map<String, GroupOutlook> outlooks) {
		Set<Part> theirs = Collections.newSetFromMap(new IdentityHashMap<>());
		theirs.addAll(other.groups().values());
		theirs.add(other.lone());
		Map<SeriesId, Bands> bands = new HashMap<>();
		parts.stream().filter(part -> !theirs.remove(part)).forEach(part -> bands.putAll(part.projected()));
		Set<SeriesId> gone = new HashSet<>();
		theirs.forEach(part -> part.projected().keySet().stream().filter(id -> !bands.containsKey(id)).forEach(gone::add));
		return other.side().shadow().with(bands, gone, outlooks);
	}

	private Costs costs() {
		double cost = 0;
		int unpriced = 0;
		String currency = "";
		Map<String, Price> prices = new HashMap<>();
		Set<String> said = new LinkedHashSet<>();
		for (Member member : estate.members()) {
			if (member.price().isKnown()) {
				prices.put(member.resource().id(), member.price());
			}
			if (!member.isThere(end)) {
				continue;
			}
			if (!member.price().isKnown()) {
				unpriced++;
			} else if (currency.isEmpty() || currency.equals(member.price().currency())) {
				currency = member.price().currency();
				cost += member.price().perHour();
			} else {
				said.add("Prices are in " + currency + " and in " + member.price().currency() + "; only the first are added up.");
				unpriced++;
			}
		}
		return new Costs(Map.copyOf(prices), cost, currency, unpriced, said);
	}

	/** A metric at its worst; the ratio to its threshold orders them. */
	private record Worst(String metric, double median, double high, double critical, Instant at, Optional<Instant> breach, Duration inBreach) {
		double ratio() {
			return Double.isInfinite(high) ? high : high / critical;
		}

		static Optional<Worst> worse(Optional<Worst> one, Optional<Worst> other) {
			return one.isEmpty() ? other : other.isEmpty() || one.get().ratio() >= other.get().ratio() ? one : other;
		}
	}
}
