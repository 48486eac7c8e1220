// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.PastValues;
import io.shadowweaver.ui.core.Scenarios;
import io.shadowweaver.ui.core.SearchFilter;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.Spoken;
import io.shadowweaver.ui.core.TimeCursor;

/** The twin without a mouse, and what a screen reader says meanwhile. */
class KeyboardWindowTest {
	private static final int[] ARROWS = { SWT.ARROW_LEFT, SWT.ARROW_RIGHT, SWT.ARROW_UP, SWT.ARROW_DOWN };

	private final IWorkbench workbench = PlatformUI.getWorkbench();
	private final Display display = workbench.getDisplay();
	private final Selection selection = workbench.getService(Selection.class);
	private final TimeCursor cursor = workbench.getService(TimeCursor.class);
	private final Scenarios scenarios = workbench.getService(Scenarios.class);
	private final List<String> went = new ArrayList<>();
	private Shell shell;
	private TwinCanvas canvas;
	private TwinKeys keys;

	@BeforeEach
	void open() throws Exception {
		selection.select(List.of());
		shell = new Shell(display);
		shell.setLayout(new FillLayout());
		canvas = new TwinCanvas(shell, workbench.getService(Palettes.class));
		TwinInputs inputs = new TwinInputs(canvas, selection, new GroupHandle(scenarios), new Removal(scenarios),
				new BookmarkMenu(canvas, cursor, workbench.getService(SearchFilter.class), new Bookmarks(InstanceScope.INSTANCE.getNode("io.shadowweaver.ui.twin.tests/keys")), said -> {
					// nothing goes wrong
				}), () -> {
					// no second moment here
				});
		keys = new TwinKeys(canvas, selection, new GroupHandle(scenarios), cursor, new TwinKeys.Ways() {
			@Override
			public void play() {
				went.add("play");
			}

			@Override
			public void search() {
				went.add("search");
			}

			@Override
			public void sheet() {
				went.add("sheet");
			}
		});
		inputs.first(keys::took);
		shell.setSize(700, 520);
		shell.open();
	}

	@AfterEach
	void close() {
		shell.dispose();
		selection.select(List.of());
		cursor.move(position -> position.at(Optional.empty()));
	}

	private void await(String what, BooleanSupplier there) {
		long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		while (!there.getAsBoolean()) {
			assertTrue(System.nanoTime() < deadline, what + " did not come");
			if (!display.readAndDispatch()) {
				Thread.onSpinWait();
			}
		}
	}

	/** Shows a state with what is selected now. */
	private void show(WeaverState state) {
		Frame frame = new Frame(null, state, cursor.position(), selection.items(), PastValues.NOTHING);
		Set<String> wanted = TwinSettings.places(selection.items(), state);
		canvas.frame(frame);
		await("the picture", () -> canvas.picture().filter(picture -> picture.scene().view().selection().equals(wanted) && picture.scene().version() == state.version()).isPresent());
	}

	private void press(int code, char character, int state) {
		press(canvas.control(), code, character, state);
	}

	private static void press(Control control, int code, char character, int state) {
		Event event = new Event();
		event.keyCode = code;
		event.character = character;
		event.stateMask = state;
		control.notifyListeners(SWT.KeyDown, event);
	}

	private void letter(char letter) {
		press(letter, letter, 0);
	}

	private String said() {
		return Spoken.of(canvas.control()).orElseThrow().description().replace('\u00a0', ' ');
	}

	@Test
	void arrowsWalkToEveryResourceAsItIsSeen() {
		WeaverState state = SmallEstate.state(1, false);
		show(state);
		press(SWT.ARROW_RIGHT, '\0', SWT.MOD1);
		assertEquals(1, selection.items().size(), "from nothing the one in the middle is selected");
		Deque<Item> open = new ArrayDeque<>(selection.items());
		Set<String> reached = new TreeSet<>();
		reached.add(open.getFirst().id());
		Camera camera = canvas.camera();
		while (!open.isEmpty()) {
			Item from = open.removeFirst();
			for (int arrow : ARROWS) {
				selection.select(from);
				show(state);
				Point before = place(from.id());
				press(arrow, '\0', SWT.MOD1);
				Item to = selection.first().orElseThrow();
				Point after = place(to.id());
				if (!to.equals(from)) {
					boolean right = switch (arrow) {
					case SWT.ARROW_LEFT -> after.x < before.x;
					case SWT.ARROW_RIGHT -> after.x > before.x;
					case SWT.ARROW_UP -> after.y < before.y;
					default -> after.y > before.y;
					};
					assertTrue(right, from + " at " + before + " to " + to + " at " + after);
				}
				if (reached.add(to.id())) {
					open.add(to);
				}
			}
		}
		assertEquals(12, reached.size(), reached.toString());
		assertEquals(camera, canvas.camera(), "the camera stands still");
	}

	private Point place(String id) {
		var node = canvas.picture().orElseThrow().scene().node(id).orElseThrow();
		return canvas.project(node.x(), node.y(), node.height() / 2).orElseThrow();
	}

	@Test
	void aWalksTheAlertsAndItIsSaidWhatBreaksAndWhen() {
		WeaverState state = SmallEstate.state(2, true);
		show(state);
		letter('a');
		assertEquals(List.of(new Item(Item.Kind.ALERT, "a")), selection.items());
		show(state);
		assertTrue(said().startsWith("web-1, CPU 7 %, predicted 93 %") && said().contains("critical breach at ") && said().endsWith(", in 60 min."), said());
		show(SmallEstate.state(3, false));
		letter('a');
		assertTrue(said().startsWith("There is no alert."), said());
	}

	@Test
	void whatIsSaidFollowsTheSelection() {
		WeaverState state = SmallEstate.state(1, false);
		show(state);
		assertEquals("Twin of Small estate", Spoken.of(canvas.control()).orElseThrow().name());
		assertEquals(canvas.picture().orElseThrow().scene().headline().sentence().replace('\u00a0', ' '), said());
		selection.select(Item.resource("web-7"));
		show(state);
		assertEquals("web-7, CPU 50 %.", said());
	}

	@Test
	void aHandleIsTakenChangedKeptAndTakenBack() {
		await("the estate of the workbench", () -> workbench.getService(Estates.class).active().isPresent());
		scenarios.entries().forEach(entry -> scenarios.remove(entry.id()));
		selection.select(Item.group("web"));
		WeaverState state = SmallEstate.grouped();
		show(state);
		await("both handles", () -> canvas.picture().orElseThrow().frame().handles().size() == 2);
		Camera camera = canvas.camera();
		letter('h');
		assertEquals("group:web", keys.held());
		assertTrue(said().startsWith("Traffic of Web × 1.00"), said());
		for (int i = 0; i < 8; i++) {
			press(SWT.ARROW_UP, '\0', 0);
		}
		assertTrue(said().startsWith("Traffic of Web × 2.00"), said());
		assertEquals(camera, canvas.camera(), "the arrows are the handle's");
		press(SWT.CR, '\r', 0);
		assertEquals("", keys.held());
		Scenarios.Entry entry = scenarios.shown().orElseThrow();
		assertEquals(List.of(Change.Traffic.of("group:web", 2)), entry.scenario().changes());
		letter('h');
		letter('h');
		assertEquals("members:group:web", keys.held());
		press(SWT.PAGE_DOWN, '\0', 0);
		assertEquals(2, scenarios.shown().orElseThrow().scenario().changes().size());
		press(SWT.ESC, SWT.ESC, 0);
		assertEquals("", keys.held());
		assertEquals(List.of(Change.Traffic.of("group:web", 2)), scenarios.shown().orElseThrow().scenario().changes(), "it was taken back");
		assertEquals(List.of(Item.group("web")), selection.items(), "Escape was the handle's");
		letter('h');
		letter('h');
		letter('h');
		assertEquals("", keys.held(), "behind the last one there is none");
		press(SWT.ARROW_LEFT, '\0', 0);
		assertNotEquals(camera, canvas.camera(), "the arrows are the camera's again");
		scenarios.remove(entry.id());
	}

	@Test
	void withoutAGroupThereIsNoHandleAndItIsSaid() {
		show(SmallEstate.state(1, false));
		letter('h');
		assertEquals("", keys.held());
		assertTrue(said().startsWith("There is no handle"), said());
	}

	@Test
	void timeIsMovedFromTheScene() {
		show(SmallEstate.state(1, false));
		letter('.');
		letter('.');
		letter(',');
		assertEquals(Optional.of(SmallEstate.NOW.plusSeconds(300)), cursor.position().time());
		press('.', '>', SWT.SHIFT);
		press('.', '>', SWT.SHIFT);
		press(',', '<', SWT.SHIFT);
		assertEquals(Optional.of(SmallEstate.NOW.plusSeconds(3900)), cursor.position().time());
		letter('0');
		assertEquals(Optional.empty(), cursor.position().time());
	}

	@Test
	void theTimeLineSaysWhereItStandsAndWhatComesNext() {
		TimelineStrip strip = new TimelineStrip(shell, cursor, selection, workbench.getService(Palettes.class));
		strip.show(TimelineShown.of(new Frame(null, SmallEstate.state(1, true), cursor.position(), List.of(), PastValues.NOTHING), null));
		Spoken spoken = Spoken.of(strip).orElseThrow();
		assertEquals("now", spoken.value());
		assertTrue(spoken.description().startsWith("Act by ") && spoken.description().contains("Breach "), spoken.description());
		press(strip, SWT.ARROW_RIGHT, '\0', SWT.SHIFT);
		assertTrue(spoken.value().replace('\u00a0', ' ').endsWith(", in 60 min"), spoken.value());
		press(strip, SWT.PAGE_DOWN, '\0', 0);
		assertEquals("No mark behind it.", spoken.description());
	}

	@Test
	void signsLeadToTheSearchThePlayerAndTheSheet() {
		show(SmallEstate.state(1, false));
		letter('/');
		letter(' ');
		press('/', '?', SWT.SHIFT);
		assertEquals(List.of("search", "play", "sheet"), went);
	}

	@Test
	void theMenuOpensAtWhatIsSelected() {
		WeaverState state = SmallEstate.state(1, false);
		selection.select(Item.resource("web-12"));
		show(state);
		Event event = new Event();
		event.detail = SWT.MENU_KEYBOARD;
		canvas.control().notifyListeners(SWT.MenuDetect, event);
		assertEquals(canvas.control().toDisplay(place("web-12")), new Point(event.x, event.y));
		Event mouse = new Event();
		mouse.detail = SWT.MENU_MOUSE;
		mouse.x = 17;
		canvas.control().notifyListeners(SWT.MenuDetect, mouse);
		assertEquals(17, mouse.x, "by the mouse it opens at the mouse");
	}

	@Test
	void enterGoesNearToAnAlertToo() {
		WeaverState state = SmallEstate.state(2, true);
		selection.select(new Item(Item.Kind.ALERT, "a"));
		show(state);
		Camera far = canvas.camera();
		press(SWT.CR, '\r', 0);
		await("the flight", () -> Math.abs(canvas.camera().x() - canvas.picture().orElseThrow().scene().node("web-1").orElseThrow().x()) < .01);
		assertTrue(canvas.camera().extent() <= far.extent());
	}

	@Test
	void inTheEditorTheKeysLeadOn() throws Exception {
		IWorkbenchPage page = workbench.getActiveWorkbenchWindow().getActivePage();
		TwinEditor editor = (TwinEditor) page.openEditor(new TwinInput(), TwinEditor.ID);
		Control scene = editor.canvas().orElseThrow().control();
		workbench.getActiveWorkbenchWindow().getShell().forceActive();
		await("the window", () -> scene.isVisible());
		scene.setFocus();
		press(scene, SWT.F6, '\0', 0);
		assertTrue(display.getFocusControl() instanceof TimelineStrip, String.valueOf(display.getFocusControl()));
		press(display.getFocusControl(), SWT.F6, '\0', 0);
		assertEquals("Search", Spoken.of(display.getFocusControl()).orElseThrow().name());
		press(display.getFocusControl(), SWT.F6, '\0', SWT.SHIFT);
		press(display.getFocusControl(), SWT.F6, '\0', SWT.SHIFT);
		assertEquals(scene, display.getFocusControl());
		press(scene, '/', '/', 0);
		assertEquals("Search", Spoken.of(display.getFocusControl()).orElseThrow().name());
		scene.setFocus();
	}

	private static List<Table> tables(Composite root) {
		List<Table> found = new ArrayList<>();
		for (Control child : root.getChildren()) {
			if (child instanceof Table table) {
				found.add(table);
			} else if (child instanceof Composite composite) {
				found.addAll(tables(composite));
			}
		}
		return found;
	}

	@Test
	void theSheetAndItsPageSayTheSame() throws Exception {
		KeySheet sheet = new KeySheet(shell);
		sheet.setBlockOnOpen(false);
		sheet.open();
		assertEquals(KeySheet.LINES.size(), tables(sheet.getShell()).getFirst().getItemCount());
		sheet.close();
		String page = Files.readString(Path.of(System.getProperty("shadowweaver.root")).resolve("docs/keys.md"));
		for (KeySheet.Line line : KeySheet.LINES) {
			String row = "| " + line.where() + " | " + line.keys() + " | " + line.does() + " |";
			assertTrue(page.contains(row), "docs/keys.md lacks: " + row);
		}
	}
}
