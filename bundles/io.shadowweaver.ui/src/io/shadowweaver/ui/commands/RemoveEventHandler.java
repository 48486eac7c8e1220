// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;

/** Removes the selected events from the calendar, behind a question. */
public final class RemoveEventHandler extends EstateHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		List<String> ids = selected(Item.Kind.EVENT);
		String names = estate.calendar().stream().filter(entry -> ids.contains(entry.id())).map(CalendarEntry::text).collect(Collectors.joining(", "));
		if (!names.isEmpty() && MessageDialog.open(MessageDialog.QUESTION, shell, "Remove events",
				"Forecasts no longer take these into account, and forget what past ones did: " + names + ".", 0, "Remove", "Leave them") == 0) {
			Estates.later("Remove " + names, () -> estate.removeFromCalendar(ids));
		}
	}
}
