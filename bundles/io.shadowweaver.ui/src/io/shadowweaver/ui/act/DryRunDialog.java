// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.ui.properties.Fact;
import io.shadowweaver.ui.properties.Facts;
import io.shadowweaver.ui.views.Details;

/** What a plan would do if it were carried out now. Asked of guards and accounts; nothing waits for the answer, and a closed dialog drops it. */
public final class DryRunDialog extends Dialog {
	private static final String HINT = "The accounts are asked whether offers, images, networks and quota are there. Nothing is changed.";
	private static final int COPY = IDialogConstants.CLIENT_ID;
	private static final int WIDTH = 760;
	private static final int HEIGHT = 520;

	private final Plan plan;
	private final Names names;
	private final CompletableFuture<DryRun> answer;
	private Label verdict;
	private ProgressBar bar;
	private Details details;
	private String text = "";

	/**
	 * @param shell  the parent
	 * @param plan   which is tried
	 * @param names  for what the answer has ids for
	 * @param answer comes on any thread
	 */
	public DryRunDialog(Shell shell, Plan plan, Names names, CompletableFuture<DryRun> answer) {
		super(shell);
		this.plan = plan;
		this.names = names;
		this.answer = answer;
		setShellStyle(SWT.CLOSE | SWT.TITLE | SWT.RESIZE | SWT.MODELESS | SWT.BORDER);
		setBlockOnOpen(false);
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText("Dry run");
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite all = (Composite) super.createDialogArea(parent);
		Label sentence = new Label(all, SWT.WRAP);
		sentence.setText(names.said(plan.sentence()));
		sentence.setLayoutData(wide());
		verdict = new Label(all, SWT.WRAP);
		verdict.setText("Asking the guards and the accounts …");
		verdict.setLayoutData(wide());
		bar = new ProgressBar(all, SWT.INDETERMINATE);
		bar.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		details = new Details(all, HINT);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true);
		big.widthHint = WIDTH;
		big.heightHint = HEIGHT;
		details.control().setLayoutData(big);
		return all;
	}

	private static GridData wide() {
		GridData data = new GridData(SWT.FILL, SWT.CENTER, true, false);
		data.widthHint = WIDTH;
		return data;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, COPY, "Copy", false).setEnabled(false);
		createButton(parent, IDialogConstants.CANCEL_ID, "Close", true);
		Display display = parent.getDisplay();
		answer.whenComplete((run, failure) -> {
			if (!display.isDisposed()) {
				display.asyncExec(() -> ended(run, failure));
			}
		});
	}

	private void ended(DryRun run, Throwable failure) {
		if (verdict.isDisposed()) {
			return;
		}
		List<Fact> facts = run == null ? List.of() : DryRunFacts.of(run, names);
		verdict.setText(run == null ? "The dry run failed: " + sentence(failure) : names.said(DryRunFacts.verdict(run)));
		text = names.said(plan.sentence()) + "\n" + verdict.getText() + "\n" + Facts.text(facts);
		bar.dispose();
		details.show(facts, HINT);
		getButton(COPY).setEnabled(true);
		verdict.getParent().layout();
	}

	private static String sentence(Throwable failure) {
		Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
		return cause.getMessage() == null ? cause.toString() : cause.getMessage();
	}

	@Override
	protected void buttonPressed(int button) {
		if (button == COPY) {
			Clipboard clipboard = new Clipboard(getShell().getDisplay());
			clipboard.setContents(new Object[] { text }, new Transfer[] { TextTransfer.getInstance() });
			clipboard.dispose();
		} else {
			super.buttonPressed(button);
		}
	}
}
