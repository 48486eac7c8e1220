// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.ui.core.Spoken;

/**
 * A virtual table with a filter box, for any number of rows. {@link #arrange(Collection)} sorts and filters on any thread;
 * the rest is for the UI thread.
 *
 * @param <R> an immutable row; rows that are equal are not drawn again
 */
public final class RowTable<R> {
	/**
	 * Rows as they are shown.
	 *
	 * @param rows  sorted and filtered
	 * @param index where the row of a key is
	 * @param total how many there were before the filter
	 */
	public record Arranged<R>(List<R> rows, Map<Object, Integer> index, int total) {
	}

	private static final int MARGIN = 8;

	private record Sorting(int column, boolean descending) {
	}

	private final Composite composite;
	private final Text filterBox;
	private final Label count;
	private final Table table;
	private final List<Column<R>> columns;
	private final Function<R, Object> key;
	private final Comparator<R> natural;
	private volatile String filter = "";
	private volatile Sorting sorting;
	private Arranged<R> shown = new Arranged<>(List.of(), Map.of(), 0);
	private Runnable changed = () -> {
		// nobody asked yet
	};

	/**
	 * @param parent  filled by this
	 * @param columns from the left
	 * @param key     what identifies a row, for selection
	 * @param natural the order before a head was clicked
	 */
	public RowTable(Composite parent, List<Column<R>> columns, Function<R, Object> key, Comparator<R> natural) {
		this.columns = List.copyOf(columns);
		this.key = key;
		this.natural = natural;
		composite = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(2, false);
		layout.marginWidth = 0;
		layout.marginHeight = 0;
		layout.verticalSpacing = 2;
		composite.setLayout(layout);
		filterBox = new Text(composite, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
		filterBox.setMessage("Filter");
		filterBox.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		filterBox.addListener(SWT.Modify, event -> {
			filter = filterBox.getText().strip().toLowerCase(Locale.ROOT);
			changed.run();
		});
		count = new Label(composite, SWT.RIGHT);
		GridData wide = new GridData(SWT.END, SWT.CENTER, false, false);
		wide.widthHint = 110;
		count.setLayoutData(wide);
		table = new Table(composite, SWT.VIRTUAL | SWT.FULL_SELECTION | SWT.MULTI | SWT.BORDER);
		table.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1));
		table.setHeaderVisible(true);
		for (int i = 0; i < this.columns.size(); i++) {
			addColumn(i, this.columns.get(i));
		}
		table.addListener(SWT.SetData, this::fill);
		table.addListener(SWT.MouseMove, event -> tell(new Point(event.x, event.y)));
		if (this.columns.stream().anyMatch(column -> column.painter().isPresent())) {
			table.addListener(SWT.PaintItem, this::paint);
		}
	}

	/**
	 * Names the table and its filter for screen readers.
	 *
	 * @param name what is in the rows
	 */
	public void named(String name) {
		Spoken.name(filterBox, "Filter of " + name);
		Spoken.name(table, name);
	}

	private void addColumn(int number, Column<R> column) {
		TableColumn head = new TableColumn(table, column.right() ? SWT.RIGHT : SWT.LEFT);
		head.setText(column.title());
		head.setToolTipText(column.tip());
		head.setWidth(column.width());
		head.setMoveable(true);
		head.addListener(SWT.Selection, event -> sortBy(number));
	}

	private void sortBy(int number) {
		Sorting now = sorting;
		boolean numbers = columns.get(number).right();
		if (now == null || now.column != number) {
			sorting = new Sorting(number, numbers);
		} else if (now.descending == numbers) {
			sorting = new Sorting(number, !numbers);
		} else {
			sorting = null;
		}
		table.setSortColumn(sorting == null ? null : table.getColumn(number));
		table.setSortDirection(sorting == null ? SWT.NONE : sorting.descending ? SWT.DOWN : SWT.UP);
		changed.run();
	}

	private void fill(Event event) {
		TableItem item = (TableItem) event.item;
		if (event.index < shown.rows.size()) {
			R row = shown.rows.get(event.index);
			item.setData(row);
			item.setText(columns.stream().map(column -> column.text().apply(row)).toArray(String[]::new));
		}
	}

	/** The whole text of a cell that is too narrow for it. */
	private void tell(Point at) {
		String whole = null;
		TableItem item = table.getItem(at);
		for (int i = 0; item != null && i < columns.size(); i++) {
			if (item.getBounds(i).contains(at)) {
				String text = item.getText(i);
				GC gc = new GC(table);
				whole = gc.textExtent(text).x + MARGIN > item.getBounds(i).width ? text : null;
				gc.dispose();
			}
		}
		if (!java.util.Objects.equals(whole, table.getToolTipText())) {
			table.setToolTipText(whole);
		}
	}

	@SuppressWarnings("unchecked")
	private void paint(Event event) {
		R row = (R) event.item.getData();
		if (row != null && event.index < columns.size()) {
			columns.get(event.index).painter().ifPresent(painter -> {
				Rectangle cell = ((TableItem) event.item).getBounds(event.index);
				painter.paint(event.gc, cell, row);
			});
		}
	}

	/** The control that holds all of it. */
	public Composite control() {
		return composite;
	}

	/** The table, for menus and listeners. */
	public Table table() {
		return table;
	}

	/** Calls back when sorting or filter changed, so that rows must be arranged anew. */
	public void onArrangement(Runnable callback) {
		changed = callback;
	}

	/** Calls back with what the operator selected. */
	public void onSelect(Consumer<List<R>> callback) {
		table.addListener(SWT.Selection, event -> callback.accept(selected()));
	}

	/** Calls back with the row that was opened by a double click or the enter key. */
	public void onOpen(Consumer<R> callback) {
		table.addListener(SWT.DefaultSelection, event -> selected().stream().findFirst().ifPresent(callback));
	}

	/** Sets a head's title and tip. */
	public void title(int column, String title, String tip) {
		TableColumn head = table.getColumn(column);
		if (!head.getText().equals(title)) {
			head.setText(title);
			head.setToolTipText(tip);
		}
	}

	/** The selected rows. */
	public List<R> selected() {
		List<R> rows = new ArrayList<>();
		for (int index : table.getSelectionIndices()) {
			if (index < shown.rows.size()) {
				rows.add(shown.rows.get(index));
			}
		}
		return rows;
	}

	/** The rows that are on the screen now, for what is loaded for those only. */
	public List<R> onScreen() {
		int from = Math.min(table.getTopIndex(), shown.rows.size());
		int height = Math.max(1, table.getClientArea().height / Math.max(1, table.getItemHeight()) + 1);
		return shown.rows.subList(from, Math.min(shown.rows.size(), from + height));
	}

	/** Sorts and filters rows as the operator wishes. Any thread. */
	public Arranged<R> arrange(Collection<R> all) {
		String wanted = filter;
		Sorting by = sorting;
		List<R> rows = new ArrayList<>(all.size());
		for (R row : all) {
			if (wanted.isEmpty() || fits(row, wanted)) {
				rows.add(row);
			}
		}
		Comparator<R> order = natural;
		if (by != null) {
			Comparator<R> chosen = columns.get(by.column).order();
			order = (by.descending ? chosen.reversed() : chosen).thenComparing(natural);
		}
		rows.sort(order);
		Map<Object, Integer> index = new HashMap<>();
		for (int i = 0; i < rows.size(); i++) {
			index.put(key.apply(rows.get(i)), i);
		}
		return new Arranged<>(rows, index, all.size());
	}

	private boolean fits(R row, String wanted) {
		for (Column<R> column : columns) {
			if (column.text().apply(row).toLowerCase(Locale.ROOT).contains(wanted)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Shows rows and marks some, without telling {@link #onSelect(Consumer)}.
	 *
	 * @param arranged the rows
	 * @param keys     of those that are marked
	 */
	public void show(Arranged<R> arranged, Set<?> keys) {
		boolean differs = !arranged.rows.equals(shown.rows);
		shown = arranged;
		if (differs) {
			if (table.getItemCount() != arranged.rows.size()) {
				table.setItemCount(arranged.rows.size());
			}
			table.clearAll();
			String text = arranged.rows.size() == arranged.total ? String.valueOf(arranged.total)
					: arranged.rows.size() + " of " + arranged.total;
			if (!count.getText().equals(text)) {
				count.setText(text);
			}
		}
		mark(keys);
	}

	private void mark(Set<?> keys) {
		int[] wanted = keys.stream().map(shown.index::get).filter(java.util.Objects::nonNull).mapToInt(Integer::intValue).sorted().toArray();
		int[] marked = table.getSelectionIndices();
		Arrays.sort(marked);
		if (!Arrays.equals(wanted, marked)) {
			if (wanted.length == 0) {
				table.deselectAll();
			} else {
				table.setSelection(wanted);
			}
		}
	}
}
