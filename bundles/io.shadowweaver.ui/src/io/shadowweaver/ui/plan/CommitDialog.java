// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.plan;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.core.AutomationHandle;
import io.shadowweaver.ui.views.Details;

/** What a scenario would propose, and the button that proposes it. Nothing waits for an answer, and a closed dialog drops it. */
final class CommitDialog extends Dialog {
	private static final String HINT = "The engine plans what the scenario adds. Nothing is changed by looking.";
	private static final String PROPOSE = "Propose";
	private static final int WIDTH = 760;
	private static final int HEIGHT = 460;

	private final Scenario scenario;
	private final Names names;
	private final AutomationHandle automation;
	private final String person;
	private Label verdict;
	private Details details;

	/**
	 * @param shell      the parent
	 * @param scenario   what is committed
	 * @param names      for what the answer has ids for
	 * @param automation is asked
	 * @param person     in whose name
	 */
	CommitDialog(Shell shell, Scenario scenario, Names names, AutomationHandle automation, String person) {
		super(shell);
		this.scenario = scenario;
		this.names = names;
		this.automation = automation;
		this.person = person;
		setShellStyle(SWT.CLOSE | SWT.TITLE | SWT.RESIZE | SWT.MODELESS | SWT.BORDER);
		setBlockOnOpen(false);
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText("Commit " + scenario.name());
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite all = (Composite) super.createDialogArea(parent);
		verdict = new Label(all, SWT.WRAP);
		verdict.setText("Planning what '" + scenario.name() + "' adds …");
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
		wide.widthHint = WIDTH;
		verdict.setLayoutData(wide);
		details = new Details(all, HINT);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true);
		big.widthHint = WIDTH;
		big.heightHint = HEIGHT;
		details.control().setLayoutData(big);
		return all;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.OK_ID, PROPOSE, true).setEnabled(false);
		createButton(parent, IDialogConstants.CANCEL_ID, "Close", false);
		ask(automation.preview(scenario), CommitFacts::verdict, true);
	}

	@Override
	protected void okPressed() {
		getButton(IDialogConstants.OK_ID).setEnabled(false);
		ask(automation.commit(scenario, person), CommitFacts::done, false);
	}

	private void ask(CompletableFuture<Commit> answer, Function<Commit, String> words, boolean proposable) {
		Display display = getShell().getDisplay();
		answer.whenComplete((commit, failure) -> {
			if (!display.isDisposed()) {
				display.asyncExec(() -> answered(commit, failure, words, proposable));
			}
		});
	}

	private void answered(Commit commit, Throwable failure, Function<Commit, String> words, boolean proposable) {
		if (verdict.isDisposed()) {
			return;
		}
		verdict.setText(commit == null ? "It cannot be committed: " + sentence(failure) : words.apply(commit));
		details.show(commit == null ? List.of() : CommitFacts.of(commit, names), HINT);
		Button propose = getButton(IDialogConstants.OK_ID);
		propose.setEnabled(proposable && commit != null && CommitFacts.plans(commit) > 0);
		verdict.getParent().layout();
	}

	private static String sentence(Throwable failure) {
		Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
		return cause.getMessage() == null ? cause.toString() : cause.getMessage();
	}
}
