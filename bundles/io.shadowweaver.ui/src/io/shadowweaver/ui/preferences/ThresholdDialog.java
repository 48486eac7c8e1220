// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.topology.Selector;

/** Edits one threshold; says what is wrong as it is typed. */
final class ThresholdDialog extends TitleAreaDialog {
	private final Threshold before;
	private final Map<String, Text> fields = new LinkedHashMap<>();
	private Threshold after;

	ThresholdDialog(Shell shell, Threshold before) {
		super(shell);
		this.before = before;
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		setTitle("Threshold");
		setMessage("A utilisation is a share: 0.9 is 90 %. A latency is in seconds. The most specific rule that fits a resource holds.");
		Composite all = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
		all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		all.setLayout(new GridLayout(2, false));
		field(all, "id", "Name", before.id(), "Unique");
		field(all, "metric", "Metric", before.metric(), "cpu, memory, disk, network.in, network.out, requests, latency, or any other");
		field(all, "kind", "Kind", before.kind(), "Only resources of this kind, such as vm or database; 'group' for scaling groups; empty for any");
		field(all, "labels", "Labels", labels(before.labels()), "Only resources with these, such as tier=web, zone=a; empty for any");
		field(all, "warning", "Warning from", String.valueOf(before.warning()), "");
		field(all, "critical", "Critical from", String.valueOf(before.critical()), "Above the warning");
		field(all, "recovery", "Recovered below", String.valueOf(before.recovery()), "At most the warning");
		field(all, "level", "Quantile", String.valueOf(before.level()), "Of the forecast that is tested: 0.5 is even odds, 0.9 is cautious");
		field(all, "guidance", "What to do", before.guidance(), "The operator reads it with the alert");
		return all;
	}

	private void field(Composite parent, String key, String label, String value, String tip) {
		new Label(parent, SWT.NONE).setText(label + ":");
		Text text = new Text(parent, SWT.BORDER);
		text.setText(value);
		text.setToolTipText(tip);
		text.setMessage(tip);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
		wide.widthHint = 380;
		text.setLayoutData(wide);
		text.addListener(SWT.Modify, event -> validate());
		fields.put(key, text);
	}

	static String labels(Selector selector) {
		return String.join(", ", selector.labels().entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).sorted().toList());
	}

	/** Reads labels as they are written in the field. */
	static Selector selector(String text) {
		Map<String, String> labels = new LinkedHashMap<>();
		for (String part : text.split(",")) {
			if (!part.isBlank()) {
				String[] pair = part.split("=", 2);
				if (pair.length < 2 || pair[0].isBlank() || pair[1].isBlank()) {
					throw new IllegalArgumentException("'" + part.strip() + "' is not of the form label=value");
				}
				labels.put(pair[0].strip(), pair[1].strip());
			}
		}
		return new Selector(labels);
	}

	private Threshold read() {
		return new Threshold(text("id"), text("metric"), text("kind"), selector(text("labels")), number("warning"), number("critical"),
				number("recovery"), number("level"), text("guidance"));
	}

	private String text(String key) {
		return fields.get(key).getText().strip();
	}

	private double number(String key) {
		try {
			return Double.parseDouble(text(key));
		} catch (NumberFormatException e) {
			throw new IllegalArgumentException("'" + text(key) + "' is not a number", e);
		}
	}

	private void validate() {
		String problem = null;
		try {
			read();
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
		after = read();
		super.okPressed();
	}

	/** What was entered; after the dialog was closed with OK. */
	Threshold result() {
		return after;
	}
}
