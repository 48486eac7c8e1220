// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;

import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.TimeCursor;

/** Moves the time cursor: to now, or by a span of minutes that may be negative. */
public final class TimeHandler extends EstateHandler {
	private static final String PARAMETER = "io.shadowweaver.ui.command.time.minutes";

	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) {
		long minutes = Long.parseLong(event.getParameter(PARAMETER));
		Instant now = estate.state().time();
		PlatformUI.getWorkbench().getService(TimeCursor.class).move(position -> position
				.at(minutes == 0 ? Optional.empty() : Optional.of(position.time().orElse(now).plus(Duration.ofMinutes(minutes)))));
	}
}
