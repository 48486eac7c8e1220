// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;

import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Frame;

/**
 * What is known of the forecasts of all series, asked for in a Job again and again, but never more than a tenth of the time.
 * {@link #want} is called on the feed's thread only.
 */
final class QualityBook {
	private static final int CHUNK = 1_000;
	private static final long LEAST_PAUSE_NANOS = 3_000_000_000L;

	/** All that was read of an estate. */
	record Edition(String estate, List<Quality> all, boolean complete) {
		static final Edition NONE = new Edition("", List.of(), false);
	}

	private final Runnable changed;
	private volatile Edition edition = Edition.NONE;
	private volatile long nextAt;
	private Reading running;

	/**
	 * @param changed called when there is something new, on any thread
	 */
	QualityBook(Runnable changed) {
		this.changed = changed;
	}

	/** The newest edition of a frame's estate; starts reading where that is old. */
	Edition want(Frame frame) {
		String estate = frame.estate().id();
		boolean other = running == null || !running.estate.id().equals(estate);
		if (other && running != null) {
			running.cancel();
		}
		if (other || running.getState() == Job.NONE && System.nanoTime() - nextAt > 0) {
			running = new Reading(frame.estate(), frame.state().series());
			running.schedule();
		}
		Edition read = edition;
		return read.estate.equals(estate) ? read : Edition.NONE;
	}

	private final class Reading extends Job {
		private final EstateHandle estate;
		private final SeriesPages series;

		Reading(EstateHandle estate, SeriesPages series) {
			super("Reading the quality of forecasts");
			this.estate = estate;
			this.series = series;
			setSystem(series.size() < 5_000);
			setPriority(DECORATE);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			long start = System.nanoTime();
			SubMonitor progress = SubMonitor.convert(monitor, series.size());
			List<Quality> read = new ArrayList<>();
			boolean first = !edition.estate.equals(estate.id());
			for (int slot = 0; slot < series.size(); slot++) {
				if (progress.isCanceled()) {
					return Status.CANCEL_STATUS;
				}
				estate.quality(series.id(slot)).ifPresent(read::add);
				progress.worked(1);
				if (first && slot % CHUNK == CHUNK - 1) {
					publish(read, false);
				}
			}
			if (progress.isCanceled()) {
				return Status.CANCEL_STATUS;
			}
			publish(read, true);
			nextAt = System.nanoTime() + Math.max(LEAST_PAUSE_NANOS, 10 * (System.nanoTime() - start));
			return Status.OK_STATUS;
		}

		private void publish(List<Quality> read, boolean complete) {
			edition = new Edition(estate.id(), List.copyOf(read), complete);
			changed.run();
		}
	}
}
