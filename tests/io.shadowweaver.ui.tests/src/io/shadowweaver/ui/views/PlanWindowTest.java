// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Scenarios;
import io.shadowweaver.ui.plan.ScenariosView;

/** Scenarios in the real workbench. */
class PlanWindowTest extends FleetWindow {
	private static final String COMMAND = "io.shadowweaver.ui.command.whatIf";
	private static final String CHANGE = COMMAND + ".change";
	private final Scenarios scenarios = PlatformUI.getWorkbench().getService(Scenarios.class);

	@AfterEach
	void clear() {
		scenarios.show("");
		scenarios.entries().forEach(entry -> scenarios.remove(entry.id()));
	}

	private List<Table> tables() {
		return all(contents(ScenariosView.ID), Table.class);
	}

	private String scenarioShown() {
		return PlatformUI.getWorkbench().getService(EstateFeed.class).frame().flatMap(frame -> frame.scenario()).map(Scenario::name).orElse("");
	}

	@Test
	void whatIfIsAskedOfAGroupShownEverywhereUndoneAndLeft() throws Exception {
		List<Table> tables = tables();
		pump(() -> says(ScenariosView.ID, "No scenario yet."), "the view does not say why it is empty");
		selection.select(Item.group("web"));
		execute(COMMAND, Map.of(CHANGE, "traffic=2"));
		pump(() -> tables.get(0).getItemCount() == 1 && tables.get(1).getItemCount() == 1, "the scenario or its change is not listed");
		assertEquals("2 × the traffic of Web servers", tables.get(1).getItem(0).getText(1).strip());
		pump(() -> scenarioShown().equals("2 × the traffic of Web servers"), "it is not shown in place of the real estate");
		pump(() -> tables.get(2).getItemCount() >= 2, "nothing is compared");
		assertEquals("Time in breach", tables.get(2).getItem(0).getText(0));
		String id = scenarios.shown().orElseThrow().id();
		execute(COMMAND, Map.of(CHANGE, "traffic=0.5"));
		pump(() -> tables.get(1).getItemCount() == 2, "the second change is not stacked");
		scenarios.undo(id);
		pump(() -> tables.get(1).getItemCount() == 1, "it is not undone");
		tables.get(0).setSelection(0);
		tables.get(0).notifyListeners(SWT.DefaultSelection, new Event());
		pump(() -> scenarioShown().isEmpty(), "the real estate is not shown again");
		assertTrue(fleet.commands.isEmpty(), "a scenario changes nothing in reality: " + fleet.commands);
	}

	@Test
	void aChangeIsAskedForWithItsUnitsAndWhatIsWrongIsSaid() throws Exception {
		tables();
		selection.select(Item.group("web"));
		inDialog("Traffic", shell -> {
			Text factor = all(shell, Text.class).stream().filter(text -> text.getText().equals("2")).findFirst().orElseThrow();
			factor.setText("-1");
			assertTrue(all(shell, Text.class).stream().anyMatch(text -> text.getText().contains("Times must be a number from 0 to 1000")), "the error is not said");
			factor.setText("3");
			press(shell, "OK");
		});
		execute(COMMAND, Map.of(CHANGE, "traffic"));
		pump(() -> scenarios.shown().filter(entry -> entry.scenario().changes().equals(List.of(Change.Traffic.of("group:web", 3)))).isPresent(), "the change was not made");
	}

	@Test
	void whatAScenarioAddsIsSeenBeforeItIsProposed() throws Exception {
		List<Table> tables = tables();
		scenarios.add(Scenario.of("sale", new Change.Add("web", 2, null, null, null, null)));
		pump(() -> tables.get(0).getItemCount() == 1 && tables.get(0).getItem(0).getText(0).strip().equals("sale"), "it is not listed");
		tables.get(0).setSelection(0);
		tables.get(0).notifyListeners(SWT.Selection, new Event());
		Menu menu = tables.get(0).getMenu();
		menu.notifyListeners(SWT.Show, new Event());
		MenuItem commit = Stream.of(menu.getItems()).filter(item -> item.getText().equals("Commit…")).findFirst().orElseThrow();
		pump(commit::isEnabled, "it cannot be committed");
		commit.notifyListeners(SWT.Selection, new Event());
		Shell shell = dialog("Commit sale");
		pump(() -> all(shell, Label.class).stream().anyMatch(label -> label.getText().startsWith("One plan would be proposed")), "it does not say what would be proposed");
		assertTrue(fleet.commands.isEmpty(), "looking proposes nothing: " + fleet.commands);
		press(shell, "Propose");
		pump(() -> all(shell, Label.class).stream().anyMatch(label -> label.getText().startsWith("One plan was proposed")), "it does not say what was proposed");
		press(shell, "Close");
		pump(() -> fleet.commands.stream().anyMatch(command -> command.startsWith("commit sale by ")), "nothing was proposed");
	}

	@Test
	void upToThreeAreComparedAndOneThatDoesNotFitSaysWhy() {
		List<Table> tables = tables();
		scenarios.add(Scenario.of("a", Change.Traffic.of(Change.ESTATE, 2)));
		scenarios.add(Scenario.of("b", Change.Traffic.of(Change.ESTATE, 3)));
		scenarios.add(Scenario.of("c", new Change.Remove("nowhere", null)));
		pump(() -> tables.get(0).getItemCount() == 3, "they are not listed");
		pump(() -> tables.get(0).getItem(2).getText(6).contains("there is no resource nowhere"), "it does not say why it does not fit");
		tables.get(0).setSelection(0, 1);
		tables.get(0).notifyListeners(SWT.Selection, new Event());
		pump(() -> tables.get(2).getColumn(2).getText().equals("A: a") && tables.get(2).getColumn(3).getText().equals("B: b"), "they are not side by side");
	}
}
