// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;

import io.shadowweaver.api.plugin.Progress;

/** Hands progress on to the monitor of a Job, and its wish to cancel back. Thread-safe. */
public final class MonitorProgress implements Progress {
	private static final int TICKS = 1_000;

	private final SubMonitor monitor;
	private int done;

	private MonitorProgress(SubMonitor monitor) {
		this.monitor = monitor;
	}

	/** For the whole of a monitor. */
	public static MonitorProgress of(IProgressMonitor monitor) {
		return new MonitorProgress(SubMonitor.convert(monitor, TICKS));
	}

	@Override
	public synchronized void report(double fraction, String what) {
		monitor.subTask(what);
		int now = (int) Math.round(Math.clamp(fraction, 0, 1) * TICKS);
		if (now > done) {
			monitor.worked(now - done);
			done = now;
		}
	}

	@Override
	public boolean isCancelled() {
		return monitor.isCanceled();
	}
}
