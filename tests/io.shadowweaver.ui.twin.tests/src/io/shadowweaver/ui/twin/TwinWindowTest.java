// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.scene.draw.LabelPlacer;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.PastValues;
import io.shadowweaver.ui.core.Scenarios;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.TimeCursor;

/** The canvas, its mouse and keys and the time line, in a window of their own; and the editor in the workbench. */
class TwinWindowTest {
	private final IWorkbench workbench = PlatformUI.getWorkbench();
	private final Display display = workbench.getDisplay();
	private final Selection selection = workbench.getService(Selection.class);
	private final TimeCursor cursor = workbench.getService(TimeCursor.class);
	private final Scenarios scenarios = workbench.getService(Scenarios.class);
	private final Palettes palettes = workbench.getService(Palettes.class);
	private Shell shell;
	private TwinCanvas canvas;

	@BeforeEach
	void open() throws Exception {
		selection.select(List.of());
		shell = new Shell(display);
		shell.setLayout(new FillLayout());
		canvas = new TwinCanvas(shell, palettes);
		new TwinInputs(canvas, selection, new GroupHandle(scenarios), new Removal(scenarios), new BookmarkMenu(canvas, cursor, workbench.getService(io.shadowweaver.ui.core.SearchFilter.class),
				new Bookmarks(org.eclipse.core.runtime.preferences.InstanceScope.INSTANCE.getNode("io.shadowweaver.ui.twin.tests/views")), said -> {
					// nothing to say where nothing goes wrong
				}), () -> {
					// no second moment here
				});
		shell.setSize(700, 520);
		shell.open();
		show(1, false);
		await("the first picture", () -> canvas.picture().isPresent() && canvas.frames() > 0);
	}

	@AfterEach
	void close() {
		shell.dispose();
		selection.select(List.of());
		cursor.move(position -> position.at(Optional.empty()));
	}

	private void show(long version, boolean alerting) {
		canvas.frame(new Frame(null, SmallEstate.state(version, alerting), cursor.position(), selection.items(), PastValues.NOTHING));
	}

	private void await(String what, BooleanSupplier there) {
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!there.getAsBoolean()) {
			assertTrue(System.nanoTime() < deadline, what + " did not come");
			pump(20);
		}
	}

	private void pump(long millis) {
		long until = System.nanoTime() + millis * 1_000_000;
		do {
			while (display.readAndDispatch()) {
				// goes on
			}
			try {
				Thread.sleep(5);
			} catch (InterruptedException e) {
				throw new IllegalStateException(e);
			}
		} while (System.nanoTime() < until);
	}

	private static void send(Control control, int type, int x, int y, int button, int state) {
		Event event = new Event();
		event.x = x;
		event.y = y;
		event.button = button;
		event.stateMask = state;
		event.count = 1;
		control.notifyListeners(type, event);
	}

	private static void key(Control control, int type, int code, char character, int state) {
		Event event = new Event();
		event.keyCode = code;
		event.character = character;
		event.stateMask = state;
		control.notifyListeners(type, event);
	}

	private Point at(String id) {
		Node node = canvas.picture().orElseThrow().scene().node(id).orElseThrow();
		Vector3f at = Camera.project(canvas.camera().matrix(canvas.aspect()), node.x(), node.y(), node.height());
		Point size = canvas.control().getSize();
		return new Point(Math.round(at.x * size.x), Math.round(at.y * size.y));
	}

	@Test
	void theHandleOfAGroupIsPulledAndItsTrafficGrowsInAScenario() {
		Estates estates = workbench.getService(Estates.class);
		await("the estate of the workbench", () -> estates.active().isPresent());
		scenarios.entries().forEach(entry -> scenarios.remove(entry.id()));
		selection.select(Item.group("web"));
		canvas.frame(new Frame(null, SmallEstate.grouped(), cursor.position(), selection.items(), PastValues.NOTHING));
		await("the handle", () -> canvas.picture().filter(picture -> !picture.frame().handles().isEmpty()).isPresent());
		LabelPlacer.Placed handle = canvas.picture().orElseThrow().frame().handles().getFirst();
		int scale = Math.round(canvas.picture().orElseThrow().frame().width() / (float) canvas.control().getSize().x);
		int x = Math.round(handle.x() + handle.width() / 2) / scale;
		int y = Math.round(handle.y() + handle.height() / 2) / scale;
		Camera before = canvas.camera();
		send(canvas.control(), SWT.MouseDown, x, y, 1, 0);
		for (int pulled = 10; pulled <= GroupHandle.DOUBLES; pulled += 10) {
			send(canvas.control(), SWT.MouseMove, x, y - pulled, 1, SWT.BUTTON1);
		}
		send(canvas.control(), SWT.MouseUp, x, (int) (y - GroupHandle.DOUBLES), 1, SWT.BUTTON1);
		Scenarios.Entry entry = scenarios.shown().orElseThrow();
		assertEquals(List.of(Change.Traffic.of("group:web", 2)), entry.scenario().changes());
		assertEquals(before, canvas.camera(), "the camera stands still");
		assertEquals(List.of(Item.group("web")), selection.items());
		scenarios.undo(entry.id());
		assertEquals(List.of(), scenarios.shown().orElseThrow().scenario().changes(), "the whole pull is one step");
		scenarios.remove(entry.id());
	}

	@Test
	void theHandleOfItsMembersScalesAGroupBesideItsTraffic() {
		Estates estates = workbench.getService(Estates.class);
		await("the estate of the workbench", () -> estates.active().isPresent());
		scenarios.entries().forEach(entry -> scenarios.remove(entry.id()));
		selection.select(Item.group("web"));
		canvas.frame(new Frame(null, SmallEstate.grouped(), cursor.position(), selection.items(), PastValues.NOTHING));
		await("both handles", () -> canvas.picture().filter(picture -> picture.frame().handles().size() == 2).isPresent());
		LabelPlacer.Placed handle = canvas.picture().orElseThrow().frame().handles().get(1);
		assertEquals("members:group:web", handle.label().subject());
		int scale = Math.round(canvas.picture().orElseThrow().frame().width() / (float) canvas.control().getSize().x);
		int x = Math.round(handle.x() + handle.width() / 2) / scale;
		int y = Math.round(handle.y() + handle.height() / 2) / scale;
		send(canvas.control(), SWT.MouseDown, x, y, 1, 0);
		send(canvas.control(), SWT.MouseMove, x, y - (int) GroupHandle.DOUBLES, 1, SWT.BUTTON1);
		send(canvas.control(), SWT.MouseUp, x, y - (int) GroupHandle.DOUBLES, 1, SWT.BUTTON1);
		Scenarios.Entry entry = scenarios.shown().orElseThrow();
		assertEquals(List.of(new Change.Scale("web", 2.)), entry.scenario().changes());
		assertEquals("Members of Web", entry.scenario().name());
		scenarios.remove(entry.id());
	}

	@Test
	void aResourceThatIsDraggedOutIsTakenOutInAScenario() {
		Estates estates = workbench.getService(Estates.class);
		await("the estate of the workbench", () -> estates.active().isPresent());
		scenarios.entries().forEach(entry -> scenarios.remove(entry.id()));
		Point from = at("web-12");
		Camera before = canvas.camera();
		send(canvas.control(), SWT.MouseDown, from.x, from.y, 1, SWT.MOD1);
		send(canvas.control(), SWT.MouseMove, 40, 300, 1, SWT.MOD1 | SWT.BUTTON1);
		send(canvas.control(), SWT.MouseUp, 2, 300, 1, SWT.MOD1 | SWT.BUTTON1);
		Scenarios.Entry entry = scenarios.shown().orElseThrow();
		assertEquals(List.of(new Change.Remove("web-12", io.shadowweaver.engine.whatif.When.NOW)), entry.scenario().changes());
		assertEquals(before, canvas.camera(), "the camera stands still");
		// dropped on another one it stays
		send(canvas.control(), SWT.MouseDown, from.x, from.y, 1, SWT.MOD1);
		Point other = at("web-11");
		send(canvas.control(), SWT.MouseMove, other.x, other.y, 1, SWT.MOD1 | SWT.BUTTON1);
		send(canvas.control(), SWT.MouseUp, other.x, other.y, 1, SWT.MOD1 | SWT.BUTTON1);
		assertEquals(1, scenarios.shown().orElseThrow().scenario().changes().size());
		selection.select(List.of(Item.resource("web-1"), Item.resource("web-2")));
		key(canvas.control(), SWT.KeyDown, SWT.DEL, SWT.DEL, 0);
		assertEquals(3, scenarios.shown().orElseThrow().scenario().changes().size());
		scenarios.undo(entry.id());
		assertEquals(1, scenarios.shown().orElseThrow().scenario().changes().size(), "both are one step");
		scenarios.remove(entry.id());
	}

	@Test
	void theRightButtonOnThePlateOfAZoneIsAboutTheZone() {
		var scene = canvas.picture().orElseThrow().scene();
		var zone = scene.places().stream().filter(place -> place.kind() == io.shadowweaver.scene.Place.Kind.ZONE && place.id().contains("z1")).findFirst().orElseThrow();
		Vector3f at = Camera.project(canvas.camera().matrix(canvas.aspect()), zone.x() + .12f, zone.y() + .12f, 0);
		Point size = canvas.control().getSize();
		send(canvas.control(), SWT.MouseDown, Math.round(at.x * size.x), Math.round(at.y * size.y), 3, 0);
		assertEquals(List.of(new Item(Item.Kind.ZONE, "r/z1")), selection.items());
	}

	@Test
	void idleDrawsNoFrame() {
		pump(1500);
		long before = canvas.frames();
		pump(2500);
		assertEquals(before, canvas.frames(), "frames were drawn although nothing changed");
	}

	@Test
	void whatPulsesIsDrawnAFewTimesASecondUntilItIsCalm() {
		show(2, true);
		await("the pulse", () -> canvas.picture().orElseThrow().frame().pulses());
		long before = canvas.frames();
		pump(2000);
		long drawn = canvas.frames() - before;
		assertTrue(drawn >= 4 && drawn <= 32, drawn + " frames in 2 s");
		show(3, false);
		await("calm", () -> !canvas.picture().orElseThrow().frame().pulses());
		pump(500);
		before = canvas.frames();
		pump(1000);
		assertEquals(before, canvas.frames());
	}

	@Test
	void aClickSelectsAndBesideAllSelectsNothing() {
		Point at = at("web-12");
		send(canvas.control(), SWT.MouseDown, at.x, at.y, 1, 0);
		send(canvas.control(), SWT.MouseUp, at.x, at.y, 1, 0);
		assertEquals(List.of(Item.resource("web-12")), selection.items());
		Point more = at("web-11");
		send(canvas.control(), SWT.MouseDown, more.x, more.y, 1, SWT.MOD1);
		send(canvas.control(), SWT.MouseUp, more.x, more.y, 1, SWT.MOD1);
		assertEquals(List.of(Item.resource("web-12"), Item.resource("web-11")), selection.items());
		send(canvas.control(), SWT.MouseDown, 2, 300, 1, 0);
		send(canvas.control(), SWT.MouseUp, 2, 300, 1, 0);
		assertEquals(List.of(), selection.items());
	}

	@Test
	void aBlockOfALargeEstateIsSelectedByAClickAndOpenedByADoubleClick() {
		canvas.frame(new Frame(null, SmallEstate.grouped(9000), cursor.position(), selection.items(), PastValues.NOTHING));
		await("the blocks", () -> !canvas.picture().orElseThrow().frame().detail().solids().isEmpty());
		canvas.fit();
		pump(600);
		var solid = canvas.picture().orElseThrow().frame().detail().solids().getFirst();
		var place = solid.block().place();
		Vector3f seen = Camera.project(canvas.camera().matrix(canvas.aspect()), place.centreX(), place.centreY(), solid.block().height() * solid.stretch());
		Point size = canvas.control().getSize();
		Point at = new Point(Math.round(seen.x * size.x), Math.round(seen.y * size.y));
		send(canvas.control(), SWT.MouseDown, at.x, at.y, 1, 0);
		send(canvas.control(), SWT.MouseUp, at.x, at.y, 1, 0);
		assertEquals(List.of(Item.group("web")), selection.items());
		send(canvas.control(), SWT.MouseDoubleClick, at.x, at.y, 1, 0);
		await("what is inside", () -> !canvas.picture().orElseThrow().frame().detail().isClosed(place.id())
				&& !canvas.picture().orElseThrow().frame().detail().nodes().isEmpty());
	}

	@Test
	void aDragTurnsShiftMovesAndTheWheelZooms() {
		Camera start = canvas.camera();
		send(canvas.control(), SWT.MouseDown, 300, 250, 1, 0);
		send(canvas.control(), SWT.MouseMove, 340, 270, 1, SWT.BUTTON1);
		send(canvas.control(), SWT.MouseUp, 340, 270, 1, 0);
		Camera turned = canvas.camera();
		assertNotEquals(start.azimuth(), turned.azimuth());
		assertNotEquals(start.elevation(), turned.elevation());
		assertEquals(List.of(), selection.items(), "a drag is no click");
		send(canvas.control(), SWT.MouseDown, 300, 250, 1, SWT.SHIFT);
		send(canvas.control(), SWT.MouseMove, 360, 250, 1, SWT.SHIFT | SWT.BUTTON1);
		send(canvas.control(), SWT.MouseUp, 360, 250, 1, SWT.SHIFT);
		assertNotEquals(turned.x(), canvas.camera().x());
		assertEquals(turned.azimuth(), canvas.camera().azimuth());
		send(canvas.control(), SWT.MouseVerticalWheel, 300, 250, 0, 0);
		assertTrue(canvas.camera().extent() < turned.extent());
	}

	@Test
	void theMouseOverABlockNamesIt() {
		Point at = at("web-12");
		send(canvas.control(), SWT.MouseMove, at.x, at.y, 0, 0);
		await("the label", () -> canvas.picture().orElseThrow().scene().labels().stream().anyMatch(label -> label.subject().equals("web-12")));
		send(canvas.control(), SWT.MouseExit, 0, 0, 0, 0);
		await("its end", () -> canvas.picture().orElseThrow().scene().labels().stream().noneMatch(label -> label.subject().equals("web-12")));
	}

	@Test
	void keysTurnZoomLookFromTheTopAndShowAll() {
		Camera start = canvas.camera();
		key(canvas.control(), SWT.KeyDown, SWT.ARROW_LEFT, '\0', 0);
		assertNotEquals(start.azimuth(), canvas.camera().azimuth());
		key(canvas.control(), SWT.KeyDown, '+', '+', 0);
		assertTrue(canvas.camera().extent() < start.extent());
		key(canvas.control(), SWT.KeyDown, 't', 't', 0);
		await("the view from the top", () -> canvas.camera().elevation() == 90);
		key(canvas.control(), SWT.KeyDown, 't', 't', 0);
		await("the view from the side", () -> canvas.camera().elevation() == Camera.ELEVATION);
		key(canvas.control(), SWT.KeyDown, 'p', 'p', 0);
		assertTrue(canvas.camera().perspective());
		key(canvas.control(), SWT.KeyDown, 'p', 'p', 0);
		key(canvas.control(), SWT.KeyDown, SWT.HOME, '\0', 0);
		await("all of it", () -> Math.abs(canvas.camera().extent() - start.extent()) < start.extent() * .2);
	}

	@Test
	void holdingNComparesAndLettingGoEndsIt() {
		key(canvas.control(), SWT.KeyDown, 'n', 'n', 0);
		await("the other shadow", () -> canvas.morph() == 1);
		assertTrue(canvas.picture().isPresent());
		key(canvas.control(), SWT.KeyUp, 'n', 'n', 0);
		await("the chosen shadow", () -> canvas.morph() == 0);
	}

	@Test
	void tabWalksThroughTheResourcesAndEscapeSelectsNothing() {
		Event event = new Event();
		event.detail = SWT.TRAVERSE_TAB_NEXT;
		event.doit = true;
		canvas.control().notifyListeners(SWT.Traverse, event);
		assertFalse(event.doit);
		Optional<Item> first = selection.first();
		assertTrue(first.isPresent());
		canvas.control().notifyListeners(SWT.Traverse, event);
		assertNotEquals(first, selection.first());
		key(canvas.control(), SWT.KeyDown, SWT.ESC, SWT.ESC, 0);
		assertEquals(List.of(), selection.items());
	}

	@Test
	void theTimeLineMovesTheCursorOfAllWindows() {
		TimelineStrip strip = new TimelineStrip(shell, cursor, selection, palettes);
		shell.layout();
		strip.show(TimelineShown.of(new Frame(null, SmallEstate.state(1, false), cursor.position(), List.of(), PastValues.NOTHING), null));
		pump(50);
		int width = strip.getClientArea().width;
		send(strip, SWT.MouseDown, width / 10, 50, 1, 0);
		send(strip, SWT.MouseUp, width / 10, 50, 1, 0);
		assertTrue(cursor.position().time().orElseThrow().isBefore(SmallEstate.NOW));
		key(strip, SWT.KeyDown, SWT.HOME, '\0', 0);
		assertEquals(Optional.empty(), cursor.position().time());
		key(strip, SWT.KeyDown, SWT.ARROW_RIGHT, '\0', 0);
		assertEquals(Optional.of(SmallEstate.NOW.plusSeconds(300)), cursor.position().time());
		key(strip, SWT.KeyDown, SWT.ARROW_LEFT, '\0', SWT.SHIFT);
		assertEquals(Optional.of(SmallEstate.NOW.minusSeconds(3300)), cursor.position().time());
		send(strip, SWT.MouseDown, (int) Math.round(width * .4) + 2, 50, 1, 0);
		send(strip, SWT.MouseUp, (int) Math.round(width * .4) + 2, 50, 1, 0);
		assertEquals(Optional.empty(), cursor.position().time(), "near now is now");
	}

	@Test
	void thePlayerMovesTheCursorToTheEndOfWhatIsPredictedAndStands() {
		Frame frame = new Frame(null, SmallEstate.state(1, false), cursor.position(), List.of(), PastValues.NOTHING);
		List<Runnable> later = new ArrayList<>();
		long[] nanos = { 0 };
		TimePlayer player = new TimePlayer(cursor, palettes, () -> Optional.of(frame), () -> TimePlayer.reach(frame), (millis, work) -> later.add(work), () -> nanos[0], () -> {
			// nothing shows it
		});
		player.speed(Duration.ofMinutes(5));
		player.toggle();
		nanos[0] = 2_000_000_000L;
		later.removeFirst().run();
		assertEquals(Optional.of(SmallEstate.NOW.plus(Duration.ofMinutes(10))), cursor.position().time());
		player.toggle();
		assertFalse(player.isPlaying());
		later.removeFirst().run();
		assertEquals(Optional.of(SmallEstate.NOW.plus(Duration.ofMinutes(10))), cursor.position().time(), "a step of before the pause counts no more");
		player.toggle();
		nanos[0] += Duration.ofDays(1).toNanos();
		later.removeFirst().run();
		assertFalse(player.isPlaying(), "it plays on behind the end");
		assertEquals(io.shadowweaver.scene.Timeline.forecastEnd(frame.state()), cursor.position().time());
		player.toggle();
		assertEquals(Optional.empty(), cursor.position().time(), "from the end it begins at now");
		player.stop();
	}

	@Test
	void theNextBreachIsSelectedWhereItIs() {
		Frame frame = new Frame(null, SmallEstate.state(1, true), cursor.position(), List.of(), PastValues.NOTHING);
		TimeBar bar = new TimeBar(shell, cursor, selection, palettes, () -> Optional.of(frame), () -> TimePlayer.reach(frame));
		bar.next();
		assertEquals(Optional.of(SmallEstate.NOW.plusSeconds(3600)), cursor.position().time());
		assertEquals(List.of(Item.resource("web-1")), selection.items());
	}

	@Test
	void aClickOnAHandleMakesNoScenario() {
		int before = scenarios.entries().size();
		GroupHandle handle = new GroupHandle(scenarios);
		Frame frame = new Frame(null, SmallEstate.grouped(), cursor.position(), List.of(Item.group("web")), PastValues.NOTHING);
		assertTrue(handle.grab("group:web", frame));
		handle.pull(1);
		handle.release();
		assertEquals(before, scenarios.entries().size());
		assertTrue(handle.grab("group:web", frame));
		handle.pull(80);
		handle.release();
		assertEquals(before + 1, scenarios.entries().size());
		scenarios.shown().ifPresent(entry -> scenarios.remove(entry.id()));
	}

	@Test
	void theEditorOpensOnceAndCanBeClosedAndOpenedAgain() throws Exception {
		IWorkbenchPage page = workbench.getActiveWorkbenchWindow().getActivePage();
		page.closeAllEditors(false);
		IEditorPart editor = page.openEditor(new TwinInput(), TwinEditor.ID);
		assertTrue(editor instanceof TwinEditor, String.valueOf(editor));
		assertTrue(((TwinEditor) editor).canvas().isPresent(), "the twin is drawn in two dimensions");
		assertEquals(editor, page.openEditor(new TwinInput(), TwinEditor.ID));
		pump(300);
		assertTrue(page.closeEditor(editor, false));
		pump(300);
		assertNotNull(page.openEditor(new TwinInput(), TwinEditor.ID));
		assertEquals(new TwinInput(), new TwinInputFactory().createElement(null));
	}

	@Test
	void whatIsChosenIsKeptForTheNextRun() {
		TwinSettings chosen = new TwinSettings(io.shadowweaver.scene.HeatMode.CONFIDENCE, io.shadowweaver.scene.ShadowStyle.BESIDE, false, true, true,
				new io.shadowweaver.scene.Arrangement("provider", Optional.of(true)));
		org.eclipse.ui.XMLMemento memento = org.eclipse.ui.XMLMemento.createWriteRoot("twin");
		chosen.save(memento);
		assertEquals(chosen, TwinSettings.restored(memento));
		assertEquals(TwinSettings.START, TwinSettings.restored(org.eclipse.ui.XMLMemento.createWriteRoot("empty")));
	}

	@Test
	void aSelectedAlertIsSeenAtItsResource() {
		selection.select(List.of(new Item(Item.Kind.ALERT, "a")));
		show(4, true);
		await("the outline", () -> canvas.picture().orElseThrow().scene().node("web-1").orElseThrow().selected());
	}

	@Test
	void theTwinInTwoDimensionsIsAView() throws Exception {
		IWorkbenchPage page = workbench.getActiveWorkbenchWindow().getActivePage();
		var view = page.showView(TreemapView.ID);
		assertTrue(view instanceof TreemapView);
		pump(500);
		page.hideView(view);
	}
}
