// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.trim;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;

import io.shadowweaver.ui.core.Spoken;

/**
 * A drop-down list of values. UI thread.
 *
 * @param <V> a value with equality
 */
final class Choice<V> {
	private final Combo combo;
	private final Function<V, String> label;
	private List<V> values = List.of();

	Choice(Composite parent, String name, String tip, int width, Function<V, String> label, Consumer<V> chosen) {
		this.label = label;
		combo = new Combo(parent, SWT.READ_ONLY | SWT.DROP_DOWN);
		combo.setToolTipText(tip);
		Spoken.name(combo, name);
		// A tool bar asks for the size once, before there is anything to choose from.
		combo.setLayoutData(new RowData(width, SWT.DEFAULT));
		combo.addListener(SWT.Selection, event -> {
			int index = combo.getSelectionIndex();
			if (index >= 0) {
				chosen.accept(values.get(index));
			}
		});
	}

	Combo control() {
		return combo;
	}

	/** Offers values and marks one; a marked value that is not among them is offered first. */
	void show(List<V> offered, V marked) {
		List<V> all = offered;
		if (marked != null && !offered.contains(marked)) {
			all = new java.util.ArrayList<>(offered);
			all.addFirst(marked);
		}
		String[] labels = all.stream().map(label).toArray(String[]::new);
		values = List.copyOf(all);
		if (!java.util.Arrays.equals(labels, combo.getItems())) {
			combo.setItems(labels);
		}
		int index = marked == null ? -1 : values.indexOf(marked);
		if (combo.getSelectionIndex() != index) {
			if (index < 0) {
				combo.deselectAll();
			} else {
				combo.select(index);
			}
		}
	}
}
