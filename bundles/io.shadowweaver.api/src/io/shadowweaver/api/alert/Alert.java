// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.alert;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A breach that is predicted, or is there. Latched: it stays until it is withdrawn by a newer forecast of demand, with a
 * line that says why; a plan covers it and never withdraws it.
 *
 * @param id             unique in the estate
 * @param rule           the id of the {@link Threshold}
 * @param subject        the id of a resource, or of a group behind {@code group:}
 * @param metric         the id of the metric
 * @param severity       how bad
 * @param state          where it is
 * @param raisedAt       when it was raised
 * @param breachAt       when the tested quantile crosses; not after the estate's time when it is crossed already
 * @param earliest       when the .9 quantile crosses, at or before {@code breachAt} where it is known
 * @param latest         when the .1 quantile crosses; empty when it does not within the horizon
 * @param startBy        the last moment to act: breach − learned lead
 * @param value          the tested quantile at its worst within the horizon: utilisation or base unit
 * @param limit          the limit that it crosses
 * @param summary        one line
 * @param explanation    why: forecast, model, level, skill
 * @param guidance       what to do
 * @param acknowledgedBy who has seen it; empty for nobody
 * @param coveredBy      the id of the plan that covers it; empty for none
 * @param log            what happened to it, oldest first
 * @param silences       where nobody is told of it for a while, by channel; empty for nowhere
 */
public record Alert(String id, String rule, String subject, String metric, Severity severity, State state,
		Instant raisedAt, Instant breachAt, Optional<Instant> earliest, Optional<Instant> latest, Instant startBy,
		double value, double limit, String summary, String explanation, String guidance, String acknowledgedBy,
		String coveredBy, List<String> log, List<Silenced> silences) {
	/**
	 * That the receiver of a channel tells nobody of the alert for a while.
	 *
	 * @param channel the name of the channel
	 * @param by      who has asked for it
	 * @param until   when it ends, in real time
	 * @param comment why; empty where nothing was said
	 */
	public record Silenced(String channel, String by, Instant until, String comment) {
		/** Checks that nothing is {@code null}. */
		public Silenced {
			Objects.requireNonNull(channel, "channel");
			Objects.requireNonNull(by, "by");
			Objects.requireNonNull(until, "until");
			Objects.requireNonNull(comment, "comment");
		}
	}

	/** Where an alert is. */
	public enum State {
		/** Raised and seen by nobody. */
		OPEN,
		/** Seen by somebody. */
		ACKNOWLEDGED,
		/** A plan that is called or building covers it. */
		COVERED,
		/** A newer forecast no longer says so. */
		WITHDRAWN
	}

	/** Checks and copies. */
	public Alert {
		Objects.requireNonNull(severity, "severity");
		Objects.requireNonNull(state, "state");
		Objects.requireNonNull(raisedAt, "raisedAt");
		Objects.requireNonNull(breachAt, "breachAt");
		Objects.requireNonNull(earliest, "earliest");
		Objects.requireNonNull(latest, "latest");
		Objects.requireNonNull(startBy, "startBy");
		log = List.copyOf(log);
		// what was kept before there were silences has none
		silences = silences == null ? List.of() : List.copyOf(silences);
	}

	/** An alert that is silenced nowhere. */
	public Alert(String id, String rule, String subject, String metric, Severity severity, State state, Instant raisedAt, Instant breachAt, Optional<Instant> earliest, Optional<Instant> latest,
			Instant startBy, double value, double limit, String summary, String explanation, String guidance, String acknowledgedBy, String coveredBy, List<String> log) {
		this(id, rule, subject, metric, severity, state, raisedAt, breachAt, earliest, latest, startBy, value, limit, summary, explanation, guidance, acknowledgedBy, coveredBy, log, List.of());
	}

	/** Whether it still holds. */
	public boolean isActive() {
		return state != State.WITHDRAWN;
	}

	/** The same in another state, with a line of the log more. */
	public Alert with(State newState, String line) {
		List<String> longer = new java.util.ArrayList<>(log);
		longer.add(line);
		return new Alert(id, rule, subject, metric, severity, newState, raisedAt, breachAt, earliest, latest, startBy, value,
				limit, summary, explanation, guidance, acknowledgedBy, coveredBy, longer, silences);
	}

	/** The same, silenced elsewhere. */
	public Alert with(List<Silenced> others) {
		return new Alert(id, rule, subject, metric, severity, state, raisedAt, breachAt, earliest, latest, startBy, value, limit, summary, explanation, guidance, acknowledgedBy, coveredBy, log, others);
	}
}
