// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.PastValues;
import io.shadowweaver.ui.core.TimeCursor;

/** Colours and motion are chosen over the twin, for all windows. */
class TwinColoursTest {
	private final IWorkbench workbench = PlatformUI.getWorkbench();
	private final Display display = workbench.getDisplay();
	private final Palettes palettes = workbench.getService(Palettes.class);
	private Shell shell;

	@BeforeEach
	void open() {
		palettes.safe(false);
		palettes.reducedMotion(false);
		shell = new Shell(display);
		shell.setLayout(new FillLayout());
		shell.setSize(500, 400);
		shell.open();
	}

	@AfterEach
	void close() {
		shell.dispose();
		palettes.safe(false);
		palettes.reducedMotion(false);
		await("the usual colours", () -> !palettes.current().isSafe());
	}

	private void await(String what, BooleanSupplier there) {
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!there.getAsBoolean()) {
			assertTrue(System.nanoTime() < deadline, what + " did not come");
			if (!display.readAndDispatch()) {
				Thread.onSpinWait();
			}
		}
	}

	private void choose(String text) {
		Menu menu = new Menu(shell);
		TwinBar.colours(menu, palettes);
		MenuItem item = Arrays.stream(menu.getItem(0).getMenu().getItems()).filter(one -> one.getText().equals(text)).findFirst().orElseThrow();
		item.setSelection((item.getStyle() & SWT.RADIO) != 0 || !item.getSelection());
		item.notifyListeners(SWT.Selection, new Event());
		menu.dispose();
	}

	@Test
	void theSafeColoursAreChosenForAllWindowsAndTheSceneTakesThem() throws Exception {
		TwinCanvas canvas = new TwinCanvas(shell, palettes);
		shell.layout();
		canvas.frame(new Frame(null, SmallEstate.state(1, false), workbench.getService(TimeCursor.class).position(), List.of(), PastValues.NOTHING));
		await("the first picture", () -> canvas.picture().isPresent());
		boolean dark = palettes.current().isDark();
		choose("Safe with any colour sight");
		await("the safe colours", () -> palettes.current() == (dark ? Palette.SAFE_DARK : Palette.SAFE_LIGHT));
		await("a scene in them", () -> canvas.picture().orElseThrow().scene().view().palette().id().equals(dark ? "safe-dark" : "safe-light"));
		choose("Green to red");
		await("the other ones", () -> palettes.current() == (dark ? Palette.GREEN_RED_DARK : Palette.GREEN_RED_LIGHT));
		await("a scene in the other ones", () -> canvas.picture().orElseThrow().scene().view().palette().id().equals(dark ? "dark" : "light"));
	}

	@Test
	void whatIsInUseIsMarkedAndPalettesOfTheOtherGroundAreNotOffered() {
		Menu menu = new Menu(shell);
		TwinBar.colours(menu, palettes);
		List<MenuItem> items = Arrays.stream(menu.getItem(0).getMenu().getItems()).filter(item -> (item.getStyle() & SWT.RADIO) != 0).toList();
		assertEquals(List.of("Green to red", "Safe with any colour sight"), items.stream().map(MenuItem::getText).toList());
		assertTrue(items.get(0).getSelection());
		assertFalse(items.get(1).getSelection());
	}

	@Test
	void motionIsReducedFromTheSameMenu() {
		choose("Reduced motion");
		assertTrue(palettes.reducedMotion());
		choose("Reduced motion");
		assertFalse(palettes.reducedMotion());
	}
}
