// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.gl.GlUnavailableException;
import io.shadowweaver.gl.GlyphSource;
import io.shadowweaver.gl.PictureFile;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.draw.FrameBuilder;
import io.shadowweaver.scene.draw.GlyphAtlas;

/** Saves what is seen as a PNG file of any size, drawn off the screen in a Job. */
final class PictureExport {
	private static final String BUNDLE = "io.shadowweaver.ui.twin";
	private static final int FACTOR = 2;
	private static final int UNITS = 1000;

	private PictureExport() {
	}

	static void ask(Shell shell, TwinCanvas canvas) {
		if (canvas.picture().isEmpty()) {
			return;
		}
		Point size = canvas.control().getSize();
		PictureDialog wanted = new PictureDialog(shell, new PictureWish(Math.max(1, size.x * FACTOR), Math.max(1, size.y * FACTOR), PictureWish.Ground.SCREEN));
		if (wanted.open() != Window.OK) {
			return;
		}
		FileDialog dialog = new FileDialog(shell, SWT.SAVE);
		dialog.setText("Save Picture");
		dialog.setFilterExtensions(new String[] { "*.png" });
		dialog.setFileName("twin.png");
		dialog.setOverwrite(true);
		String file = dialog.open();
		if (file != null && !canvas.control().isDisposed()) {
			save(Path.of(file), canvas, wanted.wish());
		}
	}

	/** Saves it. UI thread; returns at once. */
	static Job save(Path file, TwinCanvas canvas, PictureWish wish) {
		Point size = canvas.control().getSize();
		float scale = wish.scale(size.x, size.y);
		Camera camera = wish.camera(canvas.camera(), canvas.aspect());
		GlyphSource glyphs = new GlyphSource(canvas.control().getDisplay(), scale);
		SceneModel seen = canvas.picture().orElseThrow().scene();
		List<String> texts = new ArrayList<>(seen.labels().stream().map(SceneModel.Label::text).toList());
		texts.add(seen.headline().sentence());
		glyphs.add(texts);
		GlyphAtlas atlas = glyphs.atlas();
		CompletableFuture<SceneModel> scene = wish.ground() == PictureWish.Ground.SCREEN ? CompletableFuture.completedFuture(seen)
				: canvas.scene(view -> view.withPalette(wish.ground().of(view.palette())));
		Job job = new Job("Save picture of the twin") {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				monitor.beginTask("Drawing " + wish.width() + " × " + wish.height(), UNITS);
				try {
					int[] done = new int[1];
					PictureFile.write(file, FrameBuilder.build(scene.get(), camera, wish.width(), wish.height(), scale, atlas, wish.budget(scale)), share -> {
						int now = (int) (share * UNITS);
						monitor.worked(now - done[0]);
						done[0] = now;
						return !monitor.isCanceled();
					});
					return Status.OK_STATUS;
				} catch (CancellationException | InterruptedException e) {
					return Status.CANCEL_STATUS;
				} catch (GlUnavailableException | IOException | ExecutionException | RuntimeException e) {
					return new Status(IStatus.ERROR, BUNDLE, "The picture could not be saved to " + file + ": " + e.getMessage(), e);
				}
			}
		};
		job.setUser(true);
		job.schedule();
		return job;
	}
}
