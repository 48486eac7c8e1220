// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Palette;
import io.shadowweaver.ui.core.CursorPosition;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.PastValues;

class PictureExportTest {
	private final IWorkbench workbench = PlatformUI.getWorkbench();
	private final Display display = workbench.getDisplay();
	private Shell shell;
	private TwinCanvas canvas;
	private Path folder;

	@BeforeEach
	void open() throws Exception {
		folder = Files.createTempDirectory("picture");
		shell = new Shell(display);
		shell.setLayout(new FillLayout());
		canvas = new TwinCanvas(shell, workbench.getService(Palettes.class));
		shell.setSize(500, 400);
		shell.open();
		canvas.frame(new Frame(null, SmallEstate.state(1, false), CursorPosition.START, List.of(), PastValues.NOTHING));
		await("the first picture", () -> canvas.picture().isPresent());
	}

	@AfterEach
	void close() throws Exception {
		shell.dispose();
		try (var files = Files.list(folder)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
		Files.delete(folder);
	}

	private void await(String what, BooleanSupplier there) {
		long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
		while (!there.getAsBoolean()) {
			assertTrue(System.nanoTime() < deadline, what + " did not come");
			if (!display.readAndDispatch()) {
				Thread.onSpinWait();
			}
		}
	}

	private ImageData save(PictureWish wish) {
		Path file = folder.resolve("twin.png");
		Job job = PictureExport.save(file, canvas, wish);
		await("the end of the Job", () -> job.getResult() != null);
		assertEquals(IStatus.OK, job.getResult().getSeverity(), job.getResult().getMessage());
		return new ImageData(file.toString());
	}

	private static int corner(ImageData image) {
		RGB rgb = image.palette.getRGB(image.getPixel(image.width - 1, image.height - 1));
		return rgb.red << 16 | rgb.green << 8 | rgb.blue;
	}

	@Test
	void aPictureHasTheSizeAndTheGroundThatAreWanted() {
		ImageData light = save(new PictureWish(1203, 801, PictureWish.Ground.LIGHT));
		assertEquals(1203, light.width);
		assertEquals(801, light.height);
		assertEquals(Palette.LIGHT.ground(), corner(light));
		assertEquals(Palette.DARK.ground(), corner(save(new PictureWish(320, 200, PictureWish.Ground.DARK))));
	}

	@Test
	void aSlimPictureShowsAllThatIsSeen() {
		Camera shown = new Camera(0, 0, 0, 45, 38, 10, false);
		assertEquals(20, new PictureWish(500, 500, PictureWish.Ground.SCREEN).camera(shown, 2).extent(), 1e-4);
		assertEquals(10, new PictureWish(1500, 500, PictureWish.Ground.SCREEN).camera(shown, 2).extent(), 1e-4);
		assertEquals(1, new PictureWish(300, 200, PictureWish.Ground.SCREEN).scale(600, 400), 1e-6);
		assertEquals(2, new PictureWish(1200, 900, PictureWish.Ground.SCREEN).scale(600, 400), 1e-6);
		assertEquals(1500, new PictureWish(300, 200, PictureWish.Ground.SCREEN).budget(1));
		assertEquals(26_785, new PictureWish(20_000, 15_000, PictureWish.Ground.SCREEN).budget(4));
		assertEquals(4, new PictureWish(60_000, 40_000, PictureWish.Ground.SCREEN).scale(600, 400), 1e-6);
	}

	@Test
	void whatCannotBeSavedIsSaid() {
		Path nowhere = folder.resolve("none").resolve("twin.png");
		Job job = PictureExport.save(nowhere, canvas, new PictureWish(100, 100, PictureWish.Ground.SCREEN));
		await("the end of the Job", () -> job.getResult() != null);
		assertEquals(IStatus.ERROR, job.getResult().getSeverity());
		assertTrue(job.getResult().getMessage().contains(nowhere.toString()), job.getResult().getMessage());
	}
}
