// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.provisioning.GroupLimits;

/** What holds for one group instead of the limits of all. */
final class GroupLimitsDialog extends TitleAreaDialog {
	private static final String FREEZES = "freezes";
	private static final int LINES = 3;

	private final String group;
	private final GroupLimits before;
	private final SettingsFields fields = new SettingsFields(this::validate);
	private GroupLimits after;

	GroupLimitsDialog(Shell shell, String group, GroupLimits before) {
		super(shell);
		this.group = group;
		this.before = before;
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		getShell().setText("Limits");
		setTitle("Limits of the group " + group);
		setMessage("What is left empty is as for all groups. Freeze windows are added to those of all.");
		Composite all = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
		all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		all.setLayout(new GridLayout(3, false));
		fields.add(all, GuardForm.GROUP, GuardForm.texts(before));
		fields.tall(all, FREEZES, "Freeze windows", FreezeText.text(before.freezes()), FreezeText.HINT, LINES);
		return all;
	}

	private void validate() {
		String problem = null;
		try {
			GuardForm.read(fields::text, fields.text(FREEZES));
		} catch (IllegalArgumentException e) {
			problem = e.getMessage();
		}
		setErrorMessage(problem);
		if (getButton(IDialogConstants.OK_ID) != null) {
			getButton(IDialogConstants.OK_ID).setEnabled(problem == null);
		}
	}

	@Override
	protected void okPressed() {
		after = GuardForm.read(fields::text, fields.text(FREEZES));
		super.okPressed();
	}

	/** What was entered; after the dialog was closed with OK. */
	GroupLimits result() {
		return after;
	}
}
