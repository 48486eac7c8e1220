// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;

/**
 * Reads the values of all series at one time of the past, in a Job that is cancelled when the cursor has moved on. Called on
 * the feed's thread only.
 */
final class PastReader {
	private static final int CHUNK = 256;

	private final Runnable changed;
	private volatile PastValues newest = PastValues.NOTHING;
	private Reading running;

	PastReader(Runnable changed) {
		this.changed = changed;
	}

	/** What is read yet of the cursor's time; starts reading where that is another time than the last. */
	PastValues at(EstateHandle estate, WeaverState state, CursorPosition cursor) {
		if (!cursor.isPast(state.time())) {
			stop();
			return PastValues.NOTHING;
		}
		Instant time = cursor.time().orElseThrow();
		if (running == null || !running.estate.id().equals(estate.id()) || !running.time.equals(time)) {
			stop();
			running = new Reading(estate, state, time);
			running.schedule();
		}
		PastValues read = newest;
		return read.estate().equals(estate.id()) && read.time().equals(time) ? read : PastValues.NOTHING;
	}

	private void stop() {
		if (running != null) {
			running.cancel();
			running = null;
		}
	}

	private final class Reading extends Job {
		private final EstateHandle estate;
		private final SeriesPages series;
		private final Duration step;
		private final Instant time;

		Reading(EstateHandle estate, WeaverState state, Instant time) {
			super("Reading the past");
			this.estate = estate;
			this.time = time;
			series = state.series();
			step = state.step();
			setSystem(series.size() < 2_000);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			SubMonitor progress = SubMonitor.convert(monitor, series.size());
			Map<SeriesId, Double> values = new HashMap<>();
			for (int slot = 0; slot < series.size(); slot++) {
				if (progress.isCanceled()) {
					return Status.CANCEL_STATUS;
				}
				SeriesId id = series.id(slot);
				double value = last(estate.history(id, time.minus(step.multipliedBy(3)), time.plus(step), step));
				if (!Double.isNaN(value)) {
					values.put(id, value);
				}
				progress.worked(1);
				if (slot % CHUNK == CHUNK - 1) {
					publish(values, false);
				}
			}
			publish(values, true);
			return Status.OK_STATUS;
		}

		private double last(Series read) {
			for (int i = Math.min(read.length() - 1, read.indexOf(time)); i >= 0; i--) {
				if (!Double.isNaN(read.values()[i])) {
					return read.values()[i];
				}
			}
			return Double.NaN;
		}

		private void publish(Map<SeriesId, Double> values, boolean complete) {
			newest = new PastValues(estate.id(), time, Map.copyOf(values), complete);
			changed.run();
		}
	}
}
