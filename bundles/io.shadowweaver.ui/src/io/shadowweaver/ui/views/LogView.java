// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jface.action.Action;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.LogBook;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.properties.Fact;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;

/** How sources, providers and the engine are doing, and the newest lines of the log. */
public final class LogView extends FeedView<LogView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.log";
	private static final String HINT = "Select a line to read it wholly.";

	/** A line of either kind; {@code number} keeps equal ones apart. */
	record Row(int number, java.time.Instant time, LogBook.Severity level, boolean status, String origin, String message, String detail) {
	}

	/** What is shown. */
	record Shown(RowTable.Arranged<Row> rows) {
	}

	private RowTable<Row> table;
	private Details details;
	private LogBook book;

	@Override
	protected Control createContent(Composite parent) {
		book = PlatformUI.getWorkbench().getService(LogBook.class);
		SashForm sash = new SashForm(parent, SWT.HORIZONTAL);
		// What holds now stands above what happened: the worst status first, then the newest line.
		Comparator<Row> order = Comparator.comparing(Row::status).reversed()
				.thenComparing(row -> row.status() ? row.level() : LogBook.Severity.DEBUG, Comparator.reverseOrder())
				.thenComparing(Row::time, Comparator.reverseOrder()).thenComparing(Row::number, Comparator.reverseOrder());
		table = new RowTable<>(sash, List.of(
				Column.<Row, LogBook.Severity>ordered("Level", "How bad", 90, row -> Formats.words(row.level()), Row::level)
						.marked(this::colour),
				Column.<Row>text("Kind", "A status holds now; a line tells of a moment", 70, row -> row.status() ? "status" : "line"),
				Column.<Row, java.time.Instant>ordered("Time", "When it happened, or since when it holds", 160, row -> Formats.clock(row.time()), Row::time),
				Column.text("Origin", "Who says it", 200, Row::origin), Column.text("Message", "What it says", 600, Row::message)), Row::number, order);
		table.named("Log");
		table.onArrangement(this::refresh);
		details = new Details(sash, HINT);
		table.onSelect(rows -> rows.stream().findFirst().ifPresent(this::explain));
		sash.setWeights(72, 28);
		Action clear = new Action("Clear the log") {
			@Override
			public void run() {
				book.clear();
			}
		};
		getViewSite().getActionBars().getMenuManager().add(clear);
		Runnable end = book.listen(this::refresh);
		sash.addDisposeListener(event -> end.run());
		return sash;
	}

	private void explain(Row row) {
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact("Message", row.origin(), row.message()));
		facts.add(new Fact("Message", row.status() ? "Since" : "Time", Formats.clock(row.time())));
		if (!row.detail().isEmpty()) {
			facts.add(new Fact("Details", "Cause", row.detail()));
		}
		details.show(facts, HINT);
	}

	private int colour(Row row) {
		Palette palette = palettes().current();
		return switch (row.level()) {
		case ERROR -> palette.stop(4);
		case WARNING -> palette.stop(3);
		case INFO -> palette.stop(1);
		case DEBUG -> palette.stale();
		};
	}

	@Override
	protected void absent(String why) {
		// Why there is no estate is what the log is read for.
		List<Row> rows = lines();
		if (rows.isEmpty()) {
			super.absent(why);
		} else {
			uncover();
			show(new Shown(table.arrange(rows)));
		}
	}

	@Override
	protected Shown compute(Frame frame) {
		List<Row> rows = lines();
		int number = 0;
		for (Map.Entry<String, Status> entry : new TreeMap<>(frame.state().statuses()).entrySet()) {
			Status status = entry.getValue();
			rows.add(new Row(--number, status.since(), level(status.state()), true, entry.getKey(),
					Formats.words(status.state()) + (status.sentence().isEmpty() ? "" : ": " + status.sentence()), status.detail()));
		}
		return new Shown(table.arrange(rows));
	}

	private List<Row> lines() {
		List<Row> rows = new ArrayList<>();
		List<LogBook.Line> lines = book.lines();
		for (int i = 0; i < lines.size(); i++) {
			LogBook.Line line = lines.get(i);
			rows.add(new Row(lines.size() - i, line.time(), line.level(), false, line.origin(), line.message(), line.detail()));
		}
		return rows;
	}

	private static LogBook.Severity level(Status.State state) {
		return switch (state) {
		case OK, ENDED -> LogBook.Severity.INFO;
		case IDLE, STARTING -> LogBook.Severity.DEBUG;
		case DEGRADED -> LogBook.Severity.WARNING;
		case FAILED, UNAVAILABLE -> LogBook.Severity.ERROR;
		};
	}

	@Override
	protected String reason(Shown shown) {
		return shown.rows().total() == 0 ? "Nothing was logged yet." : "";
	}

	@Override
	protected void show(Shown shown) {
		java.util.Set<Object> marked = new java.util.HashSet<>();
		table.selected().forEach(row -> marked.add(row.number()));
		table.show(shown.rows(), marked);
	}
}
