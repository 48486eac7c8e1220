// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.server.security.Scope;

/** Asks for a key of the API: its name, what it may do, and when it ends. */
final class KeyDialog extends TitleAreaDialog {
	private static final String NAME = "name";
	private static final Map<Scope, String> MAY = new EnumMap<>(Map.of(Scope.READ, "read everything, and solve scenarios", Scope.OPERATE,
			"acknowledge alerts, keep thresholds and scenarios, train and pin models, stop automation", Scope.APPROVE, "approve, reject and cancel plans", Scope.PROVISION,
			"set modes of groups, and take the kill switch back: capacity is made without being asked again", Scope.ADMIN, "see who changed what through the API"));

	private final InstantSource clock;
	private final SettingsFields fields = new SettingsFields(this::validate);
	private final Map<Scope, Button> scopes = new EnumMap<>(Scope.class);
	private KeyDraft draft;

	KeyDialog(Shell shell, InstantSource clock) {
		super(shell);
		this.clock = clock;
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		getShell().setText("New key");
		setTitle("A key of the API");
		setMessage("It is shown once: only a hash of it is kept.");
		Composite all = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
		all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		all.setLayout(new GridLayout(3, false));
		fields.add(all, NAME, "Name", "", "", "Unique; stands as person in journal and audit");
		SettingsFields.heading(all, "It may");
		for (Scope scope : Scope.values()) {
			Button button = new Button(all, SWT.CHECK);
			button.setText(scope.text() + ": " + MAY.get(scope));
			button.setSelection(scope == Scope.READ);
			button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1));
			button.addListener(SWT.Selection, event -> validate());
			scopes.put(scope, button);
		}
		fields.add(all, List.of(KeyDraft.LIFE), Map.of(KeyDraft.LIFE.key(), KeyDraft.USUAL_LIFE));
		return all;
	}

	@Override
	protected Control createButtonBar(Composite parent) {
		Control bar = super.createButtonBar(parent);
		getButton(IDialogConstants.OK_ID).setEnabled(false);
		return bar;
	}

	private KeyDraft read() {
		Set<Scope> wanted = EnumSet.noneOf(Scope.class);
		scopes.forEach((scope, button) -> {
			if (button.getSelection()) {
				wanted.add(scope);
			}
		});
		return new KeyDraft(fields.text(NAME), wanted, fields.text(KeyDraft.LIFE.key()));
	}

	private void validate() {
		String problem = read().problem(clock.instant()).orElse(null);
		setErrorMessage(problem);
		getButton(IDialogConstants.OK_ID).setEnabled(problem == null);
	}

	@Override
	protected void okPressed() {
		draft = read();
		super.okPressed();
	}

	/** What was entered; after the dialog was closed with OK. */
	KeyDraft result() {
		return draft;
	}
}
