// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.ReasonStack;
import io.shadowweaver.ui.core.Spoken;
import io.shadowweaver.ui.core.TimeCursor;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.Painters;
import io.shadowweaver.ui.table.RowTable;

/** Every model that was tried on a series, and the back-tests of those that are marked, side by side over what was measured. */
final class BackTestPage {
	/** What is shown; made off the UI thread. */
	record Shown(Subject subject, List<Duration> leads, int lead, RowTable.Arranged<ResultRow> rows, Set<Integer> marked, Optional<ResultCharts.Picture> picture,
			String sentence, String why) {
	}

	private final Composite page;
	private final Label sentence;
	private final Combo leads;
	private final RowTable<ResultRow> table;
	private final ReasonStack charts;
	private final ResultCharts drawn;
	private final Runnable changed;
	private final Palettes palettes;
	private volatile Duration lead = Duration.ZERO;
	private volatile Set<String> chosen = Set.of();
	private List<Duration> offered = List.of();

	BackTestPage(Composite parent, TimeCursor cursor, Palettes palettes, Runnable changed) {
		this.changed = changed;
		this.palettes = palettes;
		page = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(2, false);
		layout.marginWidth = 2;
		layout.marginHeight = 2;
		page.setLayout(layout);
		sentence = new Label(page, SWT.NONE);
		sentence.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		leads = new Combo(page, SWT.READ_ONLY);
		leads.setToolTipText("How far ahead the forecasts were made that are compared");
		Spoken.name(leads, "How far ahead forecasts were made");
		leads.addListener(SWT.Selection, event -> {
			lead = offered.get(leads.getSelectionIndex());
			changed.run();
		});
		SashForm sash = new SashForm(page, SWT.HORIZONTAL);
		sash.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1));
		table = new RowTable<>(sash, columns(), ResultRow::rank, Comparator.comparingInt(ResultRow::rank));
		table.named("Models tried");
		table.onArrangement(changed);
		table.onSelect(rows -> {
			chosen = rows.stream().map(ResultRow::model).collect(Collectors.toSet());
			changed.run();
		});
		charts = new ReasonStack(sash);
		drawn = new ResultCharts(charts.composite(), time -> cursor.move(position -> position.at(Optional.of(time))));
		charts.content(drawn.control());
		sash.setWeights(45, 55);
	}

	private List<Column<ResultRow>> columns() {
		return List.of(
				Column.<ResultRow>text("Model", "A candidate, a combination of several, or the reference", 135, ResultRow::model).marked(row -> row.isInUse()
						? palettes.current().predicted() : row.isRefused() ? palettes.current().stale() : -1),
				Column.text("State", "In use, chosen by the data before the test, reference, tried, or refused", 70, ResultRow::state),
				Column.<ResultRow>number("Error", "WAPE: sum of absolute errors ÷ sum of absolute values", 65, row -> Figures.share(row.wape()), ResultRow::wape),
				Column.<ResultRow>number("MASE", "Mean absolute error ÷ that of seasonal naive in training; below 1 is better", 60, row -> Figures.ratio(row.mase()),
						ResultRow::mase),
				Column.<ResultRow>number("Pinball", "Weighted quantile loss over the levels .01 to .99", 65, row -> Figures.share(row.pinball()), ResultRow::pinball),
				Column.<ResultRow>number("80 % band", "How much of what was measured fell into the band of 80 %", 80, row -> Figures.share(row.coverage()),
						ResultRow::coverage).painted(Painters.bar(row -> new Painters.Bar(row.coverage(),
								ModelRow.coverageColour(row.coverage(), ModelRow.NOMINAL, palettes.current())))),
				Column.<ResultRow>number("Skill", "1 − its error ÷ that of seasonal naive; below 0 is worse", 65, row -> Figures.signed(row.skill()), ResultRow::skill)
						.painted(Painters.bar(row -> new Painters.Bar(Math.abs(row.skill()), ModelRow.skillColour(row.skill(), palettes.current())))),
				Column.<ResultRow>number("CPU", "What training it on this series took", 70, row -> Figures.cpu(row.cpu()), row -> row.cpu().toNanos()),
				Column.<ResultRow>text("Why not", "Why it could not be judged", 240, ResultRow::note),
				Column.<ResultRow>text("All bands", "Nominal → measured coverage", 330, ResultRow::coverages));
	}

	Control control() {
		return page;
	}

	/** How many back-tests are drawn. For tests. */
	int drawn() {
		return charts.isShown() ? drawn.count() : 0;
	}

	/** Which models are marked, for what is done with them. UI thread. */
	Set<String> selectedModels() {
		return table.selected().stream().map(ResultRow::model).collect(Collectors.toSet());
	}

	/** Draws the chosen by itself again. */
	void forget() {
		chosen = Set.of();
	}

	/** Off the UI thread. */
	Shown compute(Subject subject) {
		Optional<BackTestReport> report = subject.backTest().filter(made -> !made.leads().isEmpty());
		if (report.isEmpty()) {
			List<ResultRow> tried = subject.quality().map(ResultRow::of).orElse(List.of());
			String why = !subject.state().isEmpty() ? subject.state()
					: subject.backTest().map(BackTestReport::why).filter(text -> !text.isEmpty()).orElse("No back-test was made yet. The command 'Compare models' makes one.");
			return new Shown(subject, List.of(), -1, table.arrange(tried), Set.of(), Optional.empty(), tried(tried), why);
		}
		BackTestReport made = report.get();
		Duration wanted = lead.isZero() ? subject.frame().cursor().horizon() : lead;
		int at = nearest(made.leads(), wanted);
		List<ResultRow> rows = ResultRow.of(made, at);
		List<ResultRow> marked = marked(rows);
		List<ResultCharts.Panel> panels = marked.stream().map(row -> new ResultCharts.Panel(title(row), Trace.of(row.result().orElseThrow(), at))).toList();
		Instant cursor = subject.frame().isPast() ? subject.frame().shownAt() : Instant.MAX;
		Optional<ResultCharts.Picture> picture = panels.isEmpty() ? Optional.empty()
				: Optional.of(new ResultCharts.Picture(panels, made.actual(), subject.unit(), subject.marks(), subject.frame().now(), cursor, subject.palette()));
		return new Shown(subject, made.leads(), at, table.arrange(rows), marked.stream().map(ResultRow::rank).collect(Collectors.toSet()), picture,
				sentence(subject, made, rows, at), made.why().isEmpty() ? "None of the marked models could be judged: 'Why not' says why." : made.why());
	}

	private static int nearest(List<Duration> leads, Duration wanted) {
		int best = 0;
		for (int i = 1; i < leads.size(); i++) {
			if (leads.get(i).minus(wanted).abs().compareTo(leads.get(best).minus(wanted).abs()) < 0) {
				best = i;
			}
		}
		return best;
	}

	/** The chosen ones, or the one in use, or the best. */
	private List<ResultRow> marked(List<ResultRow> rows) {
		List<ResultRow> judged = rows.stream().filter(row -> row.lead().isPresent()).toList();
		List<ResultRow> wanted = judged.stream().filter(row -> chosen.contains(row.model())).limit(ResultCharts.MOST).toList();
		if (!wanted.isEmpty()) {
			return wanted;
		}
		return judged.stream().filter(ResultRow::isInUse).findFirst().or(() -> judged.stream().findFirst()).map(List::of).orElse(List.of());
	}

	private static String title(ResultRow row) {
		return row.model() + (row.state().equals("tried") ? "" : " (" + row.state() + ")") + ": error " + Figures.share(row.wape()) + ", 80\u00a0% band covers "
				+ Figures.share(row.coverage()) + ", skill " + Figures.signed(row.skill());
	}

	private static String tried(List<ResultRow> tried) {
		long refused = tried.stream().filter(ResultRow::isRefused).count();
		return tried.isEmpty() ? "No model was tried on this series yet." : "The last training tried " + tried.size() + (refused == 0 ? "" : ", of which " + refused
				+ " could not be used") + "; skill is against seasonal naive.";
	}

	private static String sentence(Subject subject, BackTestReport report, List<ResultRow> rows, int lead) {
		String when = Formats.time(report.actual().start(), subject.frame().now()) + " to " + Formats.time(report.actual().end(), subject.frame().now());
		int scored = rows.stream().flatMap(row -> row.lead().stream()).mapToInt(BackTestReport.LeadResult::scored).max().orElse(0);
		return "Forecasts " + Formats.span(report.leads().get(lead)) + " ahead, " + when + ", " + scored + " judged. Mark up to " + ResultCharts.MOST
				+ " models to compare them." + (subject.state().isEmpty() ? "" : "  " + subject.state());
	}

	/** UI thread. */
	void show(Shown shown) {
		if (!shown.leads.equals(offered)) {
			offered = shown.leads;
			leads.setItems(offered.stream().map(Formats::span).toArray(String[]::new));
			page.layout();
		}
		leads.setEnabled(!offered.isEmpty());
		if (shown.lead >= 0 && leads.getSelectionIndex() != shown.lead) {
			leads.select(shown.lead);
		}
		if (!sentence.getText().equals(shown.sentence)) {
			sentence.setText(shown.sentence);
			sentence.setToolTipText(shown.sentence);
		}
		table.show(shown.rows, shown.marked);
		if (shown.picture.isPresent()) {
			charts.show();
			drawn.show(shown.picture.get());
		} else {
			charts.reason(shown.why);
		}
	}
}
