// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.Painters;
import io.shadowweaver.ui.table.RowTable;

/** Every resource with its state and metrics, now and predicted; those closest to their limit first. */
public final class ResourcesView extends FeedView<ResourcesView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.resources";
	private static final int FIRST_METRIC = 5;

	/** What is shown. */
	record Shown(Frame frame, RowTable.Arranged<ResourceRow> rows, Set<String> marked) {
	}

	private RowTable<ResourceRow> table;
	private Sparklines sparklines;
	private volatile String sparkMetric = "cpu";

	@Override
	protected Control createContent(Composite parent) {
		Display display = parent.getDisplay();
		sparklines = new Sparklines(() -> {
			if (!display.isDisposed()) {
				display.asyncExec(() -> {
					if (!table.table().isDisposed()) {
						table.table().redraw();
					}
				});
			}
		});
		List<Column<ResourceRow>> columns = new ArrayList<>();
		columns.add(Column.text("Name", "The name of the resource", 150, ResourceRow::name));
		columns.add(Column.ordered("State", "Where it is between wish and end", 110, ResourceRow::state, ResourceRow::rank));
		columns.add(Column.text("Kind", "What it is", 90, ResourceRow::kind));
		columns.add(Column.text("Group", "The scaling group that it belongs to", 80, ResourceRow::group));
		columns.add(Column.text("Zone", "Region and zone", 110, ResourceRow::place));
		metric(columns, "CPU", ResourceRow::cpu);
		metric(columns, "Memory", ResourceRow::memory);
		metric(columns, "Network", ResourceRow::network);
		metric(columns, "Latency", ResourceRow::latency);
		columns.add(Column.<ResourceRow>text("Last hour", "The last 60 steps of the chosen metric", 130, row -> "")
				.painted(Painters.line(row -> sparklines.get(new SeriesId(row.id(), sparkMetric)), () -> palettes().current())));
		table = new RowTable<>(parent, columns, ResourceRow::id,
				Comparator.comparingDouble(ResourceRow::pressure).reversed().thenComparing(ResourceRow::id));
		table.named("Resources");
		table.onArrangement(this::refresh);
		table.onSelect(rows -> selection().select(rows.stream().map(row -> Item.resource(row.id())).toList()));
		return table.control();
	}

	private static void metric(List<Column<ResourceRow>> columns, String name, Function<ResourceRow, MetricCell> cell) {
		columns.add(Column.<ResourceRow>number(name, name + ", observed", 78, row -> cell.apply(row).nowText(), row -> cell.apply(row).now())
				.painted(Painters.bar(row -> cell.apply(row).nowBar())));
		columns.add(Column.<ResourceRow>number("→", name + ", predicted", 84, row -> cell.apply(row).predictedText(),
				row -> cell.apply(row).predicted()).painted(Painters.bar(row -> cell.apply(row).predictedBar())));
	}

	@Override
	protected Shown compute(Frame frame) {
		return new Shown(frame, table.arrange(ResourceRow.of(frame, palettes().current())), selectedResources(frame));
	}

	/** The ids of the selected resources, and of the members of selected groups. */
	static Set<String> selectedResources(Frame frame) {
		Set<String> ids = new HashSet<>();
		for (Item item : frame.selection()) {
			switch (item.kind()) {
			case RESOURCE -> ids.add(item.id());
			case GROUP -> frame.state().topology().members(item.id()).forEach(member -> ids.add(member.id()));
			default -> {
				// the rest marks no resource
			}
			}
		}
		return ids;
	}

	@Override
	protected String reason(Shown shown) {
		if (shown.rows().total() == 0 && shown.frame().matching().isPresent()) {
			return "Nothing matches what is looked for in the bar of the twin.";
		}
		return shown.rows().total() == 0
				? "No resource is known yet: '" + shown.frame().state().name() + "' waits for its sources. The Log view says how they are doing."
				: "";
	}

	@Override
	protected void show(Shown shown) {
		Frame frame = shown.frame();
		sparkMetric = frame.cursor().metric();
		String when = Formats.time(frame.cursor().predictedAt(frame.now()), frame.now());
		String level = Formats.level(frame.cursor().level());
		String[] names = { "CPU", "Memory", "Network", "Latency" };
		for (int i = 0; i < names.length; i++) {
			table.title(FIRST_METRIC + 2 * i + 1, "→ " + when,
					names[i] + ", predicted for " + when + " at " + level + ", " + Formats.words(frame.cursor().kind()));
		}
		table.show(shown.rows(), shown.marked());
		sparklines.want(frame, table.onScreen().stream().map(row -> new SeriesId(row.id(), sparkMetric)).toList());
	}
}
