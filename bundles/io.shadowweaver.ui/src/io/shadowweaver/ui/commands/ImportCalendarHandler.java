// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.events.Calendars;

/** Asks for an iCalendar file and enters its events into the calendar. */
public final class ImportCalendarHandler extends EstateHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		Calendars.importFile(shell, estate);
	}
}
