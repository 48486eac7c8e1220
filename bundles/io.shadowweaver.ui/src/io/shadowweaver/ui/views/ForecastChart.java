// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.text.SimpleDateFormat;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import org.eclipse.swt.SWT;
import org.eclipse.swt.events.PaintEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swtchart.Chart;
import org.eclipse.swtchart.IAxis;
import org.eclipse.swtchart.ICustomPaintListener;
import org.eclipse.swtchart.ILineSeries;
import org.eclipse.swtchart.ISeries.SeriesType;
import org.eclipse.swtchart.LineStyle;
import org.eclipse.swtchart.Range;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;

/** The chart itself: SWTChart's axes and grid; lines with gaps, bands and marks are drawn over them. UI thread. */
final class ForecastChart {
	private static final int OUTER_LOW = 3;
	private static final int OUTER_HIGH = 7;
	private static final int INNER_LOW = 4;
	private static final int INNER_HIGH = 6;
	private static final long DAY = 86_400_000;

	/** All that is drawn. */
	record Picture(Frame frame, ChartTarget target, Optional<ChartData> data, long from, long to, double top, Unit unit, Palette palette) {
		/** The bands over the horizon: the long path where it was read, the shadow's otherwise. */
		Optional<Bands> bands() {
			return data.flatMap(ChartData::path).or(target::bands);
		}
	}

	private final Chart chart;
	private final ILineSeries<?> bounds;
	private Picture picture;
	private Palette coloured;

	ForecastChart(Composite parent, Consumer<Instant> clicked) {
		chart = new Chart(parent, SWT.NONE);
		chart.getTitle().setVisible(false);
		chart.getLegend().setVisible(false);
		IAxis x = chart.getAxisSet().getXAxis(0);
		IAxis y = chart.getAxisSet().getYAxis(0);
		x.getTitle().setVisible(false);
		y.getTitle().setVisible(false);
		y.getTick().setFormat(new java.text.DecimalFormat("#,##0.##", java.text.DecimalFormatSymbols.getInstance(Locale.ROOT)));
		// Without a series the axes have no dates; this one is never seen.
		bounds = (ILineSeries<?>) chart.getSeriesSet().createSeries(SeriesType.LINE, "bounds");
		bounds.setLineStyle(LineStyle.NONE);
		bounds.setSymbolType(ILineSeries.PlotSymbolType.NONE);
		chart.getPlotArea().addCustomPaintListener(new ICustomPaintListener() {
			@Override
			public void paintControl(PaintEvent event) {
				paint(event.gc);
			}

			@Override
			public boolean drawBehindSeries() {
				return false;
			}
		});
		Control plot = chart.getPlotArea().getControl();
		plot.addListener(SWT.MouseDown, event -> clicked.accept(time(event)));
		plot.addListener(SWT.MouseMove, event -> tip(plot, event));
	}

	Chart control() {
		return chart;
	}

	private Instant time(Event event) {
		return Instant.ofEpochMilli((long) chart.getAxisSet().getXAxis(0).getDataCoordinate(event.x));
	}

	/** Shows a picture. */
	@SuppressWarnings("deprecation") // the successor knows days only
	void show(Picture next) {
		picture = next;
		colours(next.palette);
		IAxis x = chart.getAxisSet().getXAxis(0);
		IAxis y = chart.getAxisSet().getYAxis(0);
		chart.suspendUpdate(true);
		bounds.setXDateSeries(new Date[] { new Date(next.from), new Date(next.to) });
		bounds.setYSeries(new double[] { 0, next.top });
		x.getTick().setFormat(new SimpleDateFormat(next.to - next.from <= 2 * DAY ? "HH:mm" : "EEE d HH:mm", Locale.ENGLISH));
		x.getTick().setTickMarkStepHint(next.to - next.from <= 2 * DAY ? 70 : 110);
		x.setRange(new Range(next.from, next.to));
		y.setRange(new Range(0, next.top));
		chart.suspendUpdate(false);
		chart.redraw();
	}

	private void colours(Palette palette) {
		if (palette == coloured) {
			return;
		}
		coloured = palette;
		chart.setBackground(Palettes.swt(palette.ground()));
		chart.getPlotArea().setBackground(Palettes.swt(palette.ground()));
		for (IAxis axis : chart.getAxisSet().getAxes()) {
			axis.getTick().setForeground(Palettes.swt(palette.text()));
			axis.getGrid().setForeground(Palettes.swt(palette.grid()));
		}
	}

	private void paint(GC gc) {
		if (picture == null) {
			return;
		}
		gc.setAntialias(SWT.ON);
		picture.bands().ifPresent(bands -> {
			band(gc, bands, OUTER_LOW, OUTER_HIGH, 50);
			band(gc, bands, INNER_LOW, INNER_HIGH, 70);
		});
		picture.data.ifPresent(data -> history(gc, data.history()));
		picture.bands().ifPresent(bands -> {
			gc.setForeground(colour(picture.palette.predicted()));
			gc.setLineWidth(2);
			line(gc, bands, lead -> bands.value(lead, Levels.MEDIAN));
			gc.setLineWidth(1);
			gc.setLineStyle(SWT.LINE_DASH);
			line(gc, bands, lead -> bands.at(bands.time(lead), picture.frame.cursor().level()));
			gc.setLineStyle(SWT.LINE_SOLID);
		});
		limits(gc);
		marks(gc);
	}

	private void history(GC gc, Series history) {
		gc.setForeground(colour(picture.palette.observed()));
		gc.setLineWidth(1);
		int lastX = 0;
		int lastY = 0;
		boolean joined = false;
		for (int i = 0; i < history.length(); i++) {
			double value = history.values()[i];
			if (Double.isNaN(value)) {
				joined = false;
				continue;
			}
			int x = x(history.time(i).toEpochMilli());
			int y = y(value);
			if (joined) {
				gc.drawLine(lastX, lastY, x, y);
			} else {
				gc.drawPoint(x, y);
			}
			joined = true;
			lastX = x;
			lastY = y;
		}
	}

	private void band(GC gc, Bands bands, int low, int high, int alpha) {
		int[] outline = new int[bands.leads() * 4];
		for (int lead = 0; lead < bands.leads(); lead++) {
			int x = x(bands.time(lead).toEpochMilli());
			outline[lead * 2] = x;
			outline[lead * 2 + 1] = y(bands.value(lead, low));
			outline[outline.length - 2 - lead * 2] = x;
			outline[outline.length - 1 - lead * 2] = y(bands.value(lead, high));
		}
		gc.setAlpha(alpha);
		gc.setBackground(colour(picture.palette.predicted()));
		gc.fillPolygon(outline);
		gc.setAlpha(255);
	}

	private void line(GC gc, Bands bands, java.util.function.IntToDoubleFunction value) {
		int[] points = new int[bands.leads() * 2];
		for (int lead = 0; lead < bands.leads(); lead++) {
			points[lead * 2] = x(bands.time(lead).toEpochMilli());
			points[lead * 2 + 1] = y(value.applyAsDouble(lead));
		}
		gc.drawPolyline(points);
	}

	private void limits(GC gc) {
		int width = chart.getPlotArea().getSize().x;
		for (ChartTarget.Line line : picture.target.lines()) {
			int y = y(line.value());
			gc.setForeground(colour(picture.palette.stop(line.stop())));
			gc.setLineStyle(SWT.LINE_DASH);
			gc.drawLine(0, y, width, y);
			gc.setLineStyle(SWT.LINE_SOLID);
			gc.drawText(line.label(), 4, y - gc.getFontMetrics().getHeight(), true);
		}
	}

	private void marks(GC gc) {
		Frame frame = picture.frame;
		Point size = chart.getPlotArea().getSize();
		vertical(gc, frame.now(), "now", picture.palette.text(), SWT.LINE_SOLID, size, 0);
		Instant looked = frame.isPast() ? frame.shownAt() : frame.cursor().predictedAt(frame.now());
		vertical(gc, looked, Formats.time(looked, frame.now()), picture.palette.selected(), SWT.LINE_DOT, size, 1);
	}

	private void vertical(GC gc, Instant time, String label, int rgb, int style, Point size, int row) {
		int x = x(time.toEpochMilli());
		gc.setForeground(colour(rgb));
		gc.setLineWidth(1);
		gc.setLineStyle(style);
		gc.drawLine(x, 0, x, size.y);
		gc.setLineStyle(SWT.LINE_SOLID);
		int width = gc.textExtent(label).x;
		gc.drawText(label, Math.min(x + 4, size.x - width - 2), 2 + row * gc.getFontMetrics().getHeight(), true);
	}

	private void tip(Control plot, Event event) {
		if (picture == null) {
			return;
		}
		Instant time = time(event);
		String text = Formats.time(time, picture.frame.now());
		ToDoubleFunction<Double> level = wanted -> picture.bands().map(bands -> bands.at(time, wanted)).orElse(Double.NaN);
		if (time.isAfter(picture.frame.now())) {
			text += "\nmedian " + value(level.applyAsDouble(.5)) + "\np10 … p90 " + value(level.applyAsDouble(.1)) + " … " + value(level.applyAsDouble(.9));
		} else if (picture.data.isPresent()) {
			Series history = picture.data.get().history();
			int index = history.length() == 0 ? -1 : history.indexOf(time);
			text += "\n" + value(index < 0 || index >= history.length() ? Double.NaN : history.values()[index]);
		}
		if (!text.equals(plot.getToolTipText())) {
			plot.setToolTipText(text);
		}
	}

	private String value(double value) {
		return Formats.inUnit(picture.unit, value);
	}

	private int x(long millis) {
		return chart.getAxisSet().getXAxis(0).getPixelCoordinate(millis);
	}

	private int y(double value) {
		return chart.getAxisSet().getYAxis(0).getPixelCoordinate(picture.unit.fromBase(value));
	}

	private static Color colour(int rgb) {
		return Palettes.swt(rgb);
	}
}
