// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.util.List;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

import io.shadowweaver.ui.core.Spoken;

/** Which keys the twin and its time line have; the same stand in {@code docs/keys.md}. */
final class KeySheet extends Dialog {
	/**
	 * A line of the sheet.
	 *
	 * @param where in which part
	 * @param keys  as they are written on the keyboard
	 * @param does  what they do
	 */
	record Line(String where, String keys, String does) {
	}

	private static final String SCENE = "Scene";
	private static final String HANDLE = "Handle";
	private static final String TIME = "Time line";
	private static final String FLAT = "Twin in 2D";
	private static final int ROWS = 24;

	/** All of it, by part. */
	static final List<Line> LINES = List.of(new Line(SCENE, "Ctrl+arrow", "Selects the nearest resource or block in that direction"),
			new Line(SCENE, "Tab, Shift+Tab", "Selects the next or the previous resource; behind the last one leaves the scene"),
			new Line(SCENE, "A, Shift+A", "Selects the next or the previous alert, by the time of its breach"), new Line(SCENE, "Enter", "Goes near to what is selected"),
			new Line(SCENE, "Escape", "Selects nothing"), new Line(SCENE, "Shift+F10, Menu", "What can be done with what is selected"),
			new Line(SCENE, "Delete", "Takes the selected resources out, in a scenario"), new Line(SCENE, "Arrow", "Turns the camera"), new Line(SCENE, "Shift+arrow", "Moves the camera"),
			new Line(SCENE, "+, -", "Nearer, further"), new Line(SCENE, "Home", "All of it"), new Line(SCENE, "T", "From the top, and back"), new Line(SCENE, "P", "Perspective, and back"),
			new Line(SCENE, "N", "While it is held: what happens if nobody acts"), new Line(SCENE, "C", "A second moment beside, and back"),
			new Line(SCENE, "B, 1 to 9", "The views that are kept; the first ones of them"), new Line(SCENE, "/", "To the search box; Escape there clears it"),
			new Line(SCENE, "F6, Shift+F6", "On to the time line, the search box and the scene, or back"), new Line(SCENE, "?", "This sheet"),
			new Line(HANDLE, "H", "Takes the traffic of the selected group, then its members, then none"), new Line(HANDLE, "Up, Down", "More, less; Page Up and Page Down in large steps"),
			new Line(HANDLE, "Enter", "Keeps the change"), new Line(HANDLE, "Escape", "Takes the change back"),
			new Line(TIME, ", and .", "In the scene: five minutes back, ahead"), new Line(TIME, "< and >", "In the scene: an hour back, ahead"), new Line(TIME, "0", "In the scene: now"),
			new Line(TIME, "Space", "Plays, stands still"), new Line(TIME, "Left, Right", "On the line: five minutes back, ahead; with Shift an hour"),
			new Line(TIME, "Page Up, Page Down", "On the line: a day back, ahead"), new Line(TIME, "Home, Escape", "On the line: now"),
			new Line(TIME, "+ and -", "On the line: a shorter time, a longer one"), new Line(FLAT, "Arrow", "Selects the next or the previous resource"),
			new Line(FLAT, "Escape", "Selects nothing there"));

	KeySheet(Shell parent) {
		super(parent);
		setShellStyle(getShellStyle() | SWT.RESIZE);
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText("Keys of the twin");
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		Table table = new Table(area, SWT.FULL_SELECTION | SWT.BORDER);
		Spoken.name(table, "Keys of the twin");
		table.setHeaderVisible(true);
		for (String head : List.of("In", "Keys", "What they do")) {
			new TableColumn(table, SWT.LEFT).setText(head);
		}
		for (Line line : LINES) {
			new TableItem(table, SWT.NONE).setText(new String[] { line.where, line.keys, line.does });
		}
		for (TableColumn column : table.getColumns()) {
			column.pack();
		}
		GridData wide = new GridData(SWT.FILL, SWT.FILL, true, true);
		wide.heightHint = table.getItemHeight() * ROWS;
		table.setLayoutData(wide);
		return area;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.OK_ID, IDialogConstants.CLOSE_LABEL, true);
	}
}
