// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swtchart.Chart;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;

import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.TimeCursor;
import io.shadowweaver.ui.events.EventsView;
import io.shadowweaver.ui.models.ModelsView;
import io.shadowweaver.ui.preferences.ForecastRulesPage;
import io.shadowweaver.ui.trial.TrialView;

class ModelsWindowTest extends FleetWindow {
	private static final String PREFIX = "io.shadowweaver.ui.command.";

	private final TimeCursor cursor = PlatformUI.getWorkbench().getService(TimeCursor.class);

	private Composite models() {
		ModelsView view = open(ModelsView.ID);
		pump(view::isShown, "no models");
		return view.composite();
	}

	private static String row(Table table, int index) {
		StringBuilder text = new StringBuilder();
		for (int column = 0; column < table.getColumnCount(); column++) {
			text.append(table.getItem(index).getText(column)).append('|');
		}
		return text.toString();
	}

	private void page(Composite models, int index) {
		CTabFolder folder = all(models, CTabFolder.class).getFirst();
		folder.setSelection(index);
	}

	@Test
	void everySeriesHasItsFiguresAtTheHorizonOfTheCursor() {
		Composite models = models();
		Table table = all(models, Table.class).getFirst();
		pump(() -> table.getItemCount() == fleet.state().series().size(), "there are " + table.getItemCount() + " rows");
		assertTrue(row(table, 0).startsWith("group Web servers|CPU|1\u00a0h|ets|8.0\u00a0%|0.90|6.0\u00a0%|60\u00a0%|+30\u00a0%|800|"), row(table, 0));
		pump(() -> all(models, Label.class).stream().anyMatch(label -> label.getText().startsWith("25 of 25 series have a model; median error 8.0")),
				"the headline is missing");
		Combo horizons = all(models, Combo.class).getFirst();
		horizons.select(1);
		horizons.notifyListeners(SWT.Selection, new Event());
		pump(() -> table.getItemCount() == 2 * fleet.state().series().size(), "not a row for each horizon");
	}

	@Test
	void aRowLinksAllWindowsAndTheOtherWayRound() {
		Composite models = models();
		Table table = all(models, Table.class).getFirst();
		pump(() -> table.getItemCount() > 0, "no rows");
		selection.select(Item.resource("web-3"));
		cursor.move(position -> position.withMetric("memory"));
		pump(() -> table.getSelectionCount() == 1 && row(table, table.getSelectionIndex()).startsWith("Web 3|Memory|"), "the table does not follow");
		for (int i = 0; i < table.getItemCount(); i++) {
			if (row(table, i).startsWith("Web 4|CPU|")) {
				table.setSelection(i);
				table.notifyListeners(SWT.Selection, new Event());
			}
		}
		assertEquals(List.of(Item.resource("web-4")), selection.items());
		assertEquals("cpu", cursor.position().metric());
	}

	@Test
	void comparedModelsAreDrawnSideBySideAndRefusedOnesSayWhy() throws Exception {
		Composite models = models();
		selection.select(Item.resource("web-2"));
		cursor.move(position -> position.withMetric("cpu").at(Optional.empty()));
		Table tried = all(models, Table.class).get(1);
		pump(() -> tried.getItemCount() == 3 && row(tried, 2).contains("refused") && row(tried, 2).contains("It does not converge."), "the last training is not shown");
		answer("OK");
		execute(PREFIX + "compare", Map.of());
		pump(() -> fleet.commands.contains("backTest web-2/cpu []"), "no back-test: " + fleet.commands);
		pump(() -> tried.getItemCount() == 4 && row(tried, 0).contains("in use|2.0\u00a0%|0.30|2.0\u00a0%|82\u00a0%|+40\u00a0%|12\u00a0ms|"), "no result: " + row(tried, 0));
		int charts = all(models, Chart.class).size();
		tried.setSelection(new int[] { 0, 1 });
		tried.notifyListeners(SWT.Selection, new Event());
		pump(() -> all(models, Chart.class).size() == charts + 1, "not drawn side by side");
		pump(() -> all(models, Label.class).stream().anyMatch(label -> label.getText().startsWith("naive: error 14\u00a0%, 80\u00a0% band covers 40\u00a0%")), "no title");
	}

	@Test
	void theForecastIsTakenApartInASentence() {
		Composite models = models();
		selection.select(Item.resource("web-2"));
		cursor.move(position -> position.withMetric("cpu").at(Optional.empty()).withHorizon(Duration.ofHours(1)));
		page(models, 1);
		pump(() -> all(models, Label.class).stream().anyMatch(label -> label.getText().contains("(in 1\u00a0h), because: level and trend 50.6\u00a0%, daily +7.76\u00a0%, launch +6\u00a0%, the rest −")),
				"no sentence: " + all(models, Label.class).stream().map(Label::getText).toList());
		cursor.move(position -> position.withMetric("latency"));
		pump(() -> all(models, Label.class).stream().anyMatch(label -> label.getText().equals("The model 'ets' does not tell its parts.")), "it does not say why there are none");
		cursor.move(position -> position.withMetric("cpu"));
	}

	@Test
	void trainingSaysWhatComesNextAndWhatChanged() {
		Composite models = models();
		selection.select(Item.resource("web-2"));
		page(models, 3);
		StyledText text = all(models, StyledText.class).getFirst();
		pump(() -> text.getText().contains("A weekly pattern: it needs two weeks."), text.getText());
		assertTrue(text.getText().contains("naive → ets, because: drift; error against seasonal naive 130\u00a0% → 70\u00a0%"), text.getText());
		assertTrue(text.getText().contains("arima: 900\u00a0ms"), text.getText());
		assertTrue(text.getText().contains("Brier score 0.04, climatology 0.08, skill +50\u00a0% on 700"), text.getText());
	}

	@Test
	void seriesAreRetrainedAndUnpinnedByCommands() throws Exception {
		models();
		selection.select(Item.group("web"));
		cursor.move(position -> position.withMetric("cpu"));
		execute(PREFIX + "retrain", Map.of());
		pump(() -> fleet.commands.contains("retrain [group:web/cpu]"), "not retrained: " + fleet.commands);
		execute(PREFIX + "unpin", Map.of());
		pump(() -> fleet.commands.contains("pin group:web/cpu none"), "not unpinned: " + fleet.commands);
		answer("OK");
		execute(PREFIX + "pin", Map.of());
		pump(() -> fleet.commands.stream().anyMatch(command -> command.startsWith("pin group:web/cpu ") && !command.endsWith("none")), "not pinned: " + fleet.commands);
	}

	@Test
	void whatIsUnusualIsListedAndLinksResourceAndTime() {
		AnomaliesView view = open(AnomaliesView.ID);
		pump(view::isShown, "no anomalies");
		Table table = all(view.composite(), Table.class).getFirst();
		pump(() -> table.getItemCount() == 2, "there are " + table.getItemCount());
		assertTrue(row(table, 0).contains("Web 1|CPU|value|93\u00a0%|51\u00a0%|0.97|"), row(table, 0));
		table.setSelection(1);
		table.notifyListeners(SWT.Selection, new Event());
		assertEquals(List.of(Item.group("web")), selection.items());
		assertEquals(Optional.of(Fleet.NOW.minusSeconds(3600)), cursor.position().time());
		cursor.move(position -> position.at(Optional.empty()));
	}

	@Test
	void eventsAreEnteredListedAndRemoved() throws Exception {
		EventsView view = open(EventsView.ID);
		pump(() -> all(view.composite(), Label.class).stream().anyMatch(label -> label.getText().startsWith("No events.")), "it does not say that there is none");
		selection.select(List.of());
		type("Spring sale");
		answer("Add");
		execute(PREFIX + "addEvent", Map.of());
		pump(() -> fleet.calendar().size() == 1, "it was not entered");
		assertEquals("Spring sale", fleet.calendar().getFirst().text());
		assertEquals(Fleet.NOW, fleet.calendar().getFirst().known());
		pump(view::isShown, "it is not listed");
		Table table = all(view.composite(), Table.class).getFirst();
		pump(() -> table.getItemCount() == 1 && row(table, 0).contains("Spring sale|launch|everything|1\u00a0h||calendar|"), "the row: " + (table.getItemCount() == 0 ? "" : row(table, 0)));
		table.setSelection(0);
		table.notifyListeners(SWT.Selection, new Event());
		answer("Remove");
		execute(PREFIX + "removeEvent", Map.of());
		pump(() -> fleet.calendar().isEmpty(), "it was not removed");
	}

	@Test
	void aCalendarIsImported() throws Exception {
		open(EventsView.ID);
		var file = Files.writeString(directory.resolve("holidays.ics"), "BEGIN:VCALENDAR\nEND:VCALENDAR\n");
		type(file.toString());
		answer("Import");
		execute(PREFIX + "importCalendar", Map.of());
		pump(() -> fleet.commands.contains("import [" + file + "] HOLIDAY"), "not imported: " + fleet.commands);
	}

	@Test
	void aRuleIsTriedOnThePastOfAGroup() throws Exception {
		TrialView view = open(TrialView.ID);
		Combo demand = all(view.composite(), Combo.class).getFirst();
		pump(() -> demand.getItemCount() == 1, "no group is offered");
		assertEquals("Web servers, CPU", demand.getText());
		execute(PREFIX + "tryRule", Map.of());
		pump(() -> fleet.commands.contains("tryRule group:web/cpu PT10M 0.01 PT720H"), "not tried: " + fleet.commands);
		pump(() -> all(view.composite(), Label.class).stream().anyMatch(label -> label.getText().contains("of 3 rises 1 right, 1 late, 1 in vain; 1 missed. Too little 0\u00a0%")),
				"no sentence: " + all(view.composite(), Label.class).stream().map(Label::getText).toList());
		List<Table> tables = all(view.composite(), Table.class);
		pump(() -> tables.get(0).getItemCount() == 6 && tables.get(1).getItemCount() == 4, "no figures");
		assertTrue(Arrays.stream(tables.get(1).getItems()).anyMatch(item -> item.getText(1).equals("missed")));
		tables.get(1).setSelection(0);
		tables.get(1).notifyListeners(SWT.Selection, new Event());
		assertTrue(cursor.position().time().orElseThrow().isBefore(Fleet.NOW));
		cursor.move(position -> position.at(Optional.empty()));
	}

	@Test
	void rulesOnForecastsAreShownAndChanged() {
		ForecastRulesPage page = new ForecastRulesPage();
		page.init(PlatformUI.getWorkbench());
		Shell shell = new Shell(display);
		page.createControl(shell);
		Table rules = all(shell, Table.class).getFirst();
		assertEquals("cpu|any|any|web-1|ets||||", row(rules, 0));
		rules.setSelection(0);
		all(shell, Button.class).stream().filter(button -> button.getText().equals("Remove")).findFirst().orElseThrow().notifyListeners(SWT.Selection, new Event());
		assertEquals(0, rules.getItemCount());
		assertTrue(page.performOk());
		pump(() -> fleet.forecastRules().isEmpty(), "the rule is still there");
		shell.dispose();
	}

	/** Types into the first empty field of the dialog that opens next. */
	private void type(String text) {
		display.timerExec(60, new Runnable() {
			private int tries;

			@Override
			public void run() {
				for (var shell : display.getShells()) {
					for (Text field : all(shell, Text.class)) {
						if (shell != page.getWorkbenchWindow().getShell() && field.isVisible() && field.isEnabled() && field.getEditable() && field.getText().isEmpty()) {
							field.setText(text);
							return;
						}
					}
				}
				if (tries++ < 100) {
					display.timerExec(60, this);
				}
			}
		});
	}
}
