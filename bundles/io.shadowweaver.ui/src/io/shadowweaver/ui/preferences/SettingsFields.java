// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.ui.act.Quantity;

/** Fields of a form in three columns: label, field, then unit, range and default. UI thread. */
final class SettingsFields {
	private static final int FIELD = 90;
	private static final int WIDE = 300;
	private static final int COLUMNS = 3;

	private final Map<String, Text> fields = new LinkedHashMap<>();
	private final Runnable changed;

	SettingsFields(Runnable changed) {
		this.changed = changed;
	}

	/** A heading over what follows. */
	static void heading(Composite parent, String title) {
		Label label = new Label(parent, SWT.NONE);
		label.setText(title);
		label.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DIALOG_FONT));
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false, COLUMNS, 1);
		wide.verticalIndent = 8;
		label.setLayoutData(wide);
	}

	/** Words over the whole width, wrapped. */
	static Label words(Composite parent, String text) {
		Label label = new Label(parent, SWT.WRAP);
		label.setText(text);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false, COLUMNS, 1);
		wide.widthHint = WIDE;
		label.setLayoutData(wide);
		return label;
	}

	void add(Composite parent, List<Quantity> quantities, Map<String, String> values) {
		quantities.forEach(one -> add(parent, one.key(), one.label(), values.get(one.key()), one.hint(), one.tip()));
	}

	Text add(Composite parent, String key, String label, String value, String hint, String tip) {
		Label name = new Label(parent, SWT.NONE);
		name.setText(label + ":");
		name.setToolTipText(tip);
		Text text = new Text(parent, SWT.BORDER);
		text.setText(value);
		text.setToolTipText(tip);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
		wide.widthHint = FIELD;
		text.setLayoutData(wide);
		text.addListener(SWT.Modify, event -> changed.run());
		fields.put(key, text);
		Label behind = new Label(parent, SWT.NONE);
		behind.setText(hint);
		behind.setToolTipText(tip);
		return text;
	}

	/** A field of several lines, with what it takes below it. */
	Text tall(Composite parent, String key, String label, String value, String hint, int lines) {
		Label name = new Label(parent, SWT.NONE);
		name.setText(label + ":");
		name.setLayoutData(new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false));
		Text text = new Text(parent, SWT.MULTI | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
		text.setText(value);
		text.setToolTipText(hint);
		GridData wide = new GridData(SWT.FILL, SWT.FILL, true, false, COLUMNS - 1, 1);
		wide.heightHint = lines * text.getLineHeight();
		wide.widthHint = WIDE;
		text.setLayoutData(wide);
		text.addListener(SWT.Modify, event -> changed.run());
		fields.put(key, text);
		words(parent, hint);
		return text;
	}

	/** What is written in a field. */
	String text(String key) {
		return fields.get(key).getText();
	}

	/** Fills fields in. */
	void set(Map<String, String> values) {
		values.forEach((key, value) -> fields.get(key).setText(value));
	}
}
