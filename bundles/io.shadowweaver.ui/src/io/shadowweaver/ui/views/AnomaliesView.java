// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.Painters;
import io.shadowweaver.ui.table.RowTable;

/** Unusual values and forecasts of the last day, the newest first, with what was expected. None of them is a breach. */
public final class AnomaliesView extends FeedView<AnomaliesView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.anomalies";

	/** What is shown. */
	record Shown(Frame frame, RowTable.Arranged<AnomalyRow> rows, Set<AnomalyRow.Key> marked) {
	}

	private RowTable<AnomalyRow> table;
	private volatile AnomalyRow.Key chosen;
	private volatile boolean ofSelection;

	@Override
	protected Control createContent(Composite parent) {
		table = new RowTable<>(parent, List.of(
				Column.<AnomalyRow, Instant>ordered("Time", "When the value was measured, or the forecast issued", 165, AnomalyRow::time,
						row -> row.anomaly().time()).marked(row -> palettes().current().unusual()),
				Column.text("What", "The resource or group", 130, AnomalyRow::subject),
				Column.text("Metric", "The metric", 90, AnomalyRow::metric),
				Column.text("Kind", "A measured value, or a forecast that departs from its own past", 80, AnomalyRow::kind),
				Column.<AnomalyRow>number("Value", "What was measured, or is forecast at the lead where it departs most", 100, AnomalyRow::value,
						row -> row.anomaly().value()),
				Column.<AnomalyRow>number("Expected", "What was expected instead, by what came before", 100, AnomalyRow::expected, AnomalyRow::departure),
				Column.<AnomalyRow>number("Score", "0 is usual, 1 as unusual as can be", 90, row -> Formats.number(row.anomaly().score()),
						row -> row.anomaly().score())
						.painted(Painters.bar(row -> new Painters.Bar(row.anomaly().score(), palettes().current().unusual()))),
				Column.<AnomalyRow>text("Why", "In a sentence", 420, row -> row.anomaly().reason())), AnomalyRow::key, AnomalyRow.NEWEST);
		table.named("Anomalies");
		table.onArrangement(this::refresh);
		table.onSelect(rows -> rows.stream().findFirst().ifPresent(this::go));
		Action narrow = new Action("Only of what is selected", IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				ofSelection = isChecked();
				refresh();
			}
		};
		getViewSite().getActionBars().getMenuManager().add(narrow);
		ContextMenus.install(this, table.table());
		return table.control();
	}

	/** All windows look at what it is about, when it was. */
	private void go(AnomalyRow row) {
		chosen = row.key();
		selection().select(row.item());
		cursor().move(position -> position.withMetric(row.anomaly().series().metric()).at(Optional.of(row.anomaly().time())));
	}

	@Override
	protected Shown compute(Frame frame) {
		List<AnomalyRow> rows = AnomalyRow.of(frame.state());
		Set<Item> selected = Set.copyOf(frame.selection());
		if (ofSelection && !selected.isEmpty()) {
			rows = rows.stream().filter(row -> selected.contains(row.item())).toList();
		}
		AnomalyRow.Key key = chosen;
		List<AnomalyRow> marked = rows.stream().filter(row -> selected.contains(row.item())).toList();
		Optional<AnomalyRow> one = marked.stream().filter(row -> row.key().equals(key)).findFirst();
		return new Shown(frame, table.arrange(rows), one.map(row -> Set.of(row.key()))
				.orElseGet(() -> marked.stream().map(AnomalyRow::key).collect(Collectors.toSet())));
	}

	@Override
	protected String reason(Shown shown) {
		int all = shown.frame().state().anomalies().size();
		if (shown.rows().total() > 0) {
			return "";
		}
		return all > 0 ? "Nothing unusual about what is selected; " + all + " elsewhere in the last 24 hours."
				: shown.frame().state().series().size() == 0 ? "No metric has arrived yet, so nothing can be unusual."
						: "Nothing unusual in the last 24 hours: the values and forecasts of " + shown.frame().state().series().size() + " series are as expected.";
	}

	@Override
	protected void show(Shown shown) {
		table.show(shown.rows(), shown.marked());
	}
}
