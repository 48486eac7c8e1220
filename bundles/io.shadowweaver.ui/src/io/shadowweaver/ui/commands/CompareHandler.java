// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.dialogs.ListSelectionDialog;
import org.eclipse.ui.handlers.HandlerUtil;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.models.ModelsView;

/** Asks which models to compare on the selected series; the back-tests run in a Job and are shown by the view of the models. */
public final class CompareHandler extends SeriesHandler {
	@Override
	protected void run(ExecutionEvent event, Shell shell, EstateHandle estate, List<SeriesId> series) throws ExecutionException {
		ModelsView view;
		try {
			view = (ModelsView) HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage().showView(ModelsView.ID);
		} catch (PartInitException e) {
			throw new ExecutionException("The view of the models could not be opened.", e);
		}
		Map<String, String> models = models();
		Set<String> marked = view.markedModels();
		ListSelectionDialog dialog = ListSelectionDialog.of(models.keySet().toArray()).contentProvider(new ArrayContentProvider())
				.labelProvider(LabelProvider.createTextProvider(id -> models.get(id) + " (" + id + ")"))
				.message("Models to judge on the history of " + named(series) + ". Each is trained anew for this, which takes seconds to minutes; "
						+ "the forecasts go on meanwhile.")
				.title("Compare models").preselect(marked.size() > 1 ? marked.stream().filter(models::containsKey).toArray() : models.keySet().toArray()).create(shell);
		if (dialog.open() == Window.OK) {
			Set<String> chosen = Arrays.stream(dialog.getResult()).map(String.class::cast).collect(Collectors.toSet());
			if (!chosen.isEmpty()) {
				view.compare(estate, series, chosen.size() == models.size() ? Set.of() : chosen);
			}
		}
	}
}
