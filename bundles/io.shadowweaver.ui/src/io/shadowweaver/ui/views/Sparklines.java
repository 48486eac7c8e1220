// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Frame;

/**
 * The last hours of those series whose rows are on the screen, read from the history in a Job. {@link #get(SeriesId)} never
 * waits. UI thread, but for the callback.
 */
final class Sparklines {
	private static final int POINTS = 60;
	private static final int KEPT = 2_000;
	private static final int FRESH_STEPS = 5;
	private static final double[] NONE = {};

	private record Entry(double[] values, Instant readAt) {
	}

	private final Map<SeriesId, Entry> entries = new ConcurrentHashMap<>();
	private final Runnable changed;
	private String estate = "";
	private Job running;

	/**
	 * @param changed called when there is something new to draw, on any thread
	 */
	Sparklines(Runnable changed) {
		this.changed = changed;
	}

	/** What is known of a series; empty for nothing. */
	double[] get(SeriesId id) {
		Entry entry = entries.get(id);
		return entry == null ? NONE : entry.values;
	}

	/** Reads what is missing or old of the given series; does nothing while it still reads. */
	void want(Frame frame, List<SeriesId> ids) {
		if (!estate.equals(frame.estate().id()) || entries.size() > KEPT) {
			estate = frame.estate().id();
			entries.clear();
		}
		if (running != null && running.getState() != Job.NONE) {
			return;
		}
		Instant old = frame.now().minus(frame.state().step().multipliedBy(FRESH_STEPS));
		List<SeriesId> missing = new ArrayList<>();
		for (SeriesId id : ids) {
			Entry entry = entries.get(id);
			if (entry == null || entry.readAt.isBefore(old)) {
				missing.add(id);
			}
		}
		if (!missing.isEmpty()) {
			running = new Reading(frame.estate(), missing, frame.now(), frame.state().step());
			running.schedule();
		}
	}

	private final class Reading extends Job {
		private final EstateHandle handle;
		private final List<SeriesId> ids;
		private final Instant now;
		private final Duration step;

		Reading(EstateHandle handle, List<SeriesId> ids, Instant now, Duration step) {
			super("Reading sparklines");
			setSystem(true);
			this.handle = handle;
			this.ids = ids;
			this.now = now;
			this.step = step;
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			Map<SeriesId, Entry> read = new LinkedHashMap<>();
			for (SeriesId id : ids) {
				if (monitor.isCanceled()) {
					return Status.CANCEL_STATUS;
				}
				read.put(id, new Entry(handle.history(id, now.minus(step.multipliedBy(POINTS)), now, step).values(), now));
			}
			if (handle.id().equals(estate)) {
				entries.putAll(read);
				changed.run();
			}
			return Status.OK_STATUS;
		}
	}
}
