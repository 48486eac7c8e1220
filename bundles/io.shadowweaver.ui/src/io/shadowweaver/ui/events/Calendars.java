// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.events;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;

import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.TimeCursor;

/** What the commands on the calendar do: dialogs on the UI thread, the rest in Jobs. */
public final class Calendars {
	private Calendars() {
	}

	/** Asks for an event at the time cursor, or the next full hour, and enters it. */
	public static void add(Shell shell, EstateHandle estate) {
		Instant now = estate.state().time();
		ZoneId zone = ZoneId.systemDefault();
		LocalDateTime at = PlatformUI.getWorkbench().getService(TimeCursor.class).position().time().orElse(now.plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.HOURS))
				.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
		EventDialog dialog = new EventDialog(shell, estate.state(), selection(), at);
		if (dialog.open() == Window.OK) {
			CalendarEntry entry = dialog.draft().entry(UUID.randomUUID().toString(), zone, now);
			Estates.later("Add " + entry.text(), () -> estate.addToCalendar(List.of(entry)));
		}
	}

	/** Asks for a file and enters what it holds. */
	public static void importFile(Shell shell, EstateHandle estate) {
		ImportDialog dialog = new ImportDialog(shell, estate.state(), selection());
		if (dialog.open() == Window.OK) {
			Estates.later("Import " + dialog.files().getFirst().getFileName(), () -> importAll(estate, dialog));
		}
	}

	private static IStatus importAll(EstateHandle estate, ImportDialog dialog) {
		int count = estate.importCalendar(dialog.files(), dialog.options());
		return count > 0 ? Status.OK_STATUS : Status.warning(dialog.files().getFirst() + " holds no event.");
	}

	private static List<Item> selection() {
		return PlatformUI.getWorkbench().getService(Selection.class).items();
	}
}
