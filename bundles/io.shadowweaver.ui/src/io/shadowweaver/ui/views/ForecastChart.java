// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swtchart.Chart;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Spoken;

/** History, bands, limits and marks of one series. UI thread. */
final class ForecastChart {
	private static final int OUTER_LOW = 3;
	private static final int OUTER_HIGH = 7;
	private static final int INNER_LOW = 4;
	private static final int INNER_HIGH = 6;

	/** All that is drawn. */
	record Picture(Frame frame, ChartTarget target, Optional<ChartData> data, TimeChart.Extent extent, List<ChartMark> marks, Palette palette) {
		/** The bands over the horizon: the long path where it was read, the shadow's otherwise. */
		Optional<Bands> bands() {
			return data.flatMap(ChartData::path).or(target::bands);
		}
	}

	private final TimeChart chart;
	private final Spoken spoken;
	private Picture picture;

	/**
	 * @param said    what a screen reader says that it shows
	 * @param clicked is told at which time the mouse was pressed
	 */
	ForecastChart(Composite parent, Supplier<String> said, Consumer<Instant> clicked) {
		chart = new TimeChart(parent, this::paint);
		spoken = chart.spoken("Forecast chart").description(said);
		Control plot = chart.plot();
		plot.addListener(SWT.MouseDown, event -> clicked.accept(chart.time(event)));
		plot.addListener(SWT.MouseMove, event -> tip(plot, event));
	}

	Chart control() {
		return chart.control();
	}

	/** Shows a picture. */
	void show(Picture next) {
		picture = next;
		chart.show(next.extent, next.palette);
		spoken.changed();
	}

	private void paint(GC gc) {
		Palette palette = picture.palette;
		picture.bands().ifPresent(bands -> {
			chart.band(gc, bands, OUTER_LOW, OUTER_HIGH, palette.predicted(), 50);
			chart.band(gc, bands, INNER_LOW, INNER_HIGH, palette.predicted(), 70);
		});
		gc.setForeground(Palettes.swt(palette.observed()));
		gc.setLineWidth(1);
		picture.data.ifPresent(data -> chart.line(gc, data.history()));
		picture.bands().ifPresent(bands -> {
			gc.setForeground(Palettes.swt(palette.predicted()));
			gc.setLineWidth(2);
			chart.line(gc, bands, lead -> bands.value(lead, Levels.MEDIAN));
			gc.setLineWidth(1);
			gc.setLineStyle(SWT.LINE_DASH);
			chart.line(gc, bands, lead -> bands.at(bands.time(lead), picture.frame.cursor().level()));
			gc.setLineStyle(SWT.LINE_SOLID);
		});
		picture.target.lines().forEach(line -> chart.horizontal(gc, line.value(), line.label(), palette.stop(line.stop())));
		ChartMark.draw(picture.marks, chart, gc, palette);
		Frame frame = picture.frame;
		chart.vertical(gc, frame.now(), "now", palette.text(), SWT.LINE_SOLID, 0);
		Instant looked = frame.isPast() ? frame.shownAt() : frame.cursor().predictedAt(frame.now());
		chart.vertical(gc, looked, Formats.time(looked, frame.now()), palette.selected(), SWT.LINE_DOT, 1);
	}

	private void tip(Control plot, Event event) {
		if (picture == null) {
			return;
		}
		Instant time = chart.time(event);
		String text = Formats.time(time, picture.frame.now());
		ToDoubleFunction<Double> level = wanted -> picture.bands().map(bands -> bands.at(time, wanted)).orElse(Double.NaN);
		if (time.isAfter(picture.frame.now())) {
			text += "\nmedian " + value(level.applyAsDouble(.5)) + "\np10 … p90 " + value(level.applyAsDouble(.1)) + " … " + value(level.applyAsDouble(.9));
		} else if (picture.data.isPresent()) {
			Series history = picture.data.get().history();
			int index = history.length() == 0 ? -1 : history.indexOf(time);
			text += "\n" + value(index < 0 || index >= history.length() ? Double.NaN : history.values()[index]);
		}
		text += ChartMark.tip(picture.marks, chart, event.x);
		if (!text.equals(plot.getToolTipText())) {
			plot.setToolTipText(text);
		}
	}

	private String value(double value) {
		return Formats.inUnit(picture.extent.unit(), value);
	}
}
