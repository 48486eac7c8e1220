// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.views.properties.PropertySheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Selection;

/** The workbench with the fleet in place of the engine, and what tests do with windows. */
abstract class FleetWindow {
	final Display display = Display.getCurrent();
	final IWorkbenchPage page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
	final Estates estates = PlatformUI.getWorkbench().getService(Estates.class);
	final Selection selection = PlatformUI.getWorkbench().getService(Selection.class);
	Fleet fleet;
	@TempDir
	Path directory;

	@BeforeEach
	void attach() {
		fleet = Fleet.over(directory);
		estates.attach(fleet);
		pump(() -> estates.active().filter(fleet::equals).isPresent(), "the fleet is not active");
	}

	final void pump(BooleanSupplier until, String problem) {
		long end = System.nanoTime() + 60_000_000_000L;
		while (!until.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, problem);
			if (!display.readAndDispatch()) {
				try {
					Thread.sleep(5);
				} catch (InterruptedException e) {
					throw new AssertionError(e);
				}
			}
		}
	}

	@SuppressWarnings("unchecked")
	final <V extends IViewPart> V open(String id) {
		try {
			return (V) page.showView(id);
		} catch (PartInitException e) {
			throw new AssertionError(id, e);
		}
	}

	static <C extends Control> List<C> all(Composite root, Class<C> type) {
		List<C> found = new ArrayList<>();
		for (Control child : root.getChildren()) {
			if (type.isInstance(child)) {
				found.add(type.cast(child));
			}
			if (child instanceof Composite composite) {
				found.addAll(all(composite, type));
			}
		}
		return found;
	}

	final Composite contents(String id) {
		open(id);
		return partControl(id);
	}

	final Composite partControl(String id) {
		IViewPart part = page.findView(id);
		if (part instanceof FeedView<?> view) {
			return view.composite();
		}
		return part instanceof PluginsView plugins ? plugins.composite() : ((PropertySheet) part).getCurrentPage().getControl().getParent();
	}

	final boolean says(String id, String begin) {
		return all(partControl(id), Label.class).stream().anyMatch(label -> label.getText().startsWith(begin));
	}

	final void execute(String id, Map<String, String> parameters) throws Exception {
		ICommandService commands = PlatformUI.getWorkbench().getService(ICommandService.class);
		IHandlerService handlers = page.getActivePart().getSite().getService(IHandlerService.class);
		ParameterizedCommand command = ParameterizedCommand.generateCommand(commands.getCommand(id), parameters);
		assertNotNull(command, id);
		pump(() -> command.getCommand().isEnabled(), id + " is not enabled");
		handlers.executeCommand(command, null);
	}

	/** The dialog with a title; fails where none opens. */
	final Shell dialog(String title) {
		Shell[] found = new Shell[1];
		pump(() -> {
			for (Shell shell : display.getShells()) {
				if (!shell.isDisposed() && shell.isVisible() && shell.getText().equals(title)) {
					found[0] = shell;
				}
			}
			return found[0] != null;
		}, "there is no dialog '" + title + "'");
		return found[0];
	}

	/** Does something in the dialog that opens next, and blocks until it is closed. */
	final void inDialog(String title, Consumer<Shell> work) {
		long end = System.nanoTime() + 10_000_000_000L;
		display.timerExec(100, new Runnable() {
			@Override
			public void run() {
				for (Shell shell : display.getShells()) {
					if (shell.isVisible() && shell.getText().equals(title)) {
						work.accept(shell);
						return;
					}
				}
				if (System.nanoTime() < end) {
					display.timerExec(100, this);
				}
			}
		});
	}

	/** Presses a button of a dialog. */
	static void press(Shell shell, String text) {
		Button button = all(shell, Button.class).stream().filter(one -> one.getText().replace("&", "").equals(text)).findFirst()
				.orElseThrow(() -> new AssertionError("no button " + text));
		assertTrue(button.isEnabled(), text + " cannot be pressed");
		button.notifyListeners(SWT.Selection, new Event());
	}

	/** The field behind a label. */
	static Text field(Composite root, String label) {
		for (Label before : all(root, Label.class)) {
			if (before.getText().equals(label + ":")) {
				Control[] siblings = before.getParent().getChildren();
				return (Text) siblings[java.util.Arrays.asList(siblings).indexOf(before) + 1];
			}
		}
		throw new AssertionError("no field " + label);
	}

	/** Presses a button of the dialog that opens next. */
	final void answer(String button) {
		long end = System.nanoTime() + 10_000_000_000L;
		display.timerExec(100, new Runnable() {
			@Override
			public void run() {
				for (Shell shell : display.getShells()) {
					for (Button found : all(shell, Button.class)) {
						if (found.isVisible() && found.getText().replace("&", "").equals(button)) {
							found.notifyListeners(SWT.Selection, new Event());
							return;
						}
					}
				}
				if (System.nanoTime() < end) {
					display.timerExec(100, this);
				}
			}
		});
	}
}
