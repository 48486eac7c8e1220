// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which machines to make, and how many of each, as numbers: find counts of least cost, which is what is made for as long as it is
 * paid for, and the expected cost of demand that is not served. Capacity and demand are in reference members, by metric.
 *
 * @param slots   what can be made
 * @param supply  what is carried without a plan
 * @param cover   what must be carried; what cannot be is the shortage
 * @param room    the most machines
 * @param least   the least machines
 * @param step    they come in multiples of this, where so many can be had
 * @param budget  the most that all may cost an hour; positive infinity for no limit
 * @param periods over which a breach is paid for
 * @param breach  what an hour costs in which the demand of one reference member is not served
 * @param zones   members there are in each zone of which none may have more than another by more than {@code maxSkew}; empty where
 *                zones are filled evenly afterwards
 * @param maxSkew largest difference between two of these zones
 */
record MixProblem(List<Slot> slots, double[] supply, double[] cover, int room, int least, int step, double budget, List<Period> periods,
		double breach, Map<String, Integer> zones, int maxSkew) {
	private static final double ROUNDING = 1e-6;

	/**
	 * An offer, or an offer in a zone.
	 *
	 * @param candidate number of the candidate; slots of one candidate share its quota
	 * @param zone      where; empty where zones are filled evenly afterwards
	 * @param carries   what one carries, by metric
	 * @param price     of an hour of one
	 * @param hours     how long it is paid for
	 * @param quota     the most of the candidate
	 */
	record Slot(int candidate, String zone, double[] carries, double price, double hours, int quota) {
	}

	/**
	 * A span of one demand.
	 *
	 * @param hours   how long
	 * @param arrived which slots carry in it
	 * @param demand  by metric
	 */
	record Period(double hours, boolean[] arrived, Scenarios[] demand) {
	}

	/**
	 * What counts cost.
	 *
	 * @param machines what is made
	 * @param breach   expected cost of a breach
	 * @param shortage how much of the cover is missing, in reference members, and how many of the least machines
	 */
	record Cost(double machines, double breach, double shortage) {
		double total() {
			return machines + breach;
		}

		/** Whether it is better: less is missing, or as little at less cost. */
		boolean isBelow(Cost other) {
			return shortage < other.shortage - ROUNDING || shortage <= other.shortage + ROUNDING && total() < other.total() * (1 - 1e-9) - 1e-12;
		}
	}

	/** With another cover. */
	MixProblem covering(double[] other) {
		return new MixProblem(slots, supply, other, room, least, step, budget, periods, breach, zones, maxSkew);
	}

	/** In other steps. */
	MixProblem withStep(int other) {
		return new MixProblem(slots, supply, cover, room, least, other, budget, periods, breach, zones, maxSkew);
	}

	/** Without quotas and budget: how much would be taken if it were there. */
	MixProblem unlimited() {
		List<Slot> more = slots.stream().map(slot -> new Slot(slot.candidate(), slot.zone(), slot.carries(), slot.price(), slot.hours(), Integer.MAX_VALUE / 2)).toList();
		return new MixProblem(more, supply, cover, Integer.MAX_VALUE / 2, least, step, Double.POSITIVE_INFINITY, periods, breach, Map.of(), maxSkew);
	}

	Cost cost(int[] counts) {
		double machines = 0;
		for (int i = 0; i < counts.length; i++) {
			machines += counts[i] * slots.get(i).price() * slots.get(i).hours();
		}
		double sum = 0;
		for (Period period : periods) {
			double worst = 0;
			for (int metric = 0; metric < supply.length; metric++) {
				worst = Math.max(worst, period.demand()[metric].above(carried(counts, metric, period.arrived())));
			}
			sum += worst * period.hours() * breach;
		}
		return new Cost(machines, sum, shortage(counts));
	}

	double shortage(int[] counts) {
		double missing = Math.max(0, least - total(counts));
		for (int metric = 0; metric < supply.length; metric++) {
			missing += missing(counts, metric);
		}
		return missing;
	}

	/** What is missing of one metric; rounding is none. */
	double missing(int[] counts, int metric) {
		double missing = cover[metric] - carried(counts, metric, null);
		return missing > cover[metric] * ROUNDING ? missing : 0;
	}

	private double carried(int[] counts, int metric, boolean[] arrived) {
		double carried = supply[metric];
		for (int i = 0; i < counts.length; i++) {
			if (arrived == null || arrived[i]) {
				carried += counts[i] * slots.get(i).carries()[metric];
			}
		}
		return carried;
	}

	/** Whether counts keep all limits but the least number. */
	boolean allows(int[] counts) {
		Map<Integer, Integer> byCandidate = new HashMap<>();
		Map<String, Integer> byZone = new HashMap<>(zones);
		double perHour = 0;
		for (int i = 0; i < counts.length; i++) {
			Slot slot = slots.get(i);
			if (counts[i] < 0 || byCandidate.merge(slot.candidate(), counts[i], Integer::sum) > slot.quota()) {
				return false;
			}
			if (counts[i] > 0 && byZone.containsKey(slot.zone())) {
				byZone.merge(slot.zone(), counts[i], Integer::sum);
			}
			perHour += counts[i] * slot.price();
		}
		if (total(counts) > room || perHour > budget * (1 + ROUNDING)) {
			return false;
		}
		int emptiest = byZone.values().stream().mapToInt(Integer::intValue).min().orElse(0);
		for (Map.Entry<String, Integer> zone : byZone.entrySet()) {
			if (zone.getValue() > zones.get(zone.getKey()) && zone.getValue() - emptiest > maxSkew) {
				return false;
			}
		}
		return true;
	}

	/** Whether counts are a plan: within all limits, in whole steps; a step that cannot be filled is better than nothing. */
	boolean isWhole(int[] counts) {
		int total = total(counts);
		if (!allows(counts)) {
			return false;
		}
		return total % step == 0 || total == room || isFull(counts);
	}

	private boolean isFull(int[] counts) {
		for (int i = 0; i < counts.length; i++) {
			counts[i]++;
			boolean more = allows(counts);
			counts[i]--;
			if (more) {
				return false;
			}
		}
		return true;
	}

	static int total(int[] counts) {
		int sum = 0;
		for (int count : counts) {
			sum += count;
		}
		return sum;
	}
}
