// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.scene.HeatMode;
import io.shadowweaver.ui.core.CursorPosition;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.TimeCursor;

/** Two moments side by side in the editor, with the estates of the workbench. */
class CompareWindowTest {
	private static final Instant PAST = Instant.parse("2026-03-03T13:22:00Z");

	private final IWorkbench workbench = PlatformUI.getWorkbench();
	private final Display display = workbench.getDisplay();
	private final IWorkbenchPage page = workbench.getActiveWorkbenchWindow().getActivePage();
	private final TimeCursor cursor = workbench.getService(TimeCursor.class);
	private TwinEditor twin;
	private TwinCanvas first;

	@BeforeEach
	void open() throws Exception {
		await("the estate of the workbench", () -> workbench.getService(Estates.class).active().isPresent());
		page.closeAllEditors(false);
		twin = (TwinEditor) page.openEditor(new TwinInput(), TwinEditor.ID);
		first = twin.canvas().orElseThrow();
		await("the first picture", () -> first.picture().isPresent());
	}

	@AfterEach
	void close() {
		page.closeAllEditors(false);
		cursor.move(position -> CursorPosition.START);
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

	private static void type(TwinCanvas canvas, char character) {
		Event event = new Event();
		event.character = character;
		event.keyCode = character;
		canvas.control().notifyListeners(SWT.KeyDown, event);
	}

	@Test
	void thisMomentStaysBesideWhileTheTimeLineMovesOn() {
		Instant ahead = first.frame().orElseThrow().now().plus(Duration.ofHours(3));
		cursor.move(position -> position.at(Optional.of(ahead)));
		type(first, 'c');
		TwinCanvas second = twin.compare().other().orElseThrow();
		await("the moment", () -> second.frame().filter(frame -> frame.cursor().time().equals(Optional.of(ahead))).isPresent());
		cursor.move(position -> position.at(Optional.empty()).withMetric("memory"));
		await("the time line", () -> first.frame().orElseThrow().cursor().time().isEmpty());
		await("the metric in both", () -> second.frame().orElseThrow().cursor().metric().equals("memory"));
		assertEquals(Optional.of(ahead), second.frame().orElseThrow().cursor().time());
		type(second, 'c');
		assertTrue(twin.compare().other().isEmpty());
		assertTrue(second.control().isDisposed());
	}

	@Test
	void whatMovesOneCameraMovesBoth() {
		twin.compare().show(Moment.NOW);
		TwinCanvas second = twin.compare().other().orElseThrow();
		await("the second picture", () -> second.picture().isPresent());
		assertEquals(first.camera(), second.camera());
		first.camera(first.camera().orbit(40, 5));
		assertEquals(first.camera(), second.camera());
		second.camera(second.camera().zoom(.5f));
		assertEquals(second.camera(), first.camera());
		assertEquals(first.control().toDisplay(0, 0).y, second.control().toDisplay(0, 0).y, "both stand at the same height");
		assertEquals(first.control().getSize().y, second.control().getSize().y);
		first.settings(first.settings().with(HeatMode.CONFIDENCE));
		assertEquals(first.settings(), second.settings());
	}

	@Test
	void aMomentOfThePastIsReadForTheSecondOneAlone() {
		Instant ago = first.frame().orElseThrow().now().minus(Duration.ofHours(1));
		twin.compare().show(Moment.at(ago));
		TwinCanvas second = twin.compare().other().orElseThrow();
		await("the past", () -> second.frame().filter(frame -> frame.isPast() && frame.past().complete() && frame.past().time().equals(ago)).isPresent());
		assertFalse(first.frame().orElseThrow().isPast());
	}

	@Test
	void momentsSayWhatTheyAre() {
		CursorPosition shared = CursorPosition.START.withMetric("memory");
		assertEquals(shared.withHorizon(Duration.ofDays(1)), Moment.ahead(Duration.ofDays(1)).from(shared.at(Optional.of(PAST))));
		assertEquals(shared.at(Optional.of(PAST)), Moment.at(PAST).from(shared));
		assertEquals(Moment.at(PAST), Moment.of(shared.at(Optional.of(PAST))));
		assertEquals("Tue 3 Mar 13:22", Moment.at(PAST).text(ZoneOffset.UTC));
		assertEquals("now and 24 h ahead", Moment.ahead(Duration.ofDays(1)).text(ZoneOffset.UTC));
		assertEquals("now", Moment.NOW.text(ZoneOffset.UTC));
		Menu menu = new Menu(first.control());
		twin.compare().fill(menu);
		assertEquals("A week ago", Arrays.stream(menu.getItems()).map(MenuItem::getText).reduce((a, b) -> b).orElseThrow());
		menu.dispose();
	}
}
