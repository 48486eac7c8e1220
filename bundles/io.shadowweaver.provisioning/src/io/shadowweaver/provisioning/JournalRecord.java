// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.provision.Verdict;

/** A line of the journal: a fact that must outlive the process. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({ @JsonSubTypes.Type(value = JournalRecord.Intended.class, name = "intended"),
		@JsonSubTypes.Type(value = JournalRecord.Interrupted.class, name = "interrupted"),
		@JsonSubTypes.Type(value = JournalRecord.TakenUp.class, name = "takenup"),
		@JsonSubTypes.Type(value = JournalRecord.Jumped.class, name = "jumped"),
		@JsonSubTypes.Type(value = JournalRecord.Draining.class, name = "draining"),
		@JsonSubTypes.Type(value = JournalRecord.Renewed.class, name = "renewed"),
		@JsonSubTypes.Type(value = JournalRecord.Called.class, name = "called"),
		@JsonSubTypes.Type(value = JournalRecord.Acknowledged.class, name = "acknowledged"),
		@JsonSubTypes.Type(value = JournalRecord.Moved.class, name = "moved"),
		@JsonSubTypes.Type(value = JournalRecord.Gone.class, name = "gone"),
		@JsonSubTypes.Type(value = JournalRecord.Switched.class, name = "switched"),
		@JsonSubTypes.Type(value = JournalRecord.Decided.class, name = "decided"),
		@JsonSubTypes.Type(value = JournalRecord.Summed.class, name = "summed"),
		@JsonSubTypes.Type(value = JournalRecord.Watched.class, name = "watched"),
		@JsonSubTypes.Type(value = JournalRecord.Peaked.class, name = "peaked"),
		@JsonSubTypes.Type(value = JournalRecord.Judged.class, name = "judged"),
		@JsonSubTypes.Type(value = JournalRecord.Proposed.class, name = "proposed"),
		@JsonSubTypes.Type(value = JournalRecord.Consented.class, name = "consented"),
		@JsonSubTypes.Type(value = JournalRecord.Raised.class, name = "raised"),
		@JsonSubTypes.Type(value = JournalRecord.Thawed.class, name = "thawed"),
		@JsonSubTypes.Type(value = JournalRecord.Halted.class, name = "halted"),
		@JsonSubTypes.Type(value = JournalRecord.Resumed.class, name = "resumed"),
		@JsonSubTypes.Type(value = JournalRecord.Graded.class, name = "graded"),
		@JsonSubTypes.Type(value = JournalRecord.Prolonged.class, name = "prolonged"),
		@JsonSubTypes.Type(value = JournalRecord.Noted.class, name = "noted") })
sealed interface JournalRecord {
	/** When it happened, in the estate's time. */
	Instant at();

	/** Something is meant to be done, decided under a fencing number. Written before anything is called. */
	record Intended(Instant at, Intent intent, long fencing) implements JournalRecord {
		/** Without a lease. */
		Intended(Instant at, Intent intent) {
			this(at, intent, 0);
		}
	}

	/** The process ended during the call: what came of it is not known, and it was no fault of the provider's. */
	record Interrupted(Instant at, String token) implements JournalRecord {
	}

	/** From here on what was on its way is watched anew: what passed before cannot be told from the clock. */
	sealed interface Anew extends JournalRecord {
		/** How far the clock went ahead of time; negative where it was set back, zero where that is not known. */
		Duration by();
	}

	/** A process takes up what another one left on its way: nobody watched in between. */
	record TakenUp(Instant at) implements Anew {
		@Override
		public Duration by() {
			return Duration.ZERO;
		}
	}

	/** The clock was set, or the machine slept. */
	record Jumped(Instant at, Duration by) implements Anew {
	}

	/** The machine that is to be removed is taken out of service now: from here on the removal has to come to its end. */
	record Draining(Instant at, String token) implements JournalRecord {
	}

	/** What was decided under another fencing number was decided again, and still holds. */
	record Renewed(Instant at, String token, long fencing, String sentence) implements JournalRecord {
	}

	/** It is called now: from here on the outcome is not known until something else is written. */
	record Called(Instant at, String token, int attempt, long fencing) implements JournalRecord {
	}

	/** The provider names the machine. */
	record Acknowledged(Instant at, String token, String instance, String resource) implements JournalRecord {
	}

	/** It is in another state; READY carries when the call was that led to it. */
	record Moved(Instant at, String token, QueueEntry.State state, String sentence) implements JournalRecord {
	}

	/** A machine of ours that was ready is there no more. */
	record Gone(Instant at, String token, String sentence) implements JournalRecord {
	}

	/** The kill switch was moved. */
	record Switched(Instant at, boolean on, String person) implements JournalRecord {
	}

	/** What was decided of a plan, and by whom: a person, or the name of the rule. */
	record Decided(Instant at, String plan, Plan.State state, String by, String sentence) implements JournalRecord {
	}

	/** An action was judged. */
	record Judged(Instant at, Verdict verdict) implements JournalRecord {
	}

	/**
	 * A plan of a group that only observes would have been carried out now: it is judged as if.
	 *
	 * @param oldCapacity safe demand of the metric that there was
	 * @param added       safe demand of the metric that the plan adds
	 */
	record Watched(Instant at, String plan, String group, String metric, double oldCapacity, double added, Instant neededBy, String currency) implements JournalRecord {
	}

	/** So much was needed since a plan was carried out, or would have been, and since when more than there was before: its verdict stands on it. */
	record Peaked(Instant at, String plan, double peak, Instant firstNeeded) implements JournalRecord {
	}

	/**
	 * What all records before it come to; only ever the first of a journal.
	 *
	 * @param replaced the number of the last record that it stands for
	 * @param entries  the intents and what has become of them
	 * @param verdicts newest first
	 * @param judged   plans that were judged and still have intents
	 * @param kept     records that still hold as they are: of groups, of waiting and observed plans, of peaks
	 * @param proven   kinds of machines that were seen to carry healthy traffic
	 * @param plans    the highest number of a plan
	 */
	record Summed(Instant at, long replaced, List<Entry> entries, List<Verdict> verdicts, List<String> judged, List<JournalRecord> kept, List<String> proven,
			boolean killSwitch, List<LeadTimes.Learned> leads, long plans) implements JournalRecord {
	}

	/** Something worth a line, which changes nothing. */
	record Noted(Instant at, String sentence) implements JournalRecord {
	}

	/** Something about a plan that waits for persons. */
	sealed interface OfWaiting extends JournalRecord {
	}

	/** A plan waits for the approval of a person; with what else is needed to carry it out after a restart. */
	record Proposed(Instant at, Plan plan, boolean observed, String metric, double oldCapacity, Map<String, Double> unit) implements OfWaiting {
	}

	/** A person approved a plan; another one may have to as well. */
	record Consented(Instant at, String plan, String person) implements OfWaiting {
	}

	/** Something that holds for a group. */
	sealed interface OfGroup extends JournalRecord {
		/** The id of the group. */
		String group();
	}

	/** A person allows a group more members for a while. */
	record Raised(Instant at, String group, int max, Instant until, String person) implements OfGroup {
	}

	/** A person allows changes in a freeze window; {@code *} stands for all groups. */
	record Thawed(Instant at, String group, Instant until, String person, String reason) implements OfGroup {
	}

	/** Nothing more is made for a group until a person resumes it. */
	record Halted(Instant at, String group, String sentence) implements OfGroup {
	}

	/** A person looked after a group that was halted. */
	record Resumed(Instant at, String group, String person) implements OfGroup {
	}

	/** A person has looked at a machine of a group: it is still needed, and to be reviewed at another time. */
	record Prolonged(Instant at, String group, String token, Instant until, String person) implements OfGroup {
	}

	/** How long the forecasts of a group have kept their promise, and why not longer. */
	record Graded(Instant at, String group, Duration kept, String failure) implements OfGroup {
	}
}
