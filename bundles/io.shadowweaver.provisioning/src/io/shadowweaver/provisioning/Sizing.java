// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.provision.Need;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;

/**
 * How many members a group needs over time. Pure: required(t) = the largest over the demand metrics of ⌈quantile of demand ÷
 * lower capacity of a member⌉, plus what the loss of the fullest zone would take, within the group's limits. Members that are
 * there count with their own capacity; missing ones are counted in the size of the template's first offer.
 */
public final class Sizing {
	/** Demand comes as floats: what exceeds a whole number of members by no more than this share needs no further one. */
	private static final double ROUNDING = 1e-6;
	/** No group is sized beyond this. */
	private static final int MOST = 1_000_000;

	private Sizing() {
	}

	/**
	 * Members required at a time.
	 *
	 * @param view  the group
	 * @param time  when, up to the end of the forecast
	 * @param level the quantile of demand
	 * @return the number within the group's limits; -1 where no forecast says
	 */
	public static int required(GroupView view, Instant time, double level) {
		return required(view, List.of(time), level).get(0);
	}

	/**
	 * The same at several times.
	 *
	 * @param times up to the end of the forecast
	 * @return a number for each time, in their order
	 */
	public static List<Integer> required(GroupView view, List<Instant> times, double level) {
		Supply ready = ready(view);
		Map<String, Double> unit = Capacities.unit(view);
		return times.stream().map(time -> requirement(view, ready, unit, time, level, 0).map(Requirement::members).orElse(-1)).toList();
	}

	/**
	 * Where the group lacks capacity if nobody acts: with what is ready now.
	 *
	 * @param view     the group
	 * @param now      the estate's time
	 * @param planning the quantile, the reactive floor and the horizon
	 * @return spans of deficit in the order of time; none where nothing is known
	 */
	public static List<Need> needs(GroupView view, Instant now, ProvisioningSettings.Planning planning) {
		Supply ready = ready(view);
		Map<String, Double> unit = Capacities.unit(view);
		List<Need> needs = new ArrayList<>();
		Instant from = null;
		Instant worstAt = null;
		Requirement worst = null;
		for (Instant time : grid(now, planning.horizon())) {
			Optional<Requirement> at = requirement(view, ready, unit, now, time, planning);
			boolean lacks = at.isPresent() && at.get().unclamped() > ready.members();
			if (lacks) {
				if (from == null) {
					from = time;
				}
				if (worst == null || worse(at.get(), worst)) {
					worst = at.get();
					worstAt = time;
				}
			} else if (from != null && at.isPresent()) {
				needs.add(need(view, ready, planning, worst, worstAt, from, Optional.of(time)));
				from = null;
				worst = null;
			}
		}
		if (from != null) {
			needs.add(need(view, ready, planning, worst, worstAt, from, Optional.empty()));
		}
		return needs;
	}

	private static boolean worse(Requirement one, Requirement than) {
		return one.unclamped() > than.unclamped() || one.unclamped() == than.unclamped() && one.demand() > than.demand();
	}

	/** The members that are ready now, and what they carry. */
	static Supply ready(GroupView view) {
		return Capacities.supply(view, view.liveMembers());
	}

	/** The times that are looked at: each minute of the first hour, then every fifth. */
	static List<Instant> grid(Instant now, Duration horizon) {
		List<Instant> times = new ArrayList<>();
		long minutes = Math.max(1, horizon.toMinutes());
		for (long minute = 0; minute <= minutes; minute += minute < 60 ? 1 : 5) {
			times.add(now.plus(Duration.ofMinutes(minute)));
		}
		return times;
	}

	/** With the reactive floor of the settings, which holds near now. */
	static Optional<Requirement> requirement(GroupView view, Supply supply, Map<String, Double> unit, Instant now, Instant time,
			ProvisioningSettings.Planning planning) {
		return requirement(view, supply, unit, time, planning.level(), floor(now, time, planning));
	}

	/**
	 * @param supply what there is, or will be
	 * @param unit   safe demand of a further member by metric
	 * @param floor  demand is at least what is observed now times this; 0 for no floor
	 * @return empty where neither forecast nor floor says anything
	 */
	static Optional<Requirement> requirement(GroupView view, Supply supply, Map<String, Double> unit, Instant time, double level,
			double floor) {
		int most = 0;
		String metric = "";
		double binding = Double.NaN;
		boolean known = false;
		int zones = view.group().placement().survivesZoneLoss() ? zones(view).size() : 1;
		for (DemandView demand : view.demand()) {
			double value = demandAt(demand, time, level, floor);
			double one = unit.getOrDefault(demand.metric(), Double.NaN);
			if (Double.isNaN(value) || !(one > 0)) {
				continue;
			}
			known = true;
			int members = members(Math.max(0, value), supply, demand.metric(), one, zones);
			if (members > most) {
				most = members;
				metric = demand.metric();
				binding = value;
			}
		}
		if (!known) {
			return Optional.empty();
		}
		int clamped = Math.min(view.group().max(), Math.max(view.group().min(), most));
		return Optional.of(new Requirement(clamped, Math.max(most, view.group().min()), metric, binding));
	}

	/** The demand of one metric that is sized for at a time, with the reactive floor, which holds near now; {@code NaN} where nothing says. */
	static double demandAt(DemandView demand, Instant now, Instant time, ProvisioningSettings.Planning planning) {
		return demandAt(demand, time, planning.level(), floor(now, time, planning));
	}

	/** What is observed now, times this, is the least demand at a time. */
	static double floor(Instant now, Instant time, ProvisioningSettings.Planning planning) {
		return time.isAfter(now.plus(planning.reactiveSpan())) ? 0 : planning.reactiveHeadroom();
	}

	private static double demandAt(DemandView demand, Instant time, double level, double floor) {
		double forecast = demand.demand().map(bands -> bands.at(time, level)).orElse(Double.NaN);
		double observed = floor > 0 ? demand.observedNow() * floor : Double.NaN;
		return Double.isNaN(forecast) ? observed : Double.isNaN(observed) ? forecast : Math.max(forecast, observed);
	}

	/**
	 * The number of members that carry a demand, even without the fullest zone where there are several. Once what is missing was
	 * added, whatever its size, this asks for no more.
	 */
	private static int members(double demand, Supply supply, String metric, double unit, int zones) {
		double carried = supply.of(metric);
		int there = supply.members();
		if (demand > carried * left(there, zones) * (1 + ROUNDING)) {
			int more = Math.max(1, ceil((demand - carried) / unit));
			while (demand > (carried + more * unit) * left(there + more, zones) * (1 + ROUNDING) && more < MOST) {
				more++;
			}
			return there + more;
		}
		int enough = there == 0 ? 0 : ceil(demand / carried * there);
		while (enough < there && demand > carried / there * enough * left(enough, zones) * (1 + ROUNDING)) {
			enough++;
		}
		return enough;
	}

	/** The share of evenly spread members that is left when the fullest zone is lost. */
	static double left(int members, int zones) {
		return zones < 2 || members == 0 ? 1 : (double) (members - (members + zones - 1) / zones) / members;
	}

	private static int ceil(double members) {
		return (int) Math.min(MOST, Math.ceil(members * (1 - ROUNDING)));
	}

	/** The zones over which a group is spread: the allowed ones, or else those where members are. */
	static Set<String> zones(GroupView view) {
		Set<String> zones = new LinkedHashSet<>(view.group().placement().zones());
		if (zones.isEmpty()) {
			for (Resource member : view.liveMembers()) {
				if (!member.label(Resource.ZONE).isEmpty()) {
					zones.add(member.label(Resource.ZONE));
				}
			}
		}
		return zones;
	}

	private static Need need(GroupView view, Supply ready, ProvisioningSettings.Planning planning, Requirement worst,
			Instant worstAt, Instant from, Optional<Instant> until) {
		double carried = ready.of(worst.metric());
		// without demand it is the least number of members that asks for more
		return new Need(view.group().id(), worst.metric(), planning.level(), worst.demand(), carried, worst.members(),
				ready.members(), worst.unclamped() - ready.members(), from, until, probability(view, worst, worstAt, until.orElse(worstAt.plus(planning.horizon())), carried),
				worst.capped());
	}

	/**
	 * That demand exceeds what is carried at some time until the need ends: by paths, and, since these reach a few hours only, at least
	 * what the forecast says of its lead nearest to the worst time. When demand is above already by what is observed, that is as good
	 * as certain.
	 */
	private static double probability(GroupView view, Requirement worst, Instant worstAt, Instant until, double carried) {
		for (DemandView demand : view.demand()) {
			if (demand.metric().equals(worst.metric())) {
				if (demand.observedNow() > carried) {
					return .995;
				}
				double single = demand.demand().map(bands -> bands.probabilityAbove(nearest(bands, worstAt), carried)).orElse(.5);
				double path = demand.odds().by(carried, until);
				return Double.isNaN(path) ? single : Math.max(path, single);
			}
		}
		return .5;
	}

	private static int nearest(Bands bands, Instant time) {
		int best = 0;
		for (int lead = 1; lead < bands.leads(); lead++) {
			if (Duration.between(bands.time(lead), time).abs().compareTo(Duration.between(bands.time(best), time).abs()) < 0) {
				best = lead;
			}
		}
		return best;
	}

	/** Whether a member counts as ready. */
	static boolean isReady(Resource member) {
		return member.lifecycle() == Lifecycle.LIVE;
	}
}
