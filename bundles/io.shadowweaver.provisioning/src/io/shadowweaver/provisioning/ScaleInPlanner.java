// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.topology.ScalingGroup;

/**
 * When members that we made may go: a high quantile of demand with a margin must fit into the rest for a while ahead, and must
 * have fitted for a while back. Remembers, by group, what would have been enough in that time. One thread.
 */
final class ScaleInPlanner {
	private record Enough(Instant at, int members) {
	}

	private final Map<String, List<Enough>> past = new HashMap<>();
	private ProvisioningSettings settings;

	ScaleInPlanner(ProvisioningSettings settings) {
		this.settings = settings;
	}

	/** From now on decides by these. */
	void settings(ProvisioningSettings other) {
		settings = other;
	}

	/** The clock was set: how long something has been enough is not known any more. */
	void jumped() {
		past.clear();
	}

	/**
	 * @param view   the group
	 * @param coming what is on its way to it
	 * @param ours   our machines that are ready in it
	 * @param now    the estate's time
	 * @return what to remove; empty for nothing
	 */
	Optional<Draft> scaleIn(GroupView view, Coming coming, List<Entry> ours, Instant now) {
		ScalingGroup group = view.group();
		ProvisioningSettings.ScaleIn rule = settings.scaleIn();
		if (!rule.isOn(group.id()) || group.scaling() != ScalingGroup.Scaling.HORIZONTAL || group.owner() != ScalingGroup.Owner.WEAVER) {
			past.remove(group.id());
			return Optional.empty();
		}
		List<Enough> memory = past.computeIfAbsent(group.id(), id -> new ArrayList<>());
		memory.removeIf(enough -> enough.at().isBefore(now.minus(rule.stabilisation())) || enough.at().isAfter(now));
		int before = memory.stream().mapToInt(Enough::members).max().orElse(0);
		Optional<Integer> enough = enough(view, now);
		if (enough.isEmpty()) {
			// lost metrics never scale in, and the time without them does not count
			memory.clear();
			return Optional.empty();
		}
		boolean longEnough = !memory.isEmpty() && !memory.get(0).at().isAfter(now.minus(rule.stabilisation()).plus(settings.planning().decisionMargin()));
		memory.add(new Enough(now, enough.get()));
		int keep = Math.max(Math.max(before, enough.get()), group.min());
		int ready = view.ready();
		if (!longEnough || coming.isBuilding() || ready <= keep) {
			return Optional.empty();
		}
		List<Entry> free = ours.stream().filter(entry -> !entry.readyAt().plus(rule.minHold()).isAfter(now))
				.sorted(Comparator.comparing(Entry::readyAt).reversed().thenComparing(Entry::token)).toList();
		int count = Math.min(Math.min(ready - keep, free.size()), slowly(group.id(), ready));
		List<Entry> removed = fitting(view, ZoneSpread.remove(count, free, ZoneSpread.members(view, coming), group.placement().maxSkew()), now);
		return removed.isEmpty() ? Optional.empty() : Optional.of(draft(view, coming, removed, ready, now));
	}

	/** The group needs more, not less: what would have been enough before counts no more. */
	void forget(String group) {
		past.remove(group);
	}

	/** Half of what a plan may change at once. */
	private int slowly(String group, int members) {
		return Math.max(1, Math.min(settings.limits(group).blastCount(), (int) Math.floor(members * settings.limits(group).blastShare())) / 2);
	}

	/** How many of the ready members would be enough over the hold; empty where that is not known for all of it. */
	private Optional<Integer> enough(GroupView view, Instant now) {
		if (view.staleShare() > settings.scaleIn().maxStaleShare() || !observed(view)) {
			return Optional.empty();
		}
		Supply ready = Sizing.ready(view);
		Map<String, Double> unit = Capacities.unit(view);
		return worst(view, ready, unit, now);
	}

	/** All demand metrics of the group are observed now and forecast to the end of the hold. */
	private boolean observed(GroupView view) {
		return view.group().demand().stream().allMatch(target -> view.demand().stream()
				.anyMatch(demand -> demand.metric().equals(target.metric()) && Double.isFinite(demand.observedNow()) && demand.demand().isPresent()));
	}

	private Optional<Integer> worst(GroupView view, Supply supply, Map<String, Double> unit, Instant now) {
		GroupView more = raised(view);
		int worst = 0;
		for (Instant time : Sizing.grid(now, settings.scaleIn().hold())) {
			Optional<Requirement> at = Sizing.requirement(more, supply, unit, time, settings.scaleIn().level(), 1);
			boolean whole = view.demand().stream().allMatch(demand -> demand.demand().isPresent() && !Double.isNaN(demand.demand().get().at(time, .5)));
			if (at.isEmpty() || !whole) {
				return Optional.empty();
			}
			worst = Math.max(worst, at.get().unclamped());
		}
		return Optional.of(worst);
	}

	private GroupView raised(GroupView view) {
		double margin = settings.scaleIn().margin();
		List<DemandView> more = view.demand().stream().map(demand -> new DemandView(demand.metric(),
				demand.demand().map(bands -> bands.map((lead, value) -> value * margin)), demand.observedNow() * margin, demand.skill(), demand.coverage(), demand.odds(), demand.basis())).toList();
		return new GroupView(view.group(), view.mode(), view.liveMembers(), view.capacities(), more, view.staleShare());
	}

	/** Of the chosen ones as many as can go so that the very rest carries the demand: ours may be larger than the average. */
	private List<Entry> fitting(GroupView view, List<Entry> chosen, Instant now) {
		for (int count = chosen.size(); count > 0; count--) {
			List<Entry> removed = chosen.subList(0, count);
			Supply rest = Capacities.supply(view, view.liveMembers().stream().filter(member -> removed.stream().noneMatch(entry -> entry.resource().equals(member.id()))).toList());
			
			boolean all = rest.members() == view.ready() - count;
			if (all && worst(view, rest, Capacities.unit(view), now).filter(needed -> needed <= rest.members()).isPresent()) {
				return removed;
			}
		}
		return List.of();
	}

	private Draft draft(GroupView view, Coming coming, List<Entry> removed, int ready, Instant now) {
		List<Action> actions = removed.stream().map(entry -> new Action(Action.Kind.DELETE, entry.intent().provider(), 1, "", entry.intent().zone(), entry.resource())).toList();
		double saved = -removed.stream().mapToDouble(entry -> entry.intent().costPerHour()).sum();
		LeadTimes.Lead none = new LeadTimes.Lead(Duration.ZERO, Duration.ZERO, 0);
		Instant voidAt = now.plus(settings.planning().approvalWait());
		return new Draft(view.group().id(), List.of(), actions, now, now, voidAt, voidAt, none, saved, removed.get(0).intent().price().currency(), "",
				List.of(), Planner.basis(view, ""), StateHash.of(view, coming), false, "", Double.NaN, Map.of(),
				view.group().name() + " needs " + removed.size() + " of its " + ready + " members no more: demand at the "
						+ settings.scaleIn().level() + " quantile fits into the rest for " + Texts.span(settings.scaleIn().hold()) + ".");
	}
}
