// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.topology.Topology;

/**
 * What becomes of the estate in a scenario, beside what becomes of it without.
 *
 * @param scenario what was changed
 * @param origin   the present from which it was solved
 * @param horizon  how far ahead figures look
 * @param before   without the scenario
 * @param after    with it
 * @param ratios   how many requests one request brings about along each link, as measured
 * @param notes    what the figures do not say, a sentence each
 */
public record Outcome(Scenario scenario, Instant origin, Duration horizon, Side before, Side after, List<Ratio> ratios, List<String> notes) {
	/** Copies. */
	public Outcome {
		Objects.requireNonNull(scenario, "scenario");
		Objects.requireNonNull(origin, "origin");
		ratios = List.copyOf(ratios);
		notes = List.copyOf(notes);
	}

	/** Groups and resources that become critical only with the scenario. */
	public List<Figures> newBreaches() {
		return after.figures().values().stream().filter(after -> after.breach().isPresent()
				&& Optional.ofNullable(before.figures().get(after.subject())).flatMap(Figures::breach).isEmpty()).toList();
	}

	/** For how long anything is in breach on one side, added up over groups and lone resources. */
	public static Duration inBreach(Side side) {
		return side.figures().values().stream().map(Figures::inBreach).reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * One side of the comparison.
	 *
	 * @param topology    what there is: what is added later is coming until then, what is gone now is gone
	 * @param prices      of an hour, by resource
	 * @param demand      of groups, where the scenario changes it: in the unit of the metric
	 * @param shadow      the estate over time, with its bands
	 * @param figures     by subject: a group behind {@code group:}, or a resource of no group
	 * @param costPerHour of all that is there at the end of the horizon and has a price, in the currency
	 * @param currency    ISO 4217 code; empty where nothing has a price
	 * @param unpriced    how many resources have none
	 */
	public record Side(Topology topology, Map<String, Price> prices, Map<SeriesId, Bands> demand, Shadow shadow, Map<String, Figures> figures, double costPerHour, String currency, int unpriced) {
		/** Copies. */
		public Side {
			Objects.requireNonNull(topology, "topology");
			Objects.requireNonNull(shadow, "shadow");
			prices = Map.copyOf(prices);
			demand = Map.copyOf(demand);
			figures = Map.copyOf(figures);
		}
	}

	/**
	 * What an operator wants to know of a group, or of a resource of no group, over the horizon.
	 *
	 * @param subject       a group behind {@code group:}, or a resource
	 * @param metric        the metric that comes nearest to its threshold, or passes it most
	 * @param median        its expected value at its worst: a utilisation, or base units
	 * @param high          the value at the quantile that the threshold tests, at its worst
	 * @param critical      the threshold; {@code NaN} where there is none
	 * @param worstAt       when that is
	 * @param breach        when it first passes the threshold
	 * @param inBreach      for how long it does in the horizon
	 * @param ready         the fewest members that carry load at any time; -1 for a resource
	 * @param required      the most members that are required; -1 for a resource, and where nothing says
	 * @param latency       expected seconds at the worst time, by {@link LatencyLaw}; {@code NaN} where it is not measured
	 * @param latencyTarget seconds; {@code NaN} where none is set
	 */
	public record Figures(String subject, String metric, double median, double high, double critical, Instant worstAt, Optional<Instant> breach,
			Duration inBreach, int ready, int required, double latency, double latencyTarget) {
		/** Whether the subject is a scaling group. */
		public boolean isGroup() {
			return subject.startsWith(SeriesId.GROUP_PREFIX);
		}

		/** Whether the latency that was set is passed. */
		public boolean isTooSlow() {
			return latency > latencyTarget;
		}
	}

	/**
	 * How many requests one request brings about.
	 *
	 * @param from  who calls
	 * @param to    who is called
	 * @param ratio requests a second of {@code to} by those of {@code from}; {@code NaN} where one is not measured
	 */
	public record Ratio(String from, String to, double ratio) {
	}
}
