// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.swt.widgets.Display;

/**
 * Watches the turns of the event loop, which it runs: how much of the processor the UI thread took in each, and how long that was on the wall. What
 * a loaded machine makes slow counts on the wall alone. A second thread looks what the UI thread is at while a turn is long.
 */
final class UiWatch implements AutoCloseable {
	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
	private static final long LOOKS_AFTER = 20_000_000;

	/**
	 * A turn.
	 *
	 * @param cpu   nanoseconds of the processor
	 * @param wall  nanoseconds on the wall
	 * @param stack what it was at when it was looked at; empty for a short turn
	 */
	record Turn(long cpu, long wall, String stack) {
	}

	private final Display display;
	private final Thread ui = Thread.currentThread();
	private final List<Turn> turns = new ArrayList<>();
	private final Thread sampler = new Thread(this::look, "ui-watch");
	private volatile boolean closed;
	private volatile long began = Long.MIN_VALUE;
	private volatile String seen = "";

	UiWatch(Display display) {
		this.display = display;
		sampler.setDaemon(true);
		sampler.start();
	}

	private void look() {
		while (!closed) {
			long begin = began;
			if (begin != Long.MIN_VALUE && THREADS.getThreadCpuTime(ui.threadId()) - begin > LOOKS_AFTER) {
				String stack = Arrays.stream(ui.getStackTrace()).limit(40).map(frame -> "\tat " + frame).collect(Collectors.joining("\n"));
				if (began == begin) {
					seen = stack;
				}
			}
			try {
				Thread.sleep(4);
			} catch (InterruptedException e) {
				return;
			}
		}
	}

	/** One turn of the event loop, watched; whether there may be more at once. */
	boolean turn() {
		seen = "";
		long wall = System.nanoTime();
		long cpu = THREADS.getCurrentThreadCpuTime();
		began = cpu;
		boolean more = display.readAndDispatch();
		long took = THREADS.getCurrentThreadCpuTime() - cpu;
		began = Long.MIN_VALUE;
		turns.add(new Turn(took, System.nanoTime() - wall, seen));
		return more;
	}

	/** Forgets what was watched until now. */
	void reset() {
		turns.clear();
	}

	/** The turn that took most of the processor. */
	Turn worst() {
		return turns.stream().max(Comparator.comparingLong(Turn::cpu)).orElseThrow();
	}

	/** What was watched, in a line. */
	String summary() {
		long wall = turns.stream().mapToLong(Turn::wall).max().orElseThrow();
		long[] cpu = turns.stream().mapToLong(Turn::cpu).sorted().toArray();
		return String.format(Locale.ROOT, "%d turns, of the processor at most %.1f ms (99 of 100 under %.1f ms), on the wall at most %.1f ms", cpu.length, cpu[cpu.length - 1] / 1e6,
				cpu[(int) (cpu.length * .99)] / 1e6, wall / 1e6);
	}

	@Override
	public void close() {
		closed = true;
		sampler.interrupt();
	}
}
