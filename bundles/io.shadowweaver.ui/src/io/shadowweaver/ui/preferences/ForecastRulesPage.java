// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;

/** What is decided on the forecasts of the active estate: model, season, horizons and transform, by metric, kind, labels and subject. */
public final class ForecastRulesPage extends PreferencePage implements IWorkbenchPreferencePage {
	private static final String[] HEADS = { "Metric", "Kind", "Labels", "Subject", "Model", "Season", "Horizons", "Transform" };
	private static final int[] WIDTHS = { 80, 70, 110, 120, 80, 65, 85, 80 };

	private final List<ForecastRule> rules = new ArrayList<>();
	private Optional<EstateHandle> estate = Optional.empty();
	private Table table;

	@Override
	public void init(IWorkbench workbench) {
		noDefaultButton();
		Estates estates = workbench.getService(Estates.class);
		estate = estates.active();
		estate.ifPresent(one -> rules.addAll(one.forecastRules()));
		setDescription(estate.map(one -> "What is decided on the forecasts of '" + one.name()
				+ "'; everything else is chosen by past errors. The most specific rule that fits a series holds; pinned models are listed too.").orElse(estates.why()));
	}

	@Override
	protected Control createContents(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		all.setLayout(new GridLayout(2, false));
		table = new Table(all, SWT.BORDER | SWT.FULL_SELECTION | SWT.MULTI);
		table.setHeaderVisible(true);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true, 1, 4);
		big.heightHint = 260;
		big.widthHint = 640;
		table.setLayoutData(big);
		for (int i = 0; i < HEADS.length; i++) {
			TableColumn column = new TableColumn(table, SWT.LEFT);
			column.setText(HEADS[i]);
			column.setWidth(WIDTHS[i]);
		}
		table.addListener(SWT.DefaultSelection, event -> edit());
		button(all, "Add…", () -> open(Optional.empty(), -1));
		button(all, "Edit…", this::edit);
		button(all, "Remove", this::remove);
		setValid(estate.isPresent());
		fill();
		return all;
	}

	private void button(Composite parent, String label, Runnable action) {
		Button button = new Button(parent, SWT.PUSH);
		button.setText(label);
		button.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, false, false));
		button.setEnabled(estate.isPresent());
		button.addListener(SWT.Selection, event -> action.run());
	}

	private void edit() {
		int index = table.getSelectionIndex();
		if (index >= 0) {
			open(Optional.of(rules.get(index)), index);
		}
	}

	private void open(Optional<ForecastRule> before, int index) {
		ForecastRuleDialog dialog = new ForecastRuleDialog(getShell(), before);
		if (dialog.open() == Window.OK) {
			if (index < 0) {
				rules.add(dialog.result());
			} else {
				rules.set(index, dialog.result());
			}
			fill();
		}
	}

	private void remove() {
		int[] chosen = table.getSelectionIndices();
		for (int i = chosen.length - 1; i >= 0; i--) {
			rules.remove(chosen[i]);
		}
		fill();
	}

	private void fill() {
		table.removeAll();
		for (ForecastRule rule : rules) {
			new TableItem(table, SWT.NONE).setText(new String[] { any(rule.metric()), any(rule.kind()), any(ThresholdDialog.labels(new Selector(rule.labels()))),
					any(rule.subject()), rule.model(), rule.season(), String.join(", ", rule.horizons()), rule.transform() });
		}
	}

	private static String any(String text) {
		return text.isEmpty() ? "any" : text;
	}

	@Override
	public boolean performOk() {
		List<ForecastRule> wanted = List.copyOf(rules);
		estate.filter(one -> !one.forecastRules().equals(wanted)).ifPresent(one -> Estates.later("Set rules on forecasts", () -> one.forecastRules(wanted)));
		return true;
	}
}
