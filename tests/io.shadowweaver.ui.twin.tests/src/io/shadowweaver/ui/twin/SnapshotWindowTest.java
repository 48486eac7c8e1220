// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.scene.Arrangement;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.HeatMode;
import io.shadowweaver.scene.ShadowStyle;
import io.shadowweaver.ui.core.CursorPosition;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.SearchFilter;
import io.shadowweaver.ui.core.TimeCursor;

/** A snapshot from a twin into a file, and out of it into the workbench. */
class SnapshotWindowTest {
	private static final Bookmark VIEW = new Bookmark(Optional.of(new Camera(1, 2, 0, 200, 50, 12, false)),
			new CursorPosition(Optional.of(SmallEstate.NOW.plusSeconds(3600)), Duration.ofHours(2), "cpu", .75, Shadow.Kind.PLANNED), "name:web-1*",
			new TwinSettings(HeatMode.CONFIDENCE, ShadowStyle.BESIDE, false, false, true, Arrangement.USUAL.by("zone")));

	private final IWorkbench workbench = PlatformUI.getWorkbench();
	private final Display display = workbench.getDisplay();
	private final Estates estates = workbench.getService(Estates.class);
	private final IWorkbenchPage page = workbench.getActiveWorkbenchWindow().getActivePage();
	private Path folder;
	private String before;

	@BeforeEach
	void open() throws Exception {
		folder = Files.createTempDirectory("snapshot");
		await("the estate of the workbench", () -> estates.active().isPresent());
		before = estates.active().orElseThrow().id();
	}

	@AfterEach
	void close() throws Exception {
		for (EstateHandle estate : estates.all()) {
			if (estate.snapshot().isPresent()) {
				estates.backend().orElseThrow().disconnect(estate.id());
			}
		}
		estates.activate(before);
		workbench.getService(SearchFilter.class).clear();
		workbench.getService(TimeCursor.class).move(position -> CursorPosition.START);
		page.closeAllEditors(false);
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

	private IStatus end(Job job) {
		await("the end of " + job.getName(), () -> job.getResult() != null);
		return job.getResult();
	}

	@Test
	void aSnapshotOpensAsAnEstateThatIsSeenAsItWasSeen() throws Exception {
		Path file = folder.resolve("small.swsnap");
		assertTrue(end(SnapshotExport.save(file, SmallEstate.state(7, true), VIEW)).isOK());
		assertTrue(end(OpenSnapshotHandler.open(file, page)).isOK());
		await("the estate", () -> estates.active().flatMap(EstateHandle::snapshot).isPresent());
		await("the twin", () -> page.getActiveEditor() instanceof TwinEditor);
		TwinCanvas canvas = ((TwinEditor) page.getActiveEditor()).canvas().orElseThrow();
		await("its picture from there", () -> canvas.picture().isPresent() && canvas.picture().get().scene().node("web-1").isPresent()
				&& canvas.camera().equals(VIEW.camera().orElseThrow()));
		assertEquals(VIEW, ((TwinEditor) page.getActiveEditor()).bookmarks().now());
		assertEquals(1, canvas.frame().orElseThrow().state().alerts().size());
		assertTrue(estates.active().orElseThrow().name().contains("snapshot of 3 Mar 2026"));
		estates.backend().orElseThrow().disconnect(estates.active().orElseThrow().id());
		await("the estate before", () -> estates.active().filter(now -> now.snapshot().isEmpty()).isPresent());
		assertTrue(Files.exists(file), "the file stays");
	}

	@Test
	void whatIsNoSnapshotIsSaidAndNothingOpens() throws Exception {
		Path file = folder.resolve("a.swsnap");
		Files.writeString(file, "something else");
		IStatus status = end(OpenSnapshotHandler.open(file, page));
		assertEquals(IStatus.ERROR, status.getSeverity());
		assertTrue(status.getMessage().contains("is no snapshot"), status.getMessage());
		assertTrue(estates.all().stream().allMatch(estate -> estate.snapshot().isEmpty()));
	}
}
