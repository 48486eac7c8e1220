// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.properties.Fact;
import io.shadowweaver.ui.properties.Facts;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;

/** What will break, when, the last moment to act, and whether it is covered. The most urgent first. */
public final class AlertsView extends FeedView<AlertsView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.alerts";
	private static final String HINT = "Select an alert to read why it was raised and what to do.";

	/** What is shown. */
	record Shown(Frame frame, RowTable.Arranged<AlertRow> rows, Set<String> marked, List<Fact> facts, int forecasts) {
	}

	private RowTable<AlertRow> table;
	private Details details;
	private volatile boolean withdrawn;

	@Override
	protected Control createContent(Composite parent) {
		SashForm sash = new SashForm(parent, SWT.HORIZONTAL);
		table = new RowTable<>(sash, List.of(
				new Column<AlertRow>("Severity", "How bad; grey once it is withdrawn, green while a plan covers it", 85, false,
						row -> Formats.words(row.alert().severity()), AlertRow.URGENT, java.util.Optional.empty()).marked(this::colour),
				Column.<AlertRow>text("State", "Open, acknowledged, covered by a plan, or withdrawn", 100, row -> Formats.words(row.alert().state())),
				Column.text("What", "The resource or group", 150, AlertRow::subject),
				Column.text("Metric", "The metric that crosses its threshold", 80, AlertRow::metric),
				Column.<AlertRow, java.time.Instant>ordered("Breach", "When it crosses", 150, AlertRow::breach, row -> row.alert().breachAt()),
				Column.<AlertRow, java.time.Instant>ordered("Act by", "The last moment to act: breach less the time that provisioning takes", 175,
						AlertRow::startBy, row -> row.alert().startBy()),
				Column.<AlertRow>number("Value", "What is reached at worst, and the limit", 110, AlertRow::value, row -> row.alert().value()),
				Column.text("Covered by", "The plan that covers it", 160, AlertRow::covered),
				Column.<AlertRow>text("Seen by", "Who acknowledged it", 80, row -> row.alert().acknowledgedBy()),
				Column.<AlertRow>text("Summary", "In one line", 300, row -> row.alert().summary())), row -> row.alert().id(), AlertRow.URGENT);
		table.named("Alerts");
		table.onArrangement(this::refresh);
		table.onSelect(rows -> selection().select(rows.stream().map(row -> new Item(Item.Kind.ALERT, row.alert().id())).toList()));
		table.onOpen(row -> selection().select(Item.ofSubject(row.alert().subject())));
		details = new Details(sash, HINT);
		sash.setWeights(68, 32);
		Action old = new Action("Show withdrawn", IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				withdrawn = isChecked();
				refresh();
			}
		};
		getViewSite().getActionBars().getMenuManager().add(old);
		ContextMenus.install(this, table.table());
		return sash;
	}

	private int colour(AlertRow row) {
		Palette palette = palettes().current();
		if (!row.alert().isActive()) {
			return palette.stale();
		}
		return row.alert().state() == Alert.State.COVERED ? palette.stop(1) : palette.stop(row.isCritical() ? 4 : 3);
	}

	@Override
	protected Shown compute(Frame frame) {
		Set<String> marked = frame.selection().stream().filter(item -> item.kind() == Item.Kind.ALERT).map(Item::id).collect(Collectors.toSet());
		Set<Item> selected = Set.copyOf(frame.selection());
		List<AlertRow> rows = AlertRow.of(frame.state(), withdrawn).stream().filter(row -> frame.matchesSubject(row.alert().subject())).toList();
		if (marked.isEmpty()) {
			// A selected resource or group marks its alerts, so that one selection links all.
			marked = rows.stream().map(AlertRow::alert).filter(alert -> selected.contains(Item.ofSubject(alert.subject()))).map(Alert::id)
					.collect(Collectors.toSet());
		}
		List<Fact> facts = marked.stream().sorted().findFirst().map(id -> Facts.of(frame, new Item(Item.Kind.ALERT, id))).orElse(List.of());
		return new Shown(frame, table.arrange(rows), marked, facts, forecasts(frame));
	}

	private static int forecasts(Frame frame) {
		int count = 0;
		for (int slot = 0; slot < frame.state().series().size(); slot++) {
			count += frame.state().series().forecast(slot).filter(forecast -> forecast.isPresent()).isPresent() ? 1 : 0;
		}
		return count;
	}

	@Override
	protected String reason(Shown shown) {
		if (shown.rows().total() > 0) {
			return "";
		}
		Frame frame = shown.frame();
		if (frame.matching().isPresent() && !frame.state().alerts().isEmpty()) {
			return "No alert concerns what is looked for in the bar of the twin.";
		}
		int series = frame.state().series().size();
		return series == 0 ? "Nothing can be predicted yet: no metric has arrived."
				: shown.forecasts() == 0 ? "Nothing can be predicted yet: none of " + series + " series has a forecast. Nothing is above its threshold now."
				: "No breach is predicted. Of " + series + " series " + shown.forecasts() + " have a forecast, which is watched against " + frame.state().thresholds().size() + " thresholds.";
	}

	@Override
	protected void show(Shown shown) {
		table.show(shown.rows(), shown.marked());
		details.show(shown.facts(), HINT);
	}
}
