// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.ui.core.MonitorProgress;

/** Tries what is filled in, in a Job that the same button cancels, and says how it went. UI thread. */
final class TestButton {
	private static final String TEXT = "Test connection";

	/** What is tried; called off the UI thread. */
	@FunctionalInterface
	interface Trial {
		/** Blocks; its thread is interrupted where it is cancelled. */
		Status run(Progress progress);
	}

	/** Takes what there is to say. */
	@FunctionalInterface
	interface Told {
		/** @param kind as {@link IMessageProvider} has it */
		void say(String sentence, int kind);
	}

	private final Button button;
	private final Told told;
	private boolean ready;
	private Job testing;

	/**
	 * @param pressed begins a test by {@link #begin}
	 */
	TestButton(Composite parent, Runnable pressed, Told told) {
		this.told = told;
		button = new Button(parent, SWT.PUSH);
		button.setText(TEXT);
		button.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		button.addListener(SWT.Selection, event -> {
			if (testing == null) {
				pressed.run();
			} else {
				testing.cancel();
				ended("The test was cancelled; nothing was changed.", IMessageProvider.INFORMATION);
			}
		});
	}

	/** Whether what is filled in can be tried. */
	void ready(boolean whole) {
		ready = whole;
		button.setEnabled(ready || testing != null);
	}

	/** @param name of what is tried */
	void begin(String name, Trial trial) {
		Display display = button.getDisplay();
		button.setText("Cancel test");
		told.say("Testing the connection …", IMessageProvider.NONE);
		testing = new Job("Testing the connection to " + name) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				Status result = trial.run(MonitorProgress.of(monitor));
				if (!display.isDisposed()) {
					display.asyncExec(() -> tested(this, result));
				}
				return monitor.isCanceled() ? org.eclipse.core.runtime.Status.CANCEL_STATUS : org.eclipse.core.runtime.Status.OK_STATUS;
			}

			@Override
			protected void canceling() {
				Thread caller = getThread();
				if (caller != null) {
					caller.interrupt();
				}
			}
		};
		testing.schedule();
	}

	/** What it finds out after it was cancelled is of no interest. */
	private void tested(Job job, Status result) {
		if (!button.isDisposed() && testing == job) {
			ended(result.sentence(), result.state() == Status.State.OK ? IMessageProvider.INFORMATION : IMessageProvider.WARNING);
		}
	}

	private void ended(String sentence, int kind) {
		testing = null;
		button.setText(TEXT);
		ready(ready);
		told.say(sentence, kind);
	}

	/** Ends what runs; nobody waits for it any more. */
	void dispose() {
		if (testing != null) {
			testing.cancel();
		}
	}
}
