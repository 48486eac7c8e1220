// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.PastValues;
import io.shadowweaver.ui.core.TimeCursor;

/** Flows are movement: they cost pictures, and only where somebody looks. */
class FlowWindowTest {
	private final Display display = PlatformUI.getWorkbench().getDisplay();
	private Shell shell;
	private TwinCanvas canvas;

	@BeforeEach
	void open() throws Exception {
		shell = new Shell(display);
		shell.setLayout(new FillLayout());
		canvas = new TwinCanvas(shell, PlatformUI.getWorkbench().getService(Palettes.class));
		shell.setSize(500, 400);
		shell.open();
		shell.forceActive();
		canvas.frame(new Frame(null, SmallEstate.flowing(), PlatformUI.getWorkbench().getService(TimeCursor.class).position(), List.of(), PastValues.NOTHING));
		await("the first picture", () -> canvas.picture().isPresent() && canvas.frames() > 0);
	}

	@AfterEach
	void close() {
		shell.dispose();
	}

	private void await(String what, BooleanSupplier there) {
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!there.getAsBoolean()) {
			assertTrue(System.nanoTime() < deadline, what + " did not come");
			pump(20);
		}
	}

	private void pump(long millis) {
		long until = System.nanoTime() + millis * 1_000_000;
		do {
			while (display.readAndDispatch()) {
				// goes on
			}
			try {
				Thread.sleep(5);
			} catch (InterruptedException e) {
				throw new IllegalStateException(e);
			}
		} while (System.nanoTime() < until);
	}

	@Test
	void theyMoveByThemselvesUntilTheyAreSwitchedOff() {
		assertTrue(canvas.flows());
		assertTrue(canvas.picture().orElseThrow().frame().flows());
		canvas.settings(canvas.settings().with(canvas.settings().arrangement().withParticles(false)));
		assertFalse(canvas.flows());
		await("calm", () -> !canvas.picture().orElseThrow().frame().pulses());
		pump(500);
		long before = canvas.frames();
		pump(1000);
		assertEquals(before, canvas.frames(), "pictures of nothing that moves");
	}

	@Test
	void aTwinThatIsNotSeenDrawsNoFlows() {
		shell.setVisible(false);
		pump(300);
		long before = canvas.frames();
		pump(1500);
		assertEquals(before, canvas.frames(), "pictures that nobody sees");
	}

	@Test
	void inTheBackgroundAlarmsPulseAndFlowsStandStill() {
		var flowing = canvas.picture().orElseThrow().frame();
		assertTrue(TwinCanvas.watched(flowing, true, true));
		assertFalse(TwinCanvas.watched(flowing, true, false));
		assertFalse(TwinCanvas.watched(flowing, false, true));
		canvas.frame(new Frame(null, SmallEstate.state(2, true), PlatformUI.getWorkbench().getService(TimeCursor.class).position(), List.of(), PastValues.NOTHING));
		await("the alarm", () -> canvas.picture().orElseThrow().frame().alarms());
		assertTrue(TwinCanvas.watched(canvas.picture().orElseThrow().frame(), true, false));
	}

	@Test
	void whatWasChosenIsKeptAndWhatWasNotIsNot() {
		TwinSettings start = TwinSettings.START;
		assertEquals(start, TwinSettings.of(start.texts()));
		for (boolean moving : new boolean[] { true, false }) {
			TwinSettings chosen = start.with(start.arrangement().withParticles(moving));
			assertEquals(chosen, TwinSettings.of(chosen.texts()));
		}
	}
}
