// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;

import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.IntervalQuality;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.ReasonStack;
import io.shadowweaver.ui.core.Spoken;

/** How often values fell into the band of 80 %, by lead and by hour of the day. UI thread, but for {@link #compute}. */
final class CoveragePage {
	private static final int HOURS = 24;
	private static final int FIRST_HOUR = 2;
	private static final int UNKNOWN = -1;
	private static final ZoneId ZONE = ZoneId.systemDefault();

	/** A row of cells: the first stands for all hours, the second for what was issued after a shift; then come the hours of the day. */
	record Line(String name, double[] shares, int[] counts) {
	}

	/** What is shown. */
	record Shown(Subject subject, String title, List<Line> lines, String why) {
	}

	private final ReasonStack stack;
	private final Canvas canvas;
	private Shown shown;

	CoveragePage(Composite parent) {
		stack = new ReasonStack(parent);
		canvas = new Canvas(stack.composite(), SWT.DOUBLE_BUFFERED);
		stack.content(canvas);
		Spoken.name(canvas, "Coverage by hour").role(ACC.ROLE_GRAPHIC).description(this::said);
		canvas.addListener(SWT.Paint, event -> paint(event.gc));
		canvas.addListener(SWT.MouseMove, this::tip);
	}

	Control control() {
		return stack.composite();
	}

	/** Off the UI thread. */
	static Shown compute(Subject subject) {
		List<Line> lines = new ArrayList<>();
		subject.quality().ifPresent(quality -> quality.intervals().ifPresentOrElse(known -> live(known, subject.frame().now(), lines),
				() -> quality.leads().stream().filter(lead -> !Double.isNaN(lead.coverage())).forEach(lead -> lines.add(held(lead)))));
		Optional<BackTestReport> report = subject.backTest().filter(made -> !made.leads().isEmpty());
		Optional<BackTestReport.Result> result = report.flatMap(made -> made.results().stream().filter(one -> !one.leads().isEmpty())
				.filter(BackTestReport.Result::inUse).findFirst().or(() -> made.results().stream().filter(one -> !one.leads().isEmpty()).findFirst()));
		for (int lead = 0; result.isPresent() && lead < report.get().leads().size(); lead++) {
			Trace.Coverage coverage = Trace.of(result.get(), lead).coverage(report.get().actual(), ZONE);
			lines.add(line("back-test " + Formats.span(report.get().leads().get(lead)), coverage));
		}
		String title = "Share of values inside the 80\u00a0% band in per cent: of all, after shifts, and by hour of the day"
				+ result.map(one -> "; the back-test is of '" + one.model() + "'").orElse("");
		return new Shown(subject, title, List.copyOf(lines),
				lines.isEmpty() ? "No forecast has been compared with what came yet, and no back-test was made." : "");
	}

	/** Before there are live forecasts: what the windows that were held out of the choice say. */
	private static Line held(Quality.LeadQuality lead) {
		return new Line("held out " + Formats.span(lead.lead()), new double[] { lead.coverage() }, new int[] { lead.scored() });
	}

	private static void live(IntervalQuality known, Instant now, List<Line> lines) {
		int band = band();
		for (IntervalQuality.Lead lead : known.leads()) {
			if (lead.scored() > 0) {
				lines.add(new Line("live " + Formats.span(lead.lead()), new double[] { lead.coverage().get(band), lead.afterShift().get(band) },
						new int[] { lead.scored(), UNKNOWN }));
			}
		}
		int offset = (int) Math.round(ZONE.getRules().getOffset(now).getTotalSeconds() / 3600.);
		double[] shares = new double[FIRST_HOUR + HOURS];
		Arrays.fill(shares, Double.NaN);
		for (int hour = 0; hour < known.hours().size(); hour++) {
			shares[FIRST_HOUR + Math.floorMod(hour + offset, HOURS)] = known.hours().get(hour).get(band);
		}
		if (Arrays.stream(shares).anyMatch(share -> !Double.isNaN(share))) {
			int[] counts = new int[shares.length];
			Arrays.fill(counts, UNKNOWN);
			lines.add(new Line("live, up to 1\u00a0h", shares, counts));
		}
	}

	/** The index of the band of 80 %. */
	private static int band() {
		int best = 0;
		for (int band = 1; band < IntervalQuality.BANDS; band++) {
			if (Math.abs(IntervalQuality.nominal(band) - ModelRow.NOMINAL) < Math.abs(IntervalQuality.nominal(best) - ModelRow.NOMINAL)) {
				best = band;
			}
		}
		return best;
	}

	private static Line line(String name, Trace.Coverage coverage) {
		double[] shares = new double[FIRST_HOUR + HOURS];
		int[] counts = new int[FIRST_HOUR + HOURS];
		shares[0] = coverage.shares()[HOURS];
		counts[0] = coverage.counts()[HOURS];
		shares[1] = Double.NaN;
		System.arraycopy(coverage.shares(), 0, shares, FIRST_HOUR, HOURS);
		System.arraycopy(coverage.counts(), 0, counts, FIRST_HOUR, HOURS);
		return new Line(name, shares, counts);
	}

	/** UI thread. */
	void show(Shown next) {
		shown = next;
		if (next.why.isEmpty()) {
			stack.show();
			canvas.redraw();
		} else {
			stack.reason(next.why);
		}
	}

	private record Grid(int left, int top, int width, int height) {
		int x(int column) {
			// a gap before the hours
			return left + column * width + (column >= FIRST_HOUR ? 8 : 0);
		}

		int y(int row) {
			return top + row * height;
		}
	}

	private Grid grid() {
		int left = 150;
		Point size = canvas.getSize();
		int width = Math.clamp((size.x - left - 20) / (FIRST_HOUR + HOURS), 26, 52);
		return new Grid(left, 46, width, Math.clamp((size.y - 60) / Math.max(1, shown.lines.size()), 18, 30));
	}

	private void paint(GC gc) {
		Palette palette = shown == null ? Palette.GREEN_RED_DARK : shown.subject.palette();
		gc.setBackground(Palettes.swt(palette.ground()));
		gc.fillRectangle(canvas.getClientArea());
		if (shown == null) {
			return;
		}
		Grid grid = grid();
		gc.setForeground(Palettes.swt(palette.text()));
		gc.drawText(shown.title, 8, 4, true);
		for (int column = 0; column < FIRST_HOUR + HOURS; column++) {
			String head = column == 0 ? "all" : column == 1 ? "shift" : String.valueOf(column - FIRST_HOUR);
			gc.drawText(head, grid.x(column) + (grid.width - gc.textExtent(head).x) / 2, grid.top - gc.getFontMetrics().getHeight() - 2, true);
		}
		for (int row = 0; row < shown.lines.size(); row++) {
			Line line = shown.lines.get(row);
			gc.setForeground(Palettes.swt(palette.text()));
			gc.drawText(line.name, 8, grid.y(row) + (grid.height - 1 - gc.getFontMetrics().getHeight()) / 2, true);
			for (int column = 0; column < line.shares.length; column++) {
				cell(gc, palette, line.shares[column], grid, column, row);
			}
		}
	}

	private static void cell(GC gc, Palette palette, double share, Grid grid, int column, int row) {
		if (Double.isNaN(share)) {
			return;
		}
		int colour = ModelRow.coverageColour(share, ModelRow.NOMINAL, palette);
		gc.setBackground(Palettes.swt(colour));
		gc.fillRectangle(grid.x(column), grid.y(row), grid.width - 1, grid.height - 1);
		gc.setForeground(Palettes.swt(Palette.textOn(colour)));
		String text = String.valueOf(Math.round(share * 100));
		Point size = gc.textExtent(text);
		gc.drawText(text, grid.x(column) + (grid.width - 1 - size.x) / 2, grid.y(row) + (grid.height - 1 - size.y) / 2, true);
	}

	/** What is inside of the band, line by line; the hours are too many to be said at once. */
	private String said() {
		return shown == null ? "" : shown.title + " "
				+ shown.lines.stream().map(line -> line.name + " " + Figures.share(line.shares[0])).collect(java.util.stream.Collectors.joining(", "));
	}

	private void tip(Event event) {
		String tip = null;
		if (shown != null) {
			Grid grid = grid();
			int row = Math.floorDiv(event.y - grid.top, grid.height);
			for (int column = 0; row >= 0 && row < shown.lines.size() && column < shown.lines.get(row).shares.length; column++) {
				if (event.x >= grid.x(column) && event.x < grid.x(column) + grid.width) {
					Line line = shown.lines.get(row);
					String part = column == 0 ? "" : column == 1 ? ", issued within an hour after a shift" : ", " + (column - FIRST_HOUR) + ":00";
					tip = line.name + part + ": " + Figures.share(line.shares[column]) + (line.counts[column] < 0 ? "" : " of " + line.counts[column])
							+ " inside the 80\u00a0% band";
				}
			}
		}
		if (!Objects.equals(tip, canvas.getToolTipText())) {
			canvas.setToolTipText(tip);
		}
	}
}
