// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.osgi.framework.Version;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.kit.state.SnapshotFile;
import io.shadowweaver.ui.core.Frame;

/** Saves the estate that is seen, and how, as a file that opens elsewhere. UI thread. */
final class SnapshotExport {
	static final String[] FILES = { "*" + SnapshotFile.SUFFIX };
	private static final String BUNDLE = "io.shadowweaver.ui.twin";

	private SnapshotExport() {
	}

	static void ask(Shell shell, TwinCanvas canvas, BookmarkMenu views) {
		Optional<Frame> frame = canvas.frame();
		if (frame.isEmpty()) {
			return;
		}
		FileDialog dialog = new FileDialog(shell, SWT.SAVE);
		dialog.setText("Save Snapshot");
		dialog.setFilterExtensions(FILES);
		dialog.setFileName(frame.get().state().estate().replaceAll("[^A-Za-z0-9._-]+", "-") + SnapshotFile.SUFFIX);
		dialog.setOverwrite(true);
		String file = dialog.open();
		if (file != null && !canvas.control().isDisposed()) {
			save(Path.of(file), real(frame.get()), views.now());
		}
	}

	/** What is, also while a scenario is seen: a file says of itself that it was so. */
	private static WeaverState real(Frame frame) {
		return frame.scenario().isPresent() ? frame.estate().state() : frame.state();
	}

	/** Saves it; returns at once. */
	static Job save(Path file, WeaverState state, Bookmark view) {
		Version version = Platform.getBundle(BUNDLE).getVersion();
		String product = version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
		Job job = new Job("Save snapshot of " + state.name()) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				try {
					SnapshotFile.write(file, Snapshot.of(state, view.texts(), Clock.systemUTC().instant(), product));
					return Status.OK_STATUS;
				} catch (IOException | RuntimeException e) {
					return new Status(IStatus.ERROR, BUNDLE, "The snapshot could not be saved to " + file + ": " + e.getMessage(), e);
				}
			}
		};
		job.setUser(true);
		job.schedule();
		return job;
	}
}
