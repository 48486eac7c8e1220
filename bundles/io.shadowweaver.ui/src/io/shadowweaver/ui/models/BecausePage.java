// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.api.model.Part;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.ReasonStack;
import io.shadowweaver.ui.core.TimeCursor;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;
import io.shadowweaver.ui.views.TimeChart;

/** Why the forecast is what it is: its parts at the cursor's time in a sentence and a table, and over all leads as lines. */
final class BecausePage {
	/** A part in the table. */
	record Row(int place, int number, String name, String kind, double value, String text, double share) {
	}

	/** What is shown; made off the UI thread. */
	record Shown(Subject subject, Instant at, RowTable.Arranged<Row> rows, String sentence, TimeChart.Extent extent, String why) {
	}

	private final Composite page;
	private final ReasonStack stack;
	private final Label sentence;
	private final RowTable<Row> table;
	private final TimeChart chart;
	private final Palettes palettes;
	private Shown shown;

	BecausePage(Composite parent, TimeCursor cursor, Palettes palettes, Runnable changed) {
		this.palettes = palettes;
		stack = new ReasonStack(parent);
		page = new Composite(stack.composite(), SWT.NONE);
		stack.content(page);
		GridLayout layout = new GridLayout();
		layout.marginWidth = 2;
		layout.marginHeight = 2;
		page.setLayout(layout);
		sentence = new Label(page, SWT.WRAP);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
		wide.widthHint = 200;
		sentence.setLayoutData(wide);
		SashForm sash = new SashForm(page, SWT.HORIZONTAL);
		sash.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		table = new RowTable<>(sash, List.of(Column.<Row>text("Part", "What the forecast is made of", 150, Row::name).marked(row -> colour(row.number)),
				Column.text("Kind", "Trend, season, event, driver, or the rest", 80, Row::kind),
				Column.<Row>number("Adds", "What it adds at the cursor's time, in the unit of the series", 100, Row::text, Row::value),
				Column.<Row>number("Weight", "Its share of the sum of all sizes", 170, row -> Formats.percent(Math.abs(row.share)), row -> Math.abs(row.share))
						.painted(this::weight)),
				Row::number, Comparator.comparingInt(Row::place));
		table.named("Parts of the forecast");
		table.onArrangement(changed);
		chart = new TimeChart(sash, this::paint);
		chart.spoken("What the forecast is made of").description(sentence::getText);
		chart.plot().addListener(SWT.MouseDown, event -> cursor.move(position -> position.at(Optional.of(chart.time(event)))));
		sash.setWeights(45, 55);
	}

	/** To the left where it takes away, to the right where it adds. */
	private void weight(GC gc, Rectangle cell, Row row) {
		int half = (cell.width - 8) / 2;
		int middle = cell.x + 4 + half;
		int length = (int) Math.round(half * Math.min(1, Math.abs(row.share)));
		gc.setBackground(Palettes.swt(colour(row.number)));
		gc.fillRectangle(row.value < 0 ? middle - length : middle, cell.y + cell.height - 5, Math.max(1, length), 4);
	}

	/** Hues that stand for no severity. */
	private int colour(int number) {
		List<Integer> hues = palettes.current().parts();
		return hues.get(Math.min(number, hues.size() - 1));
	}

	Control control() {
		return stack.composite();
	}

	/** Off the UI thread. */
	Shown compute(Subject subject) {
		Because because = subject.because();
		Instant at = subject.frame().cursor().predictedAt(subject.frame().now());
		if (because.parts().isEmpty()) {
			String model = subject.quality().map(quality -> quality.model()).filter(name -> !name.isEmpty()).orElse("");
			String why = !because.read() ? "The forecast is being taken apart; while models are trained it waits for them." : model.isEmpty() ? "There is no forecast to be taken apart yet."
					: "The model '" + model + "' does not tell its parts.";
			return new Shown(subject, at, table.arrange(List.of()), "", new TimeChart.Extent(0, 1, 0, 1, subject.unit()), why);
		}
		double sizes = because.at(at).stream().mapToDouble(share -> Math.abs(share.value())).sum();
		List<Row> rows = new ArrayList<>();
		List<String> order = because.parts().stream().map(part -> part.kind() + part.name()).toList();
		for (Because.Share share : because.at(at)) {
			String text = share.kind() == Part.Kind.TREND ? Formats.inUnit(subject.unit(), share.value()) : Because.signed(subject.unit(), share.value());
			rows.add(new Row(rows.size(), order.indexOf(share.kind() + share.name()), share.name(), Formats.words(share.kind()), share.value(), text, sizes == 0 ? 0 : share.value() / sizes));
		}
		double most = 0;
		double least = 0;
		for (int lead = 0; lead < because.leads().size(); lead++) {
			double sum = 0;
			for (Part part : because.parts()) {
				sum += part.values()[lead];
				most = Math.max(most, part.values()[lead]);
				least = Math.min(least, part.values()[lead]);
			}
			most = Math.max(most, sum);
		}
		TimeChart.Extent extent = TimeChart.Extent.of(because.issued().toEpochMilli(), because.issued().plus(because.leads().getLast()).toEpochMilli(), least, most,
				subject.unit());
		return new Shown(subject, at, table.arrange(rows), because.sentence(at, subject.frame().now(), subject.unit()), extent, "");
	}

	/** UI thread. */
	void show(Shown next) {
		shown = next;
		if (!next.why.isEmpty()) {
			stack.reason(next.why);
			return;
		}
		stack.show();
		if (!sentence.getText().equals(next.sentence)) {
			sentence.setText(next.sentence);
			page.layout();
		}
		table.show(next.rows, Set.of());
		chart.show(next.extent, next.subject.palette());
	}

	private void paint(GC gc) {
		Because because = shown.subject.because();
		Palette palette = shown.subject.palette();
		long[] times = because.leads().stream().mapToLong(lead -> because.issued().plus(lead).toEpochMilli()).toArray();
		double[] sums = new double[times.length];
		for (int i = 0; i < because.parts().size(); i++) {
			double[] values = because.parts().get(i).values();
			for (int lead = 0; lead < sums.length; lead++) {
				sums[lead] += values[lead];
			}
			gc.setForeground(Palettes.swt(colour(i)));
			gc.setLineWidth(2);
			chart.line(gc, times, values);
		}
		gc.setForeground(Palettes.swt(palette.observed()));
		gc.setLineStyle(SWT.LINE_DASH);
		chart.line(gc, times, sums);
		gc.setLineStyle(SWT.LINE_SOLID);
		gc.setLineWidth(1);
		Duration after = Duration.between(because.issued(), shown.at);
		if (!after.isNegative()) {
			chart.vertical(gc, shown.at, Formats.time(shown.at, shown.subject.frame().now()), palette.selected(), SWT.LINE_DOT, 0);
		}
	}
}
