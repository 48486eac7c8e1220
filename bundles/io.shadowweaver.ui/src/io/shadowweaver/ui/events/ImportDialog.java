// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.events;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.calendar.ImportOptions;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Item;

/** Asks for an iCalendar file, and for what it does not say. */
final class ImportDialog extends TitleAreaDialog {
	private final WeaverState state;
	private final List<Item> selection;
	private Text file;
	private Combo kind;
	private SubjectChoice subject;
	private Button always;
	private Path path;
	private ImportOptions options;

	ImportDialog(Shell shell, WeaverState state, List<Item> selection) {
		super(shell);
		this.state = state;
		this.selection = selection;
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText("Import calendar");
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		setTitle("iCalendar file");
		Composite all = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
		all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		all.setLayout(new GridLayout(3, false));
		new Label(all, SWT.NONE).setText("File:");
		file = new Text(all, SWT.BORDER);
		file.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		file.addListener(SWT.Modify, event -> check());
		Button browse = new Button(all, SWT.PUSH);
		browse.setText("Browse…");
		browse.addListener(SWT.Selection, event -> browse());
		new Label(all, SWT.NONE).setText("Kind:");
		kind = new Combo(all, SWT.READ_ONLY);
		kind.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		kind.setItems(EventDraft.KINDS.stream().map(Formats::words).toArray(String[]::new));
		kind.select(EventDraft.KINDS.indexOf(io.shadowweaver.api.metric.Event.Kind.HOLIDAY));
		kind.setToolTipText("Of events whose categories name none");
		new Label(all, SWT.NONE).setText("Concerns:");
		subject = new SubjectChoice(all, state, selection, this::check);
		new Label(all, SWT.NONE);
		new Label(all, SWT.NONE);
		always = new Button(all, SWT.CHECK);
		always.setText("These events were known beforehand, as holidays are");
		always.setToolTipText("Then forecasts and back-tests of the past may use them; otherwise they are known from now on");
		always.setSelection(true);
		always.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		return all;
	}

	private void browse() {
		FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
		dialog.setText("Import calendar");
		dialog.setFilterNames(new String[] { "iCalendar (*.ics)", "All files" });
		dialog.setFilterExtensions(new String[] { "*.ics", "*" });
		String chosen = dialog.open();
		if (chosen != null) {
			file.setText(chosen);
		}
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		super.createButtonsForButtonBar(parent);
		getButton(IDialogConstants.OK_ID).setText("Import");
		check();
	}

	private void check() {
		String name = file.getText().strip();
		boolean there = !name.isEmpty() && Files.isRegularFile(Path.of(name));
		setMessage(there ? "All events of the file are entered, or none where one of them cannot be read. An event that is there already is replaced."
				: name.isEmpty() ? "Choose a file." : "There is no such file.");
		Control ok = getButton(IDialogConstants.OK_ID);
		if (ok != null) {
			ok.setEnabled(there);
		}
	}

	@Override
	protected void okPressed() {
		path = Path.of(file.getText().strip());
		options = new ImportOptions(EventDraft.KINDS.get(kind.getSelectionIndex()), subject.subject(), ZoneId.systemDefault(),
				always.getSelection() ? Instant.EPOCH : state.time());
		super.okPressed();
	}

	/** The file, once it was closed with OK. */
	List<Path> files() {
		return Arrays.asList(path);
	}

	/** What is taken for what the file does not say. */
	ImportOptions options() {
		return options;
	}
}
