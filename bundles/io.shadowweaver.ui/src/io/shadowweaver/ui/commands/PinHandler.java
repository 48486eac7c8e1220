// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.dialogs.ListDialog;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;

/** Asks for a model and pins it on the selected series: past errors choose no longer. */
public final class PinHandler extends SeriesHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, List<SeriesId> series) {
		Map<String, String> models = models();
		if (models.isEmpty()) {
			MessageDialog.openInformation(shell, "No model", "No forecast model can be used: Plug-ins says why.");
			return;
		}
		ListDialog dialog = new ListDialog(shell);
		dialog.setContentProvider(new ArrayContentProvider());
		dialog.setLabelProvider(LabelProvider.createTextProvider(id -> models.get(id) + " (" + id + ")"));
		dialog.setTitle("Pin model");
		dialog.setMessage("The model that forecasts " + named(series) + " from now on, whatever its errors are:");
		dialog.setInput(models.keySet().toArray());
		dialog.setInitialSelections(estate.pinned(series.getFirst()).filter(models::containsKey).orElse(models.keySet().iterator().next()));
		if (dialog.open() == Window.OK && dialog.getResult().length > 0 && dialog.getResult()[0] instanceof String model) {
			Estates.later("Pin " + models.get(model) + " on " + named(series), () -> series.forEach(id -> estate.pin(id, Optional.of(model))));
		}
	}
}
