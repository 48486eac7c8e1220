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

import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;

/** When a metric of the active estate is too high: by metric, kind and labels. */
public final class ThresholdsPage extends PreferencePage implements IWorkbenchPreferencePage {
	private static final String[] HEADS = { "Name", "Metric", "Kind", "Labels", "Warning", "Critical", "Recovery", "Quantile" };
	private static final int[] WIDTHS = { 130, 90, 80, 110, 70, 70, 75, 70 };

	private final List<Threshold> rules = new ArrayList<>();
	private Optional<EstateHandle> estate = Optional.empty();
	private boolean defaults;
	private Table table;

	@Override
	public void init(IWorkbench workbench) {
		Estates estates = workbench.getService(Estates.class);
		estate = estates.active();
		estate.ifPresent(one -> rules.addAll(one.state().thresholds()));
		setDescription(estate.map(one -> "When a metric of '" + one.name() + "' is too high. The most specific rule that fits a resource holds.")
				.orElse(estates.why()));
	}

	@Override
	protected Control createContents(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		all.setLayout(new GridLayout(2, false));
		table = new Table(all, SWT.BORDER | SWT.FULL_SELECTION | SWT.MULTI);
		table.setHeaderVisible(true);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true, 1, 4);
		big.heightHint = 260;
		big.widthHint = 620;
		table.setLayoutData(big);
		for (int i = 0; i < HEADS.length; i++) {
			TableColumn column = new TableColumn(table, i < 4 ? SWT.LEFT : SWT.RIGHT);
			column.setText(HEADS[i]);
			column.setWidth(WIDTHS[i]);
		}
		table.addListener(SWT.DefaultSelection, event -> edit());
		button(all, "Add…", () -> open(new Threshold(free(), "cpu", "", new Selector(java.util.Map.of()), .75, .9, .7, .9, ""), -1));
		button(all, "Edit…", this::edit);
		button(all, "Remove", this::remove);
		setValid(estate.isPresent());
		fill();
		return all;
	}

	private String free() {
		int number = 1;
		while (taken("rule-" + number, -1)) {
			number++;
		}
		return "rule-" + number;
	}

	private boolean taken(String id, int except) {
		for (int i = 0; i < rules.size(); i++) {
			if (i != except && rules.get(i).id().equals(id)) {
				return true;
			}
		}
		return false;
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
			open(rules.get(index), index);
		}
	}

	private void open(Threshold before, int index) {
		ThresholdDialog dialog = new ThresholdDialog(getShell(), before);
		if (dialog.open() == Window.OK) {
			Threshold after = dialog.result();
			if (taken(after.id(), index)) {
				setErrorMessage("There is a rule '" + after.id() + "' already; nothing was changed.");
				return;
			}
			setErrorMessage(null);
			if (index < 0) {
				rules.add(after);
			} else {
				rules.set(index, after);
			}
			defaults = false;
			fill();
		}
	}

	private void remove() {
		int[] chosen = table.getSelectionIndices();
		for (int i = chosen.length - 1; i >= 0; i--) {
			rules.remove(chosen[i]);
		}
		defaults = false;
		fill();
	}

	private void fill() {
		table.removeAll();
		for (Threshold rule : rules) {
			new TableItem(table, SWT.NONE).setText(new String[] { rule.id(), rule.metric(), rule.kind().isEmpty() ? "any" : rule.kind(),
					rule.labels().labels().isEmpty() ? "any" : ThresholdDialog.labels(rule.labels()), String.valueOf(rule.warning()),
					String.valueOf(rule.critical()), String.valueOf(rule.recovery()), String.valueOf(rule.level()) });
		}
	}

	@Override
	protected void performDefaults() {
		defaults = true;
		rules.clear();
		fill();
		setMessage("The rules of the product hold again after Apply.", INFORMATION);
		super.performDefaults();
	}

	@Override
	public boolean performOk() {
		List<Threshold> wanted = List.copyOf(rules);
		if (estate.isPresent() && rules.isEmpty() && !defaults) {
			setErrorMessage("Without any rule nothing would be watched. 'Restore Defaults' brings the rules of the product back.");
			return false;
		}
		estate.filter(one -> !one.state().thresholds().equals(wanted)).ifPresent(one -> Estates.later("Set thresholds", () -> one.thresholds(wanted)));
		return true;
	}
}
