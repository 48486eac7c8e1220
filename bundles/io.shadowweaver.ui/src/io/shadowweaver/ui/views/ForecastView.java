// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Spoken;

/** History and forecast of what is selected: median, 50 % and 80 % band, the chosen quantile, limits, now and the cursor. */
public final class ForecastView extends FeedView<ForecastView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.forecast";
	private static final List<Duration> BACK = List.of(Duration.ofHours(3), Duration.ofHours(12), Duration.ofDays(1), Duration.ofDays(3),
			Duration.ofDays(7), Duration.ofDays(14));
	private static final List<Duration> AHEAD = List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24), Duration.ofDays(3),
			Duration.ofDays(7));
	private static final int REREAD_STEPS = 2;

	/** What is shown. */
	record Shown(Frame frame, Optional<ForecastChart.Picture> picture) {
	}

	private Label title;
	private Label verdict;
	private ForecastChart chart;
	private volatile Duration back = BACK.get(1);
	private volatile Duration ahead = AHEAD.get(2);
	private volatile ChartData data;
	private Reading reading;

	@Override
	protected Control createContent(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(3, false);
		layout.marginWidth = 2;
		layout.marginHeight = 2;
		layout.verticalSpacing = 1;
		all.setLayout(layout);
		title = new Label(all, SWT.NONE);
		title.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		title.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
		choice(all, "back", BACK, back, chosen -> back = chosen);
		choice(all, "ahead", AHEAD, ahead, chosen -> ahead = chosen);
		verdict = new Label(all, SWT.WRAP);
		GridData lines = new GridData(SWT.FILL, SWT.BEGINNING, true, false, 3, 1);
		lines.heightHint = 2 * verdict.computeSize(SWT.DEFAULT, SWT.DEFAULT).y;
		lines.widthHint = 100;
		verdict.setLayoutData(lines);
		chart = new ForecastChart(all, () -> title.getText() + ". " + verdict.getText(), time -> cursor().move(position -> position.at(Optional.of(time))));
		chart.control().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 3, 1));
		chart.control().getPlotArea().getControl().addListener(SWT.KeyDown, event -> {
			switch (event.keyCode) {
			case SWT.ARROW_LEFT -> shift(-1);
			case SWT.ARROW_RIGHT -> shift(1);
			case SWT.HOME -> cursor().move(position -> position.at(Optional.empty()));
			default -> {
				// not ours
			}
			}
		});
		return all;
	}

	private void choice(Composite parent, String word, List<Duration> spans, Duration first, java.util.function.Consumer<Duration> chosen) {
		Combo combo = new Combo(parent, SWT.READ_ONLY);
		combo.setItems(spans.stream().map(span -> Formats.span(span)).toArray(String[]::new));
		combo.setToolTipText("How far " + word + " the chart looks");
		Spoken.name(combo, "How far " + word);
		combo.select(spans.indexOf(first));
		combo.addListener(SWT.Selection, event -> {
			chosen.accept(spans.get(combo.getSelectionIndex()));
			refresh();
		});
	}

	private void shift(int steps) {
		feed().frame().ifPresent(frame -> {
			Instant from = frame.isPast() ? frame.shownAt() : frame.cursor().time().orElse(frame.now());
			Duration step = back.plus(ahead).dividedBy(100);
			cursor().move(position -> position.at(Optional.of(from.plus(step.multipliedBy(steps)))));
		});
	}

	@Override
	protected Shown compute(Frame frame) {
		Optional<ChartTarget> target = ChartTarget.of(frame);
		target.ifPresent(wanted -> read(frame, wanted));
		return new Shown(frame, target.map(wanted -> picture(frame, wanted)));
	}

	/** Reads anew when another series or span is wanted, or time has gone on; what is read yet is shown meanwhile. */
	private void read(Frame frame, ChartTarget target) {
		ChartData.Request request = new ChartData.Request(frame.estate().id(), target.id(), frame.now(), frame.state().step(), back, ahead,
				target.own());
		boolean other = reading == null || !request.sameView(reading.request);
		boolean old = reading != null && reading.getState() == Job.NONE
				&& reading.request.now().plus(request.historyStep().multipliedBy(REREAD_STEPS)).isBefore(frame.now());
		if (other || old) {
			if (reading != null) {
				reading.cancel();
			}
			reading = new Reading(frame, request);
			reading.schedule();
		}
	}

	private ForecastChart.Picture picture(Frame frame, ChartTarget target) {
		ChartData read = data;
		boolean fits = read != null && read.request().estate().equals(frame.estate().id()) && read.request().id().equals(target.id());
		Optional<ChartData> usable = fits ? Optional.of(read) : Optional.empty();
		long from = frame.now().minus(back).toEpochMilli();
		long to = frame.now().plus(ahead).toEpochMilli();
		List<ChartMark> marks = ChartMark.of(frame.state(), target.id());
		DoubleStream unusual = marks.stream().filter(mark -> mark.time().toEpochMilli() >= from && mark.time().toEpochMilli() <= to)
				.mapToDouble(ChartMark::value);
		double top = DoubleStream.concat(usable.stream().flatMapToDouble(known -> DoubleStream.of(known.history().values())),
				DoubleStream.concat(usable.flatMap(ChartData::path).or(target::bands).stream().flatMapToDouble(bands -> highs(bands, to)),
						DoubleStream.concat(unusual, target.lines().stream().mapToDouble(ChartTarget.Line::value))))
				.filter(Double::isFinite).max().orElse(1);
		return new ForecastChart.Picture(frame, target, usable, TimeChart.Extent.of(from, to, 0, top, Formats.unit(target.id(), target.metric())),
				marks, palettes().current());
	}

	private static DoubleStream highs(Bands bands, long to) {
		return java.util.stream.IntStream.range(0, bands.leads()).filter(lead -> bands.time(lead).toEpochMilli() <= to)
				.mapToDouble(lead -> bands.at(bands.time(lead), .9));
	}

	@Override
	protected String reason(Shown shown) {
		return shown.picture().isPresent() ? "" : "No metric has arrived yet in '" + shown.frame().state().name() + "', so there is nothing to draw.";
	}

	@Override
	protected void show(Shown shown) {
		ForecastChart.Picture picture = shown.picture().orElseThrow();
		text(title, picture.target().title());
		text(verdict, picture.target().verdict()
				+ (picture.data().isEmpty() ? "  Reading the history …" : picture.data().get().history().length() == 0
						? "  History: " + picture.data().get().history().cause() : ""));
		chart.show(picture);
	}

	private static void text(Label label, String text) {
		if (!label.getText().equals(text)) {
			label.setText(text);
			label.setToolTipText(text);
		}
	}

	private final class Reading extends Job {
		private final Frame frame;
		private final ChartData.Request request;

		Reading(Frame frame, ChartData.Request request) {
			super("Reading the history of " + request.id());
			this.frame = frame;
			this.request = request;
			setPriority(SHORT);
			setSystem(request.back().compareTo(Duration.ofDays(3)) < 0);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			ChartData read = ChartData.read(frame.estate(), request);
			if (!monitor.isCanceled()) {
				data = read;
				refresh();
			}
			return Status.OK_STATUS;
		}
	}
}
