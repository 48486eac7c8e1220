// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowTableTest {
	private record Row(int id, String name, double value) {
	}

	private final Display display = Display.getDefault();
	private Shell shell;
	private RowTable<Row> table;

	@BeforeEach
	void open() {
		shell = new Shell(display);
		shell.setLayout(new FillLayout());
		table = new RowTable<>(shell, List.of(Column.text("Name", "", 100, Row::name),
				Column.number("Value", "", 80, row -> String.valueOf(row.value), Row::value)), Row::id, Comparator.comparing(Row::id));
		shell.setSize(300, 200);
		shell.open();
	}

	@AfterEach
	void close() {
		shell.dispose();
	}

	private void pump() {
		while (display.readAndDispatch()) {
			// until all is done
		}
	}

	private void click(int column) {
		table.table().getColumn(column).notifyListeners(SWT.Selection, new Event());
	}

	@Test
	void aHeadSortsDescendingForNumbersThenAscendingThenNaturally() {
		List<Row> rows = List.of(new Row(1, "b", 2), new Row(2, "a", Double.NaN), new Row(3, "c", 9));
		click(1);
		assertEquals(List.of(3, 1, 2), ids(table.arrange(rows)), "not known comes last");
		click(1);
		assertEquals(List.of(2, 1, 3), ids(table.arrange(rows)));
		click(1);
		assertEquals(List.of(1, 2, 3), ids(table.arrange(rows)));
		click(0);
		assertEquals(List.of(2, 1, 3), ids(table.arrange(rows)));
	}

	private static List<Integer> ids(RowTable.Arranged<Row> arranged) {
		return arranged.rows().stream().map(Row::id).toList();
	}

	@Test
	void theFilterLooksIntoEveryColumnAndTellsTheView() {
		List<String> told = new ArrayList<>();
		table.onArrangement(() -> told.add("again"));
		((Text) table.control().getChildren()[0]).setText("9.5");
		List<Row> rows = List.of(new Row(1, "b", 9.5), new Row(2, "a 9.5", 1), new Row(3, "c", 3));
		assertEquals(List.of(1, 2), ids(table.arrange(rows)));
		assertEquals(3, table.arrange(rows).total());
		assertEquals(List.of("again"), told);
	}

	@Test
	void ofManyRowsOnlyThoseOnTheScreenAreMade() {
		List<Row> rows = IntStream.range(0, 50_000).mapToObj(i -> new Row(i, "row " + i, i)).toList();
		table.show(table.arrange(rows), Set.of());
		pump();
		assertEquals(50_000, table.table().getItemCount());
		assertEquals("row 0", table.table().getItem(0).getText(0));
		long made = IntStream.range(0, 200).filter(i -> table.table().getItem(1000 + i).getData() != null).count();
		assertTrue(made < 200 || table.onScreen().size() < 200, "everything was made");
	}

	@Test
	void theSelectionStaysWithItsRowWhenTheOrderChanges() {
		List<List<Row>> chosen = new ArrayList<>();
		table.onSelect(chosen::add);
		List<Row> rows = List.of(new Row(1, "b", 2), new Row(2, "a", 5), new Row(3, "c", 9));
		table.show(table.arrange(rows), Set.of(3));
		assertEquals(List.of(3), table.selected().stream().map(Row::id).toList());
		click(1);
		table.show(table.arrange(rows), Set.of(3));
		assertEquals(List.of(3), table.selected().stream().map(Row::id).toList());
		assertEquals(0, table.table().getSelectionIndex());
		assertEquals(List.of(), chosen, "marking is no choice of the operator");
	}
}
