// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.eclipse.core.runtime.ILogListener;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.ui.act.AccountsView;
import io.shadowweaver.ui.act.AuditView;
import io.shadowweaver.ui.wizard.ConnectionWizard;

/** The wizard for accounts, and a planted password that is looked for in everything that windows show and leave. */
class AccountWindowTest extends FleetWindow {
	private static final String PLANTED = "planted-3b7c-secret";

	private final Queue<String> logged = new ConcurrentLinkedQueue<>();
	private final ILogListener listener = (status, plugin) -> logged.add(told(status));

	@BeforeEach
	void listen() {
		Platform.addLogListener(listener);
	}

	@AfterEach
	void leave() {
		Platform.removeLogListener(listener);
	}

	private Shell wizard(String provider) {
		ConnectionWizard wizard = new ConnectionWizard();
		wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
		WizardDialog dialog = new WizardDialog(page.getWorkbenchWindow().getShell(), wizard);
		dialog.setBlockOnOpen(false);
		dialog.open();
		Shell shell = dialog.getShell();
		Table kinds = all(shell, Table.class).getFirst();
		int index = Arrays.stream(kinds.getItems()).map(TableItem::getText).toList().indexOf(provider);
		assertTrue(index >= 0, provider + " is not offered");
		kinds.setSelection(index);
		kinds.notifyListeners(SWT.Selection, new Event());
		press(shell, "Next >");
		return shell;
	}

	@Test
	void aWrongSettingIsSaidByTheTestOfTheConnectionAndNothingIsKept() {
		Shell shell = wizard("Simulated cloud");
		field(shell, "Fault: refused *").setText("7");
		press(shell, "Test connection");
		pump(() -> texts(shell).stream().anyMatch(text -> text.contains("a probability must be 0 to 1")), "no sentence: " + texts(shell));
		field(shell, "Fault: refused *").setText("0");
		press(shell, "Test connection");
		pump(() -> texts(shell).stream().anyMatch(text -> text.contains("It answers")), "no answer: " + texts(shell));
		press(shell, "Cancel");
		assertEquals(List.of(), fleet.commands);
	}

	@Test
	void aSecretStandsInNoWindowNoLogAndNoFile() throws Exception {
		Shell shell = wizard("Talkative");
		Text password = field(shell, "Password *");
		assertTrue((password.getStyle() & SWT.PASSWORD) != 0, "it can be read over a shoulder");
		password.setText(PLANTED);
		press(shell, "Test connection");
		pump(() -> texts(shell).stream().anyMatch(text -> text.contains("401 for Authorization: ***")), "no sentence: " + texts(shell));
		assertShowsNoSecret(shell);
		press(shell, "Cancel");
		for (String id : List.of(AccountsView.ID, ProvisioningView.ID, AuditView.ID, LogView.ID)) {
			contents(id);
			pump(() -> !(page.findView(id) instanceof FeedView<?> view) || view.isShown(), id + " shows nothing");
			assertShowsNoSecret(partControl(id));
		}
		for (String name : List.of("automation", "guards", "budget")) {
			var dialog = PreferencesUtil.createPreferenceDialogOn(page.getWorkbenchWindow().getShell(), "io.shadowweaver.ui.preferences." + name, null, null);
			dialog.setBlockOnOpen(false);
			dialog.open();
			assertShowsNoSecret(dialog.getShell());
			dialog.close();
		}
		assertTrue(logged.stream().anyMatch(line -> line.contains("401 for Authorization: ***")), "the failure was not logged at all: " + logged);
		assertEquals(List.of(), logged.stream().filter(line -> line.contains(PLANTED)).toList(), "it was logged");
		assertEquals(List.of(), holding(directory), "it was written");
		assertEquals(List.of(), holding(Platform.getLogFileLocation().toFile().toPath().getParent()), "it was written into the workspace");
	}

	private static void assertShowsNoSecret(Composite root) {
		List<String> shown = texts(root).stream().filter(text -> text.contains(PLANTED)).toList();
		assertEquals(List.of(), shown, "it is shown");
	}

	/** All that can be read in a window. */
	private static List<String> texts(Composite root) {
		List<String> texts = new ArrayList<>();
		for (Control control : all(root, Control.class)) {
			texts.add(String.valueOf(control.getToolTipText()));
			switch (control) {
			case Label label -> texts.add(label.getText());
			case Text text when (text.getStyle() & SWT.PASSWORD) == 0 -> texts.add(text.getText());
			case StyledText text -> texts.add(text.getText());
			case Table table -> Arrays.stream(table.getItems()).forEach(item -> {
				for (int i = 0; i < table.getColumnCount(); i++) {
					texts.add(item.getText(i));
				}
			});
			default -> {
				// shows no text
			}
			}
		}
		return texts;
	}

	private static List<Path> holding(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).filter(AccountWindowTest::contains).toList();
		}
	}

	private static boolean contains(Path file) {
		try {
			return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(PLANTED);
		} catch (IOException e) {
			assertFalse(Files.exists(file), file.toString());
			return false;
		}
	}

	private static String told(IStatus status) {
		StringWriter text = new StringWriter();
		text.append(status.getMessage()).append('\n');
		if (status.getException() != null) {
			status.getException().printStackTrace(new PrintWriter(text));
		}
		return text.toString();
	}
}
