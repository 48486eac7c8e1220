// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

/** Asks for a decision and for the name of the person who takes it, which goes into the audit trail. */
public final class DecisionDialog extends TitleAreaDialog {
	private static final int LINES = 10;

	/**
	 * What is decided.
	 *
	 * @param title    the question
	 * @param verb     what the button says
	 * @param details  what is done, a line each; shown as it is
	 * @param choice   what the decision needs beside a person, such as a group; empty for nothing
	 * @param problems why a person may not decide so, in a sentence; empty where the person may
	 */
	public record Decision(String title, String verb, List<String> details, Optional<Choice> choice, Function<String, String> problems) {
		/** Any person may. */
		public static Decision byAnybody(String title, String verb, List<String> details) {
			return new Decision(title, verb, details, Optional.empty(), person -> "");
		}
	}

	/**
	 * One of several.
	 *
	 * @param label  before the field
	 * @param values to choose from, not empty
	 * @param first  the one that is chosen at first; one that is not among them leaves the choice open
	 */
	public record Choice(String label, List<String> values, String first) {
	}

	private final Decision decision;
	private String person;
	private String chosen;
	private Text name;
	private Combo combo;

	/**
	 * @param shell    the parent
	 * @param decision what is decided
	 * @param person   who sits there, as far as is known
	 */
	public DecisionDialog(Shell shell, Decision decision, String person) {
		super(shell);
		this.decision = decision;
		this.person = person;
		chosen = decision.choice().map(Choice::first).orElse("");
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		getShell().setText(decision.verb());
		setTitle(decision.title());
		setMessage("The name is written beside the decision.");
		Composite all = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
		all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		all.setLayout(new GridLayout(2, false));
		Text details = new Text(all, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
		details.setText(String.join("\n", decision.details()));
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
		big.heightHint = Math.clamp(decision.details().size() + 1, 3, LINES) * details.getLineHeight();
		big.widthHint = 560;
		details.setLayoutData(big);
		decision.choice().ifPresent(choice -> {
			new Label(all, SWT.NONE).setText(choice.label() + ":");
			combo = new Combo(all, SWT.READ_ONLY);
			combo.setItems(choice.values().toArray(String[]::new));
			combo.select(choice.values().indexOf(choice.first()));
			combo.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
			combo.addListener(SWT.Selection, event -> validate());
		});
		new Label(all, SWT.NONE).setText("Person:");
		name = new Text(all, SWT.BORDER);
		name.setText(person);
		name.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		name.addListener(SWT.Modify, event -> validate());
		return all;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.OK_ID, decision.verb(), false);
		createButton(parent, IDialogConstants.CANCEL_ID, "Leave it", true);
		validate();
	}

	private void validate() {
		String who = name.getText().strip();
		String problem = who.isEmpty() ? "A decision needs the name of a person."
				: combo != null && combo.getSelectionIndex() < 0 ? decision.choice().orElseThrow().label() + ": choose one." : decision.problems().apply(who);
		setErrorMessage(problem.isEmpty() ? null : problem);
		if (getButton(IDialogConstants.OK_ID) != null) {
			getButton(IDialogConstants.OK_ID).setEnabled(problem.isEmpty());
		}
	}

	@Override
	protected void okPressed() {
		person = name.getText().strip();
		chosen = combo == null ? "" : combo.getText();
		super.okPressed();
	}

	/** Who decided; after the dialog was closed with its verb. */
	public String person() {
		return person;
	}

	/** What was chosen; empty where nothing was asked for. */
	public String chosen() {
		return chosen;
	}
}
