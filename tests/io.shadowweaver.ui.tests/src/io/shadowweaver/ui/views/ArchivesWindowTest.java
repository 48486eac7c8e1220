// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.junit.jupiter.api.Test;

import io.shadowweaver.engine.Connection;
import io.shadowweaver.platform.ArchiveStores;
import io.shadowweaver.ui.wizard.StoreWizard;
import io.shadowweaver.ui.wizard.Vault;

/** Stores for archives: the wizard that sets one up, and the page that lists them. */
class ArchivesWindowTest extends FleetWindow {
	private ArchiveStores stores() {
		return fleet.archiveStores().orElseThrow();
	}

	private Shell wizard(String kind) {
		StoreWizard wizard = new StoreWizard();
		wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
		WizardDialog dialog = new WizardDialog(page.getWorkbenchWindow().getShell(), wizard);
		dialog.setBlockOnOpen(false);
		dialog.open();
		Shell shell = dialog.getShell();
		Table kinds = all(shell, Table.class).getFirst();
		int index = Arrays.stream(kinds.getItems()).map(TableItem::getText).toList().indexOf(kind);
		assertTrue(index >= 0, kind + " is not offered");
		kinds.setSelection(index);
		kinds.notifyListeners(SWT.Selection, new Event());
		press(shell, "Next >");
		return shell;
	}

	/** Whether a window says something. */
	private static boolean tells(Composite root, String part) {
		return Stream.concat(all(root, Label.class).stream().map(Label::getText), all(root, Text.class).stream().map(Text::getText)).anyMatch(text -> text.contains(part));
	}

	@Test
	void aDirectoryIsTriedAndKeptAndNothingIsLeftInIt() throws Exception {
		Shell shell = wizard("Directory");
		Button finish = all(shell, Button.class).stream().filter(button -> button.getText().replace("&", "").equals("Finish")).findFirst().orElseThrow();
		assertFalse(finish.isEnabled(), "it has no directory yet");
		field(shell, "Directory *").setText(directory.resolve("backup").toString());
		press(shell, "Test connection");
		pump(() -> tells(shell, "It answers: a test object was stored, read and removed; it holds no archive yet."), "no answer");
		try (Stream<Path> left = Files.walk(directory.resolve("backup"))) {
			assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
		}
		assertEquals(List.of(), stores().list(), "a test keeps nothing");
		field(shell, "Name *").setText("Attic");
		press(shell, "Finish");
		pump(shell::isDisposed, "the wizard stays open");
		assertEquals(List.of(new Connection("attic", "filesystem", "Attic", Map.of("directory", directory.resolve("backup").toString()))), stores().list());
	}

	@Test
	void aTestThatHangsIsCancelledAndOneThatFailsSaysWhyWithoutTheSecret() {
		Shell shell = wizard("Vault");
		field(shell, "Container *").setText("stuck");
		field(shell, "Password *").setText(Vault.PASSWORD);
		press(shell, "Test connection");
		press(shell, "Cancel test");
		pump(() -> tells(shell, "The test was cancelled; nothing was changed."), "it is not said");
		field(shell, "Container *").setText("a");
		field(shell, "Password *").setText("wrong-password");
		press(shell, "Test connection");
		pump(() -> tells(shell, "403 for ***"), "no sentence");
		press(shell, "Cancel");
	}

	@Test
	void thePageListsStoresAndSaysWhyItIsEmpty() throws Exception {
		PreferenceDialog dialog = PreferencesUtil.createPreferenceDialogOn(page.getWorkbenchWindow().getShell(), "io.shadowweaver.ui.preferences.archives", null, null);
		dialog.setBlockOnOpen(false);
		dialog.open();
		Shell shell = dialog.getShell();
		pump(() -> tells(shell, "No store has been set up yet"), "it does not say why it is empty");
		dialog.close();
		stores().save("", "filesystem", "Attic", Map.of("directory", "/attic"));
		PreferenceDialog again = PreferencesUtil.createPreferenceDialogOn(page.getWorkbenchWindow().getShell(), "io.shadowweaver.ui.preferences.archives", null, null);
		again.setBlockOnOpen(false);
		again.open();
		Table table = all(again.getShell(), Table.class).getFirst();
		pump(() -> table.getItemCount() == 1, "it is not listed");
		TableItem item = table.getItem(0);
		assertEquals(List.of("Attic", "Directory", "/attic"), List.of(item.getText(0), item.getText(1), item.getText(2)));
		assertFalse(tells(again.getShell(), "No store has been set up yet"));
		again.close();
	}
}
