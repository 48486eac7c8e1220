// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;

import io.shadowweaver.ui.core.AuditReading;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.table.Column;
import io.shadowweaver.ui.table.RowTable;
import io.shadowweaver.ui.views.FeedView;

/** Who or what did what when and why, and what came of it; whether the chain of hashes is whole. */
public final class AuditView extends FeedView<AuditView.Shown> {
	/** The id of the view. */
	public static final String ID = "io.shadowweaver.ui.view.audit";
	private static final long PAUSE_NANOS = 3_000_000_000L;
	private static final AuditReading UNREAD = AuditReading.none("The audit trail is being read.");

	/** What is shown. */
	record Shown(RowTable.Arranged<AuditRow> rows, AuditReading reading, Palette palette) {
	}

	private record Read(String estate, AuditReading reading, long at) {
	}

	private Label chain;
	private RowTable<AuditRow> table;
	private volatile Read read = new Read("", UNREAD, 0);
	private volatile Job reader;

	@Override
	protected Control createContent(Composite parent) {
		Composite all = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout();
		layout.marginWidth = 0;
		layout.marginHeight = 2;
		all.setLayout(layout);
		chain = new Label(all, SWT.NONE);
		chain.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		table = new RowTable<>(all, List.of(Column.<AuditRow>number("No.", "The number of the entry in its chain", 60, row -> String.valueOf(row.entry().number()), row -> row.entry().number()),
				Column.<AuditRow, java.time.Instant>ordered("When", "In the estate's time", 170, AuditRow::when, row -> row.entry().at()),
				Column.<AuditRow>text("Who", "A person, or what decided or answered", 110, row -> row.entry().who()),
				Column.<AuditRow>text("What", "What was done", 300, row -> row.said(row.entry().what())),
				Column.<AuditRow>text("Why", "Forecast, model, rule and guards that it stands on", 360, row -> row.said(row.entry().why())),
				Column.<AuditRow>text("Result", "What came of it", 260, row -> row.said(row.entry().result()))), row -> row.entry().number(), AuditRow.NEWEST);
		table.control().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		table.named("Audit trail");
		table.onArrangement(this::refresh);
		Action export = new Action("Export…", ResourceLocator.imageDescriptorFromBundle("io.shadowweaver.ui", "icons/export.svg").orElse(null)) {
			@Override
			public void run() {
				export();
			}
		};
		export.setToolTipText("Writes all entries with their hashes to a file, as CSV or JSON lines; 'weave audit verify' checks the trail itself");
		getViewSite().getActionBars().getToolBarManager().add(export);
		return all;
	}

	/** On the feed's thread: what was read last; a Job reads anew when that is old. */
	@Override
	protected Shown compute(Frame frame) {
		Read known = read;
		boolean same = known.estate.equals(frame.estate().id());
		if (!same || System.nanoTime() - known.at > PAUSE_NANOS) {
			readAgain(frame.estate());
		}
		AuditReading reading = same ? known.reading : UNREAD;
		return new Shown(table.arrange(AuditRow.of(reading, frame.state().time())), reading, palettes().current());
	}

	private void readAgain(EstateHandle estate) {
		if (reader != null) {
			return;
		}
		Job job = new Job("Reading the audit trail") {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				try {
					AuditReading fresh = estate.automation().audit();
					boolean differs = !read.estate.equals(estate.id()) || !fresh.equals(read.reading);
					read = new Read(estate.id(), fresh, System.nanoTime());
					if (differs) {
						refresh();
					}
				} finally {
					reader = null;
				}
				return Status.OK_STATUS;
			}
		};
		reader = job;
		job.setSystem(true);
		job.schedule();
	}

	private void export() {
		AuditReading all = read.reading;
		FileDialog dialog = new FileDialog(getSite().getShell(), SWT.SAVE);
		dialog.setFilterExtensions(new String[] { "*.csv", "*.jsonl" });
		dialog.setFilterNames(new String[] { "CSV", "JSON lines, as in the trail" });
		dialog.setFileName("audit-" + read.estate + ".csv");
		dialog.setOverwrite(true);
		String chosen = dialog.open();
		if (chosen != null) {
			Estates.later("Export the audit trail", () -> {
				try {
					all.export(Path.of(chosen));
				} catch (IOException e) {
					throw new IllegalStateException(chosen + " could not be written: " + e, e);
				}
			});
		}
	}

	@Override
	protected String reason(Shown shown) {
		return shown.reading.why();
	}

	@Override
	protected void show(Shown shown) {
		String sentence = AuditRow.chain(shown.reading);
		if (!chain.getText().equals(sentence)) {
			chain.setText(sentence);
			chain.setToolTipText(sentence);
		}
		chain.setForeground(shown.reading.check().whole() ? null : Palettes.swt(shown.palette.stop(4)));
		Set<Long> marked = table.selected().stream().map(row -> row.entry().number()).collect(Collectors.toSet());
		table.show(shown.rows, marked);
	}
}
