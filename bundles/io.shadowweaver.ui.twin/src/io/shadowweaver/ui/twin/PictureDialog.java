// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.Arrays;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;

import io.shadowweaver.gl.PictureFile;

/** Asks for size and background of a picture. */
final class PictureDialog extends Dialog {
	private static final int STEP = 10;
	private static final int PAGE = 1000;

	private PictureWish wish;
	private Spinner width;
	private Spinner height;
	private Combo ground;

	/**
	 * @param start what stands there at first
	 */
	PictureDialog(Shell shell, PictureWish start) {
		super(shell);
		wish = start;
	}

	/** What is wanted, after it was closed with OK. */
	PictureWish wish() {
		return wish;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText("Save Picture");
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		area.setLayout(new GridLayout(2, false));
		width = spinner(area, "&Width in pixels", wish.width());
		height = spinner(area, "&Height in pixels", wish.height());
		new Label(area, SWT.NONE).setText("&Background");
		ground = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
		ground.setItems(Arrays.stream(PictureWish.Ground.values()).map(PictureWish.Ground::label).toArray(String[]::new));
		ground.select(wish.ground().ordinal());
		return area;
	}

	private static Spinner spinner(Composite area, String label, int value) {
		new Label(area, SWT.NONE).setText(label);
		Spinner spinner = new Spinner(area, SWT.BORDER);
		spinner.setValues(value, 1, PictureFile.MOST, 0, STEP, PAGE);
		spinner.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		return spinner;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.OK_ID, "Save As…", true);
		createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
	}

	@Override
	protected void okPressed() {
		wish = new PictureWish(width.getSelection(), height.getSelection(), PictureWish.Ground.values()[ground.getSelectionIndex()]);
		super.okPressed();
	}
}
