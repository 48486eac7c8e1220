// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.provisioning.audit.AuditFact;
import io.shadowweaver.provisioning.audit.AuditWriter;

/**
 * Enters what the journal holds into the audit trail, each record once. What an entry says depends on its record alone, so that
 * what a crash has kept from the trail is entered at the next start as it would have been. One thread.
 */
final class Auditor implements AutoCloseable {
	private static final String AUTOMATION = "automation";
	private static final String PROVIDER = "provider";

	private final AuditWriter trail;
	private long number;

	/**
	 * Opens the trail and enters what it lacks.
	 *
	 * @param directory of the journal and the trail
	 * @param first     the number of the first record that the journal holds
	 * @param records   all of the journal, which is held by this process and whole
	 */
	Auditor(Path directory, long first, List<JournalRecord> records) {
		trail = new AuditWriter(directory);
		List<AuditFact> missing = new ArrayList<>();
		Instant at = records.isEmpty() ? Instant.EPOCH : records.get(0).at();
		number = trail.journal();
		if (number >= first + records.size()) {
			missing.add(new AuditFact(at, 0, AUTOMATION, "began another journal", "the journal has fewer records than were entered", ""));
			number = first - 1;
		} else if (number < first - 1) {
			missing.add(new AuditFact(at, first - 1, AUTOMATION, "could not enter records " + (number + 1) + " to " + (first - 1), "this trail lacks them, and the journal was summed up since", "missing"));
			number = first - 1;
		}
		records.subList((int) (number - first + 1), records.size()).forEach(record -> missing.add(fact(++number, record)));
		trail.append(missing);
	}

	/** Whether the trail could be opened. */
	boolean isOpen() {
		return trail.isOpen();
	}

	/** Whether each record up to a number is entered, on the disk. */
	boolean isLevel(long with) {
		return trail.trouble().isEmpty() && trail.journal() == with;
	}

	/** Enters records that are in the journal now. */
	void written(List<? extends JournalRecord> records) {
		List<AuditFact> facts = new ArrayList<>();
		records.forEach(record -> facts.add(fact(++number, record)));
		trail.append(facts);
	}

	/** Why nothing can be entered; empty when it can. */
	String trouble() {
		return trail.trouble();
	}

	/** What the entry of a record says. */
	static AuditFact fact(long number, JournalRecord one) {
		return switch (one) {
			case JournalRecord.Intended(Instant at, Intent intent, long fencing) -> new AuditFact(at, number, AUTOMATION, "meant to " + word(intent.kind()) + " " + intent.token(), why(intent) + (fencing == 0 ? "" : ", fencing number " + fencing), "");
			case JournalRecord.Called(Instant at, String token, int attempt, long fencing) -> new AuditFact(at, number, AUTOMATION, "called for " + token, "attempt " + attempt + ", fencing number " + fencing, "");
			case JournalRecord.Interrupted(Instant at, String token) -> new AuditFact(at, number, AUTOMATION, "was interrupted during " + token, "the process ended during the call", "unknown");
			case JournalRecord.TakenUp(Instant at) -> new AuditFact(at, number, AUTOMATION, "took up what was on its way", "the process was started anew; nobody watched in between", "watched anew");
			case JournalRecord.Jumped(Instant at, Duration by) -> new AuditFact(at, number, AUTOMATION, "saw the clock jump", new ClockWatch.Jump(at, by).sentence(), "by " + by);
			case JournalRecord.Draining(Instant at, String token) -> new AuditFact(at, number, AUTOMATION, "drains for " + token, "its machine is taken out of service before it is removed", "");
			case JournalRecord.Renewed renewed -> new AuditFact(renewed.at(), number, AUTOMATION, "decided again " + renewed.token(), renewed.sentence(), "fencing number " + renewed.fencing());
			case JournalRecord.Acknowledged(Instant at, String token, String instance, String resource) -> new AuditFact(at, number, PROVIDER, "acknowledged " + token, "", instance + " is " + resource);
			case JournalRecord.Moved moved -> new AuditFact(moved.at(), number, AUTOMATION, "moved " + moved.token(), moved.sentence(), word(moved.state()));
			case JournalRecord.Gone gone -> new AuditFact(gone.at(), number, PROVIDER, "has no longer " + gone.token(), gone.sentence(), "gone");
			case JournalRecord.Switched(Instant at, boolean on, String person) -> new AuditFact(at, number, person, "moved the kill switch", "by " + person, on ? "on" : "off");
			case JournalRecord.Decided decided -> new AuditFact(decided.at(), number, decided.by(), "decided plan " + decided.plan(), decided.sentence(), word(decided.state()));
			case JournalRecord.Judged judged -> new AuditFact(judged.at(), number, AUTOMATION, "judged plan " + judged.verdict().plan(), judged.verdict().sentence(),
					judged.verdict().breachAvoided() ? "breach avoided" : "no breach avoided");
			case JournalRecord.Watched watched -> new AuditFact(watched.at(), number, AUTOMATION, "observed plan " + watched.plan(), "it would have been carried out for the need at " + watched.neededBy(), "judged as if");
			case JournalRecord.Peaked peaked -> new AuditFact(peaked.at(), number, AUTOMATION, "saw a peak for plan " + peaked.plan(), "more than before was needed from " + peaked.firstNeeded() + " on", Double.toString(peaked.peak()));
			case JournalRecord.Summed summed -> new AuditFact(summed.at(), number, AUTOMATION, "summed up the journal", "it was long; records 1 to " + summed.replaced() + " are entered above",
					summed.entries().size() + " intents, " + summed.verdicts().size() + " verdicts");
			case JournalRecord.Noted noted -> new AuditFact(noted.at(), number, AUTOMATION, "noted", noted.sentence(), "");
			case JournalRecord.Proposed proposed -> new AuditFact(proposed.at(), number, AUTOMATION, "proposed plan " + proposed.plan().id(), why(proposed.plan()), word(proposed.plan().state()));
			case JournalRecord.Consented(Instant at, String plan, String person) -> new AuditFact(at, number, person, "approved plan " + plan, "by " + person, "");
			case JournalRecord.Raised raised -> new AuditFact(raised.at(), number, raised.person(), "raised the limit of " + raised.group(), "by " + raised.person(), raised.max() + " until " + raised.until());
			case JournalRecord.Thawed thawed -> new AuditFact(thawed.at(), number, thawed.person(), "allowed changes in a freeze of " + thawed.group(), thawed.reason(), "until " + thawed.until());
			case JournalRecord.Halted halted -> new AuditFact(halted.at(), number, AUTOMATION, "halted " + halted.group(), halted.sentence(), "halted");
			case JournalRecord.Resumed(Instant at, String group, String person) -> new AuditFact(at, number, person, "resumed " + group, "by " + person, "resumed");
			case JournalRecord.Prolonged longer -> new AuditFact(longer.at(), number, longer.person(), "prolonged " + longer.token(), "group " + longer.group() + ", by " + longer.person(), "to be reviewed by " + longer.until());
			case JournalRecord.Graded graded -> new AuditFact(graded.at(), number, AUTOMATION, "graded the forecasts of " + graded.group(), graded.failure(), "kept for " + graded.kept());
		};
	}

	private static String why(Intent intent) {
		return Stream.of("plan " + intent.plan(), "group " + intent.group(), intent.offer().isEmpty() ? "" : "offer " + intent.offer(), "account " + intent.provider(),
				intent.price() == null || Double.isNaN(intent.price().perHour()) ? "price not known" : "price " + intent.price().perHour() + " " + intent.price().currency() + " an hour")
				.filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
	}

	private static String why(Plan plan) {
		return "group " + plan.group() + ": " + plan.sentence();
	}

	private static String word(Enum<?> name) {
		return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	@Override
	public void close() {
		trail.close();
	}
}
