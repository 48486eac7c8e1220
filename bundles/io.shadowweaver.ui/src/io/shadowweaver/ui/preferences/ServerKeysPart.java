// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.core.runtime.Status;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import io.shadowweaver.server.security.ApiKey;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.serve.EmbeddedServer;

/** The keys of the API: made, listed, revoked. Each holds or ends at once, whatever is done with the page. UI thread; the file is used in Jobs. */
final class ServerKeysPart {
	private static final String[] HEADS = { "Name", "May", "Made", "Ends" };
	private static final int[] WIDTHS = { 150, 200, 110, 110 };
	private static final int ROWS = 4;

	private final EmbeddedServer server;
	private final Optional<ApiKeys> keys;
	private final Consumer<String> told;
	private final Display display;
	private final Table table;
	private final Button revoke;

	/** What is done with the file; it blocks. */
	@FunctionalInterface
	private interface Work {
		void run(ApiKeys keys) throws IOException;
	}

	/**
	 * @param told is given what went wrong, in a sentence
	 */
	ServerKeysPart(Composite parent, EmbeddedServer server, Consumer<String> told) {
		this.server = server;
		this.told = told;
		keys = server.keys();
		display = parent.getDisplay();
		table = new Table(parent, SWT.BORDER | SWT.FULL_SELECTION);
		table.setHeaderVisible(true);
		GridData wide = new GridData(SWT.FILL, SWT.FILL, true, false, 3, 1);
		wide.heightHint = ROWS * table.getItemHeight();
		table.setLayoutData(wide);
		for (int i = 0; i < HEADS.length; i++) {
			TableColumn column = new TableColumn(table, SWT.LEFT);
			column.setText(HEADS[i]);
			column.setWidth(WIDTHS[i]);
		}
		Composite buttons = new Composite(parent, SWT.NONE);
		buttons.setLayout(new RowLayout());
		buttons.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 3, 1));
		Button make = button(buttons, "New key…", "Makes a key; it is shown once", this::make);
		make.setEnabled(keys.isPresent());
		revoke = button(buttons, "Revoke", "Ends the selected key at once", this::revoke);
		table.addListener(SWT.Selection, event -> selected());
		if (keys.isEmpty()) {
			SettingsFields.words(parent, "There is no workspace to keep keys in: start with -data FOLDER.");
		}
		selected();
		work("Reading the keys of the API", all -> {
		}, () -> {
		});
	}

	private static Button button(Composite parent, String text, String tip, Runnable pressed) {
		Button button = new Button(parent, SWT.PUSH);
		button.setText(text);
		button.setToolTipText(tip);
		button.addListener(SWT.Selection, event -> pressed.run());
		return button;
	}

	private void selected() {
		revoke.setEnabled(table.getSelectionCount() > 0);
	}

	private void make() {
		KeyDialog dialog = new KeyDialog(table.getShell(), server.clock());
		if (dialog.open() != Window.OK) {
			return;
		}
		KeyDraft draft = dialog.result();
		String[] made = new String[1];
		work("Making the key " + draft.name(), all -> made[0] = all.add(draft.name(), draft.scopes(), draft.expires(server.clock().instant())).key(),
				() -> new MadeKeyDialog(table.getShell(), draft.name(), made[0]).open());
	}

	private void revoke() {
		String name = table.getSelection()[0].getText();
		if (MessageDialog.openConfirm(table.getShell(), "Revoke key", "The key '" + name + "' ends at once: who uses it is refused.")) {
			work("Revoking the key " + name, all -> all.revoke(name), () -> {
			});
		}
	}

	/** Works on the file in a Job, then shows what is in it, then goes on where nothing has failed. */
	private void work(String what, Work work, Runnable then) {
		if (keys.isEmpty()) {
			return;
		}
		Estates.later(what, () -> {
			Optional<String> problem = Optional.empty();
			try {
				work.run(keys.get());
			} catch (IOException | IllegalArgumentException e) {
				problem = Optional.of(ServerForm.sentence(e.getMessage()));
			}
			List<ApiKey> found = List.of();
			try {
				found = keys.get().list();
			} catch (IOException e) {
				problem = Optional.of(problem.orElse(e.getMessage()));
			}
			show(found, problem, then);
			return Status.OK_STATUS;
		});
	}

	private void show(List<ApiKey> found, Optional<String> problem, Runnable then) {
		if (display.isDisposed()) {
			return;
		}
		display.asyncExec(() -> {
			if (table.isDisposed()) {
				return;
			}
			Instant now = server.clock().instant();
			table.removeAll();
			found.forEach(key -> new TableItem(table, SWT.NONE).setText(row(key, now)));
			selected();
			problem.ifPresentOrElse(told, then);
		});
	}

	private static String[] row(ApiKey key, Instant now) {
		String ends = key.expires().map(end -> (key.isValid(now) ? "" : "ended ") + Formats.time(end, now)).orElse("never");
		return new String[] { key.name(), ServerForm.text(key.scopes()), Formats.time(key.created(), now), ends };
	}
}
