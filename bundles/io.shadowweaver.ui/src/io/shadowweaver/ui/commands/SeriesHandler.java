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
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.TimeCursor;

/** A command on the forecasts of the selected resources and groups, of the metric that the windows look at. */
abstract class SeriesHandler extends EstateHandler {
	@Override
	protected final void run(ExecutionEvent event, Shell shell, EstateHandle estate, String person) throws ExecutionException {
		String metric = PlatformUI.getWorkbench().getService(TimeCursor.class).position().metric();
		List<SeriesId> series = PlatformUI.getWorkbench().getService(Selection.class).items().stream()
				.filter(item -> item.kind() == Item.Kind.RESOURCE || item.kind() == Item.Kind.GROUP)
				.map(item -> item.kind() == Item.Kind.GROUP ? SeriesId.ofGroup(item.id(), metric) : new SeriesId(item.id(), metric))
				.filter(id -> estate.state().series().slot(id) >= 0).toList();
		if (series.isEmpty()) {
			MessageDialog.openInformation(shell, "No series", "What is selected has no series of the chosen metric. Choose another metric in the tool bar.");
		} else {
			run(event, shell, estate, series);
		}
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
