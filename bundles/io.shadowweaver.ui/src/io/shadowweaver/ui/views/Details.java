// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import io.shadowweaver.ui.core.Spoken;
import io.shadowweaver.ui.properties.Fact;

/** Facts as text that can be read and copied, with a heading for each category. UI thread. */
public final class Details {
	private static final int MARGIN = 6;

	private final StyledText text;
	private List<Fact> shown = List.of();

	/**
	 * @param parent filled by this
	 * @param hint   shown until there are facts
	 */
	public Details(Composite parent, String hint) {
		text = new StyledText(parent, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
		text.setMargins(MARGIN, MARGIN, MARGIN, MARGIN);
		text.setText(hint);
		Spoken.name(text, "Details");
	}

	/** The control that holds the text. */
	public Control control() {
		return text;
	}

	/** Shows facts; the place that is read stays while the same item changes. */
	public void show(List<Fact> facts, String hint) {
		if (facts.equals(shown)) {
			return;
		}
		int top = facts.isEmpty() || shown.isEmpty() || !facts.getFirst().equals(shown.getFirst()) ? 0 : text.getTopPixel();
		shown = facts;
		if (facts.isEmpty()) {
			text.setText(hint);
			return;
		}
		StringBuilder all = new StringBuilder();
		List<StyleRange> bold = new java.util.ArrayList<>();
		String category = "";
		for (Fact fact : facts) {
			if (!fact.category().equals(category)) {
				if (!all.isEmpty()) {
					all.append('\n');
				}
				category = fact.category();
				bold.add(new StyleRange(all.length(), category.length(), null, null, SWT.BOLD));
				all.append(category).append('\n');
			}
			all.append(fact.name()).append(": ").append(fact.value()).append('\n');
		}
		text.setText(all.toString());
		text.setStyleRanges(bold.toArray(StyleRange[]::new));
		text.setTopPixel(top);
	}
}
