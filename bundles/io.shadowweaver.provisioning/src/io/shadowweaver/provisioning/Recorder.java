// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps journal and ledger equal. Intentions count only when they are written; facts count at once, since they have happened, and
 * are written as soon as that is possible, before any later intention. One thread.
 */
final class Recorder implements AutoCloseable {
	private final Journal journal;
	private final Ledger ledger;
	private final Path directory;
	private final List<JournalRecord> unwritten = new ArrayList<>();
	private Auditor auditor;
	private String trouble;

	/**
	 * @param directory of the journal, for the audit trail; a journal that is damaged, or another process's, is no reason to write there
	 */
	Recorder(Journal journal, Ledger ledger, Path directory) {
		this.journal = journal;
		this.ledger = ledger;
		this.directory = directory;
		take();
	}

	/** What the journal holds is what is believed. */
	private void take() {
		journal.records().forEach(ledger::apply);
		trouble = journal.damage().orElse("");
		auditor = trouble.isEmpty() ? new Auditor(directory, journal.first(), journal.records()) : null;
	}

	/** Why nothing can be written, to the journal or the audit trail; empty when it can. */
	String trouble() {
		return trouble.isEmpty() && auditor != null ? auditor.trouble() : trouble;
	}

	/** Something has happened. */
	void fact(JournalRecord record) {
		ledger.apply(record);
		if (journal.isOpen() || isDecision(record)) {
			unwritten.add(record);
		}
	}

	/** What a person decided holds whatever the journal turns out to hold; all else was concluded without knowing it. */
	private static boolean isDecision(JournalRecord record) {
		return switch (record) {
		case JournalRecord.Switched one -> true;
		case JournalRecord.Raised one -> true;
		case JournalRecord.Thawed one -> true;
		case JournalRecord.Resumed one -> true;
		default -> false;
		};
	}

	/**
	 * Something is going to happen.
	 *
	 * @return whether it was written; if not it must not happen
	 */
	boolean intend(List<? extends JournalRecord> records) {
		if (!flush() || !append(records)) {
			return false;
		}
		records.forEach(ledger::apply);
		return true;
	}

	/**
	 * After a failure: tries whether the journal and the trail can be had and written again, at each step, so that automation goes on by
	 * itself.
	 *
	 * @return whether the journal could not be opened before and is open now: the ledger is another one
	 */
	boolean retry(Instant now) {
		boolean taken = journal.retake();
		if (taken) {
			ledger.clear();
			take();
			unwritten.forEach(ledger::apply);
		} else if (auditor != null && !auditor.isOpen()) {
			auditor.close();
			auditor = new Auditor(directory, journal.first(), journal.stored());
		}
		if ((taken || !trouble.isEmpty()) && journal.damage().isEmpty() && (taken || unwritten.isEmpty())) {
			fact(new JournalRecord.Noted(now, taken ? "The journal was taken up again." : "The journal can be written again."));
		}
		flush();
		return taken;
	}

	/** Puts the ledger in the place of a journal that has become long, when all of it is in the audit trail. */
	void sumUp(Instant now) {
		if (journal.isLong() && unwritten.isEmpty() && trouble().isEmpty() && auditor.isLevel(journal.number())) {
			JournalRecord.Summed sum = ledger.sum(now, journal.number());
			if (journal.sum(sum)) {
				auditor.written(List.of(sum));
			}
		}
	}

	/** Writes the facts that are not written yet; whether all are written now. */
	boolean flush() {
		if (!append(unwritten)) {
			return false;
		}
		unwritten.clear();
		return true;
	}

	/** Closes the audit trail. */
	@Override
	public void close() {
		if (auditor != null) {
			auditor.close();
		}
	}

	private boolean append(List<? extends JournalRecord> records) {
		try {
			journal.append(records);
			if (!records.isEmpty()) {
				trouble = "";
			}
			if (auditor != null) {
				auditor.written(records);
			}
			return true;
		} catch (JournalException e) {
			trouble = e.getMessage();
			return false;
		}
	}
}
