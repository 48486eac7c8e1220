// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.events.PaintEvent;
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
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Spoken;

/** Values over time: SWTChart's axes and grid; lines with gaps, bands and marks are drawn over them. UI thread. */
public final class TimeChart {
	private static final long DAY = 86_400_000;

	/**
	 * What the axes span.
	 *
	 * @param from milliseconds since the epoch
	 * @param to   after that
	 * @param low  in the shown unit
	 * @param high above that
	 * @param unit in which values are shown
	 */
	public record Extent(long from, long to, double low, double high, Unit unit) {
		/** From zero, or the least value where it is negative, to the largest with some air. */
		public static Extent of(long from, long to, double least, double most, Unit unit) {
			double high = Double.isFinite(most) ? unit.fromBase(most) : 1;
			double low = Double.isFinite(least) ? Math.min(0, unit.fromBase(least)) : 0;
			return new Extent(from, Math.max(to, from + 1), low * 1.12, Math.max(high * 1.12, low * 1.12 + 1e-6), unit);
		}
	}

	private final Chart chart;
	private final ILineSeries<?> bounds;
	private Extent extent;
	private Palette palette;

	/**
	 * @param parent filled by this
	 * @param paint  draws over axes and grid, once {@link #show} was called
	 */
	public TimeChart(Composite parent, Consumer<GC> paint) {
		chart = new Chart(parent, SWT.NONE);
		chart.getTitle().setVisible(false);
		chart.getLegend().setVisible(false);
		IAxis y = chart.getAxisSet().getYAxis(0);
		chart.getAxisSet().getXAxis(0).getTitle().setVisible(false);
		y.getTitle().setVisible(false);
		y.getTick().setFormat(new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)));
		// Without a series the axes have no dates; this one is never seen.
		bounds = (ILineSeries<?>) chart.getSeriesSet().createSeries(SeriesType.LINE, "bounds");
		bounds.setLineStyle(LineStyle.NONE);
		bounds.setSymbolType(ILineSeries.PlotSymbolType.NONE);
		chart.getPlotArea().addCustomPaintListener(new ICustomPaintListener() {
			@Override
			public void paintControl(PaintEvent event) {
				if (extent != null) {
					event.gc.setAntialias(SWT.ON);
					// the grid was drawn with dots
					event.gc.setLineStyle(SWT.LINE_SOLID);
					paint.accept(event.gc);
				}
			}

			@Override
			public boolean drawBehindSeries() {
				return false;
			}
		});
	}

	/**
	 * Names it for screen readers.
	 *
	 * @return takes what it shows
	 */
	public Spoken spoken(String name) {
		return Spoken.name(plot(), name).role(ACC.ROLE_GRAPHIC);
	}

	/** The control that holds the chart. */
	public Chart control() {
		return chart;
	}

	/** Where the mouse and the keyboard are listened to. */
	public Control plot() {
		return chart.getPlotArea().getControl();
	}

	/** The size of what is drawn on. */
	public Point size() {
		return chart.getPlotArea().getSize();
	}

	/** The time under the mouse. */
	public Instant time(Event event) {
		return Instant.ofEpochMilli((long) chart.getAxisSet().getXAxis(0).getDataCoordinate(event.x));
	}

	/** Sets the axes and draws anew. */
	@SuppressWarnings("deprecation") // the successor knows days only
	public void show(Extent next, Palette colours) {
		colour(colours);
		extent = next;
		boolean days = next.to - next.from > 2 * DAY;
		IAxis x = chart.getAxisSet().getXAxis(0);
		chart.suspendUpdate(true);
		bounds.setXDateSeries(new Date[] { new Date(next.from), new Date(next.to) });
		bounds.setYSeries(new double[] { next.low, next.high });
		x.getTick().setFormat(new SimpleDateFormat(days ? "EEE d HH:mm" : "HH:mm", Locale.ENGLISH));
		x.getTick().setTickMarkStepHint(days ? 110 : 70);
		x.setRange(new Range(next.from, next.to));
		chart.getAxisSet().getYAxis(0).setRange(new Range(next.low, next.high));
		chart.suspendUpdate(false);
		chart.redraw();
	}

	private void colour(Palette colours) {
		if (colours == palette) {
			return;
		}
		palette = colours;
		chart.setBackground(Palettes.swt(colours.ground()));
		chart.getPlotArea().setBackground(Palettes.swt(colours.ground()));
		for (IAxis axis : chart.getAxisSet().getAxes()) {
			axis.getTick().setForeground(Palettes.swt(colours.text()));
			axis.getGrid().setForeground(Palettes.swt(colours.grid()));
		}
	}

	/** The place of a time in pixels. */
	public int x(long millis) {
		return chart.getAxisSet().getXAxis(0).getPixelCoordinate(millis);
	}

	/** The place of a value in base units. */
	public int y(double value) {
		return chart.getAxisSet().getYAxis(0).getPixelCoordinate(extent.unit.fromBase(value));
	}

	/** A series of values; {@code NaN} is a gap. */
	public void line(GC gc, Series series) {
		int lastX = 0;
		int lastY = 0;
		boolean joined = false;
		for (int i = 0; i < series.length(); i++) {
			double value = series.values()[i];
			if (Double.isNaN(value)) {
				joined = false;
				continue;
			}
			int x = x(series.time(i).toEpochMilli());
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

	/** What lies between two levels, in a colour. */
	public void band(GC gc, Bands bands, int low, int high, int rgb, int alpha) {
		int[] outline = new int[bands.leads() * 4];
		for (int lead = 0; lead < bands.leads(); lead++) {
			int x = x(bands.time(lead).toEpochMilli());
			outline[lead * 2] = x;
			outline[lead * 2 + 1] = y(bands.value(lead, low));
			outline[outline.length - 2 - lead * 2] = x;
			outline[outline.length - 1 - lead * 2] = y(bands.value(lead, high));
		}
		fill(gc, outline, rgb, alpha);
	}

	/**
	 * What lies between two lines over time; where one of them is {@code NaN} there is nothing.
	 *
	 * @param times milliseconds since the epoch, ascending
	 * @param low   the lower line in base units
	 * @param high  the upper one
	 */
	public void band(GC gc, long[] times, double[] low, double[] high, int rgb, int alpha) {
		int from = 0;
		while (from < times.length) {
			int to = from;
			while (to < times.length && !Double.isNaN(low[to]) && !Double.isNaN(high[to])) {
				to++;
			}
			int count = to - from;
			int[] outline = new int[count * 4];
			for (int i = 0; i < count; i++) {
				int x = x(times[from + i]);
				outline[i * 2] = x;
				outline[i * 2 + 1] = y(low[from + i]);
				outline[outline.length - 2 - i * 2] = x;
				outline[outline.length - 1 - i * 2] = y(high[from + i]);
			}
			if (count > 1) {
				fill(gc, outline, rgb, alpha);
			}
			from = to + 1;
		}
	}

	/** A line of values over time; {@code NaN} is a gap. */
	public void line(GC gc, long[] times, double[] values) {
		for (int i = 1; i < times.length; i++) {
			if (!Double.isNaN(values[i - 1]) && !Double.isNaN(values[i])) {
				gc.drawLine(x(times[i - 1]), y(values[i - 1]), x(times[i]), y(values[i]));
			}
		}
	}

	/** A filled outline. */
	public static void fill(GC gc, int[] outline, int rgb, int alpha) {
		gc.setAlpha(alpha);
		gc.setBackground(Palettes.swt(rgb));
		gc.fillPolygon(outline);
		gc.setAlpha(255);
	}

	/** A line of one value a lead. */
	public void line(GC gc, Bands bands, IntToDoubleFunction value) {
		int[] points = new int[bands.leads() * 2];
		for (int lead = 0; lead < bands.leads(); lead++) {
			points[lead * 2] = x(bands.time(lead).toEpochMilli());
			points[lead * 2 + 1] = y(value.applyAsDouble(lead));
		}
		gc.drawPolyline(points);
	}

	/** A horizontal line over all, dashed, with its label above it, or below it where there is no room. */
	public void horizontal(GC gc, double value, String label, int rgb) {
		int y = y(value);
		gc.setForeground(Palettes.swt(rgb));
		gc.setLineStyle(SWT.LINE_DASH);
		gc.drawLine(0, y, size().x, y);
		gc.setLineStyle(SWT.LINE_SOLID);
		int above = y - gc.getFontMetrics().getHeight();
		gc.drawText(label, 4, above < 0 ? y + 1 : above, true);
	}

	/** A vertical line at a time, with its label beside it in a row from the top. */
	public void vertical(GC gc, Instant time, String label, int rgb, int style, int row) {
		int x = x(time.toEpochMilli());
		Point size = size();
		gc.setForeground(Palettes.swt(rgb));
		gc.setLineWidth(1);
		gc.setLineStyle(style);
		gc.drawLine(x, 0, x, size.y);
		gc.setLineStyle(SWT.LINE_SOLID);
		int width = gc.textExtent(label).x;
		gc.drawText(label, Math.min(x + 4, size.x - width - 2), 2 + row * gc.getFontMetrics().getHeight(), true);
	}
}
