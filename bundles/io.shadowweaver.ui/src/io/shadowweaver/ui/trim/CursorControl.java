// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.trim;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.menus.WorkbenchWindowControlContribution;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.ui.core.CursorPosition;
import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.TimeCursor;

/** Chooses the metric, how far ahead, how cautious, and which of the two shadows all windows show. */
public final class CursorControl extends WorkbenchWindowControlContribution {
	private static final List<Duration> HORIZONS = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(30),
			Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));
	private static final List<Double> LEVELS = List.of(.5, .75, .9, .95, .99);

	private Choice<Metric> metric;
	private Choice<Duration> horizon;
	private Choice<Double> level;
	private Choice<Shadow.Kind> kind;

	private record Shown(List<Metric> metrics, CursorPosition position) {
	}

	@Override
	protected Control createControl(Composite parent) {
		TimeCursor cursor = PlatformUI.getWorkbench().getService(TimeCursor.class);
		Composite row = new Composite(parent, SWT.NONE);
		RowLayout layout = new RowLayout();
		layout.marginTop = 0;
		layout.marginBottom = 0;
		layout.center = true;
		row.setLayout(layout);
		metric = new Choice<>(row, "Metric", "The metric that scene, tree and chart show", 125, Metric::name, chosen -> cursor.move(at -> at.withMetric(chosen.id())));
		horizon = new Choice<>(row, "How far ahead", "How far ahead 'predicted' looks", 130, span -> Formats.span(span) + " ahead",
				chosen -> cursor.move(at -> at.withHorizon(chosen).at(java.util.Optional.empty())));
		level = new Choice<>(row, "Quantile", "The quantile of what is predicted: p50 is even odds, p99 is cautious", 80, Formats::level,
				chosen -> cursor.move(at -> at.withLevel(chosen)));
		kind = new Choice<>(row, "Shadow", "Unattended: nobody acts. Planned: with what is called and building", 130, Formats::words,
				chosen -> cursor.move(at -> at.withKind(chosen)));
		show(new Shown(List.of(), cursor.position()));
		PlatformUI.getWorkbench().getService(EstateFeed.class).subscribe(row, CursorControl::shown, this::show,
				why -> show(new Shown(List.of(), cursor.position())));
		return row;
	}

	private static Shown shown(Frame frame) {
		return new Shown(frame.state().metrics().values().stream().sorted(Comparator.comparing(CursorControl::order).thenComparing(Metric::name)).toList(),
				frame.cursor());
	}

	private static int order(Metric metric) {
		int known = Metric.standard().indexOf(metric);
		return known < 0 ? Integer.MAX_VALUE : known;
	}

	private void show(Shown shown) {
		CursorPosition at = shown.position;
		metric.show(shown.metrics, shown.metrics.stream().filter(one -> one.id().equals(at.metric())).findFirst().orElse(null));
		horizon.show(HORIZONS, at.horizon());
		level.show(LEVELS, at.level());
		kind.show(List.of(Shadow.Kind.values()), at.kind());
	}
}
