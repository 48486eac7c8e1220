// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** Shows a key of the API that was just made: this once. */
final class MadeKeyDialog extends Dialog {
	private static final int COPY = IDialogConstants.CLIENT_ID;

	private final String name;
	private final String key;

	MadeKeyDialog(Shell shell, String name, String key) {
		super(shell);
		this.name = name;
		this.key = key;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText("Key " + name);
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite all = (Composite) super.createDialogArea(parent);
		new Label(all, SWT.NONE).setText("It is not shown again. Requests hold it in the header X-API-KEY.");
		Text text = new Text(all, SWT.READ_ONLY | SWT.BORDER);
		text.setText(key);
		text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		text.selectAll();
		return all;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, COPY, "Copy", false);
		createButton(parent, IDialogConstants.OK_ID, IDialogConstants.CLOSE_LABEL, true);
	}

	@Override
	protected void buttonPressed(int button) {
		if (button == COPY) {
			Clipboard clipboard = new Clipboard(getShell().getDisplay());
			clipboard.setContents(new Object[] { key }, new Transfer[] { TextTransfer.getInstance() });
			clipboard.dispose();
		} else {
			super.buttonPressed(button);
		}
	}
}
