// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.views.ChartMark;
import io.shadowweaver.ui.views.TimeChart;

/** What models forecast one lead ahead, drawn over what was measured: side by side, on the same axes. UI thread. */
final class ResultCharts {
	/** More at a time are too small to be read. */
	static final int MOST = 4;

	/** One model's chart. */
	record Panel(String title, Trace trace) {
	}

	/** All that is drawn. */
	record Picture(List<Panel> panels, Series actual, Unit unit, List<ChartMark> marks, Instant now, Instant cursor, Palette palette) {
		/** The axes that fit all panels. */
		TimeChart.Extent extent() {
			double top = DoubleStream.concat(DoubleStream.of(actual.values()), panels.stream().mapToDouble(panel -> panel.trace.top()))
					.filter(Double::isFinite).max().orElse(1);
			double foot = DoubleStream.concat(DoubleStream.of(actual.values()), panels.stream().mapToDouble(panel -> panel.trace.foot()))
					.filter(Double::isFinite).min().orElse(0);
			double least = DoubleStream.of(actual.values()).filter(Double::isFinite).min().orElse(0) >= 0 ? 0 : foot;
			return TimeChart.Extent.of(actual.start().toEpochMilli(), actual.end().toEpochMilli(), least, top, unit);
		}
	}

	private final class Cell {
		private final Composite composite;
		private final Label title;
		private final TimeChart chart;
		private Panel panel;

		Cell() {
			composite = new Composite(area, SWT.NONE);
			GridLayout layout = new GridLayout();
			layout.marginWidth = 1;
			layout.marginHeight = 0;
			layout.verticalSpacing = 0;
			composite.setLayout(layout);
			composite.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
			title = new Label(composite, SWT.NONE);
			title.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
			chart = new TimeChart(composite, gc -> paint(gc, this));
			chart.spoken("Model tried").description(title::getText);
			chart.control().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
			chart.plot().addListener(SWT.MouseDown, event -> clicked.accept(chart.time(event)));
			chart.plot().addListener(SWT.MouseMove, event -> tip(this, event));
		}
	}

	private final Composite area;
	private final Consumer<Instant> clicked;
	private final List<Cell> cells = new ArrayList<>();
	private Picture picture;

	/**
	 * @param parent  filled by this
	 * @param clicked is told at which time the mouse was pressed
	 */
	ResultCharts(Composite parent, Consumer<Instant> clicked) {
		this.clicked = clicked;
		area = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(1, true);
		layout.marginWidth = 0;
		layout.marginHeight = 0;
		area.setLayout(layout);
	}

	Control control() {
		return area;
	}

	/** How many are drawn. For tests. */
	int count() {
		return cells.size();
	}

	void show(Picture next) {
		picture = next;
		fit(next.panels.size());
		TimeChart.Extent extent = next.extent();
		for (int i = 0; i < cells.size(); i++) {
			Cell cell = cells.get(i);
			cell.panel = next.panels.get(i);
			if (!cell.title.getText().equals(cell.panel.title)) {
				cell.title.setText(cell.panel.title);
				cell.title.setToolTipText(cell.panel.title);
			}
			cell.chart.show(extent, next.palette);
		}
	}

	private void fit(int wanted) {
		if (cells.size() == wanted) {
			return;
		}
		while (cells.size() > wanted) {
			cells.removeLast().composite.dispose();
		}
		while (cells.size() < wanted) {
			cells.add(new Cell());
		}
		((GridLayout) area.getLayout()).numColumns = wanted > 2 ? 2 : Math.max(1, wanted);
		area.layout(true, true);
	}

	private void paint(GC gc, Cell cell) {
		if (cell.panel == null) {
			return;
		}
		Palette palette = picture.palette;
		Trace trace = cell.panel.trace;
		cell.chart.band(gc, trace.times(), trace.low(), trace.high(), palette.predicted(), 70);
		gc.setForeground(Palettes.swt(palette.observed()));
		gc.setLineWidth(1);
		cell.chart.line(gc, picture.actual);
		gc.setForeground(Palettes.swt(palette.predicted()));
		gc.setLineWidth(2);
		cell.chart.line(gc, trace.times(), trace.median());
		gc.setLineWidth(1);
		ChartMark.draw(picture.marks, cell.chart, gc, palette);
		if (!picture.cursor.isBefore(picture.actual.start()) && picture.cursor.isBefore(picture.actual.end())) {
			cell.chart.vertical(gc, picture.cursor, Formats.time(picture.cursor, picture.now), palette.selected(), SWT.LINE_DOT, 0);
		}
	}

	private void tip(Cell cell, Event event) {
		if (cell.panel == null) {
			return;
		}
		Instant time = cell.chart.time(event);
		int index = picture.actual.indexOf(time);
		double value = index < 0 || index >= picture.actual.length() ? Double.NaN : picture.actual.values()[index];
		StringBuilder text = new StringBuilder(Formats.time(time, picture.now)).append("\nmeasured ").append(Formats.inUnit(picture.unit, value));
		int near = java.util.Arrays.binarySearch(cell.panel.trace.times(), time.toEpochMilli());
		int at = Math.min(near < 0 ? -near - 1 : near, cell.panel.trace.times().length - 1);
		if (at >= 0) {
			text.append("\nforecast ").append(Formats.inUnit(picture.unit, cell.panel.trace.median()[at])).append(" (")
					.append(Formats.inUnit(picture.unit, cell.panel.trace.low()[at])).append(" … ")
					.append(Formats.inUnit(picture.unit, cell.panel.trace.high()[at])).append(")");
		}
		text.append(ChartMark.tip(picture.marks, cell.chart, event.x));
		if (!text.toString().equals(cell.chart.plot().getToolTipText())) {
			cell.chart.plot().setToolTipText(text.toString());
		}
	}
}
