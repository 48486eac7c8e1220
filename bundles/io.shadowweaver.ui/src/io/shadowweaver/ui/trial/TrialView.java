// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Unit;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.replay.RuleTrial;
import io.shadowweaver.replay.RuleTrialResult;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.MonitorProgress;
import io.shadowweaver.ui.core.ReasonStack;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;
import io.shadowweaver.ui.views.AlertRow;
import io.shadowweaver.ui.views.FeedView;

/** A rule tried on the past of a group: how often it would have acted right, late and in vain, and at what cost, beside what was there. */
public final class TrialView extends FeedView<TrialView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.trial";
	private static final List<Duration> LEADS = List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(15), Duration.ofMinutes(30),
			Duration.ofHours(1));
	private static final List<Double> TARGETS = List.of(.001, .003, .01, .03, .1);
	private static final List<Duration> SPANS = List.of(Duration.ofDays(7), Duration.ofDays(14), Duration.ofDays(30));
	private static final String HINT = "Choose a group, how long capacity takes, and how often it may be too little. Then 'Try the rule' in the tool bar.";

	/** What is asked for. */
	private record Wish(String estate, SeriesId demand, RuleTrialResult.Rule rule, Duration back) {
	}

	/** What was found; the sentence says why where there is no result. */
	private record Found(Wish wish, Optional<RuleTrialResult> result, String sentence) {
	}

	/** What is shown. */
	record Shown(Frame frame, List<SeriesId> demands, String sentence, RowTable.Arranged<Trial.Figure> figures,
			RowTable.Arranged<Trial.Deed> deeds, Set<Trial.Deed> marked, Optional<TrialChart.Picture> picture) {
	}

	private Combo demand;
	private Combo lead;
	private Combo target;
	private Combo span;
	private Label sentence;
	private RowTable<Trial.Figure> figures;
	private RowTable<Trial.Deed> deeds;
	private ReasonStack stack;
	private TrialChart chart;
	private List<SeriesId> offered = List.of();
	private volatile Found found;

	@Override
	protected Control createContent(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(8, false);
		layout.marginWidth = 4;
		layout.marginHeight = 2;
		all.setLayout(layout);
		demand = combo(all, "Demand of", "The group, and what it is scaled on");
		lead = combo(all, "Ready after", "From the decision until capacity carries load");
		lead.setItems(LEADS.stream().map(Formats::span).toArray(String[]::new));
		lead.select(1);
		target = combo(all, "Too little at most", "The share of the time with more demand than capacity that is accepted");
		target.setItems(TARGETS.stream().map(Trial::share).toArray(String[]::new));
		target.select(2);
		span = combo(all, "On the last", "How much of the past; the first tenth is warm-up and does not count");
		span.setItems(SPANS.stream().map(Formats::span).toArray(String[]::new));
		span.select(2);
		sentence = new Label(all, SWT.WRAP);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 8, 1);
		wide.widthHint = 200;
		sentence.setLayoutData(wide);
		stack = new ReasonStack(all);
		stack.composite().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 8, 1));
		SashForm sash = new SashForm(stack.composite(), SWT.HORIZONTAL);
		stack.content(sash);
		SashForm left = new SashForm(sash, SWT.VERTICAL);
		figures = new RowTable<>(left, List.of(Column.text("", "What is compared; a line's meaning is in the last column", 150, Trial.Figure::name),
				Column.<Trial.Figure>text("The rule", "What the rule would have reached", 105, Trial.Figure::rule),
				Column.<Trial.Figure>text("What was there", "What the capacity that was there reached", 130, Trial.Figure::before),
				Column.<Trial.Figure>text("Meaning", "", 330, Trial.Figure::tip)), Trial.Figure::number, Comparator.comparingInt(Trial.Figure::number));
		figures.named("Figures of the trial");
		figures.onArrangement(this::refresh);
		deeds = new RowTable<>(left, List.of(Column.<Trial.Deed, Instant>ordered("Ready", "When the capacity would have been there, or the excess began", 110,
				Trial.Deed::when, Trial.Deed::time).marked(deed -> TrialChart.colour(palettes().current(), deed)),
				Column.text("How", "Right, late, in vain, or missed", 70, Trial.Deed::turned), Column.text("Capacity", "From and to", 150, Trial.Deed::what),
				Column.<Trial.Deed>text("Why", "What that means", 330, Trial.Deed::why)), deed -> deed, Comparator.comparing(Trial.Deed::time));
		deeds.named("Rises of the trial");
		deeds.onArrangement(this::refresh);
		deeds.onSelect(rows -> rows.stream().findFirst().ifPresent(deed -> cursor().move(position -> position.at(Optional.of(deed.time())))));
		left.setWeights(50, 50);
		chart = new TrialChart(sash, time -> cursor().move(position -> position.at(Optional.of(time))));
		sash.setWeights(42, 58);
		return all;
	}

	private static Combo combo(Composite parent, String name, String tip) {
		new Label(parent, SWT.NONE).setText(name);
		Combo combo = new Combo(parent, SWT.READ_ONLY);
		combo.setToolTipText(tip);
		return combo;
	}

	/**
	 * Tries the rule that is chosen, in a Job. UI thread.
	 *
	 * @param estate the estate
	 * @return the job; empty where there is no group
	 */
	public Optional<Job> tryRule(EstateHandle estate) {
		offer(estate.state(), Trial.demands(estate.state()), selection().items());
		int index = demand.getSelectionIndex();
		if (index < 0) {
			return Optional.empty();
		}
		Duration chosen = LEADS.get(lead.getSelectionIndex());
		RuleTrialResult.Rule rule = new RuleTrialResult.Rule(chosen, TARGETS.get(target.getSelectionIndex()), 0, RuleTrial.usualHorizon(chosen));
		Wish wish = new Wish(estate.id(), offered.get(index), rule, SPANS.get(span.getSelectionIndex()));
		found = new Found(wish, Optional.empty(), "The rule is being tried on the last " + Formats.span(wish.back) + " …");
		refresh();
		Job job = new Job("Trying a rule on the last " + Formats.span(wish.back) + " of " + demand.getText()) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				return work(estate, wish, monitor);
			}
		};
		job.setPriority(Job.LONG);
		job.schedule();
		return Optional.of(job);
	}

	private IStatus work(EstateHandle estate, Wish wish, IProgressMonitor monitor) {
		Found next;
		try {
			RuleTrialResult result = estate.tryRule(wish.demand, wish.rule, wish.back, MonitorProgress.of(monitor));
			if (monitor.isCanceled()) {
				throw new OperationCanceledException();
			}
			next = new Found(wish, result.outcome().isEmpty() ? Optional.empty() : Optional.of(result), Trial.sentence(result));
		} catch (OperationCanceledException e) {
			next = new Found(wish, Optional.empty(), "The trial was cancelled.");
		} catch (RuntimeException e) {
			next = new Found(wish, Optional.empty(), "The rule could not be tried: " + e.getMessage());
		}
		// another wish may have come meanwhile
		if (found != null && found.wish.equals(wish)) {
			found = next;
		}
		refresh();
		return monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
	}

	@Override
	protected Shown compute(Frame frame) {
		List<SeriesId> demands = Trial.demands(frame.state());
		Found now = found != null && found.wish.estate.equals(frame.estate().id()) ? found : null;
		Optional<RuleTrialResult> result = Optional.ofNullable(now).flatMap(Found::result);
		Unit unit = result.map(RuleTrialResult::series).flatMap(id -> Optional.ofNullable(frame.state().metrics().get(id.metric())).map(
				metric -> Formats.unit(id, metric))).orElse(Unit.COUNT);
		List<Trial.Deed> done = result.map(made -> Trial.deeds(made, unit, frame.now())).orElse(List.of());
		Optional<Instant> time = frame.isPast() ? Optional.of(frame.shownAt()) : Optional.empty();
		Set<Trial.Deed> marked = time.flatMap(at -> done.stream().filter(deed -> deed.time().equals(at)).findFirst()).map(Set::of).orElse(Set.of());
		return new Shown(frame, demands, now == null ? HINT : now.sentence, figures.arrange(result.map(made -> Trial.figures(made, unit)).orElse(List.of())),
				deeds.arrange(done), marked, result.map(made -> new TrialChart.Picture(made, done, unit, frame.now(), time, palettes().current())));
	}

	@Override
	protected String reason(Shown shown) {
		return shown.demands.isEmpty() ? "There is no scaling group in '" + shown.frame.state().name() + "', so there is nothing whose capacity a rule could set." : "";
	}

	@Override
	protected void show(Shown shown) {
		offer(shown.frame.state(), shown.demands, shown.frame.selection());
		if (!sentence.getText().equals(shown.sentence)) {
			sentence.setText(shown.sentence);
			sentence.getParent().layout();
		}
		figures.show(shown.figures, Set.of());
		deeds.show(shown.deeds, shown.marked);
		if (shown.picture.isPresent()) {
			stack.show();
			chart.show(shown.picture.get());
		} else {
			stack.reason(found == null ? "What an operator sees before a group leaves 'observe': how often the rule would have acted right, late, in vain, and at what cost."
					: shown.sentence);
		}
	}

	/** Offers demands; the one that was chosen stays, at first the one that is selected, or else the first. */
	private void offer(WeaverState state, List<SeriesId> demands, List<Item> selected) {
		if (demands.equals(offered)) {
			return;
		}
		Optional<SeriesId> chosen = demand.getSelectionIndex() < 0 ? Optional.empty() : Optional.of(offered.get(demand.getSelectionIndex()));
		offered = demands;
		demand.setItems(demands.stream().map(id -> AlertRow.subject(state, id.subject()).replaceFirst("^group ", "") + ", "
				+ Optional.ofNullable(state.metrics().get(id.metric())).map(Metric::name).orElse(id.metric())).toArray(String[]::new));
		int index = chosen.map(demands::indexOf).filter(at -> at >= 0).orElseGet(() -> Math.max(0, demands.stream()
				.map(id -> Item.ofSubject(id.subject())).toList().indexOf(selected.stream().findFirst().orElse(null))));
		demand.select(index);
		demand.getParent().layout();
	}

	/** Chooses a group, before the rule is tried. UI thread. */
	public void choose(String group) {
		for (int i = 0; i < offered.size(); i++) {
			if (offered.get(i).subject().equals(SeriesId.GROUP_PREFIX + group)) {
				demand.select(i);
				return;
			}
		}
	}
}
