// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.platform.ContributionInfo;

/** Chooses one of the contributions that a wizard can use. */
final class ChoosePage extends WizardPage {
	private final List<ContributionInfo> sources;
	private final Function<ContributionInfo, String> kinds;
	private Table table;
	private Label description;

	/**
	 * @param kinds what stands behind the name of each
	 */
	ChoosePage(String title, String message, List<ContributionInfo> sources, Function<ContributionInfo, String> kinds) {
		super("choose", title, null);
		this.sources = List.copyOf(sources);
		this.kinds = kinds;
		setMessage(message);
	}

	@Override
	public void createControl(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		all.setLayout(new GridLayout());
		table = new Table(all, SWT.SINGLE | SWT.BORDER | SWT.FULL_SELECTION);
		GridData wide = new GridData(SWT.FILL, SWT.FILL, true, true);
		wide.heightHint = 160;
		table.setLayoutData(wide);
		new TableColumn(table, SWT.LEFT).setWidth(200);
		new TableColumn(table, SWT.LEFT).setWidth(120);
		new TableColumn(table, SWT.LEFT).setWidth(320);
		for (ContributionInfo source : sources) {
			TableItem item = new TableItem(table, SWT.NONE);
			item.setText(new String[] { source.name(), kinds.apply(source), isUsable(source) ? "" : source.status().sentence() });
		}
		table.addListener(SWT.Selection, event -> refresh());
		table.addListener(SWT.DefaultSelection, event -> {
			if (canFlipToNextPage()) {
				getContainer().showPage(getNextPage());
			}
		});
		description = new Label(all, SWT.WRAP);
		GridData lines = new GridData(SWT.FILL, SWT.FILL, true, false);
		lines.heightHint = 60;
		lines.widthHint = 400;
		description.setLayoutData(lines);
		setControl(all);
		setPageComplete(false);
	}

	private static boolean isUsable(ContributionInfo source) {
		return source.status().state() != Status.State.UNAVAILABLE;
	}

	private void refresh() {
		Optional<ContributionInfo> chosen = chosen();
		description.setText(chosen.map(ContributionInfo::description).orElse(""));
		boolean usable = chosen.filter(ChoosePage::isUsable).isPresent();
		setErrorMessage(chosen.isPresent() && !usable ? chosen.get().status().sentence() : null);
		setPageComplete(usable);
	}

	/** What was chosen. */
	Optional<ContributionInfo> chosen() {
		int index = table == null ? -1 : table.getSelectionIndex();
		return index < 0 ? Optional.empty() : Optional.of(sources.get(index));
	}

	/** Chooses by extension point and id. */
	void choose(String point, String id) {
		for (int i = 0; i < sources.size(); i++) {
			if (sources.get(i).point().equals(point) && sources.get(i).id().equals(id)) {
				table.setSelection(i);
				refresh();
			}
		}
	}
}
