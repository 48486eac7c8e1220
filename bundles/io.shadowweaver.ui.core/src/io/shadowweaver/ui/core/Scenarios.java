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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.IJobFunction;
import org.eclipse.core.runtime.jobs.Job;
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

	private record Solution(Scenario scenario, long version, Optional<Imagined> imagined, String problem) {
	}

	private static final class Draft {
		private Scenario scenario;
		private final Deque<Scenario> undo = new ArrayDeque<>();
		private final Deque<Scenario> redo = new ArrayDeque<>();
		private boolean dragging;

		private Draft(Scenario scenario) {
			this.scenario = scenario;
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
	private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();
	private final Job keeper = Job.create("Keeping scenarios", (IJobFunction) monitor -> keep());
	private volatile List<Entry> entries = List.of();
	private volatile Map<String, Scenario> wanted = Map.of();
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
						kept.forEach((id, scenario) -> drafts.putIfAbsent(id, new Draft(scenario)));
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
		drafts.put(id, new Draft(scenario));
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
		draft.scenario = next;
		if (!dragging) {
			keep(id, next);
		}
		publish();
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
		Map<String, Scenario> next = new LinkedHashMap<>();
		List<Entry> all = new ArrayList<>();
		drafts.forEach((id, draft) -> {
			next.put(id, draft.scenario);
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
				Map<String, Scenario> now = wanted;
				List<String> order = new ArrayList<>(now.keySet());
				if (order.remove(shown)) {
					order.addFirst(shown);
				}
				boolean any = false;
				for (String id : order) {
					any |= handle != null && solve(handle, id, now.get(id));
				}
				if (any && !display.isDisposed()) {
					display.asyncExec(this::publish);
				}
				// ticks may come faster than all scenarios are solved, and the engine needs the processor too
				Thread.sleep(Math.max(REST.toMillis(), (System.nanoTime() - begin) / 1_000_000));
			} catch (InterruptedException e) {
				return;
			}
		}
	}

	private boolean solve(EstateHandle handle, String id, Scenario scenario) throws InterruptedException {
		Solution last = solutions.get(id);
		long version = handle.state().version();
		if (last != null && last.version == version && last.scenario.equals(scenario)) {
			return false;
		}
		Solution next;
		try {
			next = new Solution(scenario, version, Optional.of(handle.imagine(scenario)), "");
		} catch (ScenarioException | IllegalStateException e) {
			next = new Solution(scenario, version, Optional.empty(), e.getMessage());
		} catch (RuntimeException e) {
			LOG.log(System.Logger.Level.ERROR, "The scenario '" + scenario.name() + "' could not be solved.", e);
			next = new Solution(scenario, version, Optional.empty(), "It could not be solved: " + e + ". The log has the details.");
		}
		if (estate.filter(handle::equals).isPresent() && wanted.containsKey(id)) {
			solutions.put(id, next);
		}
		return true;
	}

	/** Ends it; at the end of the workbench. What is to be kept has a moment to reach the disk; what does not is said in the log. */
	@Override
	public void close() {
		closed = true;
		solver.interrupt();
		try {
			if (!keeper.join(LAST_MILLIS, null)) {
				LOG.log(System.Logger.Level.WARNING, pending.size() + " changes of scenarios could not be kept in time.");
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
