// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.ScalingGroup;

/**
 * From what a person wants of a group to what should be done: the number is the person's, offer and zone are chosen as they are for a need,
 * and one plan makes no more than one may. Pure.
 */
final class WishPlanner {
	/** What a wish is planned from. */
	record Case(GroupView view, Coming coming, Market market, List<Entry> notYetMade, LeadTimes leads, Instant now) {
		int members() {
			return coming.members(view.ready());
		}
	}

	private final ProvisioningSettings settings;

	WishPlanner(ProvisioningSettings settings) {
		this.settings = settings;
	}

	/** A draft without needs, or why there is none. */
	Planner.Result plan(Wish wish, Case of) {
		ScalingGroup group = of.view().group();
		if (group.scaling() != ScalingGroup.Scaling.HORIZONTAL) {
			return Planner.Result.trouble(group.scaling() == ScalingGroup.Scaling.NONE ? "it is not scaled" : "it needs larger members, not more, and no provider here can resize one");
		}
		if (group.template().provider().isEmpty()) {
			return Planner.Result.trouble("it has no template to make members from");
		}
		int room = group.max() - of.members();
		if (room < 1) {
			return Planner.Result.trouble("its maximum of " + group.max() + " is reached");
		}
		int most = Planner.blast(settings.limits(group.id()), of.members());
		return group.owner() == ScalingGroup.Owner.EXTERNAL ? setSize(wish, of, Math.min(room, most)) : create(wish, of, room, most);
	}

	private Planner.Result create(Wish wish, Case of, int room, int most) {
		Candidates candidates = Candidates.of(of.view(), of.market(), of.notYetMade(), of.leads(), settings, of.now());
		if (candidates.all().isEmpty()) {
			return Planner.Result.trouble(candidates.trouble());
		}
		Map<String, Double> reference = Capacities.unit(of.view());
		Map<String, Integer> zones = ZoneSpread.members(of.view(), of.coming());
		Map<Candidate, Integer> taken = new HashMap<>();
		List<Candidate> chosen = new ArrayList<>();
		List<Action> actions = new ArrayList<>();
		int left = Math.min(room, most);
		String scarce = room < most ? "the maximum of the group leaves " + room : "one plan may make " + most;
		for (Wish.Part part : wish.parts()) {
			Optional<Candidate> best = candidates.all().stream().filter(one -> suits(one, part))
					.min(Comparator.comparingDouble((Candidate one) -> one.merit(reference)).thenComparingInt(Candidate::order));
			if (best.isEmpty()) {
				return Planner.Result.trouble("none of its offers is " + (part.capacity().isEmpty() ? "" : "as large as wanted") + (part.capacity().isEmpty() || part.zone().isEmpty() ? "" : " or ")
						+ part.zone().map(zone -> "in zone " + zone).orElse(""));
			}
			Candidate offer = best.get();
			int quota = offer.quota() - taken.getOrDefault(offer, 0);
			int count = Math.min(part.count(), Math.min(left, quota));
			if (quota < Math.min(part.count(), left)) {
				scarce = "the quota leaves " + quota;
			}
			if (count < 1) {
				continue;
			}
			left -= count;
			taken.merge(offer, count, Integer::sum);
			chosen.add(offer);
			ZoneSpread.spread(count, part.zone().map(List::of).orElse(offer.zones()), zones).forEach((zone, some) -> {
				actions.add(new Action(Action.Kind.CREATE, offer.account(), some, offer.offer().id(), zone, ""));
				zones.merge(zone, some, Integer::sum);
			});
		}
		if (actions.isEmpty()) {
			return Planner.Result.trouble(scarce);
		}
		boolean priced = chosen.stream().allMatch(Candidate::priced);
		double perHour = priced ? taken.entrySet().stream().mapToDouble(one -> one.getValue() * one.getKey().price()).sum() : Double.NaN;
		LeadTimes.Lead lead = chosen.stream().map(Candidate::lead).max(Comparator.comparing(LeadTimes.Lead::p95)).orElseThrow();
		String metric = metric(of);
		Map<String, Double> safe = new HashMap<>();
		chosen.forEach(one -> safe.put(Draft.key(one.account(), one.offer().id()), one.unit().getOrDefault(metric, 0.)));
		int made = actions.stream().mapToInt(Action::count).sum();
		String what = made + " more" + Planner.where(actions) + (made < wish.count() ? " (" + wish.count() + " are wanted; " + scarce + ")" : "");
		return new Planner.Result(Optional.of(draft(wish, of, new What(actions, lead, metric, safe, perHour, priced ? candidates.currency() : "", what))), "");
	}

	private static boolean suits(Candidate candidate, Wish.Part part) {
		return part.zone().map(candidate.zones()::contains).orElse(true)
				&& part.capacity().entrySet().stream().allMatch(one -> candidate.offer().capacity().getOrDefault(one.getKey(), 0.) >= one.getValue());
	}

	private Planner.Result setSize(Wish wish, Case of, int most) {
		ScalingGroup group = of.view().group();
		LeadTimes.Lead lead = of.leads().of(group.template().provider(), group.template().offers().isEmpty() ? "" : group.template().offers().getFirst());
		int count = Math.min(most, wish.count());
		String metric = metric(of);
		Map<String, Double> safe = Map.of(Draft.key(group.template().provider(), ""), Capacities.unit(of.view()).getOrDefault(metric, 0.));
		String what = "the size " + (of.members() + count) + " instead of " + of.members() + (count < wish.count() ? " (" + wish.count() + " more are wanted; one plan may ask for " + count + ")" : "");
		List<Action> actions = List.of(new Action(Action.Kind.SET_SIZE, group.template().provider(), of.members() + count, "", "", ""));
		return new Planner.Result(Optional.of(draft(wish, of, new What(actions, lead, metric, safe, Double.NaN, "", what))), "");
	}

	/** What is planned, in actions and in words. */
	private record What(List<Action> actions, LeadTimes.Lead lead, String metric, Map<String, Double> safe, double perHour, String currency, String words) {
	}

	private Draft draft(Wish wish, Case of, What what) {
		GroupView view = of.view();
		LeadTimes.Lead lead = what.lead();
		Instant neededBy = Planner.later(wish.readyBy(), of.now().plus(lead.p95()).plus(settings.planning().leadMargin()));
		Instant startBy = neededBy.minus(lead.p95()).minus(settings.planning().leadMargin());
		Instant approveBy = Planner.later(startBy, of.now().plus(settings.planning().approvalWait()));
		return new Draft(view.group().id(), List.of(), what.actions(), startBy, neededBy, approveBy, Planner.expiry(approveBy, neededBy, lead, of.now()), lead, what.perHour(),
				what.currency(), "It has a " + PlanTexts.lead(view, settings.planning(), lead) + ".", List.of(), Planner.basis(view, what.metric()), StateHash.of(view, of.coming()), false,
				what.metric(), of.coming().with(view, Sizing.ready(view), of.market().offers()).of(what.metric()), what.safe(),
				wish.reason() + ": " + what.words() + " for " + view.group().name() + " by " + neededBy + ".");
	}

	/** What the group is scaled on first; its forecast stands for what is known of it. */
	private static String metric(Case of) {
		return of.view().group().demand().stream().findFirst().map(DemandTarget::metric).orElse("");
	}
}
