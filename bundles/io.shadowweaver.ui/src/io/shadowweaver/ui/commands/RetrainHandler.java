// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.MonitorProgress;

/** Trains the models of the selected series at once, in a Job with progress that can be cancelled. */
public final class RetrainHandler extends SeriesHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, List<SeriesId> series) {
		Job job = new Job("Training " + named(series)) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				int trained = estate.retrain(series, MonitorProgress.of(monitor));
				return monitor.isCanceled() ? Status.CANCEL_STATUS
						: trained > 0 ? Status.OK_STATUS : Status.warning("Nothing was trained: the series are being trained already, or are not forecast.");
			}
		};
		job.setPriority(Job.LONG);
		job.schedule();
	}
}
