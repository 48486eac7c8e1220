// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.junit.jupiter.api.Test;

import io.shadowweaver.ui.core.Item;

/** What an operator does in the perspective Act, with an estate that writes down what it is told. */
class ActWindowTest extends FleetWindow {
	private static final String PREFIX = "io.shadowweaver.ui.command.";
	private static final String PERMIT = PREFIX + "permit.what";

	private Table plans() {
		Table table = all(contents(ProvisioningView.ID), Table.class).getFirst();
		pump(() -> table.getItemCount() == 1, "no plan");
		table.setSelection(0);
		table.notifyListeners(SWT.Selection, new Event());
		assertEquals(List.of(new Item(Item.Kind.PLAN, "p1")), selection.items());
		return table;
	}

	private Shell preferences(String page) {
		var dialog = PreferencesUtil.createPreferenceDialogOn(window().getShell(), "io.shadowweaver.ui.preferences." + page, null, null);
		dialog.setBlockOnOpen(false);
		dialog.open();
		return dialog.getShell();
	}

	private IWorkbenchWindow window() {
		return page.getWorkbenchWindow();
	}

	@Test
	void aPlanIsReadTriedAndApproved() throws Exception {
		plans();
		StyledText reasons = all(contents(ProvisioningView.ID), StyledText.class).getFirst();
		pump(() -> reasons.getText().contains("create 2 × Medium in a at The cloud"), "the reasons are not beside the plan: " + reasons.getText());
		execute(PREFIX + "dryRun", Map.of());
		Shell dialog = dialog("Dry run");
		StyledText told = all(dialog, StyledText.class).getFirst();
		pump(() -> told.getText().contains("POST /servers m1"), "the calls are missing: " + told.getText());
		for (String part : List.of("Cost\n", "room for 7 more Medium", "mode: passes: Approved by ann.", "Roll-back, in this order", "Delete the machine with the token t0")) {
			assertTrue(told.getText().contains(part), part + " is missing in " + told.getText());
		}
		assertTrue(all(dialog, Label.class).stream().anyMatch(label -> label.getText().equals("It would be carried out: 1 step, and every guard passes.")));
		press(dialog, "Copy");
		Clipboard clipboard = new Clipboard(display);
		assertTrue(String.valueOf(clipboard.getContents(TextTransfer.getInstance())).contains("POST /servers m1"));
		clipboard.dispose();
		press(dialog, "Close");
		assertTrue(dialog.isDisposed());
		assertEquals(List.of("dryRun p1"), fleet.commands, "a dry run changes nothing");
		answer("Approve");
		execute(PREFIX + "plan", Map.of(PREFIX + "plan.decision", "approve"));
		pump(() -> fleet.commands.contains("approve p1"), "it was not approved");
	}

	@Test
	void onlyAHaltedGroupIsResumed() throws Exception {
		open(InfrastructureView.ID);
		selection.select(Item.group("web"));
		answer("OK");
		execute(PREFIX + "permit", Map.of(PERMIT, "resume"));
		assertEquals(List.of(), fleet.commands, "it was not halted");
		fleet.halt();
		answer("Resume");
		execute(PREFIX + "permit", Map.of(PERMIT, "resume"));
		pump(() -> fleet.commands.stream().anyMatch(command -> command.startsWith("resume web by ")), "it was not resumed: " + fleet.commands);
	}

	@Test
	void aCapIsRaisedAndAFreezeSetAsideForAWhileWithAReason() throws Exception {
		plans();
		inDialog("Raise the cap of Web servers", shell -> {
			field(shell, "Maximum").setText("9999999");
			assertFalse(button(shell, "OK").isEnabled(), "a cap has a range");
			field(shell, "Maximum").setText("25");
			field(shell, "For").setText("2h");
			field(shell, "Person").setText("ann");
			press(shell, "OK");
		});
		execute(PREFIX + "permit", Map.of(PERMIT, "raise"));
		pump(() -> fleet.commands.contains("raiseCap web to 25 until 2026-03-03T14:00:00Z by ann"), "it was not raised: " + fleet.commands);
		inDialog("Allow changes of Web servers", shell -> {
			assertFalse(button(shell, "OK").isEnabled(), "it needs a reason");
			field(shell, "Reason").setText("incident 12");
			field(shell, "Person").setText("ann");
			press(shell, "OK");
		});
		execute(PREFIX + "permit", Map.of(PERMIT, "thaw"));
		pump(() -> fleet.commands.contains("thaw web until 2026-03-03T13:00:00Z by ann: incident 12"), "it was not allowed: " + fleet.commands);
	}

	private static Button button(Shell shell, String text) {
		return all(shell, Button.class).stream().filter(one -> one.getText().replace("&", "").equals(text)).findFirst().orElseThrow();
	}

	@Test
	void guardsTellTheirRefusalsAndAreKept() {
		Shell shell = preferences("guards");
		pump(() -> all(shell, Label.class).stream().anyMatch(label -> label.getText().contains("at most 5 may (10, and 50 % of them)")), "the blast radius does not tell its refusal");
		field(shell, "Machines of one plan").setText("3");
		pump(() -> all(shell, Label.class).stream().anyMatch(label -> label.getText().contains("4 of 10 members would change at once, at most 3 may")), "the sentence does not follow");
		field(shell, "Cooldown").setText("for ever");
		assertFalse(button(shell, "Apply and Close").isEnabled(), "a wrong field cannot be kept");
		field(shell, "Cooldown").setText("4m");
		press(shell, "Apply and Close");
		pump(() -> fleet.automation().settings().limits().blastCount() == 3, "it was not kept");
		assertEquals(Duration.ofMinutes(4), fleet.automation().settings().limits().cooldown());
	}

	@Test
	void aBudgetAndTheWayToPlanAreKept() {
		Shell budget = preferences("budget");
		field(budget, "Cap of a day").setText("40");
		assertFalse(button(budget, "Apply and Close").isEnabled(), "a cap needs a currency");
		field(budget, "Currency").setText("eur");
		press(budget, "Apply and Close");
		pump(() -> fleet.automation().settings().cost().dayCap().equals(Optional.of(40.)), "the cap was not kept");
		Shell automation = preferences("automation");
		Table groups = all(automation, Table.class).getFirst();
		assertEquals("Web servers", groups.getItem(0).getText(0));
		Button removes = all(automation, Button.class).stream().filter(one -> one.getText().equals("remove machines again")).findFirst().orElseThrow();
		removes.setSelection(true);
		removes.notifyListeners(SWT.Selection, new Event());
		field(automation, "Demand planned for").setText("95");
		press(automation, "Apply and Close");
		pump(() -> fleet.automation().settings().scaleIn().isOn("web"), "scale-in was not kept");
		assertEquals(.95, fleet.automation().settings().planning().level());
		assertEquals(Optional.of(40.), fleet.automation().settings().cost().dayCap(), "one page leaves alone what another decides");
	}
}
