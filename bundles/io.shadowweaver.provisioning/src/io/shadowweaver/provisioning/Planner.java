// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Need;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.topology.ScalingGroup;

/**
 * From a group with a deficit to what should be done. Pure. A plan makes ready + coming + planned ≥ required from when it can be
 * ready until what could be started at the next chance would be; later needs are for later plans.
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

	private final ProvisioningSettings settings;

	Planner(ProvisioningSettings settings) {
		this.settings = settings;
	}

	/**
	 * @param view       the group
	 * @param coming     what is on its way to it
	 * @param offers     what accounts offer, by their ids
	 * @param notYetMade intents of any group whose machines the account has not made yet
	 * @param leads      expected leads
	 * @param now        the estate's time
	 */
	Result scaleOut(GroupView view, Coming coming, Map<String, List<Offer>> offers, List<Entry> notYetMade, LeadTimes leads, Instant now) {
		ScalingGroup group = view.group();
		if (group.scaling() == ScalingGroup.Scaling.NONE) {
			return Result.NOTHING;
		}
		Supply ready = Sizing.ready(view);
		Supply supply = coming.with(view, ready, offers);
		Map<String, Double> unit = Capacities.unit(view);
		Optional<Instant> neededBy = firstDeficit(view, supply, unit, now);
		if (neededBy.isEmpty()) {
			return Result.NOTHING;
		}
		if (group.scaling() == ScalingGroup.Scaling.VERTICAL) {
			return Result.trouble("it needs larger members, and no provider here can resize one");
		}
		if (group.template().provider().isEmpty()) {
			return Result.trouble("it has no template to make members from");
		}
		if (group.owner() == ScalingGroup.Owner.EXTERNAL) {
			return setSize(view, coming, supply, unit, neededBy.get(), leads, now);
		}
		OfferChoice.Result chosen = OfferChoice.choose(view, offers.getOrDefault(group.template().provider(), List.of()),
				(offer, one) -> missing(view, supply, one, neededBy.get(), leads.of(group.template().provider(), offer.id()), now), notYetMade);
		if (chosen.choice().isEmpty()) {
			return Result.trouble(chosen.trouble());
		}
		return new Result(Optional.of(create(view, coming, supply, chosen.choice().get(), neededBy.get(), leads, now)), "");
	}

	private Optional<Instant> firstDeficit(GroupView view, Supply supply, Map<String, Double> unit, Instant now) {
		for (Instant time : Sizing.grid(now, settings.planning().horizon())) {
			Optional<Requirement> at = Sizing.requirement(view, supply, unit, now, time, settings.planning());
			if (at.isPresent() && at.get().members() > supply.members()) {
				return Optional.of(time);
			}
		}
		return Optional.empty();
	}

	/** The largest deficit from now until the next chance to act would bear fruit. */
	private int missing(GroupView view, Supply supply, Map<String, Double> unit, Instant neededBy, LeadTimes.Lead lead, Instant now) {
		int most = 0;
		for (Instant time : window(neededBy, lead, now)) {
			Optional<Requirement> at = Sizing.requirement(view, supply, unit, now, time, settings.planning());
			most = Math.max(most, at.map(Requirement::members).orElse(0) - supply.members());
		}
		int step = view.group().step();
		int stepped = (most + step - 1) / step * step;
		return Math.min(stepped, Math.max(0, view.group().max() - supply.members()));
	}

	private List<Instant> window(Instant neededBy, LeadTimes.Lead lead, Instant now) {
		ProvisioningSettings.Planning planning = settings.planning();
		Instant ready = later(neededBy, now.plus(lead.p95()).plus(planning.leadMargin()));
		Instant end = ready.plus(settings.limits().cooldown()).plus(planning.decisionMargin());
		List<Instant> times = new ArrayList<>();
		for (Instant time : Sizing.grid(now, Duration.between(now, end))) {
			if (time.isBefore(end)) {
				times.add(time);
			}
		}
		times.add(end);
		return times;
	}

	private Draft create(GroupView view, Coming coming, Supply supply, OfferChoice.Choice choice, Instant neededBy, LeadTimes leads,
			Instant now) {
		ScalingGroup group = view.group();
		LeadTimes.Lead lead = leads.of(group.template().provider(), choice.offer().id());
		int count = Math.min(choice.count(), blast(supply.members()));
		if (settings.limits().canary() > 0 && lead.observations() == 0) {
			count = Math.min(count, settings.limits().canary());
		}
		List<Action> actions = new ArrayList<>();
		ZoneSpread.spread(count, choice.zones(), ZoneSpread.members(view, coming)).forEach((zone, members) -> actions
				.add(new Action(Action.Kind.CREATE, group.template().provider(), members, choice.offer().id(), zone, "")));
		List<Need> needs = Sizing.needs(view, now, settings.planning());
		String metric = binding(view, supply, neededBy, now, choice.unit());
		Instant startBy = startBy(neededBy, lead);
		Instant approveBy = later(startBy, now.plus(settings.planning().approvalWait()));
		String why = count < choice.wanted() ? " (" + choice.wanted() + " would meet the need; "
				+ (choice.count() < choice.wanted() ? "the quota leaves " + choice.count() : "one plan may make " + count) + ")" : "";
		String sentence = group.name() + " needs " + count + " more " + choice.offer().name() + where(actions) + " by " + neededBy + why
				+ (startBy.isBefore(now) ? "; that is late by " + Texts.span(Duration.between(startBy, now)) : "; start by " + startBy) + ".";
		return new Draft(group.id(), needs, actions, startBy, neededBy, approveBy, expiry(approveBy, neededBy, lead, now), lead,
				count * choice.offer().pricePerHour(), choice.offer().currency(), "", choice.alternatives(), basis(view, metric), StateHash.of(view, coming),
				observedAlone(view, supply, choice.unit(), now), metric, supply.of(metric), choice.unit(), sentence);
	}

	private Result setSize(GroupView view, Coming coming, Supply supply, Map<String, Double> unit, Instant neededBy, LeadTimes leads,
			Instant now) {
		ScalingGroup group = view.group();
		LeadTimes.Lead lead = leads.of(group.template().provider(), group.template().offers().isEmpty() ? "" : group.template().offers().get(0));
		int count = Math.min(missing(view, supply, unit, neededBy, lead, now), blast(supply.members()));
		if (count < 1) {
			return Result.NOTHING;
		}
		int size = supply.members() + count;
		Instant startBy = startBy(neededBy, lead);
		Instant approveBy = later(startBy, now.plus(settings.planning().approvalWait()));
		String metric = binding(view, supply, neededBy, now, unit);
		return new Result(Optional.of(new Draft(group.id(), Sizing.needs(view, now, settings.planning()),
				List.of(new Action(Action.Kind.SET_SIZE, group.template().provider(), size, "", "", "")), startBy, neededBy, approveBy,
				expiry(approveBy, neededBy, lead, now), lead, Double.NaN, "", "", List.of(), basis(view, metric), StateHash.of(view, coming),
				observedAlone(view, supply, unit, now), metric, supply.of(metric), unit,
				group.name() + " needs the size " + size + " instead of " + supply.members() + " by " + neededBy + "; its owner is asked for it.")), "");
	}

	private int blast(int members) {
		return Math.max(1, Math.min(settings.limits().blastCount(), (int) Math.floor(members * settings.limits().blastShare())));
	}

	private Instant startBy(Instant neededBy, LeadTimes.Lead lead) {
		return neededBy.minus(lead.p95()).minus(settings.planning().leadMargin());
	}

	private Instant expiry(Instant approveBy, Instant neededBy, LeadTimes.Lead lead, Instant now) {
		return later(later(approveBy, neededBy), now.plus(lead.p95())).plus(Duration.ofMinutes(30));
	}

	private String binding(GroupView view, Supply supply, Instant neededBy, Instant now, Map<String, Double> unit) {
		return Sizing.requirement(view, supply, unit, now, neededBy, settings.planning()).map(Requirement::metric).orElse("");
	}

	private boolean observedAlone(GroupView view, Supply supply, Map<String, Double> unit, Instant now) {
		List<DemandView> observed = view.demand().stream().map(one -> DemandView.observed(one.metric(), one.observedNow())).toList();
		GroupView without = new GroupView(view.group(), view.mode(), view.liveMembers(), view.capacities(), observed, view.staleShare());
		return Sizing.requirement(without, supply, unit, now, now, settings.planning()).map(Requirement::members).orElse(0) > supply.members();
	}

	/** The forecasts of a metric, or of all where none binds. */
	static List<Plan.Basis> basis(GroupView view, String metric) {
		return view.demand().stream().filter(demand -> metric.isEmpty() || demand.metric().equals(metric)).flatMap(demand -> demand.basis().stream()).toList();
	}

	private static String where(List<Action> actions) {
		List<String> zones = actions.stream().filter(action -> !action.zone().isEmpty()).map(action -> actions.size() == 1 ? action.zone() : action.count() + " in " + action.zone()).toList();
		return zones.isEmpty() ? "" : zones.size() == 1 ? " in zone " + zones.get(0) : " (" + String.join(", ", zones) + ")";
	}

	private static Instant later(Instant a, Instant b) {
		return a.isAfter(b) ? a : b;
	}
}
