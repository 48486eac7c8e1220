// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.ui.core.Backend;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.ReasonStack;
import io.shadowweaver.ui.properties.Fact;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;

/** Every contribution to the extension points with its state and reason, broken ones on top. Needs no estate. */
public final class PluginsView extends ViewPart {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.plugins";
	private static final String HINT = "Select a plug-in to read what it is and what it can be told.";

	private Estates estates;
	private Palettes palettes;
	private ReasonStack stack;
	private RowTable<ContributionInfo> table;
	private Details details;
	private List<ContributionInfo> all = List.of();
	private Job reading;

	@Override
	public void createPartControl(Composite parent) {
		estates = PlatformUI.getWorkbench().getService(Estates.class);
		palettes = PlatformUI.getWorkbench().getService(Palettes.class);
		stack = new ReasonStack(parent);
		SashForm sash = new SashForm(stack.composite(), SWT.HORIZONTAL);
		stack.content(sash);
		Comparator<ContributionInfo> broken = Comparator.comparingInt(PluginsView::rank).thenComparing(ContributionInfo::point).thenComparing(ContributionInfo::name);
		table = new RowTable<>(sash, List.of(
				new Column<ContributionInfo>("State", "How it is doing", 110, false, row -> Formats.words(row.status().state()), broken, Optional.empty())
						.marked(this::colour),
				Column.text("Name", "What is contributed", 180, ContributionInfo::name),
				Column.text("Kind", "The extension point", 120, ContributionInfo::point),
				Column.<ContributionInfo>text("Reason", "Why it is in this state", 420, row -> row.status().sentence()),
				Column.text("Id", "How it is named in files", 160, ContributionInfo::id),
				Column.text("Bundle", "Who contributes it", 220, ContributionInfo::bundle)), row -> row.point() + "/" + row.id() + "/" + row.bundle(), broken);
		table.named("Plug-ins");
		table.onArrangement(this::arrange);
		table.onSelect(rows -> rows.stream().findFirst().ifPresent(row -> details.show(facts(row), HINT)));
		details = new Details(sash, HINT);
		sash.setWeights(70, 30);
		Action again = new Action("Read again") {
			@Override
			public void run() {
				read();
			}
		};
		getViewSite().getActionBars().getMenuManager().add(again);
		Runnable endEstates = estates.listen(this::read);
		Runnable endPalettes = palettes.listen(() -> table.table().redraw());
		sash.addDisposeListener(event -> {
			endEstates.run();
			endPalettes.run();
		});
		read();
	}

	private void read() {
		Optional<Backend> backend = estates.backend();
		if (backend.isEmpty()) {
			stack.reason(estates.why());
			return;
		}
		if (reading != null) {
			reading.cancel();
		}
		if (all.isEmpty()) {
			stack.reason("The plug-ins are being read.");
		}
		Display display = stack.composite().getDisplay();
		reading = new Job("Reading the plug-ins") {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				List<ContributionInfo> read = backend.get().contributions();
				if (!monitor.isCanceled() && !display.isDisposed()) {
					display.asyncExec(() -> {
						all = read;
						arrange();
					});
				}
				return org.eclipse.core.runtime.Status.OK_STATUS;
			}
		};
		reading.setSystem(true);
		reading.schedule();
	}

	/** A few dozen rows at most, so this is done here. */
	private void arrange() {
		if (table.table().isDisposed()) {
			return;
		}
		if (all.isEmpty()) {
			stack.reason("No plug-in contributes anything: the product is not whole. Help > About lists what is installed.");
			return;
		}
		Set<Object> marked = new HashSet<>();
		table.selected().forEach(row -> marked.add(row.point() + "/" + row.id() + "/" + row.bundle()));
		stack.show();
		table.show(table.arrange(all), marked);
	}

	/** What holds the content and the sentence. */
	Composite composite() {
		return stack.composite();
	}

	/** The rows that are shown, for tests. */
	List<ContributionInfo> contributions() {
		return all;
	}

	private static List<Fact> facts(ContributionInfo row) {
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact("Plug-in", "Name", row.name()));
		facts.add(new Fact("Plug-in", "Description", row.description()));
		facts.add(new Fact("Plug-in", "Clock", row.ownTime() ? "a time of its own" : "real time"));
		facts.add(new Fact("State", Formats.words(row.status().state()), row.status().sentence()));
		if (!row.status().detail().isEmpty()) {
			facts.add(new Fact("State", "Detail", row.status().detail()));
		}
		for (Parameter parameter : row.parameters()) {
			facts.add(new Fact("Parameters", parameter.label() + " (" + parameter.key() + ")",
					Formats.words(parameter.type()) + (parameter.required() ? ", required" : "")
							+ (parameter.defaultValue().isEmpty() ? "" : ", default " + parameter.defaultValue()) + ". " + parameter.help()));
		}
		return facts;
	}

	private static int rank(ContributionInfo row) {
		return switch (row.status().state()) {
		case FAILED, UNAVAILABLE -> 0;
		case DEGRADED -> 1;
		default -> 2;
		};
	}

	private int colour(ContributionInfo row) {
		Palette palette = palettes.current();
		Status.State state = row.status().state();
		return switch (state) {
		case FAILED, UNAVAILABLE -> palette.stop(4);
		case DEGRADED -> palette.stop(3);
		case OK -> palette.stop(1);
		default -> palette.stale();
		};
	}

	@Override
	public void setFocus() {
		table.table().setFocus();
	}
}
