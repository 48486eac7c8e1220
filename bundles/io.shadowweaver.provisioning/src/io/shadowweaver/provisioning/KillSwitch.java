// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The kill switch of a running provisioner, and its mark that other processes can move too. What is not said to be for one thread is for any. */
final class KillSwitch {
	private static final System.Logger LOG = System.getLogger(KillSwitch.class.getName());

	private final KillMark mark;
	private final Ledger ledger;
	private final Recorder recorder;
	private volatile boolean killed;
	private volatile KillMark.Position unmarked;

	/**
	 * @param directory of the journal
	 * @param ledger    how it stood at the end of the last process, where there is no mark
	 */
	KillSwitch(Path directory, Ledger ledger, Recorder recorder) {
		this.ledger = ledger;
		this.recorder = recorder;
		mark = KillMark.in(directory);
		killed = mark.read().map(KillMark.Position::on).orElseGet(ledger::killSwitch);
	}

	/** After the journal was taken up late: how it stood at the end of the last process, where there is no mark. */
	void restore() {
		if (mark.read().isEmpty() && ledger.killSwitch()) {
			killed = true;
		}
	}

	/** Whether no call may begin, by what this process knows. */
	boolean isOn() {
		return killed;
	}

	/** The same by what any process has decided by now; reads a file. */
	boolean isOnAnywhere() {
		return killed || mark.isOn();
	}

	/** Moves it: on at once, off when that was {@linkplain #apply applied}. On the disk when this returns, unless that fails. */
	void move(boolean on, String person, Instant at) {
		if (on) {
			killed = true;
		}
		unmarked = new KillMark.Position(on, at, person);
		write();
	}

	/** Enters a move into the journal. One thread. */
	void apply(boolean on, String person, Instant now) {
		killed = on;
		if (ledger.killSwitch() != on) {
			recorder.fact(new JournalRecord.Switched(now, on, person));
		}
		recorder.flush();
	}

	/** The mark may be moved by another process; the journal is told. One thread. */
	void watch(Instant now) {
		write();
		if (unmarked != null) {
			return;
		}
		mark.read().filter(position -> position.on() != ledger.killSwitch()).ifPresent(position -> {
			killed = position.on();
			recorder.fact(new JournalRecord.Switched(now, position.on(), position.person()));
		});
	}

	/** Tried again at each step until it is written: what a person decided here counts more than a mark that could not be changed. */
	private synchronized void write() {
		KillMark.Position wanted = unmarked;
		if (wanted != null) {
			try {
				mark.move(wanted.on(), wanted.person(), wanted.at());
				unmarked = null;
			} catch (IOException e) {
				LOG.log(System.Logger.Level.ERROR, "The kill switch was moved in this process, but its mark " + mark.file() + " was not: " + e);
			}
		}
	}
}
