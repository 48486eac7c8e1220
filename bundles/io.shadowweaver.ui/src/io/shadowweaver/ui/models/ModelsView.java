// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.models;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Spoken;
import io.shadowweaver.ui.properties.Fact;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.Painters;
import io.shadowweaver.ui.table.RowTable;
import io.shadowweaver.ui.views.ChartTarget;
import io.shadowweaver.ui.views.ContextMenus;
import io.shadowweaver.ui.views.Details;
import io.shadowweaver.ui.views.FeedView;

/**
 * How good the forecasts of all series are, by horizon; and of the selected one: every model that was tried with its
 * back-test over what was measured, the parts of the forecast, the coverage, and how it is trained.
 */
public final class ModelsView extends FeedView<ModelsView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.models";
	private static final String HINT = "Select a series to read how its model is trained.";

	/** What is shown. */
	record Shown(Frame frame, String headline, List<Duration> horizons, RowTable.Arranged<ModelRow> rows, Set<ModelRow.Key> marked, Optional<Page> page) {
	}

	/** What the pages show of the one series. */
	record Page(Subject subject, BackTestPage.Shown backTest, BecausePage.Shown because, CoveragePage.Shown coverage, List<Fact> training) {
	}

	/** Rows are made and sorted anew only where something of this has changed. */
	private record Made(QualityBook.Edition edition, Optional<Duration> horizon, Set<Item> narrow, RowTable.Arranged<ModelRow> rows, List<Duration> horizons,
			String headline) {
	}

	private final QualityBook book = new QualityBook(this::refresh);
	private final BackTests tests = new BackTests(this::refresh);
	private final BecauseReader reasons = new BecauseReader(this::refresh);
	private Label headline;
	private Combo horizons;
	private RowTable<ModelRow> table;
	private Label title;
	private BackTestPage backTest;
	private BecausePage because;
	private CoveragePage coverage;
	private Details training;
	private List<Duration> offered = List.of();
	private volatile Optional<Duration> horizon = Optional.empty();
	private volatile boolean each;
	private volatile boolean ofSelection;
	private volatile boolean arrangement = true;
	private Made made;

	@Override
	protected Control createContent(Composite parent) {
		SashForm sash = new SashForm(parent, SWT.VERTICAL);
		Composite top = plain(sash, 2);
		headline = new Label(top, SWT.NONE);
		headline.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		horizons = new Combo(top, SWT.READ_ONLY);
		horizons.setToolTipText("The horizon of the rows: that of the time cursor, one of the leads, or a row for each");
		Spoken.name(horizons, "Horizon of the rows");
		horizons.addListener(SWT.Selection, event -> choose(horizons.getSelectionIndex()));
		table = new RowTable<>(top, columns(), ModelRow::key, ModelRow.NATURAL);
		table.control().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1));
		table.named("Models in use");
		table.onArrangement(() -> {
			arrangement = true;
			refresh();
		});
		table.onSelect(this::go);
		Composite bottom = plain(sash, 1);
		title = new Label(bottom, SWT.NONE);
		title.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		title.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
		CTabFolder pages = new CTabFolder(bottom, SWT.TOP | SWT.FLAT);
		pages.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		backTest = new BackTestPage(pages, cursor(), palettes(), this::refresh);
		because = new BecausePage(pages, cursor(), palettes(), this::refresh);
		coverage = new CoveragePage(pages);
		training = new Details(pages, HINT);
		tab(pages, "Models tried", backTest.control());
		tab(pages, "Because", because.control());
		tab(pages, "Coverage", coverage.control());
		tab(pages, "Training", training.control());
		pages.setSelection(0);
		sash.setWeights(42, 58);
		Action narrow = new Action("Only what is selected", IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				ofSelection = isChecked();
				refresh();
			}
		};
		getViewSite().getActionBars().getMenuManager().add(narrow);
		ContextMenus.install(this, table.table());
		return sash;
	}

	private static Composite plain(Composite parent, int columns) {
		Composite composite = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(columns, false);
		layout.marginWidth = 2;
		layout.marginHeight = 2;
		layout.verticalSpacing = 2;
		composite.setLayout(layout);
		return composite;
	}

	private static void tab(CTabFolder folder, String name, Control control) {
		CTabItem item = new CTabItem(folder, SWT.NONE);
		item.setText(name);
		item.setControl(control);
	}

	private List<Column<ModelRow>> columns() {
		return List.of(Column.text("What", "The resource or group", 150, ModelRow::subject), Column.text("Metric", "The metric; of a group, its demand", 90, ModelRow::metric),
				Column.<ModelRow, Duration>ordered("Horizon", "How far ahead", 70, row -> row.lead().isEmpty() ? Formats.NONE : Formats.span(row.span()), ModelRow::span),
				Column.<ModelRow>text("Model", "The model in use", 150, row -> row.model().isEmpty() ? "none yet" : row.model()),
				Column.<ModelRow>number("Error", "WAPE: sum of absolute errors ÷ sum of absolute values", 75, row -> Figures.share(row.wape()), ModelRow::wape),
				Column.<ModelRow>number("MASE", "Mean absolute error ÷ that of seasonal naive in training; below 1 is better", 70, row -> Figures.ratio(row.mase()),
						ModelRow::mase),
				Column.<ModelRow>number("Pinball", "Weighted quantile loss of the live forecasts over the levels .01 to .99", 70, row -> Figures.share(row.pinball()),
						ModelRow::pinball),
				Column.<ModelRow>number("80 % band", "How much of what was measured fell into the band of 80 %", 90, row -> Figures.share(row.coverage()),
						ModelRow::coverage).painted(Painters.bar(row -> new Painters.Bar(row.coverage(),
								ModelRow.coverageColour(row.coverage(), ModelRow.NOMINAL, palettes().current())))),
				Column.<ModelRow>number("Skill", "1 − its error ÷ that of seasonal naive; below 0 is worse", 75, row -> Figures.signed(row.skill()), ModelRow::skill)
						.painted(Painters.bar(row -> new Painters.Bar(Math.abs(row.skill()), ModelRow.skillColour(row.skill(), palettes().current())))),
				Column.<ModelRow>number("Scored", "How many live forecasts were compared with what came", 70, row -> String.valueOf(row.scored()), ModelRow::scored),
				Column.<ModelRow>text("Trained", "When the model was trained", 90, ModelRow::trained),
				Column.<ModelRow>text("Why this model", "Why it is in use, or why there is none", 420, row -> row.quality().why()));
	}

	private void choose(int index) {
		each = index == 1;
		horizon = index < 2 ? Optional.empty() : Optional.of(offered.get(index - 2));
		refresh();
	}

	/** All windows look at the series that was chosen. */
	private void go(List<ModelRow> rows) {
		backTest.forget();
		rows.stream().findFirst().ifPresent(row -> cursor().move(position -> position.withMetric(row.series().metric())));
		selection().select(rows.stream().map(row -> Item.ofSubject(row.series().subject())).distinct().toList());
	}

	/** Judges models on series, in a Job; the results are shown as they come. UI thread. */
	public Job compare(EstateHandle estate, List<SeriesId> ids, Set<String> models) {
		backTest.forget();
		return tests.run(estate, ids, models);
	}

	/** The models that are marked among those tried, for what is done with them. UI thread. */
	public Set<String> markedModels() {
		return backTest.selectedModels();
	}

	@Override
	protected Shown compute(Frame frame) {
		QualityBook.Edition edition = book.want(frame);
		Set<Item> selected = Set.copyOf(frame.selection());
		Optional<Duration> wanted = each ? Optional.empty() : Optional.of(horizon.orElse(frame.cursor().horizon()));
		Set<Item> narrow = ofSelection ? selected : Set.of();
		if (made == null || arrangement || made.edition != edition || !made.horizon.equals(wanted) || !made.narrow.equals(narrow)) {
			arrangement = false;
			made = make(frame, edition, wanted, narrow);
		}
		Optional<Page> page = ChartTarget.of(frame).map(target -> Subject.of(frame, target, tests, reasons.want(frame, target.id()), palettes().current()))
				.map(subject -> new Page(subject, backTest.compute(subject), because.compute(subject), CoveragePage.compute(subject), TrainingFacts.of(subject)));
		Optional<SeriesId> looked = page.map(shown -> shown.subject.id());
		Set<ModelRow.Key> marked = made.rows.rows().stream().filter(row -> looked.filter(row.series()::equals).isPresent()
				|| selected.contains(Item.ofSubject(row.series().subject())) && row.series().metric().equals(frame.cursor().metric()))
				.map(ModelRow::key).collect(Collectors.toSet());
		return new Shown(frame, made.headline, made.horizons, made.rows, marked, page);
	}

	private Made make(Frame frame, QualityBook.Edition edition, Optional<Duration> wanted, Set<Item> narrow) {
		List<ModelRow> rows = ModelRow.of(frame.state(), edition.all(), wanted);
		if (!narrow.isEmpty()) {
			rows = rows.stream().filter(row -> narrow.contains(Item.ofSubject(row.series().subject()))).toList();
		}
		Set<Duration> leads = new TreeSet<>();
		edition.all().forEach(quality -> quality.leads().forEach(lead -> leads.add(lead.lead())));
		return new Made(edition, wanted, narrow, table.arrange(rows), List.copyOf(leads), headline(edition, rows));
	}

	private static String headline(QualityBook.Edition edition, List<ModelRow> rows) {
		long modelled = edition.all().stream().filter(quality -> !quality.model().isEmpty()).count();
		double[] errors = rows.stream().mapToDouble(ModelRow::wape).filter(Double::isFinite).sorted().toArray();
		double[] skills = rows.stream().mapToDouble(ModelRow::skill).filter(Double::isFinite).toArray();
		long better = java.util.Arrays.stream(skills).filter(skill -> skill >= 0).count();
		return modelled + " of " + edition.all().size() + " series have a model" + (edition.complete() ? "" : " so far")
				+ (errors.length == 0 ? "." : "; median error " + Figures.share(errors[errors.length / 2]))
				+ (skills.length == 0 ? "" : "; " + Formats.percent((double) better / skills.length) + " are no worse than seasonal naive.");
	}

	@Override
	protected String reason(Shown shown) {
		return shown.frame().state().series().size() == 0 ? "No metric has arrived yet in '" + shown.frame().state().name() + "', so there is nothing to forecast." : "";
	}

	@Override
	protected void show(Shown shown) {
		if (!headline.getText().equals(shown.headline)) {
			headline.setText(shown.headline);
		}
		offer(shown);
		table.show(shown.rows, shown.marked);
		shown.page.ifPresent(page -> {
			String text = page.subject.title() + page.subject.quality().map(Quality::model).filter(model -> !model.isEmpty()).map(model -> ": " + model).orElse("");
			if (!title.getText().equals(text)) {
				title.setText(text);
			}
			backTest.show(page.backTest);
			because.show(page.because);
			coverage.show(page.coverage);
			training.show(page.training, HINT);
		});
	}

	private void offer(Shown shown) {
		String follow = "as the cursor (" + Formats.span(shown.frame.cursor().horizon()) + ")";
		if (horizons.getItemCount() > 0 && offered.equals(shown.horizons) && horizons.getItem(0).equals(follow)) {
			return;
		}
		offered = shown.horizons;
		List<String> items = new ArrayList<>(List.of(follow, "each horizon"));
		offered.forEach(lead -> items.add(Formats.span(lead)));
		horizons.setItems(items.toArray(String[]::new));
		int at = each ? 1 : horizon.map(chosen -> offered.indexOf(chosen) + 2).filter(index -> index >= 2).orElse(0);
		horizons.select(at);
		horizons.getParent().layout();
	}
}
