// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.events;

import java.time.LocalDateTime;
import java.util.List;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Item;

/** Enters an event into the calendar; says what is wrong as it is typed. */
public final class EventDialog extends TitleAreaDialog {
	private final WeaverState state;
	private final List<Item> selection;
	private final LocalDateTime at;
	private Combo kind;
	private DateTime date;
	private DateTime time;
	private Button allDay;
	private Spinner days;
	private Spinner hours;
	private Spinner minutes;
	private SubjectChoice subject;
	private Text text;
	private Combo repeat;
	private EventDraft draft;

	/**
	 * @param shell     above which it opens
	 * @param state     of the estate
	 * @param selection offered as what it concerns
	 * @param at        when it begins at first
	 */
	public EventDialog(Shell shell, WeaverState state, List<Item> selection, LocalDateTime at) {
		super(shell);
		this.state = state;
		this.selection = selection;
		this.at = at;
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText("Add event");
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		setTitle("Event");
		Composite all = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
		all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		all.setLayout(new GridLayout(2, false));
		label(all, "What");
		text = new Text(all, SWT.BORDER);
		text.setMessage("Spring sale");
		text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		text.addListener(SWT.Modify, event -> check());
		label(all, "Kind");
		kind = new Combo(all, SWT.READ_ONLY);
		kind.setItems(EventDraft.KINDS.stream().map(Formats::words).toArray(String[]::new));
		kind.select(0);
		label(all, "Begins");
		Composite begin = row(all, 3);
		date = new DateTime(begin, SWT.DATE | SWT.DROP_DOWN | SWT.BORDER);
		date.setDate(at.getYear(), at.getMonthValue() - 1, at.getDayOfMonth());
		time = new DateTime(begin, SWT.TIME | SWT.SHORT | SWT.BORDER);
		time.setTime(at.getHour(), at.getMinute(), 0);
		allDay = new Button(begin, SWT.CHECK);
		allDay.setText("whole days");
		allDay.addListener(SWT.Selection, event -> check());
		label(all, "Lasts");
		Composite length = row(all, 6);
		days = spinner(length, "days", 1, 60, 1);
		hours = spinner(length, "hours", 0, 999, 1);
		minutes = spinner(length, "minutes", 0, 59, 0);
		label(all, "Concerns");
		subject = new SubjectChoice(all, state, selection, this::check);
		label(all, "Again");
		repeat = new Combo(all, SWT.READ_ONLY);
		for (EventDraft.Repeat one : EventDraft.Repeat.values()) {
			repeat.add(one.label());
		}
		repeat.select(0);
		return all;
	}

	private static void label(Composite parent, String name) {
		new Label(parent, SWT.NONE).setText(name + ":");
	}

	private static Composite row(Composite parent, int columns) {
		Composite row = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(columns, false);
		layout.marginWidth = 0;
		layout.marginHeight = 0;
		row.setLayout(layout);
		return row;
	}

	private static Spinner spinner(Composite parent, String unit, int least, int most, int value) {
		Spinner spinner = new Spinner(parent, SWT.BORDER);
		spinner.setValues(value, least, most, 0, 1, 10);
		new Label(parent, SWT.NONE).setText(unit);
		return spinner;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		super.createButtonsForButtonBar(parent);
		getButton(IDialogConstants.OK_ID).setText("Add");
		check();
	}

	private EventDraft read() {
		LocalDateTime start = LocalDateTime.of(date.getYear(), date.getMonth() + 1, date.getDay(), time.getHours(), time.getMinutes());
		return new EventDraft(EventDraft.KINDS.get(kind.getSelectionIndex()), start, allDay.getSelection(), hours.getSelection(), minutes.getSelection(),
				days.getSelection(), subject.subject(), text.getText(), EventDraft.Repeat.values()[repeat.getSelectionIndex()]);
	}

	private void check() {
		boolean whole = allDay.getSelection();
		time.setEnabled(!whole);
		days.setEnabled(whole);
		hours.setEnabled(!whole);
		minutes.setEnabled(!whole);
		String wrong = read().wrong();
		setMessage(wrong.isEmpty() ? "Forecasts know of it from now on. What past events of the same name did is learned from." : wrong);
		Control ok = getButton(IDialogConstants.OK_ID);
		if (ok != null) {
			ok.setEnabled(wrong.isEmpty());
		}
	}

	@Override
	protected void okPressed() {
		draft = read();
		super.okPressed();
	}

	/** What was entered, once it was closed with OK. */
	EventDraft draft() {
		return draft;
	}
}
