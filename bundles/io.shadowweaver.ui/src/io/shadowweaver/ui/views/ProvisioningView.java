// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.properties.Fact;
import io.shadowweaver.ui.properties.Facts;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;

/** The plans, what is on its way with its progress, and all that is known of the selected one. */
public final class ProvisioningView extends FeedView<ProvisioningView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.provisioning";
	private static final String HINT = "Select a plan to read why it was made, what it costs, what the guards say and what else was looked at.";
	private static final double WIDE = 2.6;
	private static final String GROUPS = "provisioning:group:";

	/** What is shown. */
	record Shown(Frame frame, String headline, RowTable.Arranged<PlanRow> plans, RowTable.Arranged<EntryRow> entries, Set<String> marked, List<Fact> facts) {
	}

	private Label headline;
	private RowTable<PlanRow> plans;
	private RowTable<EntryRow> entries;
	private Details details;

	@Override
	protected Control createContent(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout();
		layout.marginWidth = 0;
		layout.marginHeight = 2;
		all.setLayout(layout);
		headline = new Label(all, SWT.WRAP);
		headline.setLayoutData(GridDataFactory.fillDefaults().grab(true, false).indent(4, 0).hint(200, SWT.DEFAULT).create());
		SashForm parts = new SashForm(all, SWT.HORIZONTAL);
		parts.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		SashForm tables = new SashForm(parts, SWT.VERTICAL);
		tables.addListener(SWT.Resize, event -> turn(tables));
		plans = new RowTable<>(tables, List.of(Column.text("Plan", "What is to be done, and why", 310, PlanRow::sentence),
				new Column<PlanRow>("State", "Where the plan is", 90, false, PlanRow::state, PlanRow.URGENT, Optional.empty()),
				Column.text("Group", "The scaling group", 120, PlanRow::group),
				Column.<PlanRow, Instant>ordered("Needed by", "When the capacity is needed", 140, PlanRow::neededBy, row -> row.plan().neededBy()),
				Column.<PlanRow, Instant>ordered("Approve by", "The last moment for an approval", 140, PlanRow::approveBy, row -> row.plan().approveBy()),
				Column.<PlanRow>number("Cost", "Added cost an hour", 90, row -> Formats.cost(row.plan().costPerHour(), row.plan().currency()),
						row -> row.plan().costPerHour()),
				Column.<PlanRow, Instant>ordered("Start by", "The last moment to start", 140, PlanRow::startBy, row -> row.plan().startBy()),
				Column.text("Approvals", "Who approved it, and what is waited for", 150, PlanRow::approvals),
				Column.text("Guards", "What the guards said", 200, PlanRow::guards)), row -> row.plan().id(), PlanRow.URGENT);
		entries = new RowTable<>(tables, List.of(Column.text("On its way", "The resource", 150, EntryRow::name),
				Column.text("What", "What is done", 230, EntryRow::what),
				Column.<EntryRow>text("State", "Where it is", 100, row -> Formats.words(row.entry().state())),
				Column.<EntryRow>number("Progress", "By the expected time", 110, row -> Formats.percent(row.entry().progress()),
						row -> row.entry().progress()).painted(this::progress),
				Column.<EntryRow, Instant>ordered("Ready", "When it is expected to carry load", 170, EntryRow::eta, row -> row.entry().eta()),
				Column.<EntryRow, Instant>ordered("Needed", "When it is needed", 140, EntryRow::needBy, row -> row.entry().needBy()),
				Column.<EntryRow>number("Cost", "Cost an hour", 90, EntryRow::cost, row -> row.entry().price().perHour()),
				Column.text("Guards", "What the guards said of its plan", 110, EntryRow::guards),
				Column.text("What happens", "In a sentence", 300, EntryRow::said)), row -> row.entry().token(), EntryRow.URGENT);
		plans.named("Plans");
		plans.onArrangement(this::refresh);
		entries.named("What is on its way");
		entries.onArrangement(this::refresh);
		plans.onSelect(rows -> selection().select(rows.stream().map(row -> new Item(Item.Kind.PLAN, row.plan().id())).toList()));
		entries.onSelect(rows -> selection().select(rows.stream().map(row -> new Item(Item.Kind.ENTRY, row.entry().token())).toList()));
		plans.onOpen(row -> selection().select(Item.group(row.plan().group())));
		entries.onOpen(row -> selection().select(Item.resource(row.entry().resource())));
		tables.setWeights(56, 44);
		details = new Details(parts, HINT);
		parts.setWeights(70, 30);
		ContextMenus.install(this, plans.table());
		ContextMenus.install(this, entries.table());
		return all;
	}

	/** One above the other where there is height, side by side where there is none. */
	private static void turn(SashForm tables) {
		Point size = tables.getSize();
		int wanted = size.x > WIDE * size.y ? SWT.HORIZONTAL : SWT.VERTICAL;
		if (size.y > 0 && tables.getOrientation() != wanted) {
			tables.setOrientation(wanted);
		}
	}

	private void progress(GC gc, Rectangle cell, EntryRow row) {
		Palette palette = palettes().current();
		int width = cell.width - 8;
		gc.setBackground(Palettes.swt(palette.grid()));
		gc.fillRectangle(cell.x + 4, cell.y + cell.height - 6, width, 4);
		boolean failed = row.entry().state() == QueueEntry.State.FAILED;
		gc.setBackground(Palettes.swt(failed || row.late() ? palette.stop(4) : palette.stop(1)));
		gc.fillRectangle(cell.x + 4, cell.y + cell.height - 6, (int) Math.round(width * row.entry().progress()), 4);
	}

	@Override
	protected Shown compute(Frame frame) {
		Set<String> marked = frame.selection().stream().filter(item -> item.kind() == Item.Kind.PLAN || item.kind() == Item.Kind.ENTRY).map(Item::id)
				.collect(Collectors.toSet());
		List<Fact> facts = frame.selection().stream().filter(item -> marked.contains(item.id())).findFirst().map(item -> Facts.of(frame, item)).orElse(List.of());
		Names names = Names.of(frame);
		return new Shown(frame, headline(frame.state(), names), plans.arrange(PlanRow.of(frame.state(), names)), entries.arrange(EntryRow.of(frame.state(), names)), marked, facts);
	}

	/** What waits for whom, in a few sentences. */
	static String headline(WeaverState state, Names names) {
		long open = state.queue().stream().filter(entry -> !entry.isFinal()).count();
		long waiting = count(state, Plan.State.PROPOSED);
		long observed = count(state, Plan.State.OBSERVED);
		List<String> said = new ArrayList<>();
		if (state.killSwitch()) {
			said.add("Kill switch is on: no new calls.");
		}
		state.statuses().forEach((part, status) -> {
			if (part.startsWith(GROUPS) && status.state() == Status.State.FAILED) {
				said.add(names.said(status.sentence()));
			}
		});
		said.add(open + " on the way, " + waiting + (waiting == 1 ? " plan waits" : " plans wait") + " for approval.");
		if (observed > 0) {
			said.add((observed == 1 ? "1 plan is" : observed + " plans are") + " only observed: nothing is done while the mode of the group is 'observe'.");
		}
		state.report().promotions().stream().filter(Promotion::offered)
				.forEach(promotion -> said.add(names.group(promotion.group()) + " has earned mode auto: " + names.said(promotion.sentence())));
		state.verdicts().stream().findFirst().ifPresent(verdict -> said.add("Last verdict, " + names.group(verdict.group()) + ": " + names.said(verdict.sentence())));
		return String.join(" ", said);
	}

	private static long count(WeaverState state, Plan.State wanted) {
		return state.plans().stream().filter(plan -> plan.state() == wanted).count();
	}

	@Override
	protected String reason(Shown shown) {
		if (shown.plans().total() + shown.entries().total() > 0) {
			return "";
		}
		var state = shown.frame().state();
		if (state.topology().groups().isEmpty()) {
			return "Nothing can be provisioned: no scaling group is known in '" + state.name() + "'.";
		}
		if (state.unattended().groups().isEmpty()) {
			return "Nothing can be planned yet: there is no forecast of the demand of any group. The Forecast view says when there will be one.";
		}
		return "Nothing is planned: the capacity that is ready is enough for " + state.topology().groups().size() + " groups within the horizon."
				+ (state.killSwitch() ? " The kill switch is on: no new calls are made." : "");
	}

	@Override
	protected void show(Shown shown) {
		if (!headline.getText().equals(shown.headline())) {
			headline.setText(shown.headline());
			headline.setToolTipText(shown.headline());
			headline.getParent().layout();
		}
		plans.show(shown.plans(), shown.marked());
		entries.show(shown.entries(), shown.marked());
		details.show(shown.facts(), HINT);
	}
}
