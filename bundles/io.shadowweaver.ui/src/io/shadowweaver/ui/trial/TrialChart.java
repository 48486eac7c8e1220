// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.trial;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;

import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.replay.RuleTrialResult;
import io.shadowweaver.replay.RuleTrialResult.Verdict;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.views.TimeChart;

/** The demand of the past with the capacity of the rule and the one that was there, and what the rule would have done. UI thread. */
final class TrialChart {
	private static final int SIGN = 5;
	private static final int NEAR = 6;

	/** All that is drawn. */
	record Picture(RuleTrialResult result, List<Trial.Deed> deeds, Unit unit, Instant now, Optional<Instant> cursor, Palette palette) {
		TimeChart.Extent extent() {
			double top = DoubleStream.concat(DoubleStream.of(result.demand().values()),
					DoubleStream.concat(DoubleStream.of(result.capacity().values()), DoubleStream.of(result.before().values()))).filter(Double::isFinite).max().orElse(1);
			return TimeChart.Extent.of(result.demand().start().toEpochMilli(), result.demand().end().toEpochMilli(), 0, top, unit);
		}
	}

	private final TimeChart chart;
	private Picture picture;

	TrialChart(Composite parent, Consumer<Instant> clicked) {
		chart = new TimeChart(parent, this::paint);
		chart.spoken("Demand, and capacity with the rule and without it");
		chart.plot().addListener(SWT.MouseDown, event -> clicked.accept(chart.time(event)));
		chart.plot().addListener(SWT.MouseMove, this::tip);
	}

	Control control() {
		return chart.control();
	}

	void show(Picture next) {
		picture = next;
		chart.show(next.extent(), next.palette);
	}

	private void paint(GC gc) {
		Palette palette = picture.palette;
		gc.setLineWidth(1);
		gc.setForeground(Palettes.swt(palette.text()));
		gc.setLineStyle(SWT.LINE_DASH);
		steps(gc, picture.result.before());
		gc.setLineStyle(SWT.LINE_SOLID);
		gc.setForeground(Palettes.swt(palette.observed()));
		chart.line(gc, picture.result.demand());
		gc.setForeground(Palettes.swt(palette.predicted()));
		gc.setLineWidth(2);
		steps(gc, picture.result.capacity());
		gc.setLineWidth(1);
		legend(gc, palette);
		int foot = chart.size().y - 2 * SIGN;
		picture.deeds.forEach(deed -> sign(gc, palette, deed, chart.x(deed.time().toEpochMilli()), foot));
		picture.cursor.ifPresent(time -> chart.vertical(gc, time, Formats.time(time, picture.now), palette.selected(), SWT.LINE_DOT, 1));
	}

	private void legend(GC gc, Palette palette) {
		int x = 6;
		String[] texts = { "demand", "capacity of the rule", "capacity that was there (dashed)" };
		int[] colours = { palette.observed(), palette.predicted(), palette.text() };
		for (int i = 0; i < texts.length; i++) {
			gc.setForeground(Palettes.swt(colours[i]));
			gc.drawText(texts[i], x, 2, true);
			x += gc.textExtent(texts[i]).x + 14;
		}
	}

	/** Capacity jumps; it does not slope. */
	private void steps(GC gc, Series series) {
		int lastX = 0;
		int lastY = 0;
		boolean joined = false;
		for (int i = 0; i < series.length(); i++) {
			double value = series.values()[i];
			if (Double.isNaN(value)) {
				joined = false;
				continue;
			}
			int x = chart.x(series.time(i).toEpochMilli());
			int y = chart.y(value);
			if (joined && (x != lastX || y != lastY)) {
				gc.drawLine(lastX, lastY, x, lastY);
				gc.drawLine(x, lastY, x, y);
			}
			joined = true;
			lastX = x;
			lastY = y;
		}
	}

	/** A triangle for a rise: full where it was right, hollow where it was in vain; a cross for what was missed. */
	private static void sign(GC gc, Palette palette, Trial.Deed deed, int x, int y) {
		gc.setForeground(Palettes.swt(colour(palette, deed)));
		if (deed.verdict().isEmpty()) {
			gc.setLineWidth(2);
			gc.drawLine(x - SIGN, y - SIGN, x + SIGN, y + SIGN);
			gc.drawLine(x - SIGN, y + SIGN, x + SIGN, y - SIGN);
			gc.setLineWidth(1);
			return;
		}
		int[] triangle = { x, y - SIGN, x + SIGN, y + SIGN, x - SIGN, y + SIGN };
		gc.setBackground(Palettes.swt(deed.verdict().get() == Verdict.IN_VAIN ? palette.ground() : colour(palette, deed)));
		gc.fillPolygon(triangle);
		gc.drawPolygon(triangle);
	}

	/** The colour of how something turned out. */
	static int colour(Palette palette, Trial.Deed deed) {
		return deed.verdict().map(verdict -> switch (verdict) {
		case RIGHT -> palette.stop(1);
		case LATE -> palette.stop(3);
		case IN_VAIN -> palette.stale();
		}).orElse(palette.stop(4));
	}

	private void tip(Event event) {
		if (picture == null) {
			return;
		}
		Instant time = chart.time(event);
		StringBuilder text = new StringBuilder(Formats.time(time, picture.now));
		text.append("\ndemand ").append(at(picture.result.demand(), time)).append("\ncapacity of the rule ").append(at(picture.result.capacity(), time))
				.append("\ncapacity that was there ").append(at(picture.result.before(), time));
		for (Trial.Deed deed : picture.deeds) {
			if (Math.abs(chart.x(deed.time().toEpochMilli()) - event.x) <= NEAR) {
				text.append('\n').append(deed.turned()).append(' ').append(deed.when()).append(": ").append(deed.what()).append(", ").append(deed.why());
			}
		}
		if (!text.toString().equals(chart.plot().getToolTipText())) {
			chart.plot().setToolTipText(text.toString());
		}
	}

	private String at(Series series, Instant time) {
		int index = series.length() == 0 ? -1 : series.indexOf(time);
		return Formats.inUnit(picture.unit, index < 0 || index >= series.length() ? Double.NaN : series.values()[index]);
	}
}
