// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.forecasting.ForecastRule;

/** Edits what is decided on the forecasts of some series; says what is wrong as it is typed. */
final class ForecastRuleDialog extends TitleAreaDialog {
	private final Optional<ForecastRule> before;
	private final Map<String, Text> fields = new LinkedHashMap<>();
	private ForecastRule after;

	ForecastRuleDialog(Shell shell, Optional<ForecastRule> before) {
		super(shell);
		this.before = before;
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		setTitle("Rule on forecasts");
		setMessage("The first fields say for which series; empty ones fit all. The last ones say what is decided; empty ones decide nothing.");
		Composite all = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
		all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		all.setLayout(new GridLayout(2, false));
		field(all, "metric", "Metric", before.map(ForecastRule::metric), "cpu, memory, disk, network.in, network.out, requests, latency, or any other");
		field(all, "kind", "Kind", before.map(ForecastRule::kind), "Only resources of this kind, such as vm or database");
		field(all, "labels", "Labels", before.map(rule -> ThresholdDialog.labels(new Selector(rule.labels()))), "Only resources with these, such as tier=web, zone=a");
		field(all, "subject", "Subject", before.map(ForecastRule::subject), "Only this resource by its id, or this group behind group:");
		field(all, "model", "Model", before.map(ForecastRule::model), "The id of a model, as Plug-ins lists it: ets, arima, lags …");
		field(all, "season", "Season", before.map(ForecastRule::season), "The period, such as 24h or 7d; none for none");
		field(all, "horizons", "Horizons", before.map(rule -> String.join(", ", rule.horizons())), "By which the model is chosen, such as 10m, 1h");
		field(all, "transform", "Transform", before.map(ForecastRule::transform), "log, for what grows by factors; none for none");
		return all;
	}

	private void field(Composite parent, String key, String label, Optional<String> value, String tip) {
		new Label(parent, SWT.NONE).setText(label + ":");
		Text text = new Text(parent, SWT.BORDER);
		text.setText(value.orElse(""));
		text.setToolTipText(tip);
		text.setMessage(tip);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
		wide.widthHint = 420;
		text.setLayoutData(wide);
		text.addListener(SWT.Modify, event -> validate());
		fields.put(key, text);
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		super.createButtonsForButtonBar(parent);
		getButton(IDialogConstants.OK_ID).setEnabled(before.isPresent());
	}

	private ForecastRule read() {
		List<String> horizons = Arrays.stream(text("horizons").split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
		return new ForecastRule(text("metric"), text("kind"), ThresholdDialog.selector(text("labels")).labels(), text("subject"), text("model"), text("season"),
				horizons, text("transform"));
	}

	private String text(String key) {
		return fields.get(key).getText().strip();
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
	ForecastRule result() {
		return after;
	}
}
