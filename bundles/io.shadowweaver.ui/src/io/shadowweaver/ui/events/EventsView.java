// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;
import io.shadowweaver.ui.views.ContextMenus;
import io.shadowweaver.ui.views.FeedView;

/** What is known to be coming and what happened: the operator's calendar, and what sources have told. */
public final class EventsView extends FeedView<EventsView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.events";

	/** What is shown. */
	record Shown(RowTable.Arranged<EventRow> rows, Set<Object> marked) {
	}

	private RowTable<EventRow> table;

	@Override
	protected Control createContent(Composite parent) {
		table = new RowTable<>(parent, List.of(
				new Column<EventRow>("When", "When it begins; what repeats is listed at its next time", 190, false, EventRow::time, EventRow.NATURAL, Optional.empty())
						.marked(row -> row.coming() ? palettes().current().predicted() : -1),
				Column.<EventRow>text("What", "In a few words", 240, row -> row.event().text()),
				Column.<EventRow>text("Kind", "Launch, deployment, holiday, incident, change of capacity, or a note", 90, row -> Formats.words(row.event().kind())),
				Column.text("Concerns", "The resource or group whose forecasts take it into account", 140, EventRow::subject),
				Column.<EventRow>number("Lasts", "How long", 80, EventRow::length, row -> row.event().duration().toMillis()),
				Column.text("Again", "How it repeats", 80, EventRow::again),
				Column.text("From", "The operator's calendar, or a source", 80, EventRow::origin),
				Column.<EventRow, Instant>ordered("Known since", "A forecast that was issued before did not use it", 130,
						row -> row.event().known().equals(Instant.EPOCH) ? "always" : Formats.clock(row.event().known()), row -> row.event().known())),
				EventRow::key, EventRow.NATURAL);
		table.named("Events");
		table.onArrangement(this::refresh);
		table.onSelect(this::go);
		ContextMenus.install(this, table.table());
		return table.control();
	}

	/** All windows look at what it concerns, when it is; the entries are selected too, so that they can be removed. */
	private void go(List<EventRow> rows) {
		List<Item> items = new ArrayList<>();
		rows.stream().map(row -> row.event().subject()).filter(subject -> !subject.isEmpty()).findFirst().map(Item::ofSubject).ifPresent(items::add);
		rows.forEach(row -> row.entry().ifPresent(id -> items.add(new Item(Item.Kind.EVENT, id))));
		selection().select(items);
		rows.stream().findFirst().ifPresent(row -> cursor().move(position -> position.at(Optional.of(row.event().time()))));
	}

	@Override
	protected Shown compute(Frame frame) {
		Set<Object> marked = frame.selection().stream().filter(item -> item.kind() == Item.Kind.EVENT).map(Item::id).collect(Collectors.toSet());
		return new Shown(table.arrange(EventRow.of(frame, frame.estate().calendar())), marked);
	}

	@Override
	protected String reason(Shown shown) {
		return shown.rows().total() > 0 ? ""
				: "No events. Add what forecasts should know: launches, deployments, holidays; or import a calendar (.ics). Both are in the tool bar of this view.";
	}

	@Override
	protected void show(Shown shown) {
		table.show(shown.rows(), shown.marked());
	}
}
