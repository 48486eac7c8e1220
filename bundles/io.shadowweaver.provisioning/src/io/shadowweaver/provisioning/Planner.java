// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Need;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.provisioning.cost.Budget;
import io.shadowweaver.provisioning.cost.CostSettings;
import io.shadowweaver.provisioning.cost.Newsvendor;

/**
 * From a group with a deficit to what should be done. Pure. A plan makes ready + coming + planned ≥ required from when it can be
 * ready until what could be started at the next chance would be, at the least cost of machines and of the breach that is to be expected;
 * later needs are for later plans.
 */
final class Planner {
	/**
	 * A draft, or why a need has none.
	 *
	 * @param draft   empty when nothing is to be done, or can be done
	 * @param trouble why nothing can be done; empty when nothing is to be done
	 */
	record Result(Optional<Draft> draft, String trouble) {
		static final Result NOTHING = new Result(Optional.empty(), "");

		static Result trouble(String sentence) {
			return new Result(Optional.empty(), sentence);
		}
	}

	/** All that a plan for a group stands on. */
	private record Case(GroupView view, Coming coming, Supply supply, Market market, Candidates candidates, ProvisioningSettings.Planning planning, Instant now) {
		ScalingGroup group() {
			return view.group();
		}
	}

	private final ProvisioningSettings settings;

	Planner(ProvisioningSettings settings) {
		this.settings = settings;
	}

	/** The same where nothing is known but what accounts offer. */
	Result scaleOut(GroupView view, Coming coming, Map<String, List<Offer>> offers, List<Entry> notYetMade, LeadTimes leads, Instant now) {
		return scaleOut(view, coming, Market.of(offers), notYetMade, leads, now);
	}

	/**
	 * @param view       the group
	 * @param coming     what is on its way to it
	 * @param market     what can be had
	 * @param notYetMade intents of any group whose machines the account has not made yet
	 * @param leads      expected leads
	 * @param now        the estate's time
	 */
	Result scaleOut(GroupView view, Coming coming, Market market, List<Entry> notYetMade, LeadTimes leads, Instant now) {
		ScalingGroup group = view.group();
		if (group.scaling() == ScalingGroup.Scaling.NONE) {
			return Result.NOTHING;
		}
		Supply supply = coming.with(view, Sizing.ready(view), market.offers());
		Optional<Double> breach = settings.cost().breach(group.id());
		Candidates candidates = breach.isPresent() ? Candidates.of(view, market, notYetMade, leads, settings, now) : null;
		ProvisioningSettings.Planning planning = breach.isPresent() && !Double.isNaN(candidates.best()) ? settings.withLevel(Newsvendor.level(candidates.best(), breach.get())).planning() : settings.planning();
		List<Instant> lacking = lacking(view, supply, planning, now);
		if (lacking.isEmpty()) {
			return Result.NOTHING;
		}
		if (group.scaling() == ScalingGroup.Scaling.VERTICAL) {
			return Result.trouble("it needs larger members, and no provider here can resize one");
		}
		if (group.template().provider().isEmpty()) {
			return Result.trouble("it has no template to make members from");
		}
		if (candidates == null) {
			candidates = Candidates.of(view, market, notYetMade, leads, settings, now);
		}
		Case of = new Case(view, coming, supply, market, candidates, planning, now);
		return group.owner() == ScalingGroup.Owner.EXTERNAL ? setSize(of, lacking, leads) : create(of, lacking);
	}

	/** The times of the grid at which members are missing. */
	private static List<Instant> lacking(GroupView view, Supply supply, ProvisioningSettings.Planning planning, Instant now) {
		Map<String, Double> unit = Capacities.unit(view);
		List<Instant> lacking = new ArrayList<>();
		for (Instant time : Sizing.grid(now, planning.horizon())) {
			Optional<Requirement> at = Sizing.requirement(view, supply, unit, now, time, planning);
			if (at.isPresent() && at.get().members() > supply.members()) {
				lacking.add(time);
			}
		}
		return lacking;
	}

	/** The begin of the first deficit that lasts until something could be ready; empty where each is over before. */
	private static Optional<Instant> neededBy(List<Instant> lacking, List<Instant> grid, Instant ready, boolean blind) {
		Instant begin = null;
		for (Instant time : grid) {
			if (!lacking.contains(time)) {
				begin = null;
				continue;
			}
			begin = begin == null ? time : begin;
			if (blind || !time.isBefore(ready)) {
				return Optional.of(begin);
			}
		}
		return Optional.empty();
	}

	private Result create(Case of, List<Instant> lacking) {
		Optional<Instant> earliest = of.candidates().earliest();
		if (earliest.isEmpty()) {
			return Result.trouble(of.candidates().trouble());
		}
		List<Instant> grid = Sizing.grid(of.now(), of.planning().horizon());
		boolean blind = of.view().demand().stream().anyMatch(demand -> demand.demand().isEmpty()) || earliest.get().isAfter(grid.get(grid.size() - 1));
		Optional<Instant> neededBy = neededBy(lacking, grid, MixPlanner.earlier(earliest.get(), of.now().plus(of.planning().reactiveSpan())), blind);
		if (neededBy.isEmpty()) {
			return Result.trouble("it is over before anything could be ready, at " + earliest.get());
		}
		List<Need> needs = Sizing.needs(of.view(), of.now(), of.planning());
		Instant until = Draft.until(needs, neededBy.get(), of.now().plus(of.planning().horizon()));
		Optional<Double> given = settings.cost().breach(of.group().id());
		double best = Double.isNaN(of.candidates().best()) ? 1 : of.candidates().best();
		double breach = given.orElse(Newsvendor.breach(best, of.planning().level()));
		CostSettings cost = CostDesk.capped(settings);
		double left = Budget.left(of.market().charges(), cost, of.now(), Duration.between(of.now(), until));
		Candidates candidates = worthwhile(of, given);
		Optional<MixPlanner.Found> found = find(of, candidates, neededBy.get(), until, breach, left);
		boolean unaffordable = left < Double.POSITIVE_INFINITY && (found.isEmpty() || found.get().best().total() == 0);
		if (unaffordable) {
			// then the budget shall say so as a guard, with its sentence
			found = find(of, candidates, neededBy.get(), until, breach, Double.POSITIVE_INFINITY);
		}
		if (found.isEmpty()) {
			return Result.trouble(candidates.all().isEmpty() || candidates.lost().size() > 0 ? candidates.trouble() : "no offer raises what binds the group within its limits");
		}
		String why = given.isPresent() ? String.format(Locale.ROOT, "so the %.3g quantile of demand is served", of.planning().level())
				: String.format(Locale.ROOT, "as serving the %.3g quantile of demand implies", of.planning().level());
		return new Result(Optional.of(draft(of, new PlanTexts(candidates), found.get(), needs, neededBy.get(), breach, why)), "");
	}

	private Optional<MixPlanner.Found> find(Case of, Candidates candidates, Instant neededBy, Instant until, double breach, double budget) {
		return candidates.all().isEmpty() ? Optional.empty()
				: new MixPlanner(new MixPlanner.Task(of.view(), of.coming(), of.supply(), neededBy, until, settings, of.planning(), breach, budget, of.now())).find(candidates.all());
	}

	/** Where the operator says what a breach costs, nothing is bought that costs more than going without it for certain. */
	private Candidates worthwhile(Case of, Optional<Double> breach) {
		if (breach.isEmpty()) {
			return of.candidates();
		}
		Map<String, Double> reference = Capacities.unit(of.view());
		List<Candidate> dear = of.candidates().all().stream().filter(one -> one.priced() && one.merit(reference) > breach.get()).toList();
		return of.candidates().without(dear, "it costs more than the breach that it prevents");
	}

	private Draft draft(Case of, PlanTexts texts, MixPlanner.Found found, List<Need> needs, Instant neededBy, double breach, String why) {
		ScalingGroup group = of.group();
		ProvisioningSettings.Limits limits = settings.limits(group.id());
		int most = blast(limits, of.supply().members());
		Mix mix = found.best().first(most);
		List<Action> actions = actions(of, mix);
		LeadTimes.Lead lead = mix.shares().stream().map(share -> share.candidate().lead()).max((a, b) -> a.p95().compareTo(b.p95())).orElseThrow();
		String metric = binding(of, neededBy);
		Map<String, Double> safe = new HashMap<>();
		mix.shares().forEach(share -> safe.put(Draft.key(share.candidate().account(), share.candidate().offer().id()), share.candidate().unit().getOrDefault(metric, 0.)));
		Instant startBy = startBy(neededBy, lead);
		Instant approveBy = later(startBy, of.now().plus(settings.planning().approvalWait()));
		String sentence = group.name() + " needs " + texts.more(mix) + where(actions) + " by " + neededBy + fewer(mix, found, limits, most)
				+ (startBy.isBefore(of.now()) ? "; that is late by " + Texts.span(Duration.between(startBy, of.now())) : "; start by " + startBy) + ".";
		String arithmetic = texts.arithmetic(mix, breach, why) + (found.note().isEmpty() ? "" : " Note: " + found.note() + ".") + " It has a " + PlanTexts.lead(of.view(), settings.planning(), lead) + ".";
		return new Draft(group.id(), needs, actions, startBy, neededBy, approveBy, expiry(approveBy, neededBy, lead, of.now()), lead, mix.perHour(),
				mix.isPriced() ? of.candidates().currency() : "", arithmetic, texts.alternatives(found, neededBy), basis(of.view(), metric), StateHash.of(of.view(), of.coming()),
				observedAlone(of), metric, of.supply().of(metric), safe, sentence);
	}

	private static String fewer(Mix mix, MixPlanner.Found found, ProvisioningSettings.Limits limits, int most) {
		if (mix.total() >= found.wanted()) {
			return "";
		}
		boolean scarce = found.best().total() < found.wanted();
		boolean budget = scarce && found.best().problem().budget() < Double.POSITIVE_INFINITY && found.best().shares().stream().anyMatch(share -> found.best().of(share.candidate()) < share.candidate().quota());
		boolean room = scarce && found.best().total() == found.best().problem().room();
		String reason = room ? "the maximum of the group leaves " + found.best().total() : budget ? "the budget leaves " + found.best().total()
				: scarce ? "the quota leaves " + found.best().total() : "one plan may make " + mix.total();
		return " (" + found.wanted() + " would meet the need; " + reason + ")";
	}

	/** One for each offer and zone. */
	private static List<Action> actions(Case of, Mix mix) {
		Map<String, Integer> members = ZoneSpread.members(of.view(), of.coming());
		List<Action> actions = new ArrayList<>();
		for (Mix.Share share : mix.shares()) {
			Candidate candidate = share.candidate();
			List<String> zones = share.zone().isEmpty() ? candidate.zones() : List.of(share.zone());
			ZoneSpread.spread(share.count(), zones, members).forEach((zone, count) -> {
				actions.add(new Action(Action.Kind.CREATE, candidate.account(), count, candidate.offer().id(), zone, ""));
				members.merge(zone, count, Integer::sum);
			});
		}
		return actions;
	}

	private Result setSize(Case of, List<Instant> lacking, LeadTimes leads) {
		ScalingGroup group = of.group();
		LeadTimes.Lead lead = leads.of(group.template().provider(), group.template().offers().isEmpty() ? "" : group.template().offers().get(0));
		Instant neededBy = lacking.get(0);
		ProvisioningSettings.Limits limits = settings.limits(group.id());
		int missing = missing(of, neededBy, lead, limits);
		int count = Math.min(missing, blast(limits, of.supply().members()));
		if (count < 1) {
			return Result.NOTHING;
		}
		int size = of.supply().members() + count;
		Instant startBy = startBy(neededBy, lead);
		Instant approveBy = later(startBy, of.now().plus(settings.planning().approvalWait()));
		String metric = binding(of, neededBy);
		Map<String, Double> safe = Map.of(Draft.key(group.template().provider(), ""), Capacities.unit(of.view()).getOrDefault(metric, 0.));
		return new Result(Optional.of(new Draft(group.id(), Sizing.needs(of.view(), of.now(), of.planning()),
				List.of(new Action(Action.Kind.SET_SIZE, group.template().provider(), size, "", "", "")), startBy, neededBy, approveBy,
				expiry(approveBy, neededBy, lead, of.now()), lead, Double.NaN, "", "It has a " + PlanTexts.lead(of.view(), settings.planning(), lead) + ".", List.of(),
				basis(of.view(), metric), StateHash.of(of.view(), of.coming()), observedAlone(of), metric, of.supply().of(metric), safe,
				group.name() + " needs the size " + size + " instead of " + of.supply().members() + " by " + neededBy + "; its owner is asked for it.")), "");
	}

	/** The largest deficit of members of one size from when it is needed until the next chance to act would bear fruit, in whole steps. */
	private int missing(Case of, Instant neededBy, LeadTimes.Lead lead, ProvisioningSettings.Limits limits) {
		Instant end = later(neededBy, of.now().plus(Candidates.toReady(of.view(), settings, lead))).plus(limits.cooldown()).plus(of.planning().decisionMargin());
		Map<String, Double> unit = Capacities.unit(of.view());
		int most = 0;
		List<Instant> times = new ArrayList<>(Sizing.grid(of.now(), Duration.between(of.now(), end)).stream().filter(time -> time.isBefore(end)).toList());
		times.add(end);
		for (Instant time : times) {
			Optional<Requirement> at = Sizing.requirement(of.view(), of.supply(), unit, of.now(), time, of.planning());
			most = Math.max(most, at.map(Requirement::members).orElse(0) - of.supply().members());
		}
		int step = of.group().step();
		return Math.min((most + step - 1) / step * step, Math.max(0, of.group().max() - of.supply().members()));
	}

	static int blast(ProvisioningSettings.Limits limits, int members) {
		return Math.max(1, Math.min(limits.blastCount(), (int) Math.floor(members * limits.blastShare())));
	}

	private Instant startBy(Instant neededBy, LeadTimes.Lead lead) {
		return neededBy.minus(lead.p95()).minus(settings.planning().leadMargin());
	}

	static Instant expiry(Instant approveBy, Instant neededBy, LeadTimes.Lead lead, Instant now) {
		return later(later(approveBy, neededBy), now.plus(lead.p95())).plus(Duration.ofMinutes(30));
	}

	private static String binding(Case of, Instant neededBy) {
		return Sizing.requirement(of.view(), of.supply(), Capacities.unit(of.view()), of.now(), neededBy, of.planning()).map(Requirement::metric).orElse("");
	}

	/** Whether what is observed now asks for more, with no forecast. */
	private static boolean observedAlone(Case of) {
		GroupView view = of.view();
		List<DemandView> observed = view.demand().stream().map(one -> DemandView.observed(one.metric(), one.observedNow())).toList();
		GroupView without = new GroupView(view.group(), view.mode(), view.liveMembers(), view.capacities(), observed, view.staleShare());
		return Sizing.requirement(without, of.supply(), Capacities.unit(view), of.now(), of.now(), of.planning()).map(Requirement::members).orElse(0) > of.supply().members();
	}

	/** The forecasts of a metric, or of all where none binds. */
	static List<Plan.Basis> basis(GroupView view, String metric) {
		return view.demand().stream().filter(demand -> metric.isEmpty() || demand.metric().equals(metric)).flatMap(demand -> demand.basis().stream()).toList();
	}

	static String where(List<Action> actions) {
		List<String> zones = actions.stream().filter(action -> !action.zone().isEmpty()).map(action -> actions.size() == 1 ? action.zone() : action.count() + " in " + action.zone()).toList();
		return zones.isEmpty() ? "" : zones.size() == 1 ? " in zone " + zones.get(0) : " (" + String.join(", ", zones) + ")";
	}

	static Instant later(Instant a, Instant b) {
		return a.isAfter(b) ? a : b;
	}
}
