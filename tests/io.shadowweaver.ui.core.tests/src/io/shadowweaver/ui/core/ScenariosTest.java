// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioFile;

class ScenariosTest {
	private static final Scenario TWICE = Scenario.of("Twice", Change.Traffic.of(Change.ESTATE, 2));

	@TempDir
	Path directory;

	private final Display display = Display.getDefault();
	private final FeedEstate estate = new FeedEstate();
	private Estates estates;
	private Scenarios scenarios;

	@BeforeEach
	void open() {
		estates = new Estates(display, () -> estate, "", id -> {
			// not kept
		});
		scenarios = new Scenarios(display, estates, store());
		pump(() -> estates.active().isPresent(), "the estate is not active");
	}

	private ScenarioStore store() {
		return new ScenarioStore(Optional.of(directory));
	}

	@AfterEach
	void close() {
		scenarios.close();
		estates.close();
	}

	private void pump(BooleanSupplier until, String problem) {
		long end = System.nanoTime() + 10_000_000_000L;
		while (!until.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, problem);
			if (!display.readAndDispatch()) {
				Thread.onSpinWait();
			}
		}
	}

	private Scenarios.Entry entry(String id) {
		return scenarios.entry(id).orElseThrow();
	}

	@Test
	void aScenarioIsSolvedKeptChangedAndUndone() throws Exception {
		String id = scenarios.add(TWICE);
		assertEquals("twice", id);
		pump(() -> entry(id).imagined().isPresent(), "it was not solved");
		Path file = directory.resolve("test").resolve("twice.json");
		pump(() -> Files.exists(file), "it was not kept");
		assertFalse(entry(id).canUndo());
		scenarios.edit(id, old -> new Scenario("Three times", "", List.of(Change.Traffic.of(Change.ESTATE, 3))));
		pump(() -> entry(id).imagined().filter(one -> one.outcome().scenario().name().equals("Three times")).isPresent(), "the change was not solved");
		scenarios.undo(id);
		assertEquals(TWICE, entry(id).scenario());
		assertTrue(entry(id).canRedo() && !entry(id).canUndo());
		scenarios.redo(id);
		assertEquals("Three times", entry(id).scenario().name());
		pump(() -> "Three times".equals(kept(file)), "the last step was not kept");
		scenarios.remove(id);
		assertEquals(List.of(), scenarios.entries());
		pump(() -> !Files.exists(file), "the file is still there");
	}

	private static String kept(Path file) {
		try {
			return ScenarioFile.read(file).name();
		} catch (Exception e) {
			return e.getMessage();
		}
	}

	@Test
	void whatIsDraggedIsUndoneAsOne() {
		String id = scenarios.add(TWICE);
		for (double factor = 2.1; factor < 3; factor += .1) {
			double now = factor;
			scenarios.drag(id, old -> new Scenario(old.name(), "", List.of(Change.Traffic.of(Change.ESTATE, now))));
		}
		scenarios.edit(id, old -> old);
		scenarios.edit(id, old -> new Scenario("other", "", old.changes()));
		scenarios.undo(id);
		assertEquals("Twice", entry(id).scenario().name());
		scenarios.undo(id);
		assertEquals(TWICE, entry(id).scenario());
		assertFalse(entry(id).canUndo());
	}

	@Test
	void whatDoesNotFitIsSaidAndNothingElseIsLost() {
		String good = scenarios.add(TWICE);
		String bad = scenarios.add(Scenario.of("Bad", new Change.Remove("nowhere", null)));
		pump(() -> !entry(bad).problem().isEmpty() && entry(good).imagined().isPresent(), "they were not solved");
		assertTrue(entry(bad).problem().contains("there is no resource nowhere"), entry(bad).problem());
		assertEquals("", entry(good).problem());
	}

	@Test
	void theOneThatIsShownIsTheStateOfAllParts() {
		Shell shell = new Shell(display);
		shell.setLayout(new FillLayout());
		EstateFeed feed = new EstateFeed(display, estates, new Selection(), new TimeCursor(), scenarios, FeedEstate.noFilter());
		AtomicReference<Frame> shown = new AtomicReference<>();
		feed.subscribe(new Composite(shell, 0), frame -> frame, shown::set, why -> {
			// there is an estate
		});
		shell.open();
		estate.tick(1);
		pump(() -> shown.get() != null && shown.get().state().version() == 1, "the real estate was not shown");
		assertEquals(Optional.empty(), shown.get().scenario());
		String id = scenarios.add(TWICE);
		scenarios.show(id);
		pump(() -> shown.get().scenario().equals(Optional.of(TWICE)), "the scenario was not shown");
		estate.tick(2);
		pump(() -> shown.get().state().version() == 2 && shown.get().scenario().equals(Optional.of(TWICE)), "the scenario does not follow the ticks");
		scenarios.show("");
		pump(() -> shown.get().scenario().isEmpty() && shown.get().state() == estate.state(), "the real estate was not shown again");
		feed.close();
		shell.dispose();
	}

	@Test
	void keptOnesAreThereAgainAndOneThatCannotBeReadStays() throws Exception {
		Path folder = Files.createDirectories(directory.resolve("test"));
		ScenarioFile.write(folder.resolve("a.json"), TWICE);
		Files.writeString(folder.resolve("b.json"), "oops");
		Scenarios again = new Scenarios(display, estates, store());
		pump(() -> !again.entries().isEmpty(), "they were not read");
		assertEquals(List.of("a"), again.entries().stream().map(Scenarios.Entry::id).toList());
		assertTrue(Files.exists(folder.resolve("b.json")));
		again.close();
	}

	@Test
	void idsAreNamesOfFilesAnywhere() {
		ScenarioStore store = store();
		assertEquals("black-friday", store.id("Black Friday!", Set.of()));
		assertEquals("black-friday-3", store.id("Black Friday", Set.of("black-friday", "black-friday-2")));
		assertEquals("scenario", store.id("双十一", Set.of()));
		assertEquals("uber", store.id("../Über", Set.of()));
		assertEquals(60, store.id("x".repeat(300), Set.of()).length());
	}

	@Test
	void whereThereIsNoWorkspaceKeepingSaysSo() {
		ScenarioStore nowhere = new ScenarioStore(Optional.empty());
		assertEquals(0, nowhere.read("test").size());
		assertThrows(IllegalStateException.class, () -> nowhere.write("test", "a", TWICE));
	}

	private static Scenario times(double factor) {
		return new Scenario("Twice", "", List.of(Change.Traffic.of(Change.ESTATE, factor)));
	}

	private Optional<Imagined> imagined(String id, double factor) {
		return entry(id).imagined().filter(one -> one.outcome().scenario().equals(times(factor)));
	}

	@Test
	void whatIsDraggedIsShownRoughlyAtOnceAndExactlyWhenItIsSolved() {
		estate.tick(1);
		String id = scenarios.add(TWICE);
		pump(() -> imagined(id, 2).isPresent(), "it was not solved");
		estate.slow = true;
		scenarios.hold("cpu");
		for (double factor : new double[] { 3, 4, 5 }) {
			scenarios.drag(id, old -> times(factor));
			pump(() -> imagined(id, factor).filter(Imagined::rough).isPresent(), "the effect of " + factor + " was not shown, since the exact solution takes long");
		}
		pump(() -> estate.cancelled.get() > 0, "a solution that nobody wants any more goes on");
		estate.slow = false;
		pump(() -> imagined(id, 5).filter(one -> !one.rough()).isPresent(), "the rough solution was not replaced");
		scenarios.letGo();
		scenarios.edit(id, old -> old);
		scenarios.undo(id);
		pump(() -> imagined(id, 2).filter(one -> !one.rough()).isPresent(), "a rough solution stays in place of what was taken back");
	}

	@Test
	void whatIsRoughGoesToThosePartsThatMarkItAndTheOthersWait() {
		Shell shell = new Shell(display);
		shell.setLayout(new FillLayout());
		EstateFeed feed = new EstateFeed(display, estates, new Selection(), new TimeCursor(), scenarios, FeedEstate.noFilter());
		List<Frame> marking = new java.util.concurrent.CopyOnWriteArrayList<>();
		List<Frame> waiting = new java.util.concurrent.CopyOnWriteArrayList<>();
		feed.subscribe(new Composite(shell, 0), frame -> frame, marking::add, why -> {
			// there is an estate
		}).roughToo();
		feed.subscribe(new Composite(shell, 0), frame -> frame, waiting::add, why -> {
			// there is an estate
		});
		shell.open();
		estate.tick(1);
		String id = scenarios.add(TWICE);
		scenarios.show(id);
		pump(() -> !waiting.isEmpty() && waiting.getLast().scenario().equals(Optional.of(TWICE)), "the scenario was not shown");
		estate.slow = true;
		scenarios.hold("cpu");
		scenarios.drag(id, old -> times(3));
		pump(() -> marking.getLast().rough(), "the rough solution was not shown");
		assertEquals(Frame.ROUGHLY + "Twice", marking.getLast().scenarioName());
		estate.slow = false;
		pump(() -> waiting.getLast().scenario().equals(Optional.of(times(3))) && !marking.getLast().rough(), "the exact solution was not shown");
		assertTrue(waiting.stream().noneMatch(Frame::rough), "a part that marks nothing has shown what is rough");
		assertEquals("Twice", marking.getLast().scenarioName());
		feed.close();
		shell.dispose();
	}

	@Test
	void theUiThreadGoesOnWhileWhatIsKeptReachesTheDisk() throws Exception {
		boolean[] alive = { false };
		scenarios.add(TWICE);
		display.asyncExec(() -> alive[0] = true);
		scenarios.close();
		assertTrue(Files.exists(directory.resolve("test").resolve("twice.json")), "it was not kept");
		pump(() -> alive[0], "the event did not come");
	}
}
