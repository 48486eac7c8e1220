// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.ui.PlatformUI;

import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Outcome;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.engine.whatif.ScenarioFile;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Scenarios;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;
import io.shadowweaver.ui.views.FeedView;

/** The scenarios of the estate, the changes of the selected one, and up to three of them side by side with what is expected without. */
public final class ScenariosView extends FeedView<ScenariosView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.scenarios";
	private static final String NEW = "New scenario";
	private static final int MOST_COMPARED = 3;
	private static final int NO_MARK = -1;
	private static final String[] FILES = { "*.json" };

	/** A change of the selected scenario; people count from one. */
	record ChangeRow(int number, Change change, String text) {
	}

	/** What is shown. */
	record Shown(Frame frame, RowTable.Arranged<ScenarioRow> scenarios, RowTable.Arranged<ChangeRow> changes, RowTable.Arranged<CompareRow> compared, List<String> names,
			Set<String> chosen) {
	}

	private Scenarios scenarios;
	private RowTable<ScenarioRow> list;
	private RowTable<ChangeRow> changes;
	private RowTable<CompareRow> compared;
	private final List<IAction> needScenario = new ArrayList<>();
	private IAction undo;
	private IAction redo;
	private IAction show;
	private volatile List<String> chosen = List.of();

	@Override
	protected Control createContent(Composite parent) {
		scenarios = PlatformUI.getWorkbench().getService(Scenarios.class);
		SashForm all = new SashForm(parent, SWT.VERTICAL);
		SashForm top = new SashForm(all, SWT.HORIZONTAL);
		list = new RowTable<>(top, List.of(Column.<ScenarioRow>text("Scenario", "A named stack of changes; double-click shows it in place of the real estate", 190, row -> row.entry().scenario().name()),
				Column.text("", "Whether it is shown in place of the real estate", 60, ScenarioRow::mark), Column.<ScenarioRow>number("Changes", "How many it has", 70, ScenarioRow::changes, row -> row.entry().scenario().changes().size()),
				Column.<ScenarioRow>number("New breaches", "Groups and resources that become critical only with it, within 24 hours, if nobody acts", 100,
						ScenarioRow::newBreachesText, ScenarioRow::newBreaches),
				Column.<ScenarioRow, java.time.Duration>ordered("In breach", "For how long, added up", 90, ScenarioRow::breach, ScenarioRow::inBreach),
				Column.<ScenarioRow>number("Cost", "An hour, and the difference to without", 150, ScenarioRow::costText, ScenarioRow::cost),
				Column.text("Said", "What the figures do not say, or why it cannot be solved", 360, ScenarioRow::sentence)), row -> row.entry().id(), ScenarioRow.BY_NAME);
		changes = new RowTable<>(top, List.of(Column.<ChangeRow>number("#", "Each works on what those before it left", 30, row -> String.valueOf(row.number()), ChangeRow::number),
				Column.<ChangeRow>text("Change", "What is changed; double-click edits it", 420, ChangeRow::text)), ChangeRow::number, java.util.Comparator.comparingInt(ChangeRow::number));
		compared = new RowTable<>(all, List.of(Column.<CompareRow>text("Within 24 hours, if nobody acts", "Groups and resources; sums stand above", 200, CompareRow::name), column(0), column(1), column(2), column(3)),
				CompareRow::key, CompareRow.WORST);
		top.setWeights(62, 38);
		all.setWeights(45, 55);
		list.named("Scenarios");
		list.onArrangement(this::refresh);
		changes.named("Changes of the scenario");
		changes.onArrangement(this::refresh);
		compared.named("Comparison of scenarios");
		compared.onArrangement(this::refresh);
		list.onSelect(rows -> {
			chosen = rows.stream().map(row -> row.entry().id()).toList();
			refresh();
		});
		list.onOpen(row -> scenarios.show(row.shown() ? "" : row.entry().id()));
		changes.onOpen(this::edit);
		actions();
		Runnable end = scenarios.listen(this::refresh);
		all.addDisposeListener(event -> end.run());
		return all;
	}

	private Column<CompareRow> column(int index) {
		return Column.<CompareRow>text(index == 0 ? "Without" : "–", index == 0 ? "What is expected without a scenario" : "A selected scenario", 300, row -> row.cell(index).text())
				.marked(row -> row.cell(index).breach() ? palettes().current().stop(4) : NO_MARK);
	}

	private void actions() {
		IToolBarManager bar = getViewSite().getActionBars().getToolBarManager();
		bar.add(action("New scenario", "Makes a scenario without changes", "add", () -> created(scenarios.add(Scenario.of(free(NEW))))));
		bar.add(changeMenu());
		show = action("Show in the twin", "Shows the selected scenario in place of the real estate, and the real one again", "compare",
				() -> one().ifPresent(entry -> scenarios.show(scenarios.shown().filter(shown -> shown.id().equals(entry.id())).isPresent() ? "" : entry.id())));
		undo = action("Undo", "Takes the last change of the selected scenario back", "undo", () -> one().ifPresent(entry -> scenarios.undo(entry.id())));
		redo = action("Redo", "Makes it again", "redo", () -> one().ifPresent(entry -> scenarios.redo(entry.id())));
		IAction remove = action("Remove", "Removes the selected changes, or the selected scenario where none is selected", "remove", this::remove);
		IAction commit = action("Commit…", "Shows which plans what the selected scenario adds would become, and proposes them", "approve", this::commit);
		for (IAction one : List.of(show, undo, redo, remove, commit)) {
			bar.add(one);
		}
		needScenario.addAll(List.of(remove, commit));
		IMenuManager menu = getViewSite().getActionBars().getMenuManager();
		IAction copy = action("Duplicate", "Makes another scenario with the same changes", "add",
				() -> one().ifPresent(entry -> created(scenarios.add(new Scenario(free(entry.scenario().name()), entry.scenario().description(), entry.scenario().changes())))));
		IAction stack = action("Stack the selected", "Makes a scenario of the changes of all that are selected, one after the other", "add", this::stack);
		IAction rename = action("Rename…", "Gives it another name", "edit", this::rename);
		IAction export = action("Export…", "Writes the selected scenario to a file, which 'weave whatif' solves too", "export", this::export);
		needScenario.addAll(List.of(copy, stack, rename, export));
		List.of(copy, stack, rename, export).forEach(menu::add);
		menu.add(action("Import…", "Reads a scenario from a file", "import", this::read));
		MenuManager popup = new MenuManager();
		List.of(show, copy, stack, rename, export, commit, remove).forEach(popup::add);
		list.table().setMenu(popup.createContextMenu(list.table()));
		MenuManager edits = new MenuManager();
		edits.add(action("Edit…", "Changes what it does", "edit", () -> changes.selected().stream().findFirst().ifPresent(this::edit)));
		edits.add(action("Earlier", "Moves it before the one above", "earlier", () -> move(-1)));
		edits.add(action("Later", "Moves it behind the one below", "later", () -> move(1)));
		edits.add(remove);
		changes.table().setMenu(edits.createContextMenu(changes.table()));
	}

	private IAction changeMenu() {
		Action add = new Action("Add change…", IAction.AS_DROP_DOWN_MENU) {
			@Override
			public void run() {
				ask(draft(ChangeKind.TRAFFIC)).ifPresent(ScenariosView.this::append);
			}
		};
		add.setToolTipText("Adds a change to the selected scenario; the arrow has other kinds");
		add.setImageDescriptor(ResourceLocator.imageDescriptorFromBundle("io.shadowweaver.ui", "icons/change.svg").orElse(null));
		add.setMenuCreator(new org.eclipse.jface.action.IMenuCreator() {
			private Menu menu;

			@Override
			public Menu getMenu(Control parent) {
				dispose();
				MenuManager manager = new MenuManager();
				for (ChangeKind kind : ChangeKind.values()) {
					manager.add(action(kind.title() + "…", kind.explanation(), "", () -> ask(draft(kind)).ifPresent(ScenariosView.this::append)));
				}
				menu = manager.createContextMenu(parent);
				return menu;
			}

			@Override
			public Menu getMenu(Menu parent) {
				return null;
			}

			@Override
			public void dispose() {
				if (menu != null) {
					menu.dispose();
					menu = null;
				}
			}
		});
		return add;
	}

	private static Action action(String name, String tip, String icon, Runnable work) {
		Action action = new Action(name, ResourceLocator.imageDescriptorFromBundle("io.shadowweaver.ui", "icons/" + icon + ".svg").orElse(null)) {
			@Override
			public void run() {
				work.run();
			}
		};
		action.setToolTipText(tip);
		return action;
	}

	/** The selected scenario; where none is, the one that is shown. */
	private Optional<Scenarios.Entry> one() {
		return chosen.stream().findFirst().flatMap(scenarios::entry).or(scenarios::shown);
	}

	private void created(String id) {
		chosen = List.of(id);
		scenarios.show(id);
		refresh();
	}

	private String free(String name) {
		List<String> taken = scenarios.entries().stream().map(entry -> entry.scenario().name()).toList();
		return taken.contains(name) ? IntStream.iterate(2, i -> i + 1).mapToObj(i -> name + " " + i).filter(one -> !taken.contains(one)).findFirst().orElseThrow() : name;
	}

	/** About what is selected, where that is one that the change can be about. */
	private ChangeDraft draft(ChangeKind kind) {
		return estates().active().map(estate -> Subject.of(PlatformUI.getWorkbench().getService(Selection.class).items(), estate.state().topology()).draft(kind))
				.orElseGet(() -> ChangeDraft.of(kind, ""));
	}

	private Optional<Change> ask(ChangeDraft draft) {
		return estates().active().flatMap(estate -> {
			ChangeDialog dialog = new ChangeDialog(getSite().getShell(), draft, estate.state());
			return dialog.open() == Window.OK ? Optional.of(dialog.result()) : Optional.empty();
		});
	}

	private void append(Change change) {
		String id = one().map(Scenarios.Entry::id).orElseGet(() -> scenarios.add(Scenario.of(free(NEW))));
		scenarios.edit(id, old -> new Scenario(old.name(), old.description(), with(old.changes(), change)));
		created(id);
	}

	private static List<Change> with(List<Change> changes, Change more) {
		List<Change> all = new ArrayList<>(changes);
		all.add(more);
		return all;
	}

	private void edit(ChangeRow row) {
		one().ifPresent(entry -> ask(ChangeDraft.of(row.change())).ifPresent(change -> scenarios.edit(entry.id(), old -> {
			List<Change> all = new ArrayList<>(old.changes());
			if (row.number() <= all.size() && all.get(row.number() - 1).equals(row.change())) {
				all.set(row.number() - 1, change);
			}
			return new Scenario(old.name(), old.description(), all);
		})));
	}

	private void move(int by) {
		one().ifPresent(entry -> changes.selected().stream().findFirst().ifPresent(row -> scenarios.edit(entry.id(), old -> {
			List<Change> all = new ArrayList<>(old.changes());
			int to = row.number() - 1 + by;
			if (to >= 0 && to < all.size()) {
				all.add(to, all.remove(row.number() - 1));
			}
			return new Scenario(old.name(), old.description(), all);
		})));
	}

	private void remove() {
		List<ChangeRow> rows = changes.table().isFocusControl() ? changes.selected() : List.of();
		one().ifPresent(entry -> {
			if (!rows.isEmpty()) {
				scenarios.edit(entry.id(), old -> new Scenario(old.name(), old.description(),
						IntStream.range(0, old.changes().size()).filter(i -> rows.stream().noneMatch(row -> row.number() == i + 1)).mapToObj(old.changes()::get).toList()));
			} else if (MessageDialog.openConfirm(getSite().getShell(), "Remove scenario", "Remove '" + entry.scenario().name() + "' and its file? This cannot be undone.")) {
				scenarios.remove(entry.id());
			}
		});
	}

	private void commit() {
		one().ifPresent(entry -> estates().active().ifPresent(estate -> new CommitDialog(getSite().getShell(), entry.scenario(), Names.of(estate.state(), estate.automation().accounts()),
				estate.automation(), estates().person()).open()));
	}

	private void stack() {
		chosen.stream().flatMap(id -> scenarios.entry(id).stream()).map(Scenarios.Entry::scenario).reduce(Scenario::then).ifPresent(stacked -> created(scenarios.add(stacked)));
	}

	private void rename() {
		one().ifPresent(entry -> {
			InputDialog dialog = new InputDialog(getSite().getShell(), "Rename scenario", "Name", entry.scenario().name(), text -> text.isBlank() ? "A scenario needs a name." : null);
			if (dialog.open() == Window.OK) {
				scenarios.edit(entry.id(), old -> new Scenario(dialog.getValue().strip(), old.description(), old.changes()));
			}
		});
	}

	private void export() {
		one().ifPresent(entry -> file(SWT.SAVE, entry.id() + ".json").ifPresent(file -> Estates.later("Exporting the scenario", () -> {
			try {
				ScenarioFile.write(file, entry.scenario());
			} catch (IOException e) {
				throw new UncheckedIOException(file + " could not be written: " + e.getMessage(), e);
			}
		})));
	}

	private void read() {
		file(SWT.OPEN, "").ifPresent(file -> Estates.later("Importing the scenario", () -> {
			try {
				Scenario scenario = ScenarioFile.read(file);
				PlatformUI.getWorkbench().getDisplay().asyncExec(() -> created(scenarios.add(new Scenario(free(scenario.name()), scenario.description(), scenario.changes()))));
			} catch (ScenarioException e) {
				throw new IllegalStateException(e.getMessage(), e);
			}
		}));
	}

	private Optional<Path> file(int style, String name) {
		FileDialog dialog = new FileDialog(getSite().getShell(), style);
		dialog.setFilterExtensions(FILES);
		dialog.setFileName(name);
		dialog.setOverwrite(true);
		return Optional.ofNullable(dialog.open()).map(Path::of);
	}

	@Override
	protected Shown compute(Frame frame) {
		List<ScenarioRow> rows = ScenarioRow.of(scenarios);
		List<String> ids = chosen.isEmpty() ? scenarios.shown().map(Scenarios.Entry::id).stream().toList() : chosen;
		List<ScenarioRow> selected = ids.stream().flatMap(id -> rows.stream().filter(row -> row.entry().id().equals(id))).toList();
		List<ScenarioRow> solved = selected.stream().filter(row -> row.outcome().isPresent()).limit(MOST_COMPARED).toList();
		List<Change> stack = selected.stream().findFirst().map(row -> row.entry().scenario().changes()).orElse(List.of());
		List<ChangeRow> lines = IntStream.range(0, stack.size()).mapToObj(i -> new ChangeRow(i + 1, stack.get(i), ChangeText.of(stack.get(i), frame.state()))).toList();
		List<Outcome> outcomes = solved.stream().map(row -> row.outcome().orElseThrow()).toList();
		return new Shown(frame, list.arrange(rows), changes.arrange(lines), compared.arrange(outcomes.isEmpty() ? List.of() : CompareRow.of(outcomes, frame.state())),
				solved.stream().map(row -> row.entry().scenario().name()).toList(), Set.copyOf(ids));
	}

	@Override
	protected String reason(Shown shown) {
		return shown.scenarios.total() > 0 ? ""
				: "No scenario yet. Ask 'what if' by a right click on a group, a resource or the ground of the twin, or by 'New scenario' above. A scenario changes nothing in reality.";
	}

	@Override
	protected void show(Shown shown) {
		list.show(shown.scenarios, shown.chosen);
		changes.show(shown.changes, Set.of());
		for (int i = 0; i < MOST_COMPARED; i++) {
			compared.title(i + 2, i < shown.names.size() ? (char) ('A' + i) + ": " + shown.names.get(i) : "", i < shown.names.size() ? shown.names.get(i) : "Select up to three scenarios to compare them");
		}
		compared.show(shown.compared, Set.of());
		Optional<Scenarios.Entry> one = one();
		undo.setEnabled(one.filter(Scenarios.Entry::canUndo).isPresent());
		redo.setEnabled(one.filter(Scenarios.Entry::canRedo).isPresent());
		show.setEnabled(one.isPresent());
		needScenario.forEach(action -> action.setEnabled(one.isPresent()));
	}
}
