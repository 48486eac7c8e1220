// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.nio.file.Path;
import java.util.Map;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.cost.PriceList;

/** What machines cost and may cost: caps by hour, day and month, and the operator's own prices. */
public final class BudgetPage extends EstatePage {
	@Override
	protected String describe(String estateName) {
		return "What the machines that are made for '" + estateName + "' may cost. A cap that is reached refuses plans; nothing is removed for it.";
	}

	@Override
	protected void fill(Composite parent, ProvisioningSettings settings) {
		Map<String, String> texts = BudgetForm.texts(settings.cost());
		fields().add(parent, "currency", "Currency", texts.get("currency"), "ISO 4217, such as EUR", "In which caps are given and offers of several providers are compared");
		fields().add(parent, BudgetForm.FIELDS, texts);
		fields().add(parent, "prices", "Own prices", texts.get("prices"), "a file; empty for none",
				"Lines of provider,region,offer,price,currency[,date]; they replace all other prices of what they name");
		new Label(parent, SWT.NONE);
		Button browse = new Button(parent, SWT.PUSH);
		browse.setText("Browse…");
		browse.addListener(SWT.Selection, event -> {
			String chosen = new FileDialog(getShell(), SWT.OPEN).open();
			if (chosen != null) {
				fields().set(Map.of("prices", chosen));
			}
		});
		Button check = new Button(parent, SWT.PUSH);
		check.setText("Check the list");
		check.addListener(SWT.Selection, event -> check());
	}

	/** Reads the list in a Job, and says what is wrong with it. */
	private void check() {
		String file = fields().text("prices").strip();
		if (file.isEmpty()) {
			setMessage("There is no list to check: prices are those of the providers.", INFORMATION);
			return;
		}
		Display display = getShell().getDisplay();
		Job job = new Job("Reading " + file) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				PriceList list = PriceList.read(Path.of(file));
				String said = !list.errors().isEmpty() ? list.errors().getFirst() + (list.errors().size() > 1 ? " And " + (list.errors().size() - 1) + " more." : "")
						: list.entries().size() + " prices." + (list.notes().isEmpty() ? "" : " " + list.notes().getFirst());
				if (!display.isDisposed()) {
					display.asyncExec(() -> {
						if (getControl() != null && !getControl().isDisposed()) {
							setMessage(said, list.errors().isEmpty() ? INFORMATION : WARNING);
						}
					});
				}
				return Status.OK_STATUS;
			}
		};
		job.setSystem(true);
		job.schedule();
	}

	@Override
	protected ProvisioningSettings read(ProvisioningSettings settings) {
		return settings.with(BudgetForm.read(settings.cost(), fields()::text));
	}

	@Override
	protected ProvisioningSettings over(ProvisioningSettings newest, ProvisioningSettings wanted) {
		return newest.with(wanted.cost());
	}

	@Override
	protected void defaults(ProvisioningSettings standard) {
		fields().set(BudgetForm.texts(standard.cost()));
	}
}
