// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

import io.shadowweaver.kit.state.Snapshot;
import io.shadowweaver.kit.state.SnapshotException;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Snapshots;

/** Opens a snapshot as an estate, and shows it in the twin as it was seen. */
public final class OpenSnapshotHandler extends AbstractHandler {
	private static final String BUNDLE = "io.shadowweaver.ui.twin";

	@Override
	public Object execute(ExecutionEvent event) {
		FileDialog dialog = new FileDialog(HandlerUtil.getActiveShell(event), SWT.OPEN);
		dialog.setText("Open Snapshot");
		dialog.setFilterExtensions(new String[] { SnapshotExport.FILES[0], "*" });
		String file = dialog.open();
		IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindow(event).getActivePage();
		if (file != null && page != null) {
			open(Path.of(file), page);
		}
		return null;
	}

	/** Opens it; returns at once. */
	static Job open(Path file, IWorkbenchPage page) {
		Snapshots snapshots = page.getWorkbenchWindow().getWorkbench().getService(Snapshots.class);
		Job job = new Job("Open " + file.getFileName()) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				try {
					EstateHandle estate = snapshots.open(file);
					page.getWorkbenchWindow().getWorkbench().getDisplay().asyncExec(() -> show(estate, page));
					return Status.OK_STATUS;
				} catch (SnapshotException e) {
					return new Status(IStatus.ERROR, BUNDLE, e.getMessage());
				}
			}
		};
		job.setUser(true);
		job.schedule();
		return job;
	}

	private static void show(EstateHandle estate, IWorkbenchPage page) {
		page.getWorkbenchWindow().getWorkbench().getService(Estates.class).activate(estate.id());
		try {
			IEditorPart part = page.openEditor(new TwinInput(), TwinEditor.ID);
			if (part instanceof TwinEditor twin) {
				twin.show(estate.id(), Bookmark.of(estate.snapshot().map(Snapshot::view).orElseThrow()));
			}
		} catch (PartInitException e) {
			System.getLogger(OpenSnapshotHandler.class.getName()).log(System.Logger.Level.ERROR, "The twin could not be opened for " + estate.name() + ".", e);
		}
	}
}
