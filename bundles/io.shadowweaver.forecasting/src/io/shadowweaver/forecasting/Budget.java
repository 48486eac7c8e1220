// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.shadowweaver.api.metric.SeriesId;

/**
 * Which candidates a training may try, so that the load of all trainings stays bounded however many series there are: a first training of all that
 * wait takes about {@link #FIRST} of CPU together, and a round over all series about {@link #ROUND}. The cheapest candidates are tried first; what a scaling
 * group is decided on counts as much as {@value #GROUP} other series.
 */
final class Budget {
	/** The CPU of the first trainings of series that appear together. */
	static final Duration FIRST = Duration.ofSeconds(40);
	/** The CPU of training all series once. */
	static final Duration ROUND = Duration.ofMinutes(30);
	private static final int GROUP = 10;
	private static final double MICROS = 1e6;
	/** One piece of work, before which forecasts of other series wait. */
	private static final double PIECE = 2 * MICROS;
	private static final int MOST = 64;

	/**
	 * What one training of a series may cost.
	 *
	 * @param micros of CPU
	 * @param first  whether that is little because many series wait, so that more is to be tried soon
	 */
	record Allowance(double micros, boolean first) {
		static final Allowance EVERYTHING = new Allowance(Double.POSITIVE_INFINITY, false);

		Allowance of(SeriesId id) {
			return id.isGroup() ? new Allowance(micros * GROUP, first) : this;
		}
	}

	private final List<Candidate> candidates;
	private final Costs costs;
	private final int[] cheapest;

	/** @param costs knows what trainings take */
	Budget(List<Candidate> candidates, Costs costs) {
		this.candidates = candidates;
		this.costs = costs;
		cheapest = IntStream.range(0, candidates.size()).boxed()
				.sorted(Comparator.comparingDouble((Integer candidate) -> candidates.get(candidate).factory().needs().trainMicros()))
				.mapToInt(Integer::intValue).toArray();
	}

	/**
	 * What each training may cost.
	 *
	 * @param waiting how many series wait for their first training
	 * @param all     how many series there are
	 */
	static Allowance allowance(int waiting, int all) {
		double round = ROUND.toMillis() * 1000. / Math.max(1, all);
		double first = FIRST.toMillis() * 1000. / Math.max(1, waiting);
		return new Allowance(Math.min(round, first), first < round);
	}

	/** Whether a candidate fits, all cheaper ones being tried too. */
	boolean affords(int candidate, int blocks, Allowance allowance) {
		return cost(candidate, blocks) <= allowance.micros || candidate == cheapest[0];
	}

	/** Why it does not. */
	String refusal(int candidate, int blocks, Allowance allowance) {
		return String.format(java.util.Locale.ROOT, "Not tried: with it a training takes about %.1f ms of CPU, and %.1f ms is what each of this many series may take.",
				cost(candidate, blocks) / 1000, allowance.micros / 1000);
	}

	/** What a candidate and all cheaper ones cost. */
	private double cost(int candidate, int blocks) {
		double sum = 0;
		for (int next : cheapest) {
			sum += costs.micros(next) * blocks / 1000;
			if (next == candidate) {
				break;
			}
		}
		return sum;
	}

	/** How many series make a piece of work. */
	int piece(int blocks, Allowance allowance) {
		double most = candidates.isEmpty() ? 1 : cost(cheapest[cheapest.length - 1], blocks);
		return (int) Math.clamp(PIECE / Math.max(1, Math.min(most, allowance.micros)), 1, MOST);
	}
}
