// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.eclipse.jface.bindings.keys.KeyStroke;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.fieldassist.ContentProposal;
import org.eclipse.jface.fieldassist.ContentProposalAdapter;
import org.eclipse.jface.fieldassist.IContentProposal;
import org.eclipse.jface.fieldassist.TextContentAdapter;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.search.Completion;
import io.shadowweaver.engine.search.QueryException;
import io.shadowweaver.ui.core.SearchFilter;
import io.shadowweaver.ui.core.Spoken;

/**
 * Where it is typed what is looked for. What is written holds when it can be understood; until then the last one that could, and what is wrong
 * is said beside it. UI thread only.
 */
final class SearchBox extends Composite {
	private static final int WIDTH = 260;
	private static final int PATIENCE_MILLIS = 250;
	private final SearchFilter filter;
	private final Supplier<Optional<WeaverState>> state;
	private final Text text;
	private final Label said;
	private int typed;

	/**
	 * @param state what is shown; empty before there is anything
	 */
	SearchBox(Composite parent, SearchFilter filter, Supplier<Optional<WeaverState>> state) {
		super(parent, SWT.NONE);
		this.filter = filter;
		this.state = state;
		RowLayout layout = new RowLayout(SWT.HORIZONTAL);
		layout.center = true;
		layout.marginTop = 0;
		layout.marginBottom = 0;
		setLayout(layout);
		text = new Text(this, SWT.SEARCH | SWT.ICON_CANCEL | SWT.BORDER);
		Spoken.name(text, "Search");
		text.setMessage("kind:vm region:eu cpu>80% @+2h");
		text.setToolTipText("What is looked for: the rest steps back in the scene and leaves tree and tables. Ctrl+Space completes.");
		text.setLayoutData(new RowData(WIDTH, SWT.DEFAULT));
		text.addListener(SWT.Modify, event -> later(++typed));
		text.addListener(SWT.DefaultSelection, event -> look());
		text.addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.ESC) {
				text.setText("");
			}
		});
		complete();
		Button kept = new Button(this, SWT.PUSH);
		kept.setText("▾");
		Spoken.name(kept, "Kept filters");
		kept.setToolTipText("Filters that are kept, and keeping this one");
		kept.addListener(SWT.Selection, event -> menu(kept));
		said = new Label(this, SWT.NONE);
		show();
		Runnable end = filter.listen(this::show);
		addListener(SWT.Dispose, event -> end.run());
	}

	/** Lets it be typed what is looked for. */
	void seek() {
		text.setFocus();
		text.selectAll();
	}

	/** Where it is typed. */
	Control field() {
		return text;
	}

	private void complete() {
		ContentProposalAdapter adapter = new ContentProposalAdapter(text, new TextContentAdapter(),
				(contents, position) -> state.get()
						.map(seen -> Completion.of(contents, position, seen).stream().map(one -> (IContentProposal) new ContentProposal(one.text(), one.label(), null, one.caret()))
								.toArray(IContentProposal[]::new))
						.orElse(new IContentProposal[0]),
				KeyStroke.getInstance(SWT.CTRL, ' '), null);
		adapter.setProposalAcceptanceStyle(ContentProposalAdapter.PROPOSAL_REPLACE);
	}

	/** Not at each letter: a word is typed in one go. */
	private void later(int number) {
		getDisplay().timerExec(PATIENCE_MILLIS, () -> {
			if (!isDisposed() && number == typed) {
				look();
			}
		});
	}

	/** Looks for what is written now. */
	private void look() {
		String wanted = text.getText().strip();
		if (wanted.isEmpty()) {
			filter.clear();
			say("");
		} else if (!wanted.equals(filter.query().text())) {
			state.get().ifPresent(seen -> {
				try {
					filter.look(wanted, seen);
					say("");
				} catch (QueryException e) {
					say("At " + (e.position() + 1) + ": " + e.getMessage() + ".");
				}
			});
		}
	}

	private void say(String sentence) {
		said.setText(sentence.replace("&", "&&"));
		said.setToolTipText(sentence.isEmpty() ? null : sentence);
		getParent().layout(new org.eclipse.swt.widgets.Control[] { said });
	}

	/** Another part may have changed it. */
	private void show() {
		String held = filter.query().text();
		if (!text.isFocusControl() && !text.getText().strip().equals(held)) {
			text.setText(held);
		}
	}

	private void menu(Button at) {
		Menu menu = new Menu(at);
		Map<String, String> saved = new TreeMap<>(filter.saved());
		saved.forEach((name, query) -> item(menu, name + "\t" + query, () -> {
			text.setText(query);
			look();
		}));
		if (!saved.isEmpty()) {
			new MenuItem(menu, SWT.SEPARATOR);
		}
		item(menu, "Keep this one…", this::keep).setEnabled(!filter.query().isAll());
		saved.forEach((name, query) -> item(menu, "Forget " + name, () -> filter.save(name, "")));
		menu.setLocation(at.toDisplay(0, at.getSize().y));
		menu.addListener(SWT.Hide, hidden -> getDisplay().asyncExec(menu::dispose));
		menu.setVisible(true);
	}

	private static MenuItem item(Menu menu, String label, Runnable action) {
		MenuItem item = new MenuItem(menu, SWT.PUSH);
		item.setText(label.replace("&", "&&"));
		item.addListener(SWT.Selection, event -> action.run());
		return item;
	}

	private void keep() {
		String query = filter.query().text();
		InputDialog dialog = new InputDialog(getShell(), "Keep filter", "Name of '" + query + "'", query, name -> name.isBlank() ? "A filter needs a name." : null);
		if (dialog.open() == Window.OK) {
			filter.save(dialog.getValue().strip(), query);
		}
	}
}
