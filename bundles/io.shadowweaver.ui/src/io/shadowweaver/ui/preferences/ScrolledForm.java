// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;

/** The body of a page that may be longer than its dialog: three columns that scroll. UI thread. */
final class ScrolledForm {
	private static final int WIDTH = 640;
	private static final int HEIGHT = 460;
	private static final int COLUMNS = 3;

	private final Composite sized;
	private final ScrolledComposite scroller;
	private final Composite body;

	ScrolledForm(Composite parent) {
		// the dialog replaces the layout data of what is returned, so the size is that of a child
		sized = new Composite(parent, SWT.NONE);
		GridLayout single = new GridLayout();
		single.marginWidth = 0;
		single.marginHeight = 0;
		sized.setLayout(single);
		scroller = new ScrolledComposite(sized, SWT.V_SCROLL);
		scroller.setExpandHorizontal(true);
		scroller.setExpandVertical(true);
		GridData big = new GridData(SWT.FILL, SWT.FILL, true, true);
		big.widthHint = WIDTH;
		big.heightHint = HEIGHT;
		scroller.setLayoutData(big);
		body = new Composite(scroller, SWT.NONE);
		GridLayout layout = new GridLayout(COLUMNS, false);
		layout.marginWidth = 0;
		body.setLayout(layout);
		scroller.setContent(body);
		scroller.addListener(SWT.Resize, event -> fit());
	}

	/** What a page gives to its dialog. */
	Composite control() {
		return sized;
	}

	/** Takes the fields. */
	Composite body() {
		return body;
	}

	/** Lays out anew, after a text has become longer or shorter. */
	void fit() {
		int width = scroller.getClientArea().width;
		if (width > 0) {
			scroller.setMinSize(body.computeSize(width, SWT.DEFAULT));
			body.layout();
		}
	}
}
