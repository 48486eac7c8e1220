// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;

import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;

/**
 * An event or something unusual, marked on the chart of a series.
 *
 * @param time   when it begins
 * @param end    when it ends; the beginning for a moment
 * @param value  at which height; {@code NaN} for an event, which has none
 * @param hollow whether it is an event that is only to come, or an unusual forecast
 * @param label  drawn beside it; empty for none
 * @param text   the tool tip
 */
public record ChartMark(Instant time, Instant end, double value, boolean hollow, String label, String text) {
	private static final int NEAR = 7;
	private static final int MOST_LETTERS = 24;

	/** The marks of a series: what is unusual about it, and the events of its subject, its group and the whole estate. */
	public static List<ChartMark> of(WeaverState state, SeriesId id) {
		List<ChartMark> marks = new ArrayList<>();
		Optional<String> group = id.isGroup() ? Optional.empty() : state.topology().groupOf(id.subject()).map(name -> SeriesId.GROUP_PREFIX + name);
		for (Event event : state.events()) {
			String subject = event.subject();
			if (subject.isEmpty() || subject.equals(id.subject()) || group.filter(subject::equals).isPresent()) {
				String what = event.text().isBlank() ? Formats.words(event.kind()) : event.text();
				boolean coming = event.time().isAfter(state.time());
				marks.add(new ChartMark(event.time(), event.time().plus(event.duration()), Double.NaN, coming, shortened(what),
						Formats.words(event.kind()) + " " + Formats.timeAndDistance(event.time(), state.time()) + ": " + what));
			}
		}
		Metric metric = state.metrics().get(id.metric());
		for (Anomaly anomaly : state.anomalies()) {
			if (metric != null && anomaly.series().equals(id)) {
				marks.add(new ChartMark(anomaly.time(), anomaly.time(), anomaly.value(), anomaly.kind() == Anomaly.Kind.FORECAST, "",
						"unusual " + (anomaly.kind() == Anomaly.Kind.FORECAST ? "forecast " : "") + Formats.value(id, metric, anomaly.value())
								+ ", expected " + Formats.value(id, metric, anomaly.expected()) + ": " + anomaly.reason()));
			}
		}
		return marks;
	}

	private static String shortened(String text) {
		return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS - 1).strip() + "…";
	}

	/** Draws marks: events behind everything as spans or lines, what is unusual as diamonds. */
	public static void draw(List<ChartMark> marks, TimeChart chart, GC gc, Palette palette) {
		int foot = chart.size().y - gc.getFontMetrics().getHeight() - 2;
		int free = 0;
		for (ChartMark mark : marks) {
			int x = chart.x(mark.time.toEpochMilli());
			if (!Double.isNaN(mark.value)) {
				mark.diamond(gc, x, chart.y(mark.value), palette);
				continue;
			}
			int to = chart.x(mark.end.toEpochMilli());
			if (to < 0 || x > chart.size().x) {
				continue;
			}
			if (to > x + 1) {
				TimeChart.fill(gc, new int[] { x, 0, to, 0, to, chart.size().y, x, chart.size().y }, palette.text(), mark.hollow ? 18 : 34);
			}
			gc.setForeground(Palettes.swt(palette.text()));
			gc.setLineStyle(mark.hollow ? SWT.LINE_DASH : SWT.LINE_SOLID);
			gc.drawLine(x, 0, x, chart.size().y);
			gc.setLineStyle(SWT.LINE_SOLID);
			int at = Math.max(x, 0) + 3;
			if (at >= free) {
				gc.drawText(mark.label, at, foot, true);
				free = at + gc.textExtent(mark.label).x + 6;
			}
		}
	}

	private void diamond(GC gc, int x, int y, Palette palette) {
		int[] shape = { x, y - 5, x + 5, y, x, y + 5, x - 5, y };
		gc.setBackground(Palettes.swt(hollow ? palette.ground() : palette.unusual()));
		gc.fillPolygon(shape);
		gc.setForeground(Palettes.swt(palette.unusual()));
		gc.setLineWidth(2);
		gc.drawPolygon(shape);
		gc.setLineWidth(1);
	}

	/** The texts of the marks under a place of the mouse. */
	public static String tip(List<ChartMark> marks, TimeChart chart, int x) {
		StringBuilder text = new StringBuilder();
		for (ChartMark mark : marks) {
			int from = chart.x(mark.time.toEpochMilli()) - NEAR;
			int to = chart.x(mark.end.toEpochMilli()) + NEAR;
			if (x >= from && x <= to) {
				text.append('\n').append(mark.text);
			}
		}
		return text.toString();
	}
}
