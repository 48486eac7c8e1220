// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.IJobFunction;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;

/**
 * The scenarios of the active estate: made, changed, undone, kept, and solved anew after each tick and each change. One of them may be shown in
 * place of the real estate; then every part shows it, since it comes as the state of the {@link Frame}. Changed on the UI thread; read from any.
 */
public final class Scenarios implements AutoCloseable {
	private static final System.Logger LOG = System.getLogger(Scenarios.class.getName());
	private static final int MOST_STEPS = 100;
	/** How long the end of the workbench waits for the disk. */
	private static final long LAST_MILLIS = 2000;
	private static final Duration REST = Duration.ofMillis(200);

	/**
	 * A scenario as it stands.
	 *
	 * @param id       of the scenario in its estate
	 * @param scenario its changes
	 * @param imagined the estate in it, as it was solved last; empty until then, and where it cannot be
	 * @param problem  why it cannot be solved, in a sentence; empty where it can
	 * @param canUndo  whether a change can be taken back
	 * @param canRedo  whether one that was taken back can be made again
	 */
	public record Entry(String id, Scenario scenario, Optional<Imagined> imagined, String problem, boolean canUndo, boolean canRedo) {
	}

	/** Of which edition a scenario is solved, from which state, and how it ends. */
	private record Solution(long edition, long version, Optional<Imagined> imagined, String problem) {
		boolean isRough() {
			return imagined.filter(Imagined::rough).isPresent();
		}

		/** Whether it is shown instead of another one: that of a newer edition, and the exact one of the same. */
		boolean replaces(Solution other) {
			return other == null || edition > other.edition || edition == other.edition && (!isRough() || other.isRough());
		}
	}

	/** What is to be solved; the edition grows with each change. */
	private record Wanted(Scenario scenario, long edition) {
	}

	private static final class Draft {
		private Scenario scenario;
		private final Deque<Scenario> undo = new ArrayDeque<>();
		private final Deque<Scenario> redo = new ArrayDeque<>();
		private boolean dragging;
		private long edition;

		private Draft(Scenario scenario, long edition) {
			this.scenario = scenario;
			this.edition = edition;
		}
	}

	private final Display display;
	private final Estates estates;
	private final ScenarioStore store;
	private final Listeners listeners = new Listeners();
	private final Map<String, Draft> drafts = new LinkedHashMap<>();
	private final Map<String, Solution> solutions = new ConcurrentHashMap<>();
	private final Semaphore signal = new Semaphore(0);
	private final Thread solver = new Thread(this::solve, "shadowweaver-whatif");
	private final Semaphore pulled = new Semaphore(0);
	private final Thread sketcher = new Thread(this::sketch, "shadowweaver-sketch");
	/** The scenario that is dragged. */
	private volatile String dragged = "";
	/** The metric that is looked at while something is held; empty while nothing is. */
	private volatile String held = "";
	private long editions;
	private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();
	private final Job keeper = Job.create("Keeping scenarios", (IJobFunction) monitor -> keep());
	private volatile List<Entry> entries = List.of();
	private volatile Map<String, Wanted> wanted = Map.of();
	private volatile String shown = "";
	private volatile Optional<EstateHandle> estate = Optional.empty();
	private volatile boolean closed;
	private AutoCloseable ticks = () -> {
		// no estate yet
	};

	Scenarios(Display display, Estates estates, ScenarioStore store) {
		this.display = display;
		this.estates = estates;
		this.store = store;
		solver.setDaemon(true);
		solver.start();
		sketcher.setDaemon(true);
		sketcher.start();
		estates.listen(this::estateChanged);
		estateChanged();
	}

	private void estateChanged() {
		Optional<EstateHandle> now = estates.active();
		if (now.equals(estate)) {
			return;
		}
		try {
			ticks.close();
		} catch (Exception e) {
			LOG.log(System.Logger.Level.WARNING, "An estate could not be left.", e);
		}
		estate = now;
		shown = "";
		drafts.clear();
		solutions.clear();
		publish();
		now.ifPresent(handle -> {
			ticks = handle.subscribe(state -> signal.release());
			store(() -> {
				Map<String, Scenario> kept = store.read(handle.id());
				display.asyncExec(() -> {
					if (estate.equals(now)) {
						kept.forEach((id, scenario) -> drafts.putIfAbsent(id, new Draft(scenario, ++editions)));
						publish();
					}
				});
			});
		});
	}

	/** All scenarios of the active estate, in the order in which they were made. */
	public List<Entry> entries() {
		return entries;
	}

	/** One of them. */
	public Optional<Entry> entry(String id) {
		return entries.stream().filter(one -> one.id().equals(id)).findFirst();
	}

	/** The one that is shown in place of the real estate. */
	public Optional<Entry> shown() {
		return entry(shown);
	}

	/** What is shown in place of an estate; empty where the estate itself is. */
	Optional<Imagined> imagined(EstateHandle handle) {
		return estate.filter(handle::equals).isPresent() ? shown().flatMap(Entry::imagined) : Optional.empty();
	}

	/**
	 * Makes a scenario and keeps it.
	 *
	 * @return its id
	 */
	public String add(Scenario scenario) {
		onUi();
		String id = store.id(scenario.name(), drafts.keySet());
		drafts.put(id, new Draft(scenario, ++editions));
		keep(id, scenario);
		publish();
		return id;
	}

	/** Changes a scenario and keeps it; {@link #undo} takes it back. */
	public void edit(String id, UnaryOperator<Scenario> change) {
		edit(id, change, false);
	}

	/** The same while something is dragged: all steps until the next {@link #edit(String, UnaryOperator)} are undone as one. */
	public void drag(String id, UnaryOperator<Scenario> change) {
		edit(id, change, true);
	}

	private void edit(String id, UnaryOperator<Scenario> change, boolean dragging) {
		onUi();
		Draft draft = drafts.get(id);
		if (draft == null) {
			return;
		}
		Scenario next = change.apply(draft.scenario);
		if (next.equals(draft.scenario) && dragging == draft.dragging) {
			return;
		}
		if (!draft.dragging && !next.equals(draft.scenario)) {
			draft.undo.push(draft.scenario);
			draft.redo.clear();
			while (draft.undo.size() > MOST_STEPS) {
				draft.undo.removeLast();
			}
		}
		draft.dragging = dragging;
		draft.edition = next.equals(draft.scenario) ? draft.edition : ++editions;
		draft.scenario = next;
		if (!dragging) {
			keep(id, next);
		}
		publish();
		if (dragging && isHeld()) {
			dragged = id;
			pulled.release();
		}
	}

	/**
	 * Makes ready to show at once, if roughly, what is dragged from now on, until {@link #letGo}.
	 *
	 * @param metric the one that is looked at
	 */
	public void hold(String metric) {
		onUi();
		held = metric;
		signal.release();
	}

	/** Nothing is dragged any more. */
	public void letGo() {
		onUi();
		held = "";
	}

	/** Whether something is held that may be dragged. */
	boolean isHeld() {
		return !held.isEmpty();
	}

	/** Takes the last change back. */
	public void undo(String id) {
		step(id, true);
	}

	/** Makes a change again that was taken back. */
	public void redo(String id) {
		step(id, false);
	}

	private void step(String id, boolean back) {
		onUi();
		Draft draft = drafts.get(id);
		if (draft == null || (back ? draft.undo : draft.redo).isEmpty()) {
			return;
		}
		(back ? draft.redo : draft.undo).push(draft.scenario);
		draft.scenario = (back ? draft.undo : draft.redo).pop();
		draft.edition = ++editions;
		draft.dragging = false;
		keep(id, draft.scenario);
		publish();
	}

	/** Removes a scenario and its file. */
	public void remove(String id) {
		onUi();
		if (drafts.remove(id) != null) {
			if (shown.equals(id)) {
				shown = "";
			}
			solutions.remove(id);
			estate.ifPresent(handle -> store(() -> store.remove(handle.id(), id)));
			publish();
		}
	}

	/** Shows a scenario in place of the real estate; empty shows the estate itself again. */
	public void show(String id) {
		onUi();
		if (!shown.equals(id)) {
			shown = drafts.containsKey(id) ? id : "";
			publish();
		}
	}

	/**
	 * Calls back on the UI thread after each change, and when something was solved.
	 *
	 * @return ends it
	 */
	public Runnable listen(Runnable listener) {
		return listeners.add(listener);
	}

	private void keep(String id, Scenario scenario) {
		estate.ifPresent(handle -> store(() -> store.write(handle.id(), id, scenario)));
	}

	/** One after the other, so that what was written last is what is kept. */
	private void store(Runnable work) {
		pending.add(work);
		keeper.schedule();
	}

	private IStatus keep() {
		for (Runnable work = pending.poll(); work != null; work = pending.poll()) {
			try {
				work.run();
			} catch (RuntimeException e) {
				keeper.schedule();
				return new Status(IStatus.ERROR, Palettes.NODE, e.getMessage(), e);
			}
		}
		return Status.OK_STATUS;
	}

	private static void onUi() {
		if (Display.getCurrent() == null) {
			throw new IllegalStateException("scenarios are changed on the UI thread only");
		}
	}

	private void publish() {
		Map<String, Wanted> next = new LinkedHashMap<>();
		List<Entry> all = new ArrayList<>();
		drafts.forEach((id, draft) -> {
			next.put(id, new Wanted(draft.scenario, draft.edition));
			Optional<Solution> solution = Optional.ofNullable(solutions.get(id));
			all.add(new Entry(id, draft.scenario, solution.flatMap(Solution::imagined), solution.map(Solution::problem).orElse(""), !draft.undo.isEmpty(),
					!draft.redo.isEmpty()));
		});
		boolean changed = !next.equals(wanted);
		wanted = next;
		entries = List.copyOf(all);
		if (changed) {
			signal.release();
		}
		listeners.fire();
	}

	/** The one that is shown comes first, since somebody looks at it. */
	private void solve() {
		while (!closed) {
			try {
				signal.acquire();
				signal.drainPermits();
				long begin = System.nanoTime();
				EstateHandle handle = estate.orElse(null);
				prepare(handle);
				Map<String, Wanted> now = wanted;
				List<String> order = new ArrayList<>(now.keySet());
				if (order.remove(shown)) {
					order.addFirst(shown);
				}
				boolean any = false;
				for (String id : order) {
					any |= handle != null && solve(handle, id, now.get(id));
				}
				if (any) {
					told();
				}
				// ticks may come faster than all scenarios are solved, and the engine needs the processor too
				Thread.sleep(Math.max(REST.toMillis(), (System.nanoTime() - begin) / 1_000_000));
			} catch (InterruptedException e) {
				return;
			}
		}
	}

	private void told() {
		if (!display.isDisposed()) {
			display.asyncExec(this::publish);
		}
	}

	private void prepare(EstateHandle handle) throws InterruptedException {
		if (handle == null || !isHeld()) {
			return;
		}
		try {
			handle.prepare();
			pulled.release();
		} catch (IllegalStateException e) {
			LOG.log(System.Logger.Level.DEBUG, "Nothing can be sketched yet: " + e.getMessage());
		}
	}

	/** Only the newest step of what is dragged is sketched; those in between are left out. */
	private void sketch() {
		while (!closed) {
			try {
				pulled.acquire();
				pulled.drainPermits();
				EstateHandle handle = estate.orElse(null);
				String id = dragged;
				Wanted newest = wanted.get(id);
				String metric = held;
				if (handle == null || newest == null || metric.isEmpty()) {
					continue;
				}
				long version = handle.state().version();
				handle.sketch(newest.scenario, metric).ifPresent(rough -> {
					put(handle, id, new Solution(newest.edition, version, Optional.of(rough), ""));
					told();
				});
			} catch (ScenarioException e) {
				LOG.log(System.Logger.Level.DEBUG, "What is dragged cannot be sketched; the exact solution says why: " + e.getMessage());
			} catch (InterruptedException e) {
				return;
			} catch (RuntimeException e) {
				LOG.log(System.Logger.Level.ERROR, "What is dragged could not be sketched; it is solved alone.", e);
			}
		}
	}

	private boolean solve(EstateHandle handle, String id, Wanted now) throws InterruptedException {
		Solution last = solutions.get(id);
		long version = handle.state().version();
		if (last != null && last.version == version && last.edition == now.edition && !last.isRough()) {
			return false;
		}
		Solution next;
		try {
			next = new Solution(now.edition, version, Optional.of(handle.imagine(now.scenario, () -> closed || !now.equals(wanted.get(id)))), "");
		} catch (CancellationException e) {
			// it has changed meanwhile, and whoever did that has asked for the next solution
			return false;
		} catch (ScenarioException | IllegalStateException e) {
			next = new Solution(now.edition, version, Optional.empty(), e.getMessage());
		} catch (RuntimeException e) {
			LOG.log(System.Logger.Level.ERROR, "The scenario '" + now.scenario.name() + "' could not be solved.", e);
			next = new Solution(now.edition, version, Optional.empty(), "It could not be solved: " + e + ". The log has the details.");
		}
		put(handle, id, next);
		return true;
	}

	private void put(EstateHandle handle, String id, Solution next) {
		if (estate.filter(handle::equals).isPresent() && wanted.containsKey(id)) {
			solutions.compute(id, (key, last) -> next.replaces(last) ? next : last);
		}
	}

	/**
	 * Ends it; at the end of the workbench. What is to be kept has a moment to reach the disk, while the UI thread goes on; what does not is said in the
	 * log.
	 */
	@Override
	public void close() {
		closed = true;
		solver.interrupt();
		sketcher.interrupt();
		long last = System.nanoTime() + LAST_MILLIS * 1_000_000;
		keeper.addJobChangeListener(new JobChangeAdapter() {
			@Override
			public void done(IJobChangeEvent event) {
				if (!display.isDisposed()) {
					display.wake();
				}
			}
		});
		if (!display.isDisposed() && Display.getCurrent() == display) {
			display.timerExec((int) LAST_MILLIS, () -> {
				// wakes the loop below
			});
			while (!display.isDisposed() && keeper.getState() != Job.NONE && System.nanoTime() < last) {
				if (!display.readAndDispatch()) {
					display.sleep();
				}
			}
		}
		if (keeper.getState() != Job.NONE) {
			LOG.log(System.Logger.Level.WARNING, pending.size() + " changes of scenarios could not be kept in time.");
		}
	}
}
