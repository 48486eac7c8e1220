// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.gl.GlUnavailableException;
import io.shadowweaver.gl.GlyphSource;
import io.shadowweaver.gl.OffscreenTarget;
import io.shadowweaver.scene.draw.FrameBuilder;
import io.shadowweaver.scene.draw.GlyphAtlas;

/** Saves what is seen as a PNG file of twice the size, drawn off the screen in a Job. */
final class PictureExport {
	private static final String BUNDLE = "io.shadowweaver.ui.twin";
	private static final int FACTOR = 2;

	private PictureExport() {
	}

	static void ask(Shell shell, TwinCanvas canvas) {
		if (canvas.picture().isEmpty()) {
			return;
		}
		FileDialog dialog = new FileDialog(shell, SWT.SAVE);
		dialog.setText("Save Picture");
		dialog.setFilterExtensions(new String[] { "*.png" });
		dialog.setFileName("twin.png");
		dialog.setOverwrite(true);
		String file = dialog.open();
		if (file != null) {
			save(file, canvas.picture().get(), new GlyphSource(shell.getDisplay(), FACTOR).atlas(), canvas.control().getSize().x, canvas.control().getSize().y);
		}
	}

	private static void save(String file, SceneThread.Picture picture, GlyphAtlas atlas, int width, int height) {
		Job job = new Job("Save picture of the twin") {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				try (OffscreenTarget target = OffscreenTarget.create(width * FACTOR, height * FACTOR)) {
					target.draw(FrameBuilder.build(picture.scene(), picture.camera(), width * FACTOR, height * FACTOR, FACTOR, atlas), .5);
					ImageLoader loader = new ImageLoader();
					loader.data = new ImageData[] { target.picture() };
					loader.save(file, SWT.IMAGE_PNG);
					return Status.OK_STATUS;
				} catch (GlUnavailableException | SWTException e) {
					return new Status(IStatus.ERROR, BUNDLE, "The picture could not be saved to " + file + ": " + e.getMessage(), e);
				}
			}
		};
		job.setUser(true);
		job.schedule();
	}
}
