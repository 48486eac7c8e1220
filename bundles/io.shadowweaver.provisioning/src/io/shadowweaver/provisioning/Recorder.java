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
	private final Auditor auditor;
	private final List<JournalRecord> unwritten = new ArrayList<>();
	private String trouble;

	/**
	 * @param directory of the journal, for the audit trail; a journal that is damaged, or another process's, is no reason to write there
	 */
	Recorder(Journal journal, Ledger ledger, Path directory) {
		this.journal = journal;
		this.ledger = ledger;
		journal.records().forEach(ledger::apply);
		trouble = journal.damage().orElse("");
		auditor = trouble.isEmpty() ? new Auditor(directory, journal.records()) : null;
	}

	/** Why nothing can be written, to the journal or the audit trail; empty when it can. */
	String trouble() {
		return trouble.isEmpty() && auditor != null ? auditor.trouble() : trouble;
	}

	/** Something has happened. */
	void fact(JournalRecord record) {
		ledger.apply(record);
		unwritten.add(record);
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

	/** After a failed write: tries whether the journal can be written again, at each step, so that automation goes on by itself. */
	void retry(Instant now) {
		if (!trouble.isEmpty() && journal.damage().isEmpty() && unwritten.isEmpty()) {
			fact(new JournalRecord.Noted(now, "The journal can be written again."));
		}
		flush();
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
