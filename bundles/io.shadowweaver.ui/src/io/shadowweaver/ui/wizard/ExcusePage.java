// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** Says why a wizard can do nothing now. */
final class ExcusePage extends WizardPage {
	private final String why;

	ExcusePage(String title, String why) {
		super("excuse", title, null);
		this.why = why;
	}

	@Override
	public void createControl(Composite parent) {
		Label label = new Label(parent, SWT.WRAP);
		label.setText(why);
		setControl(label);
		setPageComplete(false);
	}
}
