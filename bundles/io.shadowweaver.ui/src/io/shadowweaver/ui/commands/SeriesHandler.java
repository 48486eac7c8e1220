// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.commands;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.Points;
import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.models.ModelsView;

/** A command on the forecasts of the selected resources and groups, of the metric that the windows look at. */
abstract class SeriesHandler extends EstateHandler {
	@Override
	protected final void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) throws ExecutionException {
		List<SeriesId> series = PlatformUI.getWorkbench().getService(EstateFeed.class).frame().filter(frame -> frame.estate().equals(estate))
				.map(SeriesHandler::selected).orElse(List.of());
		if (series.isEmpty()) {
			MessageDialog.openInformation(shell, "No series", "What is selected has no series of the chosen metric. Choose another metric in the tool bar.");
		} else {
			run(event, shell, estate, series);
		}
	}

	private static List<SeriesId> selected(Frame frame) {
		return ModelsView.series(PlatformUI.getWorkbench().getService(Selection.class).items(), frame);
	}

	/**
	 * Does it; on the UI thread, so what blocks is a Job.
	 *
	 * @param series at least one
	 */
	protected abstract void run(ExecutionEvent event, Shell shell, EstateHandle estate, List<SeriesId> series) throws ExecutionException;

	/** The names of the models that can be used, by id. */
	protected static Map<String, String> models() {
		return PlatformUI.getWorkbench().getService(Estates.class).backend().map(backend -> backend.contributions().stream()
				.filter(info -> info.point().equals(Points.MODELS) && info.status().state() != Status.State.UNAVAILABLE)
				.collect(Collectors.toMap(ContributionInfo::id, ContributionInfo::name, (one, other) -> one, TreeMap::new))).orElseGet(TreeMap::new);
	}

	/** 'web-1/cpu', or how many. */
	protected static String named(List<SeriesId> series) {
		return series.size() == 1 ? series.getFirst().toString() : series.size() + " series";
	}
}
