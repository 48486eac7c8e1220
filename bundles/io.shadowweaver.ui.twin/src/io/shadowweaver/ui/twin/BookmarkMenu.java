// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;

import io.shadowweaver.engine.search.QueryException;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.SearchFilter;
import io.shadowweaver.ui.core.TimeCursor;

/** Keeps how the twin is looked at under a name, and goes back there. UI thread only. */
final class BookmarkMenu {
	/** So many have a digit on the keyboard. */
	static final int DIGITS = 9;

	private final TwinCanvas canvas;
	private final TimeCursor cursor;
	private final SearchFilter filter;
	private final Bookmarks kept;
	private final Consumer<String> said;

	/**
	 * @param said takes a sentence for the operator; empty when all is well
	 */
	BookmarkMenu(TwinCanvas canvas, TimeCursor cursor, SearchFilter filter, Bookmarks kept, Consumer<String> said) {
		this.canvas = canvas;
		this.cursor = cursor;
		this.filter = filter;
		this.kept = kept;
		this.said = said;
	}

	/** How it is looked at now. */
	Bookmark now() {
		return new Bookmark(canvas.picture().isPresent() ? Optional.of(canvas.camera()) : Optional.empty(), cursor.position(), filter.query().text(), canvas.settings());
	}

	/** Looks as it was looked then. What the estate has no more is said, and all else done. */
	void go(Bookmark view) {
		canvas.settings(view.settings());
		cursor.move(position -> view.cursor());
		String problem = "";
		if (view.filter().isEmpty()) {
			filter.clear();
		} else {
			Optional<Frame> frame = canvas.frame();
			try {
				if (frame.isPresent()) {
					filter.look(view.filter(), frame.get().state());
				}
			} catch (QueryException e) {
				filter.clear();
				problem = "The filter '" + view.filter() + "' of the bookmark does not fit this estate: " + e.getMessage() + ".";
			}
		}
		said.accept(problem);
		view.camera().ifPresentOrElse(canvas::fly, canvas::fit);
	}

	/** Goes to the one of a digit, from 1; nowhere where there is none. */
	void go(int digit) {
		List<Bookmarks.Entry> all = kept.all();
		if (digit >= 1 && digit <= Math.min(DIGITS, all.size())) {
			go(all.get(digit - 1).view());
		}
	}

	/** Shows the menu in the middle of the canvas: for the keyboard. */
	void open() {
		Control control = canvas.control();
		open(control, control.getSize().x / 2, control.getSize().y / 2);
	}

	/** Shows the menu at a point of a control. */
	void open(Control at, int x, int y) {
		Menu menu = new Menu(at);
		fill(menu);
		menu.setLocation(at.toDisplay(x, y));
		menu.addListener(SWT.Hide, hidden -> at.getDisplay().asyncExec(menu::dispose));
		menu.setVisible(true);
	}

	/** What is in the menu. */
	void fill(Menu menu) {
		List<Bookmarks.Entry> all = kept.all();
		for (int i = 0; i < all.size(); i++) {
			Bookmarks.Entry entry = all.get(i);
			item(menu, entry.name().replace("&", "&&") + (i < DIGITS ? "\t" + (i + 1) : ""), () -> go(entry.view()));
		}
		if (!all.isEmpty()) {
			new MenuItem(menu, SWT.SEPARATOR);
		}
		item(menu, "Keep this view…", () -> ask(canvas.control()));
		if (!all.isEmpty()) {
			MenuItem forget = new MenuItem(menu, SWT.CASCADE);
			forget.setText("Forget");
			Menu names = new Menu(menu);
			forget.setMenu(names);
			all.forEach(entry -> item(names, entry.name().replace("&", "&&"), () -> kept.forget(entry.name())));
		}
	}

	private void ask(Control at) {
		InputDialog dialog = new InputDialog(at.getShell(), "Keep view", "Name of this view: camera, time, filter and arrangement. One of the same name is replaced.", "",
				name -> name.isBlank() ? "A view needs a name." : null);
		// what is seen now, not what the clock has made of it when the name is typed
		Bookmark view = now();
		if (dialog.open() == Window.OK) {
			kept.keep(dialog.getValue().strip(), view);
		}
	}

	private static void item(Menu menu, String text, Runnable action) {
		MenuItem item = new MenuItem(menu, SWT.PUSH);
		item.setText(text);
		item.addListener(SWT.Selection, event -> action.run());
	}
}
