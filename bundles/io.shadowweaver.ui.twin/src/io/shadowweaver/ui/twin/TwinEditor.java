// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.List;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IPersistableEditor;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.menus.IMenuService;
import org.eclipse.ui.part.EditorPart;

import io.shadowweaver.gl.GlUnavailableException;
import io.shadowweaver.ui.core.EstateFeed;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Scenarios;
import io.shadowweaver.ui.core.SearchFilter;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.SelectionBridge;
import io.shadowweaver.ui.core.TimeCursor;

/** The twin: the active estate in three dimensions with its shadow, and the time line. Where OpenGL is not to be had, in two. */
public final class TwinEditor extends EditorPart implements IPersistableEditor {
	/** Its id in the extension point. */
	public static final String ID = "io.shadowweaver.ui.twin.editor";

	/** Where entries of the menu of the time line are contributed. */
	private static final String TIMELINE_MENU = "popup:io.shadowweaver.ui.twin.timeline";
	private static final String SCENE_MENU = "io.shadowweaver.ui.twin.scene";
	private static final System.Logger LOG = System.getLogger(TwinEditor.class.getName());

	/** Where in the workspace views are kept. */
	private static final String BOOKMARKS = "io.shadowweaver.ui.twin/bookmarks";

	private final TwinKeys.Ways ways = new TwinKeys.Ways() {
		@Override
		public void play() {
			time.toggle();
		}

		@Override
		public void search() {
			search.seek();
		}

		@Override
		public void sheet() {
			new KeySheet(getSite().getShell()).open();
		}
	};
	private Control focus;
	private TwinCanvas canvas;
	private TwinBar bar;
	private BookmarkMenu bookmarks;
	private TwinCompare compare;
	/** What fills the stage. */
	private Control face;
	private TimelineStrip strip;
	/** Made on the feed's thread alone. */
	private TimelineShown line;
	private Composite stage;
	private TimeBar time;
	private SearchBox search;
	private Label reason;
	private String expected = "";
	private Bookmark expectedView;
	private TwinSettings kept = TwinSettings.START;

	@Override
	public void init(IEditorSite site, IEditorInput input) throws PartInitException {
		if (!(input instanceof TwinInput)) {
			throw new PartInitException("The twin opens on the active estate, not on " + input.getName() + ".");
		}
		setSite(site);
		setInput(input);
	}

	@Override
	public void createPartControl(Composite parent) {
		EstateFeed feed = getSite().getService(EstateFeed.class);
		Selection selection = getSite().getService(Selection.class);
		TimeCursor cursor = getSite().getService(TimeCursor.class);
		Palettes palettes = getSite().getService(Palettes.class);
		Composite all = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout();
		layout.marginWidth = 0;
		layout.marginHeight = 0;
		layout.verticalSpacing = 0;
		all.setLayout(layout);
		stage = new Composite(all, SWT.NONE);
		stage.setLayout(new StackLayout());
		stage.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		reason = new Label(stage, SWT.WRAP | SWT.CENTER);
		try {
			SashForm sash = new SashForm(stage, SWT.HORIZONTAL);
			canvas = new TwinCanvas(TwinCompare.side(sash), palettes);
			focus = canvas.control();
			face = sash;
			canvas.settings(kept);
			Scenarios scenarios = getSite().getService(Scenarios.class);
			bookmarks = new BookmarkMenu(canvas, cursor, getSite().getService(SearchFilter.class), new Bookmarks(InstanceScope.INSTANCE.getNode(BOOKMARKS)), this::say);
			compare = new TwinCompare(sash, canvas, feed, cursor, palettes, other -> inputs(other, selection, scenarios), this::say);
			TwinInputs inputs = inputs(canvas, selection, scenarios);
			bar = new TwinBar(all, canvas, inputs, bookmarks, compare, () -> PictureExport.ask(getSite().getShell(), canvas), () -> SnapshotExport.ask(getSite().getShell(), canvas, bookmarks), () -> scenarios.show(""));
			search = new SearchBox(bar, getSite().getService(SearchFilter.class), () -> feed.frame().map(Frame::state));
			bar.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false));
			bar.moveAbove(stage);
		} catch (GlUnavailableException e) {
			LOG.log(System.Logger.Level.WARNING, "The twin is drawn in two dimensions: " + e.getMessage());
			focus = new TreemapCanvas(stage, feed, selection, palettes, e.getMessage());
			face = focus;
		}
		top(face);
		Composite below = new Composite(all, SWT.NONE);
		GridLayout columns = new GridLayout(2, false);
		columns.marginWidth = 0;
		columns.marginHeight = 0;
		below.setLayout(columns);
		below.setLayoutData(new GridData(SWT.FILL, SWT.BOTTOM, true, false));
		time = new TimeBar(below, cursor, selection, palettes, feed::frame, () -> strip.end());
		time.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		strip = new TimelineStrip(below, cursor, selection, palettes);
		strip.setLayoutData(new GridData(SWT.FILL, SWT.BOTTOM, true, false));
		strip.onPlay(time::toggle);
		rounds();
		timelineMenu();
		SelectionBridge.install(getSite(), selection, all);
		if (canvas != null) {
			sceneMenu();
		}
		feed.subscribe(all, frame -> line = TimelineShown.of(frame, line), this::show, this::empty).roughToo();
	}

	/** What other bundles contribute is about the time under the mouse, where the strip puts the cursor first. */
	private void timelineMenu() {
		IMenuService menus = getSite().getService(IMenuService.class);
		MenuManager manager = new MenuManager();
		strip.setMenu(manager.createContextMenu(strip));
		menus.populateContributionManager(manager, TIMELINE_MENU);
		strip.addDisposeListener(event -> {
			menus.releaseContributions(manager);
			manager.dispose();
		});
	}

	/** What can be done with what is under the mouse, which is selected first. */
	private void sceneMenu() {
		MenuManager manager = new MenuManager();
		manager.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
		canvas.control().setMenu(manager.createContextMenu(canvas.control()));
		getSite().registerContextMenu(SCENE_MENU, manager, getSite().getSelectionProvider());
	}

	private TwinInputs inputs(TwinCanvas shown, Selection selection, Scenarios scenarios) {
		TwinInputs inputs = new TwinInputs(shown, selection, new GroupHandle(scenarios), new Removal(scenarios), bookmarks, () -> compare.toggle());
		inputs.first(new TwinKeys(shown, selection, new GroupHandle(scenarios), getSite().getService(TimeCursor.class), ways)::took);
		shown.onTold(sentence -> getEditorSite().getActionBars().getStatusLineManager().setMessage(sentence.isEmpty() ? null : sentence));
		return inputs;
	}

	/** F6 goes on from part to part, with Shift back: Tab walks through the resources first. */
	private void rounds() {
		List<Control> parts = search == null ? List.of(focus, strip) : List.of(focus, strip, search.field());
		for (int i = 0; i < parts.size(); i++) {
			int place = i;
			parts.get(i).addListener(SWT.KeyDown, event -> {
				if (event.keyCode == SWT.F6 && (event.stateMask & (SWT.MOD1 | SWT.ALT)) == 0) {
					parts.get(Math.floorMod(place + ((event.stateMask & SWT.SHIFT) == 0 ? 1 : -1), parts.size())).setFocus();
				}
			});
		}
	}

	private void say(String sentence) {
		getEditorSite().getActionBars().getStatusLineManager().setErrorMessage(sentence.isEmpty() ? null : sentence);
	}

	private void top(Control control) {
		StackLayout layout = (StackLayout) stage.getLayout();
		if (layout.topControl != control) {
			layout.topControl = control;
			stage.layout();
		}
	}

	private void show(TimelineShown newest) {
		Frame frame = newest.frame();
		setPartName(frame.state().name().isBlank() ? "Twin" : "Twin: " + frame.state().name());
		top(face);
		strip.show(newest);
		if (canvas != null) {
			canvas.frame(frame);
			bar.scenario(frame.scenarioName());
			look(frame);
		}
	}

	/** Looks at an estate as it was looked at in a snapshot, as soon as it is shown. */
	void show(String estate, Bookmark view) {
		expected = estate;
		expectedView = view;
		if (canvas != null) {
			canvas.frame().ifPresent(this::look);
		}
	}

	private void look(Frame frame) {
		if (frame.estate() != null && frame.estate().id().equals(expected)) {
			expected = "";
			bookmarks.go(expectedView);
		}
	}

	private void empty(String why) {
		if (canvas != null) {
			reason.setText(why);
			top(reason);
		}
	}

	/** The canvas; empty where the twin is drawn in two dimensions. For tests. */
	java.util.Optional<TwinCanvas> canvas() {
		return java.util.Optional.ofNullable(canvas);
	}

	/** Its views. For tests, where the twin is drawn in three dimensions. */
	BookmarkMenu bookmarks() {
		return bookmarks;
	}

	/** What is seen beside. For tests, where the twin is drawn in three dimensions. */
	TwinCompare compare() {
		return compare;
	}

	/** Called before or after the controls are made, depending on who opens it. */
	@Override
	public void restoreState(IMemento memento) {
		kept = TwinSettings.restored(memento);
		if (canvas != null) {
			canvas.settings(kept);
		}
	}

	@Override
	public void saveState(IMemento memento) {
		(canvas == null ? kept : canvas.settings()).save(memento);
	}

	@Override
	public void setFocus() {
		focus.setFocus();
	}

	@Override
	public void doSave(IProgressMonitor monitor) {
		// nothing in a twin can be changed, so nothing is saved
	}

	@Override
	public void doSaveAs() {
		// a picture is saved from the menu of the twin
	}

	@Override
	public boolean isDirty() {
		return false;
	}

	@Override
	public boolean isSaveAsAllowed() {
		return false;
	}
}
