// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.Imaginer;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Change;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.PastValues;
import io.shadowweaver.ui.core.Scenarios;
import io.shadowweaver.ui.core.SearchFilter;
import io.shadowweaver.ui.core.Selection;
import io.shadowweaver.ui.core.TimeCursor;

/** At 10,000 resources no turn of the event loop takes more than 50 ms of the processor on the UI thread, whatever happens. */
class UiThreadTest {
	private static final long LIMIT = 50_000_000;
	private static final int MACHINES = 10_000;
	private static final Duration PHASE = Duration.ofSeconds(2);

	private final IWorkbench workbench = PlatformUI.getWorkbench();
	private final Display display = workbench.getDisplay();
	private final Selection selection = workbench.getService(Selection.class);
	private final TimeCursor cursor = workbench.getService(TimeCursor.class);
	private final Scenarios scenarios = workbench.getService(Scenarios.class);
	private Shell shell;
	private TwinCanvas canvas;
	private TimelineStrip strip;
	private UiWatch watch;
	private volatile WeaverState state = LargeEstate.of(MACHINES);
	private volatile boolean closed;
	private final AtomicLong ticks = new AtomicLong();

	@BeforeEach
	void open() throws Exception {
		watch = new UiWatch(display);
		shell = new Shell(display);
		shell.setLayout(new GridLayout());
		Palettes palettes = workbench.getService(Palettes.class);
		canvas = new TwinCanvas(shell, palettes);
		canvas.control().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		new TwinInputs(canvas, selection, new GroupHandle(scenarios), new Removal(scenarios), new BookmarkMenu(canvas, cursor, workbench.getService(SearchFilter.class),
				new Bookmarks(InstanceScope.INSTANCE.getNode("io.shadowweaver.ui.twin.tests/uithread")), said -> {
					// nothing to say where nothing goes wrong
				}), () -> {
					// no second moment here
				});
		strip = new TimelineStrip(shell, cursor, selection, palettes);
		strip.setLayoutData(new GridData(SWT.FILL, SWT.BOTTOM, true, false));
		shell.setSize(1000, 760);
		shell.open();
		selection.select(List.of(Item.group("g3")));
		show(new Frame(null, state, cursor.position(), selection.items(), PastValues.NOTHING));
		pump(Duration.ofSeconds(30), () -> canvas.picture().isPresent() && canvas.frames() > 0);
		assertTrue(canvas.frames() > 0, "no picture came");
	}

	@AfterEach
	void close() {
		closed = true;
		watch.close();
		shell.dispose();
		selection.select(List.of());
		cursor.move(position -> position.at(Optional.empty()));
		scenarios.show("");
	}

	/** As the feed does: what is computed is computed here, on the thread of the caller. */
	private void show(Frame frame) {
		TimelineShown line = TimelineShown.of(frame, null);
		display.asyncExec(() -> {
			if (!shell.isDisposed()) {
				canvas.frame(frame);
				strip.show(line);
			}
		});
	}

	private void pump(Duration time, BooleanSupplier enough) {
		long until = System.nanoTime() + time.toNanos();
		while (System.nanoTime() < until && !enough.getAsBoolean()) {
			if (!watch.turn()) {
				try {
					Thread.sleep(2);
				} catch (InterruptedException e) {
					throw new IllegalStateException(e);
				}
			}
		}
	}

	/** Does something 30 times a second, each as a turn of the loop, and judges all turns. */
	private void phase(String name, IntConsumer step) {
		run(step);
		watch.reset();
		long before = canvas.frames();
		run(step);
		System.out.println("UI thread, " + name + ": " + watch.summary() + "; " + (canvas.frames() - before) + " pictures");
		UiWatch.Turn worst = watch.worst();
		assertTrue(worst.cpu() <= LIMIT, name + ": a turn took " + worst.cpu() / 1e6 + " ms of the processor, " + worst.wall() / 1e6 + " ms on the wall:\n" + worst.stack());
		assertTrue(canvas.frames() > before, name + ": nothing was drawn");
	}

	private void run(IntConsumer step) {
		boolean[] over = { false };
		int[] steps = { 0 };
		Runnable next = new Runnable() {
			@Override
			public void run() {
				if (!over[0] && !shell.isDisposed()) {
					step.accept(steps[0]++);
					display.timerExec(33, this);
				}
			}
		};
		display.timerExec(1, next);
		pump(PHASE, () -> false);
		over[0] = true;
		// what stands still again is refined
		pump(Duration.ofSeconds(1), () -> false);
		assertTrue(steps[0] > 5, "only " + steps[0] + " steps");
	}

	private void stream() {
		Thread engine = new Thread(() -> {
			while (!closed) {
				try {
					state = LargeEstate.next(state);
					show(new Frame(null, state, cursor.position(), selection.items(), PastValues.NOTHING));
					ticks.incrementAndGet();
					Thread.sleep(250);
				} catch (InterruptedException e) {
					return;
				}
			}
		}, "ticks");
		engine.setDaemon(true);
		engine.start();
	}

	private static void send(Control control, int type, int x, int y, int button, int mask) {
		Event event = new Event();
		event.x = x;
		event.y = y;
		event.button = button;
		event.stateMask = mask;
		event.count = 1;
		control.notifyListeners(type, event);
	}

	@Test
	void noTurnIsLongWhileStatesStreamTheCameraTurnsAndTimeGoesBy() {
		stream();
		phase("states stream", step -> {
			// they come by themselves
		});
		send(canvas.control(), SWT.MouseDown, 400, 400, 1, 0);
		phase("the camera turns", step -> send(canvas.control(), SWT.MouseMove, 400 + step % 60 * 4, 400 + step % 9, 1, SWT.BUTTON1));
		send(canvas.control(), SWT.MouseUp, 400, 400, 1, 0);
		phase("the camera dives", step -> send(canvas.control(), SWT.MouseVerticalWheel, 500, 300, 0, 0));
		canvas.fit();
		phase("time goes by", step -> {
			cursor.move(position -> position.at(Optional.of(LargeEstate.NOW.plusSeconds(60L * (step % 200 + 1)))));
			canvas.frame(new Frame(null, state, cursor.position(), selection.items(), PastValues.NOTHING));
		});
		assertTrue(ticks.get() > 5, ticks + " ticks");
	}

	@Test
	void noTurnIsLongWhileAHandleIsDraggedAndItsEffectIsShownRoughlyAndThenExactly() throws Exception {
		Imaginer imaginer = new Imaginer(new Base(state, java.util.Map.of(), java.util.Map.of(), java.util.Map.of()));
		imaginer.prepare(() -> false);
		pump(Duration.ofSeconds(20), () -> canvas.picture().filter(picture -> !picture.frame().handles().isEmpty()).isPresent());
		var handle = canvas.picture().orElseThrow().frame().handles().getFirst();
		float scale = canvas.picture().orElseThrow().frame().width() / (float) canvas.control().getSize().x;
		int x = Math.round((handle.x() + handle.width() / 2) / scale);
		int y = Math.round((handle.y() + handle.height() / 2) / scale);
		// as the scenarios do, only the newest step is sketched
		AtomicReference<Scenario> newest = new AtomicReference<>();
		ExecutorService pulled = Executors.newSingleThreadExecutor();
		send(canvas.control(), SWT.MouseDown, x, y, 1, 0);
		phase("a handle is dragged", step -> {
			send(canvas.control(), SWT.MouseMove, x, y - 10 - step % 60, 1, SWT.BUTTON1);
			Scenario scenario = Scenario.of("Traffic of g3", Change.Traffic.of("group:g3", Math.pow(2, (10 + step % 60) / GroupHandle.DOUBLES)));
			newest.set(scenario);
			pulled.execute(() -> Optional.ofNullable(newest.getAndSet(null)).ifPresent(one -> imagined(imaginer, one, true)));
		});
		send(canvas.control(), SWT.MouseUp, x, y - 40, 1, SWT.BUTTON1);
		pulled.shutdown();
		pump(Duration.ofSeconds(20), pulled::isTerminated);
		pump(Duration.ofSeconds(20), () -> canvas.picture().orElseThrow().scene().headline().what().startsWith("What if: ≈ "));
		assertTrue(canvas.picture().orElseThrow().scene().headline().what().startsWith("What if: ≈ Traffic of g3. "), canvas.picture().orElseThrow().scene().headline().what());
		Scenario last = Scenario.of("Traffic of g3", Change.Traffic.of("group:g3", 2));
		imagined(imaginer, last, false);
		pump(Duration.ofSeconds(20), () -> canvas.picture().orElseThrow().scene().headline().what().startsWith("What if: Traffic of g3. "));
		assertTrue(canvas.picture().orElseThrow().scene().headline().what().startsWith("What if: Traffic of g3. "), canvas.picture().orElseThrow().scene().headline().what());
		List<String> made = scenarios.entries().stream().filter(entry -> entry.scenario().name().equals("Traffic of g3")).map(Scenarios.Entry::id).toList();
		made.forEach(scenarios::remove);
		assertEquals(1, made.size(), "the drag makes one scenario");
	}

	private void imagined(Imaginer imaginer, Scenario scenario, boolean rough) {
		try {
			Imagined one = rough ? imaginer.sketch(scenario, "cpu") : imaginer.solve(scenario, () -> false);
			show(new Frame(null, one.state(), cursor.position(), selection.items(), PastValues.NOTHING, Optional.of(scenario), Optional.empty(), one.rough()));
		} catch (ScenarioException e) {
			throw new IllegalStateException(e);
		}
	}
}
