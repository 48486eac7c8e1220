// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;

import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.bench.Figures;
import io.shadowweaver.gl.FrameBench;
import io.shadowweaver.ui.core.CursorPosition;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.IdlePalettes;
import io.shadowweaver.ui.core.PastValues;

/** Pictures that the canvas of the twin draws in ten seconds in which no state comes: of an estate in peace, and of one that pulses. */
final class IdleBench {
	private static final int SECONDS = 10;

	private IdleBench() {
	}

	/** {@code RESOURCES}. */
	public static void main(String[] arguments) throws Exception {
		WeaverState busy = FrameBench.estate(Integer.parseInt(arguments[0]));
		WeaverState peace = new WeaverState(busy.estate(), busy.name(), 1, busy.time(), busy.step(), busy.topology(), busy.metrics(), busy.series(),
				Shadow.empty(Shadow.Kind.UNATTENDED, busy.time()), Shadow.empty(Shadow.Kind.PLANNED, busy.time()), busy.thresholds(), List.of(), List.of(),
				List.of(), List.of(), List.of(), List.of(), busy.modes(), false, busy.report(), busy.statuses());
		measure("frame.idle", peace);
		measure("frame.pulsing", busy);
	}

	private static void measure(String name, WeaverState state) throws Exception {
		Display display = Display.getDefault();
		Shell shell = new Shell(display, SWT.SHELL_TRIM);
		shell.setLayout(new FillLayout());
		TwinCanvas canvas = new TwinCanvas(shell, IdlePalettes.create());
		shell.setSize(1280, 800);
		shell.open();
		canvas.settings(canvas.settings().with(canvas.settings().arrangement().withParticles(false)));
		canvas.frame(frame(state, 1));
		for (int i = 0; i < 60 && canvas.frames() == 0; i++) {
			spin(display, 1);
		}
		if (canvas.frames() == 0) {
			throw new IllegalStateException("nothing was drawn at all");
		}
		// after twenty seconds without a state the twin says so, which is a change
		canvas.frame(frame(state, 2));
		spin(display, 4);
		long before = canvas.frames();
		long cpu = Figures.processCpu();
		spin(display, SECONDS);
		boolean pulses = canvas.picture().orElseThrow().frame().pulses();
		Figures.print(name + ".frames", canvas.frames() - before, "pictures in 10 s in which nothing changed" + (pulses ? ", but alarms pulse" : "")
				+ ", after " + before + " at first");
		Figures.print(name + ".cpu", (Figures.processCpu() - cpu) / 1e9 / SECONDS * 100, "% of a core");
		shell.dispose();
	}

	private static Frame frame(WeaverState s, long version) {
		WeaverState numbered = new WeaverState(s.estate(), s.name(), version, s.time(), s.step(), s.topology(), s.metrics(), s.series(), s.unattended(),
				s.planned(), s.thresholds(), s.alerts(), s.plans(), s.queue(), s.verdicts(), s.events(), s.anomalies(), s.modes(), s.killSwitch(), s.report(), s.statuses());
		return new Frame(null, numbered, new CursorPosition(Optional.empty(), Duration.ofHours(1), "cpu", .9, Shadow.Kind.UNATTENDED), List.of(),
				PastValues.NOTHING);
	}

	private static void spin(Display display, int seconds) {
		long end = System.nanoTime() + seconds * 1_000_000_000L;
		boolean[] over = new boolean[1];
		display.timerExec(seconds * 1000, () -> over[0] = true);
		while (!over[0] && System.nanoTime() < end + 5_000_000_000L) {
			if (!display.readAndDispatch()) {
				display.sleep();
			}
		}
	}
}
