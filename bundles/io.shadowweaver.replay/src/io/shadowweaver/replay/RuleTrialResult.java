// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;

/**
 * How a rule would have acted on the past of one demand: what an operator sees before leaving <em>observe</em>. Immutable; may be kept,
 * compared and drawn.
 *
 * <p>An action is a rise of capacity. It is {@link Verdict#RIGHT} where the demand exceeded the old capacity within the horizon and the new one
 * was ready by then, {@link Verdict#LATE} where it was ready only after the excess had begun, {@link Verdict#IN_VAIN} where the demand did not
 * exceed the old capacity between the decision and the end of the horizon. Missed is an excess to which no action came.
 *
 * @param series        whose demand it is
 * @param rule          how it was tried
 * @param demand        what was measured, from the first step that counts on; empty with its cause where nothing could be tried
 * @param capacity      what the rule would have made, at the same steps; empty where {@code demand} is
 * @param before        what was there, at the same steps; empty with its cause where that is not known
 * @param outcome       what the rule would have meant; nothing where {@code demand} is empty
 * @param outcomeBefore what was there meant; nothing where it is not known
 * @param actions       what the rule would have done, in order of time
 * @param missed        when an excess began to which no action came
 */
public record RuleTrialResult(SeriesId series, Rule rule, Series demand, Series capacity, Series before, Optional<Outcome> outcome,
		Optional<Outcome> outcomeBefore, List<Action> actions, List<Instant> missed) {
	/** Copies. */
	public RuleTrialResult {
		actions = List.copyOf(actions);
		missed = List.copyOf(missed);
	}

	/**
	 * How a rule is tried.
	 *
	 * @param lead    from a decision until capacity is ready, positive
	 * @param target  the share of steps that may exceed their capacity, over 0 and under 1
	 * @param unit    capacity comes in multiples of it, in the unit of the demand; 0 for a tenth of the largest demand of the warm-up
	 * @param horizon how long after it is ready an action has to prove right, positive
	 */
	public record Rule(Duration lead, double target, double unit, Duration horizon) {
		/** Checks the ranges. */
		public Rule {
			if (lead.isNegative() || lead.isZero() || horizon.isNegative() || horizon.isZero()) {
				throw new IllegalArgumentException("lead " + lead + " and horizon " + horizon + " must be positive");
			}
			if (!(target > 0 && target < 1) || !(unit >= 0) || Double.isInfinite(unit)) {
				throw new IllegalArgumentException("target " + target + " must be over 0 and under 1, unit " + unit + " not negative");
			}
		}
	}

	/** How an action turned out. */
	public enum Verdict {
		/** Needed, and ready in time. */
		RIGHT,
		/** Needed, and ready after the excess had begun. */
		LATE,
		/** Not needed. */
		IN_VAIN
	}

	/**
	 * A rise of capacity.
	 *
	 * @param decided when the rule decided it
	 * @param ready   when the capacity would have been there
	 * @param from    the capacity before
	 * @param to      the capacity from then on
	 * @param verdict how it turned out
	 */
	public record Action(Instant decided, Instant ready, double from, double to, Verdict verdict) {
	}

	/** How many actions turned out so. */
	public int count(Verdict verdict) {
		return (int) actions.stream().filter(action -> action.verdict() == verdict).count();
	}

	/** What the rule would have cost: capacity × hours, in the unit of the demand; multiply by the price of one for an hour. */
	public double capacityHours() {
		return hours(capacity);
	}

	/** What was there cost, in the same; {@code NaN} where it is not known. */
	public double capacityHoursBefore() {
		return before.length() == 0 ? Double.NaN : hours(before);
	}

	private static double hours(Series capacity) {
		double sum = 0;
		for (double value : capacity.values()) {
			sum += Double.isNaN(value) ? 0 : value;
		}
		return sum * capacity.step().toMillis() / 3_600_000;
	}
}
