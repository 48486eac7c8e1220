// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plan makes, and what that costs.
 *
 * @param problem    from which it came
 * @param candidates of the problem
 * @param counts     by slot of the problem
 */
record Mix(MixProblem problem, List<Candidate> candidates, int[] counts) {
	/**
	 * So many of one candidate.
	 *
	 * @param zone  where; empty where zones are filled evenly
	 * @param hours how long each is paid for
	 */
	record Share(Candidate candidate, String zone, int count, double hours) {
	}

	MixProblem.Cost cost() {
		return problem.cost(counts);
	}

	int total() {
		return MixProblem.total(counts);
	}

	/** What is made of each candidate and zone, in order of preference. */
	List<Share> shares() {
		List<Share> shares = new ArrayList<>();
		for (int i = 0; i < counts.length; i++) {
			if (counts[i] > 0) {
				MixProblem.Slot slot = problem.slots().get(i);
				shares.add(new Share(candidates.get(slot.candidate()), slot.zone(), counts[i], slot.hours()));
			}
		}
		return shares;
	}

	/** How many of a candidate. */
	int of(Candidate candidate) {
		return shares().stream().filter(share -> share.candidate() == candidate).mapToInt(Share::count).sum();
	}

	/** When the last of it is ready. */
	Instant ready() {
		return shares().stream().map(share -> share.candidate().ready()).max(Instant::compareTo).orElse(Instant.MAX);
	}

	boolean isPriced() {
		return shares().stream().allMatch(share -> share.candidate().priced());
	}

	/** In the currency of the comparison; {@code NaN} where nobody says a price. */
	double perHour() {
		return isPriced() ? shares().stream().mapToDouble(share -> share.count() * share.candidate().price()).sum() : Double.NaN;
	}

	boolean isSame(Mix other) {
		return candidates.stream().allMatch(one -> of(one) == other.of(one)) && other.candidates.stream().allMatch(one -> of(one) == other.of(one));
	}

	/**
	 * The first machines of it, those that are ready first.
	 *
	 * @param most how many in all
	 */
	Mix first(int most) {
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < counts.length; i++) {
			order.add(i);
		}
		order.sort((a, b) -> candidate(a).ready().compareTo(candidate(b).ready()));
		int[] fewer = new int[counts.length];
		for (int taken = 0; taken < most; taken++) {
			int next = -1;
			for (int slot : order) {
				fewer[slot]++;
				// a part of a mix must keep the skew of zones as well
				boolean allowed = fewer[slot] <= counts[slot] && problem.allows(fewer);
				fewer[slot]--;
				if (allowed) {
					next = slot;
					break;
				}
			}
			if (next < 0) {
				break;
			}
			fewer[next]++;
		}
		return new Mix(problem, candidates, fewer);
	}

	private Candidate candidate(int slot) {
		return candidates.get(problem.slots().get(slot).candidate());
	}
}
