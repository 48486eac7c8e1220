// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

/** Shows a part's content, or in its place a sentence that says why it is empty. */
public final class ReasonStack {
	private final Composite composite;
	private final StackLayout layout = new StackLayout();
	private final Composite message;
	private final Label sentence;
	private Control content;

	/**
	 * @param parent filled by this
	 */
	public ReasonStack(Composite parent) {
		composite = new Composite(parent, SWT.NONE);
		composite.setLayout(layout);
		message = new Composite(composite, SWT.NONE);
		message.setLayout(new GridLayout());
		sentence = new Label(message, SWT.WRAP | SWT.CENTER);
		sentence.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, true));
		layout.topControl = message;
	}

	/** The parent of the content. */
	public Composite composite() {
		return composite;
	}

	/** Names the content, whose parent is {@link #composite()}. */
	public void content(Control shown) {
		content = shown;
	}

	/** Shows the content. */
	public void show() {
		top(content);
	}

	/** Shows a sentence in its place. */
	public void reason(String why) {
		if (!sentence.getText().equals(why)) {
			sentence.setText(why);
			message.layout();
		}
		top(message);
	}

	/** Whether the content is shown, and not a sentence. */
	public boolean isShown() {
		return layout.topControl == content;
	}

	private void top(Control control) {
		if (layout.topControl != control) {
			layout.topControl = control;
			composite.layout();
		}
	}
}
