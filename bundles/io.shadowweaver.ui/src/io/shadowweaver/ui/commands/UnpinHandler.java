// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;
import java.util.Optional;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;

/** Lets past errors choose the model of the selected series again. */
public final class UnpinHandler extends SeriesHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, List<SeriesId> series) {
		Estates.later("Unpin the model of " + named(series), () -> series.forEach(id -> estate.pin(id, Optional.empty())));
	}
}
