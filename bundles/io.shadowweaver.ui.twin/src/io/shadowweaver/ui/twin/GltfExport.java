// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.scene.GltfWriter;
import io.shadowweaver.scene.SceneModel;

/** Saves the scene as a glTF file, in a Job. */
final class GltfExport {
	private static final String BUNDLE = "io.shadowweaver.ui.twin";

	private GltfExport() {
	}

	static void ask(Shell shell, TwinCanvas canvas) {
		if (canvas.picture().isEmpty()) {
			return;
		}
		FileDialog dialog = new FileDialog(shell, SWT.SAVE);
		dialog.setText("Save as glTF");
		dialog.setFilterExtensions(new String[] { "*.gltf" });
		dialog.setFileName("twin.gltf");
		dialog.setOverwrite(true);
		String file = dialog.open();
		if (file != null) {
			save(Path.of(file), canvas.picture().get().scene());
		}
	}

	private static void save(Path file, SceneModel scene) {
		Job job = new Job("Save the twin as glTF") {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				try {
					Files.writeString(file, GltfWriter.write(scene));
					return Status.OK_STATUS;
				} catch (IOException e) {
					return new Status(IStatus.ERROR, BUNDLE, "The scene could not be saved to " + file + ": " + e.getMessage(), e);
				}
			}
		};
		job.setUser(true);
		job.schedule();
	}
}
