// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.util.List;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Frame;

/** Takes the forecast of one series apart, in a Job. {@link #want} is called on the feed's thread only. */
final class BecauseReader {
	private static final int FRESH_STEPS = 3;
	private static final List<Duration> LEADS = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofMinutes(45),
			Duration.ofHours(1), Duration.ofMinutes(90), Duration.ofHours(2), Duration.ofHours(3), Duration.ofHours(4), Duration.ofHours(5), Duration.ofHours(6),
			Duration.ofHours(8), Duration.ofHours(10), Duration.ofHours(12), Duration.ofHours(14), Duration.ofHours(16), Duration.ofHours(18),
			Duration.ofHours(20), Duration.ofHours(22), Duration.ofHours(24));

	private final Runnable changed;
	private volatile Because newest = Because.NOTHING;
	private Reading running;

	/**
	 * @param changed called when there is something new, on any thread
	 */
	BecauseReader(Runnable changed) {
		this.changed = changed;
	}

	/** The parts of a series' forecast as far as they are read; reads where they are old. */
	Because want(Frame frame, SeriesId id) {
		String estate = frame.estate().id();
		boolean other = running == null || !running.frame.estate().id().equals(estate) || !running.id.equals(id);
		boolean old = !other && running.getState() == Job.NONE
				&& running.frame.now().plus(frame.state().step().multipliedBy(FRESH_STEPS)).isBefore(frame.now());
		if (other || old) {
			if (running != null) {
				running.cancel();
			}
			running = new Reading(frame, id);
			running.schedule();
		}
		Because read = newest;
		return read.estate().equals(estate) && read.series().equals(id) ? read : Because.NOTHING;
	}

	private final class Reading extends Job {
		private final Frame frame;
		private final SeriesId id;

		Reading(Frame frame, SeriesId id) {
			super("Taking the forecast of " + id + " apart");
			this.frame = frame;
			this.id = id;
			setPriority(SHORT);
			setSystem(true);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			EstateHandle estate = frame.estate();
			List<Duration> leads = LEADS.stream().filter(lead -> lead.compareTo(frame.state().step()) >= 0).toList();
			Because read = new Because(estate.id(), id, estate.state().time(), leads, leads.isEmpty() ? List.of() : estate.explain(id, leads), true);
			if (!monitor.isCanceled()) {
				newest = read;
				changed.run();
			}
			return Status.OK_STATUS;
		}
	}
}
