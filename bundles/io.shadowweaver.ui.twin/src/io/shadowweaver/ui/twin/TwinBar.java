// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;

import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.scene.Arrangement;
import io.shadowweaver.scene.HeatMode;
import io.shadowweaver.scene.ShadowStyle;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Spoken;

/**
 * What is chosen over the canvas: what the colour of the shadow tells; and a menu with the rest. Metric, quantile, which shadow
 * and how far ahead are chosen for all parts at once, on the tool bar of the window. UI thread only.
 */
final class TwinBar extends Composite {
	private static final int MOST_LABELS = 40;

	private final TwinCanvas canvas;
	private final Composite notice;
	private final Label scenario;
	private final Combo heat;
	private ToolItem flows;

	/**
	 * @param export   saves a picture
	 * @param snapshot saves what opens elsewhere
	 * @param leave    shows the real estate again
	 */
	TwinBar(Composite parent, TwinCanvas canvas, TwinInputs inputs, BookmarkMenu bookmarks, TwinCompare compare, Runnable export, Runnable snapshot, Runnable leave) {
		super(parent, SWT.NONE);
		this.canvas = canvas;
		RowLayout layout = new RowLayout(SWT.HORIZONTAL);
		layout.center = true;
		layout.marginTop = 1;
		layout.marginBottom = 1;
		layout.wrap = true;
		setLayout(layout);
		heat = combo("What the colour of the shadow tells", index -> canvas.settings(canvas.settings().with(HeatMode.values()[index])));
		for (HeatMode mode : HeatMode.values()) {
			heat.add(mode.label());
		}
		tools(inputs, bookmarks, compare, export, snapshot);
		settings();
		canvas.onSettings(this::settings);
		notice = new Composite(this, SWT.NONE);
		RowLayout line = new RowLayout(SWT.HORIZONTAL);
		line.center = true;
		line.marginTop = 0;
		line.marginBottom = 0;
		notice.setLayout(line);
		scenario = new Label(notice, SWT.NONE);
		Button back = new Button(notice, SWT.PUSH);
		back.setText("Back to the real estate");
		back.setToolTipText("Shows what is, and what is expected, without the scenario");
		back.addListener(SWT.Selection, event -> leave.run());
		scenario("");
	}

	/** What is chosen may have been chosen elsewhere. */
	private void settings() {
		heat.select(canvas.settings().heat().ordinal());
		flows.setSelection(canvas.flows());
	}

	/** Says that a scenario is seen; empty for the real estate. */
	void scenario(String name) {
		String text = name.isEmpty() ? "" : "WHAT IF: " + name.replace("&", "&&");
		if (scenario.getText().equals(text) && notice.getVisible() != name.isEmpty()) {
			return;
		}
		scenario.setText(text);
		notice.setVisible(!name.isEmpty());
		notice.setLayoutData(data(name.isEmpty()));
		getParent().layout(true, true);
	}

	private static RowData data(boolean hidden) {
		RowData data = new RowData();
		data.exclude = hidden;
		return data;
	}

	private Combo combo(String tip, Consumer<Integer> chosen) {
		Combo combo = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
		combo.setToolTipText(tip);
		Spoken.name(combo, tip);
		combo.addListener(SWT.Selection, event -> chosen.accept(combo.getSelectionIndex()));
		return combo;
	}

	private void tools(TwinInputs inputs, BookmarkMenu bookmarks, TwinCompare compare, Runnable export, Runnable snapshot) {
		ToolBar bar = new ToolBar(this, SWT.FLAT);
		push(bar, "Fit", "Shows all (Home)", canvas::fit);
		push(bar, "Top", "Looks from the top, and back (T)", () -> canvas.fly(canvas.camera().top()));
		flows = new ToolItem(bar, SWT.CHECK);
		flows.setText("Flow");
		flows.setToolTipText("Particles move along the links, the faster the more traffic there is. Where nothing else was chosen: up to 1,000 links, unless motion is reduced. "
				+ "They are movement: the picture is drawn again all the time, but only while this window is in front");
		flows.addListener(SWT.Selection, event -> canvas.settings(canvas.settings().with(canvas.settings().arrangement().withParticles(flows.getSelection()))));
		ToolItem views = new ToolItem(bar, SWT.PUSH);
		views.setText("Views ▾");
		views.setToolTipText("Keeps camera, time, filter and arrangement under a name, and goes back there (B; 1 to 9 for the first ones)");
		views.addListener(SWT.Selection, event -> bookmarks.open(bar, views.getBounds().x, views.getBounds().y + views.getBounds().height));
		ToolItem more = new ToolItem(bar, SWT.PUSH);
		more.setText("More ▾");
		more.setToolTipText("Where the shadow stands, grouping, a second moment beside, links, tide, trust ghosts, colours, pictures and snapshots as files");
		more.addListener(SWT.Selection, event -> {
			Menu menu = new Menu(bar);
			fill(menu, inputs, compare, export, snapshot);
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

	private void fill(Menu menu, TwinInputs inputs, TwinCompare compare, Runnable export, Runnable snapshot) {
		TwinSettings now = canvas.settings();
		for (ShadowStyle style : ShadowStyle.values()) {
			item(menu, SWT.RADIO, "Shadow: " + style.label().toLowerCase(java.util.Locale.ROOT), now.style() == style,
					() -> canvas.settings(canvas.settings().with(style)));
		}
		new MenuItem(menu, SWT.SEPARATOR);
		groupings(menu);
		MenuItem beside = new MenuItem(menu, SWT.CASCADE);
		beside.setText("Compare with");
		Menu moments = new Menu(menu);
		beside.setMenu(moments);
		compare.fill(moments);
		item(menu, SWT.CHECK, "Links", now.links(), () -> canvas.settings(now.withLinks(!now.links())));
		item(menu, SWT.CHECK, "Lead-time tide: height is the time to breach", now.tide(), () -> canvas.settings(now.withTide(!now.tide())));
		item(menu, SWT.CHECK, "Trust ghosts: what was forecast for now", now.ghosts(), () -> canvas.settings(now.withGhosts(!now.ghosts())));
		item(menu, SWT.CHECK, "Perspective\tP", canvas.camera().perspective(), inputs::perspective);
		colours(menu, canvas.palettes());
		new MenuItem(menu, SWT.SEPARATOR);
		item(menu, SWT.PUSH, "Keys…\t?", false, () -> new KeySheet(getShell()).open());
		new MenuItem(menu, SWT.SEPARATOR);
		item(menu, SWT.PUSH, "Save Picture…", false, export);
		item(menu, SWT.PUSH, "Save Snapshot…", false, snapshot);
		item(menu, SWT.PUSH, "Save as glTF…", false, () -> GltfExport.ask(getShell(), canvas));
	}

	/** Of all windows: tables, charts, time line and scene have the same colours. */
	static void colours(Menu menu, Palettes palettes) {
		MenuItem parent = new MenuItem(menu, SWT.CASCADE);
		parent.setText("Colours");
		Menu choices = new Menu(menu);
		parent.setMenu(choices);
		Palette now = palettes.current();
		for (Palette palette : Palette.values()) {
			if (palette.isDark() == now.isDark()) {
				item(choices, SWT.RADIO, palette.label(), palette == now, () -> palettes.safe(palette.isSafe()));
			}
		}
		new MenuItem(choices, SWT.SEPARATOR);
		item(choices, SWT.CHECK, "Reduced motion", palettes.reducedMotion(), () -> palettes.reducedMotion(!palettes.reducedMotion()));
	}

	/** By what resources can stand together: what is usual, their kind, and each label that some of them have. */
	private void groupings(Menu menu) {
		MenuItem parent = new MenuItem(menu, SWT.CASCADE);
		parent.setText("Group by");
		Menu choices = new Menu(menu);
		parent.setMenu(choices);
		TreeSet<String> labels = new TreeSet<>(List.of(Resource.REGION, Resource.PROVIDER, Resource.TIER));
		canvas.frame().ifPresent(frame -> frame.state().topology().resources().values().forEach(resource -> labels.addAll(resource.labels().keySet())));
		labels.removeAll(Set.of(Resource.TOKEN, Resource.INSTANCE, Resource.ADDRESS));
		String now = canvas.settings().arrangement().groupBy();
		grouping(choices, "Scaling group", "", now);
		grouping(choices, "Kind", Arrangement.KIND, now);
		new MenuItem(choices, SWT.SEPARATOR);
		labels.stream().limit(MOST_LABELS).forEach(label -> grouping(choices, label.replace("&", "&&"), label, now));
	}

	private void grouping(Menu menu, String text, String key, String now) {
		item(menu, SWT.RADIO, text, key.equals(now), () -> canvas.settings(canvas.settings().with(canvas.settings().arrangement().by(key))));
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
}
