// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.views.properties.PropertySheet;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.Points;
import io.shadowweaver.ui.act.AccountsView;
import io.shadowweaver.ui.act.AuditView;
import io.shadowweaver.ui.act.BudgetView;
import io.shadowweaver.ui.core.ConnectionDraft;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.models.ModelsView;

class MonitorWindowTest extends FleetWindow {
	private static final List<String> VIEWS = List.of(InfrastructureView.ID, ResourcesView.ID, ForecastView.ID, AlertsView.ID, ProvisioningView.ID, AnomaliesView.ID, ModelsView.ID,
			AccountsView.ID, LogView.ID);

	@Test
	void everyViewOpensAndShowsTheEstate() {
		for (String id : VIEWS) {
			FeedView<?> view = open(id);
			pump(view::isShown, id + " shows nothing");
		}
		Table resources = all(contents(ResourcesView.ID), Table.class).getFirst();
		pump(() -> resources.getItemCount() == 6, "there are " + resources.getItemCount() + " resources");
		assertEquals("Web 5", resources.getItem(0).getText(0), "the one closest to its limit is first");
		Tree tree = all(contents(InfrastructureView.ID), Tree.class).getFirst();
		assertEquals("eu", tree.getItem(0).getText(0));
		Table alerts = all(contents(AlertsView.ID), Table.class).getFirst();
		pump(() -> alerts.getItemCount() == 1, "no alert");
		assertTrue(alerts.getItem(0).getText(0).endsWith("critical"), alerts.getItem(0).getText(0));
		List<Table> queue = all(contents(ProvisioningView.ID), Table.class);
		pump(() -> queue.stream().allMatch(table -> table.getItemCount() == 1), "no plan or no entry");
		Table log = all(contents(LogView.ID), Table.class).getFirst();
		pump(() -> log.getItemCount() > 0 && log.getItem(0).getText(4).contains("Every second answer is late."), "the status is missing");
	}

	@Test
	void accountsAreListedWithTheirOffersAndTheBudgetSaysWhyItIsEmpty() {
		List<Table> tables = all(contents(AccountsView.ID), Table.class);
		pump(() -> tables.get(0).getItemCount() == 1 && tables.get(1).getItemCount() == 2, "no account or no offer");
		assertEquals("The cloud", tables.get(0).getItem(0).getText(1));
		assertTrue(tables.get(1).getItem(0).getText(3).startsWith("list of the operator, 2026-01-02"), tables.get(1).getItem(0).getText(3));
		Table audit = all(contents(AuditView.ID), Table.class).getFirst();
		pump(() -> audit.getItemCount() == 2, "no audit trail");
		assertEquals("provider cloud", audit.getItem(0).getText(2), "the newest is on top");
		assertTrue(says(AuditView.ID, "The chain is whole: 2 entries"));
		open(BudgetView.ID);
		pump(() -> says(BudgetView.ID, "'Fleet' has no machine of ours"), "the budget does not say why it is empty");
	}

	@Test
	void theForecastIsDrawnFromHistoryAndBands() {
		ForecastView view = open(ForecastView.ID);
		pump(view::isShown, "no chart");
		pump(() -> all(contents(ForecastView.ID), Label.class).stream().noneMatch(label -> label.getText().contains("Reading")), "the history was not read");
		pump(() -> says(ForecastView.ID, "Web 1, CPU"), "the chart is not of the most urgent alert");
	}

	@Test
	void oneSelectionLinksAll() {
		AlertsView alerts = open(AlertsView.ID);
		pump(alerts::isShown, "no alerts");
		Table table = all(contents(AlertsView.ID), Table.class).getFirst();
		pump(() -> table.getItemCount() == 1, "the alert is missing");
		table.setSelection(0);
		table.notifyListeners(SWT.Selection, new Event());
		assertEquals(List.of(new Item(Item.Kind.ALERT, "a1")), selection.items());
		Tree tree = all(contents(InfrastructureView.ID), Tree.class).getFirst();
		pump(() -> tree.getItemCount() > 0, "the tree is empty");
		selection.select(Item.resource("web-3"));
		pump(() -> tree.getSelectionCount() == 1 && tree.getSelection()[0].getText(0).equals("Web 3"), "the tree does not follow");
		Table resources = all(contents(ResourcesView.ID), Table.class).getFirst();
		pump(() -> resources.getSelectionCount() == 1 && resources.getSelection()[0].getText(0).equals("Web 3"), "the table does not follow");
		open(ForecastView.ID);
		pump(() -> says(ForecastView.ID, "Web 3, CPU"), "the chart does not follow");
		open("org.eclipse.ui.views.PropertySheet");
		pump(() -> all(partControl("org.eclipse.ui.views.PropertySheet"), Tree.class).stream()
				.flatMap(properties -> Arrays.stream(properties.getItems())).anyMatch(item -> item.getText().equals("What it is")), "no properties");
	}

	@Test
	void brokenContributionsAreListedWithTheirReason() {
		PluginsView view = open(PluginsView.ID);
		pump(() -> find(view, "broken-nameless").isPresent(), "the broken source is not listed");
		ContributionInfo nameless = find(view, "broken-nameless").orElseThrow();
		assertEquals(Status.State.UNAVAILABLE, nameless.status().state());
		assertTrue(nameless.status().sentence().contains("'name'"), nameless.status().sentence());
		// The class of the other one is asked for only when it is used.
		Status tried = fleet.test(new ConnectionDraft(Points.SOURCES, "", "", "Broken", "broken-class", Map.of(), 1));
		assertEquals(Status.State.FAILED, tried.state());
		assertTrue(tried.sentence().contains("io.shadowweaver.absent.Factory"), tried.sentence());
		estates.attach(fleet);
		pump(() -> find(view, "broken-class").filter(info -> info.status().state() == Status.State.UNAVAILABLE).isPresent(), "the reason did not come");
		assertTrue(find(view, "broken-class").orElseThrow().status().sentence().contains("io.shadowweaver.absent.Factory"));
		Table table = all(partControl(PluginsView.ID), Table.class).getFirst();
		pump(() -> table.getItem(0).getText(0).contains("unavailable"), "the broken ones are not on top");
	}

	private static Optional<ContributionInfo> find(PluginsView view, String id) {
		return view.contributions().stream().filter(info -> info.id().equals(id)).findFirst();
	}

	@Test
	void everyViewSaysWhyItIsEmpty() {
		VIEWS.forEach(this::open);
		estates.attach(Fleet.none());
		for (String id : VIEWS) {
			if (!id.equals(LogView.ID)) {
				open(id);
				pump(() -> all(partControl(id), Label.class).stream().anyMatch(label -> label.isVisible() && label.getText().contains("no estate yet")),
						id + " does not say why it is empty");
			}
		}
	}

	@Test
	void anAlertIsAcknowledgedByItsCommand() throws Exception {
		open(AlertsView.ID);
		selection.select(new Item(Item.Kind.ALERT, "a1"));
		execute("io.shadowweaver.ui.command.acknowledge", Map.of());
		pump(() -> fleet.commands.contains("acknowledge a1"), "it was not acknowledged: " + fleet.commands);
	}

	@Test
	void theKillSwitchAsksAndThenHolds() throws Exception {
		answer("Stop new calls");
		execute("io.shadowweaver.ui.command.killSwitch", Map.of());
		pump(() -> fleet.state().killSwitch(), "it is not on");
		answer("Leave it");
		execute("io.shadowweaver.ui.command.killSwitch", Map.of());
		assertEquals(List.of("killSwitch true"), fleet.commands);
		answer("Allow new calls");
		execute("io.shadowweaver.ui.command.killSwitch", Map.of());
		pump(() -> !fleet.state().killSwitch(), "it is not off");
	}

	@Test
	void plansAreApprovedAndModesSetForWhatIsSelected() throws Exception {
		open(ProvisioningView.ID);
		selection.select(new Item(Item.Kind.PLAN, "p1"));
		answer("Approve");
		execute("io.shadowweaver.ui.command.plan", Map.of("io.shadowweaver.ui.command.plan.decision", "approve"));
		pump(() -> fleet.commands.contains("approve p1"), "it was not approved");
		open(InfrastructureView.ID);
		selection.select(Item.group("web"));
		execute("io.shadowweaver.ui.command.groupMode", Map.of("io.shadowweaver.ui.command.groupMode.mode", "PROPOSE"));
		pump(() -> fleet.commands.contains("mode web PROPOSE"), "the mode was not set");
	}
}
