// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
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
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.PastValues;
import io.shadowweaver.ui.core.Scenarios;
import io.shadowweaver.ui.core.SearchFilter;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.TimeCursor;

class BookmarkTest {
	private static final Bookmark VIEW = new Bookmark(Optional.of(new Camera(3.5f, -2, 0, 120, 60, 9, true)),
			new CursorPosition(Optional.of(SmallEstate.NOW.plusSeconds(7200)), Duration.ofHours(4), "memory", .75, Shadow.Kind.PLANNED), "kind:vm",
			new TwinSettings(HeatMode.CONFIDENCE, ShadowStyle.BESIDE, false, true, false, Arrangement.USUAL.by("zone").withParticles(true)));

	private final IWorkbench workbench = PlatformUI.getWorkbench();
	private final Display display = workbench.getDisplay();
	private final TimeCursor cursor = workbench.getService(TimeCursor.class);
	private final SearchFilter filter = workbench.getService(SearchFilter.class);
	private final IEclipsePreferences node = InstanceScope.INSTANCE.getNode("io.shadowweaver.ui.twin.tests/bookmarks");
	private final Bookmarks kept = new Bookmarks(node);
	private final List<String> said = new ArrayList<>();
	private Shell shell;
	private TwinCanvas canvas;
	private BookmarkMenu menu;

	@BeforeEach
	void open() throws Exception {
		kept.all().forEach(entry -> kept.forget(entry.name()));
		shell = new Shell(display);
		shell.setLayout(new FillLayout());
		canvas = new TwinCanvas(shell, workbench.getService(Palettes.class));
		menu = new BookmarkMenu(canvas, cursor, filter, kept, said::add);
		new TwinInputs(canvas, workbench.getService(Selection.class), new GroupHandle(workbench.getService(Scenarios.class)),
				new Removal(workbench.getService(Scenarios.class)), menu, () -> {
					// no second moment here
				});
		shell.setSize(600, 400);
		shell.open();
		canvas.frame(new Frame(null, SmallEstate.state(1, false), cursor.position(), List.of(), PastValues.NOTHING));
		await("the first picture", () -> canvas.picture().isPresent());
	}

	@AfterEach
	void close() {
		shell.dispose();
		filter.clear();
		cursor.move(position -> CursorPosition.START);
		kept.all().forEach(entry -> kept.forget(entry.name()));
	}

	private void await(String what, BooleanSupplier there) {
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!there.getAsBoolean()) {
			assertTrue(System.nanoTime() < deadline, what + " did not come");
			if (!display.readAndDispatch()) {
				Thread.onSpinWait();
			}
		}
	}

	private void type(char character) {
		Event event = new Event();
		event.character = character;
		event.keyCode = character;
		canvas.control().notifyListeners(SWT.KeyDown, event);
	}

	@Test
	void aViewComesBackFromItsTextsAsItWas() {
		assertEquals(VIEW, Bookmark.of(VIEW.texts()));
		Bookmark plain = new Bookmark(Optional.empty(), CursorPosition.START, "", TwinSettings.START);
		assertEquals(plain, Bookmark.of(plain.texts()));
	}

	@Test
	void whatCannotBeUnderstoodIsAsInANewTwin() {
		Bookmark plain = new Bookmark(Optional.empty(), CursorPosition.START, "", TwinSettings.START);
		assertEquals(plain, Bookmark.of(Map.of()));
		assertEquals(plain, Bookmark.of(Map.of("camera", "1 2 3 NaN 5 6 perspective", "time", "yesterday", "heat", "LUKEWARM")));
		assertEquals(plain, Bookmark.of(Map.of("camera", "1 2", "level", "7", "horizon", "PT-1H")));
	}

	@Test
	void viewsAreKeptUnderAnyNameInTheOrderInWhichTheyWereMade() {
		kept.keep("Zone a/b: 50 %", VIEW);
		kept.keep("Anfang", new Bookmark(Optional.empty(), CursorPosition.START, "", TwinSettings.START));
		assertEquals(List.of("Zone a/b: 50 %", "Anfang"), new Bookmarks(node).all().stream().map(Bookmarks.Entry::name).toList());
		assertEquals(VIEW, kept.all().getFirst().view());
		kept.keep("Anfang", VIEW);
		assertEquals(VIEW, kept.all().get(1).view());
		kept.forget("Zone a/b: 50 %");
		assertEquals(List.of("Anfang"), kept.all().stream().map(Bookmarks.Entry::name).toList());
	}

	@Test
	void aDigitGoesBackToCameraTimeFilterAndArrangement() {
		kept.keep("first", VIEW);
		type('2');
		assertEquals(TwinSettings.START, canvas.settings(), "there is no second one");
		type('1');
		assertEquals(VIEW.settings(), canvas.settings());
		assertEquals(VIEW.cursor(), cursor.position());
		assertEquals("kind:vm", filter.query().text());
		await("the camera", () -> canvas.camera().equals(VIEW.camera().orElseThrow()));
		assertEquals(List.of(""), said);
		assertEquals(VIEW, menu.now());
	}

	@Test
	void aFilterThatFitsNoMoreIsSaidAndAllElseDone() {
		menu.go(new Bookmark(VIEW.camera(), VIEW.cursor(), "nosuchmetric>80%", VIEW.settings()));
		assertTrue(said.getLast().contains("nosuchmetric>80%"), said.toString());
		assertTrue(filter.query().isAll());
		assertEquals(VIEW.settings(), canvas.settings());
	}

	@Test
	void theMenuHasTheViewsWithTheirDigits() {
		kept.keep("first", VIEW);
		Menu shown = new Menu(shell);
		menu.fill(shown);
		assertEquals(List.of("first\t1", "", "Keep this view…", "Forget"), Arrays.stream(shown.getItems()).map(MenuItem::getText).toList());
		shown.getItem(0).notifyListeners(SWT.Selection, new Event());
		assertEquals(Instant.parse("2026-03-03T15:22:00Z"), cursor.position().time().orElseThrow());
		shown.dispose();
	}
}
