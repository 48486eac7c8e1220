// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.MonitorProgress;

/** The newest back-test of each series, and those that run: Jobs with progress that can be cancelled. Any thread. */
final class BackTests {
	private static final int KEPT = 40;
	private static final int TICKS = 1_000;

	private record Place(String estate, SeriesId series) {
	}

	private record Outcome(Optional<BackTestReport> report, String state) {
	}

	private final Map<Place, Outcome> entries = Collections.synchronizedMap(new LinkedHashMap<>(16, .75f, true) {
		private static final long serialVersionUID = 1;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Place, Outcome> eldest) {
			return size() > KEPT;
		}
	});
	private final Runnable changed;

	/**
	 * @param changed called when there is something new, on any thread
	 */
	BackTests(Runnable changed) {
		this.changed = changed;
	}

	/** The newest report of a series. */
	Optional<BackTestReport> of(String estate, SeriesId series) {
		return Optional.ofNullable(entries.get(new Place(estate, series))).flatMap(Outcome::report);
	}

	/** What a back-test of a series is doing, or how it ended, in a sentence; empty for nothing to say. */
	String state(String estate, SeriesId series) {
		return Optional.ofNullable(entries.get(new Place(estate, series))).map(Outcome::state).orElse("");
	}

	/**
	 * Runs back-tests one after another.
	 *
	 * @param estate   of the series
	 * @param ids      the series
	 * @param models   the ids of the models to judge; empty for all
	 * @return the job, which has been scheduled
	 */
	Job run(EstateHandle estate, List<SeriesId> ids, Set<String> models) {
		BackTestRequest usual = BackTestRequest.USUAL;
		BackTestRequest request = new BackTestRequest(usual.leads(), usual.origins(), usual.stride(), models);
		String what = models.isEmpty() ? "all models" : String.join(", ", models.stream().sorted().toList());
		Job job = Job.create("Comparing " + what + " on " + (ids.size() == 1 ? ids.getFirst() : ids.size() + " series"),
				(ICoreRunnable) monitor -> work(estate, ids, request, monitor));
		ids.forEach(id -> put(estate, id, of(estate.id(), id), "The back-test waits for its turn."));
		job.addJobChangeListener(new JobChangeAdapter() {
			@Override
			public void done(IJobChangeEvent event) {
				// what did not get its turn says so
				ids.stream().filter(id -> state(estate.id(), id).startsWith("The back-test waits")).forEach(
						id -> put(estate, id, of(estate.id(), id), "The back-test was cancelled before it began."));
			}
		});
		job.setPriority(Job.LONG);
		job.schedule();
		return job;
	}

	private void work(EstateHandle estate, List<SeriesId> ids, BackTestRequest request, IProgressMonitor monitor) {
		SubMonitor progress = SubMonitor.convert(monitor, ids.size() * TICKS);
		for (SeriesId id : ids) {
			Optional<BackTestReport> before = of(estate.id(), id);
			put(estate, id, before, "The back-test runs; Progress shows how far it is.");
			try {
				SubMonitor part = progress.split(TICKS);
				BackTestReport report = estate.backTest(id, request, MonitorProgress.of(part));
				if (part.isCanceled()) {
					throw new OperationCanceledException();
				}
				put(estate, id, Optional.of(report), "");
			} catch (OperationCanceledException e) {
				put(estate, id, before, "The back-test was cancelled.");
				throw e;
			} catch (RuntimeException e) {
				put(estate, id, before, "The back-test failed: " + e.getMessage());
				throw e;
			}
		}
	}

	private void put(EstateHandle estate, SeriesId id, Optional<BackTestReport> report, String state) {
		entries.put(new Place(estate.id(), id), new Outcome(report, state));
		changed.run();
	}
}
