// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Instant;
import java.util.Optional;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.FarView;

/**
 * Has the estate forecast as far ahead as the cursor is, in a Job, where that is farther than the forecasts of every tick reach; anew when the cursor has
 * moved on, and after ticks, one at a time. Called on the feed's thread only.
 */
final class FarReader {
	/** What was read last. */
	private record Far(EstateHandle estate, long version, Instant until, WeaverState state) {
	}

	/** What two states came to, so that the same two come to the same frame. */
	private record Shown(WeaverState near, WeaverState far, WeaverState both) {
	}

	private static final System.Logger LOG = System.getLogger(FarReader.class.getName());
	/** Between two readings for new ticks of the same moment there is this many times as long as one took. */
	private static final int REST = 4;
	private static final long LONGEST_REST_MILLIS = 60_000;

	private final Runnable changed;
	private volatile Far newest;
	private volatile long tookMillis;
	private Reading running;
	private Shown shown;

	/**
	 * @param changed called when something was read
	 */
	FarReader(Runnable changed) {
		this.changed = changed;
	}

	/**
	 * The state with what was read of the time around the cursor; the state itself where the cursor is near, and until something is read.
	 *
	 * @param state the newest one of the estate
	 */
	WeaverState at(EstateHandle estate, WeaverState state, CursorPosition cursor) {
		Instant until = cursor.predictedAt(state.time());
		if (cursor.isPast(state.time()) || !FarView.isFar(state.time(), until)) {
			if (running != null) {
				running.cancel();
				running = null;
			}
			newest = null;
			shown = null;
			return state;
		}
		Far had = Optional.ofNullable(newest).filter(far -> far.estate.equals(estate)).orElse(null);
		boolean reaches = had != null && (had.until.equals(until) || FarView.isWhole(state.topology()));
		boolean asked = running != null && running.version == state.version() && (reaches || running.until.equals(until));
		if (!asked && (running == null || running.getState() == Job.NONE || !reaches && running.getState() == Job.SLEEPING)) {
			if (running != null) {
				running.cancel();
			}
			running = new Reading(estate, state.version(), until);
			running.schedule(reaches ? Math.min(REST * tookMillis, LONGEST_REST_MILLIS) : 0);
		}
		if (had == null) {
			return state;
		}
		if (shown == null || shown.near != state || shown.far != had.state) {
			shown = new Shown(state, had.state, FarView.over(state, had.state));
		}
		return shown.both;
	}

	private final class Reading extends Job {
		private final EstateHandle estate;
		private final long version;
		private final Instant until;

		Reading(EstateHandle estate, long version, Instant until) {
			super("Looking far ahead");
			this.estate = estate;
			this.version = version;
			this.until = until;
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			long begin = System.nanoTime();
			try {
				WeaverState state = estate.state(until);
				if (monitor.isCanceled()) {
					return Status.CANCEL_STATUS;
				}
				newest = new Far(estate, state.version(), until, state);
				return Status.OK_STATUS;
			} catch (IllegalStateException e) {
				LOG.log(System.Logger.Level.WARNING, estate.name() + " cannot be seen at " + until + ": " + e.getMessage());
				return Status.OK_STATUS;
			} catch (InterruptedException e) {
				return Status.CANCEL_STATUS;
			} finally {
				tookMillis = (System.nanoTime() - begin) / 1_000_000;
				changed.run();
			}
		}

		@Override
		protected void canceling() {
			Thread thread = getThread();
			if (thread != null) {
				thread.interrupt();
			}
		}
	}
}
