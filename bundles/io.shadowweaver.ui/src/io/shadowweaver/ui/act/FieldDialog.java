// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** Labelled fields whose problem is said as they are typed; what they come to is made when they are closed with OK. */
public abstract class FieldDialog extends TitleAreaDialog {
	private static final int LINES = 5;

	private final String heading;
	private final String explanation;
	private final Map<String, Supplier<String>> fields = new LinkedHashMap<>();

	/**
	 * @param heading     the title
	 * @param explanation what it is about, in a sentence
	 */
	protected FieldDialog(Shell shell, String heading, String explanation) {
		super(shell);
		this.heading = heading;
		this.explanation = explanation;
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected final Control createDialogArea(Composite parent) {
		getShell().setText(heading);
		setTitle(heading);
		setMessage(explanation);
		Composite all = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
		all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		all.setLayout(new GridLayout(3, false));
		fill(all);
		return all;
	}

	/** Makes the fields, in three columns: label, field, hint. */
	protected abstract void fill(Composite parent);

	/**
	 * Reads the fields; on the UI thread, cheap.
	 *
	 * @throws IllegalArgumentException with a sentence, where a field is wrong
	 */
	protected abstract void read();

	/** A field of one line. */
	protected final void field(Composite parent, Quantity quantity, String value) {
		field(parent, quantity.key(), quantity.label(), value, quantity.hint(), quantity.tip(), SWT.SINGLE);
	}

	/** A field of text. */
	protected final void field(Composite parent, String key, String label, String value, String tip) {
		field(parent, key, label, value, "", tip, SWT.SINGLE);
	}

	/** A field of text with what may stand there behind it. */
	protected final void hinted(Composite parent, String key, String label, String value, String hint, String tip) {
		field(parent, key, label, value, hint, tip, SWT.SINGLE);
	}

	/** A field of several lines. */
	protected final void tall(Composite parent, String key, String label, String value, String tip) {
		field(parent, key, label, value, "", tip, SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
	}

	private void field(Composite parent, String key, String label, String value, String hint, String tip, int style) {
		Label name = new Label(parent, SWT.NONE);
		name.setText(label + ":");
		name.setToolTipText(tip);
		Text text = new Text(parent, style | SWT.BORDER);
		text.setText(value);
		text.setToolTipText(tip);
		text.setMessage(tip);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false, hint.isEmpty() ? 2 : 1, 1);
		wide.widthHint = 360;
		if ((style & SWT.MULTI) != 0) {
			wide.heightHint = LINES * text.getLineHeight();
		}
		text.setLayoutData(wide);
		text.addListener(SWT.Modify, event -> validate());
		fields.put(key, text::getText);
		if (!hint.isEmpty()) {
			new Label(parent, SWT.NONE).setText(hint);
		}
	}

	/**
	 * A field whose value is chosen from a list, or written where the list does not have it.
	 *
	 * @param choices what is shown, by value
	 */
	protected final void choice(Composite parent, String key, String label, Map<String, String> choices, String value, String tip) {
		Label name = new Label(parent, SWT.NONE);
		name.setText(label + ":");
		name.setToolTipText(tip);
		Combo combo = new Combo(parent, SWT.DROP_DOWN | SWT.BORDER);
		List<String> values = List.copyOf(choices.keySet());
		choices.values().forEach(combo::add);
		combo.setText(choices.getOrDefault(value, value));
		combo.setToolTipText(tip);
		combo.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
		combo.addListener(SWT.Modify, event -> validate());
		fields.put(key, () -> {
			int index = combo.indexOf(combo.getText());
			return index < 0 ? combo.getText() : values.get(index);
		});
	}

	/** The keys of all fields. */
	protected final Set<String> keys() {
		return fields.keySet();
	}

	/** What is written in a field. */
	protected final String text(String key) {
		return fields.get(key).get();
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		super.createButtonsForButtonBar(parent);
		validate();
	}

	/** Says what is wrong; after each change. */
	protected final void validate() {
		if (getButton(IDialogConstants.OK_ID) == null) {
			return;
		}
		String problem = null;
		try {
			read();
		} catch (IllegalArgumentException e) {
			problem = e.getMessage();
		}
		setErrorMessage(problem);
		getButton(IDialogConstants.OK_ID).setEnabled(problem == null);
	}

	@Override
	protected void okPressed() {
		read();
		super.okPressed();
	}
}
