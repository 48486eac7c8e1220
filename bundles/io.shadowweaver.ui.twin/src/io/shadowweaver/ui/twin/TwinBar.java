// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.scene.HeatMode;
import io.shadowweaver.scene.ShadowStyle;
import io.shadowweaver.ui.core.CursorPosition;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.TimeCursor;

/** What is chosen over the canvas: metric, quantile, how far ahead, which shadow, heat; and a menu with the rest. UI thread only. */
final class TwinBar extends Composite {
	private static final double[] LEVELS = { .5, .75, .9, .95, .975, .99 };
	private static final long[] AHEAD_MINUTES = { 5, 15, 30, 60, 360, 1440 };
	private static final String[] AHEAD = { "in 5 min", "in 15 min", "in 30 min", "in 1 h", "in 6 h", "in 24 h" };

	private final TwinCanvas canvas;
	private final TimeCursor cursor;
	private final Combo metric;
	private final Combo level;
	private final Combo ahead;
	private final Combo kind;
	private final Combo heat;
	private List<Metric> metrics = List.of();

	TwinBar(Composite parent, TwinCanvas canvas, TwinInputs inputs, TimeCursor cursor, Runnable export) {
		super(parent, SWT.NONE);
		this.canvas = canvas;
		this.cursor = cursor;
		RowLayout layout = new RowLayout(SWT.HORIZONTAL);
		layout.center = true;
		layout.marginTop = 1;
		layout.marginBottom = 1;
		layout.wrap = true;
		setLayout(layout);
		metric = combo("The metric that heights and colours show", index -> cursor.move(p -> p.withMetric(metrics.get(index).id())));
		level = combo("The quantile of the forecast at which the whisker ends", index -> cursor.move(p -> p.withLevel(LEVELS[index])));
		for (double l : LEVELS) {
			level.add("p" + io.shadowweaver.ui.core.Formats.number(l * 100));
		}
		ahead = combo("How far ahead the shadow is", index -> cursor.move(p -> p.withHorizon(Duration.ofMinutes(AHEAD_MINUTES[index]))));
		ahead.setItems(AHEAD);
		kind = combo("The shadow with what is planned, or if nobody acts; hold N to see the other one",
				index -> cursor.move(p -> p.withKind(index == 0 ? Shadow.Kind.UNATTENDED : Shadow.Kind.PLANNED)));
		kind.setItems("if nobody acts", "as planned");
		heat = combo("What the colour of the shadow tells", index -> canvas.settings(canvas.settings().with(HeatMode.values()[index])));
		for (HeatMode mode : HeatMode.values()) {
			heat.add(mode.label());
		}
		heat.select(0);
		tools(inputs, export);
		show(cursor.position());
		Runnable end = cursor.listen(() -> show(cursor.position()));
		addDisposeListener(event -> end.run());
	}

	private Combo combo(String tip, Consumer<Integer> chosen) {
		Combo combo = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
		combo.setToolTipText(tip);
		combo.addListener(SWT.Selection, event -> chosen.accept(combo.getSelectionIndex()));
		return combo;
	}

	private void tools(TwinInputs inputs, Runnable export) {
		ToolBar bar = new ToolBar(this, SWT.FLAT);
		push(bar, "Fit", "Shows all (Home)", canvas::fit);
		push(bar, "Top", "Looks from the top, and back (T)", () -> canvas.fly(canvas.camera().top()));
		ToolItem more = new ToolItem(bar, SWT.PUSH);
		more.setText("More ▾");
		more.setToolTipText("Where the shadow stands, links, tide, trust ghosts, a picture as a file");
		more.addListener(SWT.Selection, event -> {
			Menu menu = new Menu(bar);
			fill(menu, inputs, export);
			var at = more.getBounds();
			menu.setLocation(bar.toDisplay(at.x, at.y + at.height));
			menu.addListener(SWT.Hide, hidden -> getDisplay().asyncExec(menu::dispose));
			menu.setVisible(true);
		});
	}

	private static void push(ToolBar bar, String text, String tip, Runnable action) {
		ToolItem item = new ToolItem(bar, SWT.PUSH);
		item.setText(text);
		item.setToolTipText(tip);
		item.addListener(SWT.Selection, event -> action.run());
	}

	private void fill(Menu menu, TwinInputs inputs, Runnable export) {
		TwinSettings now = canvas.settings();
		for (ShadowStyle style : ShadowStyle.values()) {
			item(menu, SWT.RADIO, "Shadow: " + style.label().toLowerCase(java.util.Locale.ROOT), now.style() == style,
					() -> canvas.settings(canvas.settings().with(style)));
		}
		new MenuItem(menu, SWT.SEPARATOR);
		item(menu, SWT.CHECK, "Links", now.links(), () -> canvas.settings(now.withLinks(!now.links())));
		item(menu, SWT.CHECK, "Lead-time tide: height is the time to breach", now.tide(), () -> canvas.settings(now.withTide(!now.tide())));
		item(menu, SWT.CHECK, "Trust ghosts: what was forecast for now", now.ghosts(), () -> canvas.settings(now.withGhosts(!now.ghosts())));
		item(menu, SWT.CHECK, "Perspective\tP", canvas.camera().perspective(), inputs::perspective);
		new MenuItem(menu, SWT.SEPARATOR);
		item(menu, SWT.PUSH, "Save Picture…", false, export);
	}

	private static void item(Menu menu, int style, String text, boolean on, Runnable action) {
		MenuItem item = new MenuItem(menu, style);
		item.setText(text);
		item.setSelection(on);
		item.addListener(SWT.Selection, event -> {
			if (style != SWT.RADIO || item.getSelection()) {
				action.run();
			}
		});
	}

	/** The metrics of the estate, in the order of their names. */
	void frame(Frame frame) {
		List<Metric> known = new ArrayList<>(frame.state().metrics().values());
		known.sort(Comparator.comparing((Metric m) -> Metric.standard().contains(m) ? Metric.standard().indexOf(m) : 99).thenComparing(Metric::name));
		if (!known.equals(metrics)) {
			metrics = known;
			metric.setItems(known.stream().map(Metric::name).toArray(String[]::new));
			show(cursor.position());
			layout(true);
			getParent().layout(true);
		}
	}

	private void show(CursorPosition position) {
		for (int i = 0; i < metrics.size(); i++) {
			if (metrics.get(i).id().equals(position.metric())) {
				metric.select(i);
			}
		}
		for (int i = 0; i < LEVELS.length; i++) {
			if (LEVELS[i] == position.level()) {
				level.select(i);
			}
		}
		for (int i = 0; i < AHEAD_MINUTES.length; i++) {
			if (AHEAD_MINUTES[i] == position.horizon().toMinutes()) {
				ahead.select(i);
			}
		}
		kind.select(position.kind() == Shadow.Kind.UNATTENDED ? 0 : 1);
	}
}
