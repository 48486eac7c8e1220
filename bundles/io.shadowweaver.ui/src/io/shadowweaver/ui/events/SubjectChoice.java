// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.events;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.views.AlertRow;

/** A choice of what an event concerns: everything, what is selected, or a group. UI thread. */
final class SubjectChoice {
	private final List<String> subjects = new ArrayList<>(List.of(""));
	private final Combo combo;

	SubjectChoice(Composite parent, WeaverState state, List<Item> selection, Runnable changed) {
		for (Item item : selection) {
			if (item.kind() == Item.Kind.RESOURCE) {
				subjects.add(item.id());
			}
		}
		state.topology().groups().keySet().stream().sorted().forEach(group -> subjects.add(SeriesId.GROUP_PREFIX + group));
		combo = new Combo(parent, SWT.READ_ONLY);
		combo.setToolTipText("The forecasts of what it concerns take it into account. Select a resource before to find it here.");
		combo.setItems(subjects.stream().map(subject -> subject.isEmpty() ? "everything" : AlertRow.subject(state, subject)).toArray(String[]::new));
		int chosen = selection.stream().map(item -> (item.kind() == Item.Kind.GROUP ? SeriesId.GROUP_PREFIX : "") + item.id()).mapToInt(subjects::indexOf)
				.filter(index -> index > 0).findFirst().orElse(0);
		combo.select(chosen);
		combo.addListener(SWT.Selection, event -> changed.run());
	}

	/** The subject; empty for everything. */
	String subject() {
		return subjects.get(Math.max(0, combo.getSelectionIndex()));
	}
}
