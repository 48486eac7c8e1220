// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.api.plugin.PluginException;

/**
 * The estates, and the one that the windows show. The engine is opened in a Job at the first use, so there is none at
 * first, and {@link #why()} says so. Changed on the UI thread; read from any.
 */
public final class Estates {
	private static final System.Logger LOG = System.getLogger(Estates.class.getName());

	/** Opens the engine. */
	@FunctionalInterface
	interface Opener {
		Backend open() throws PluginException;
	}

	private final Display display;
	private final Listeners listeners = new Listeners();
	private final Consumer<String> memory;
	private volatile Optional<Backend> backend = Optional.empty();
	private volatile List<EstateHandle> all = List.of();
	private volatile Optional<EstateHandle> active = Optional.empty();
	private volatile String why = "The engine is starting.";
	private String wanted;
	/** An estate of it is to be shown; empty for none. */
	private String wantedServer = "";
	private boolean closed;

	/**
	 * @param display whose thread is the UI thread
	 * @param opener  opens the engine; called in a Job
	 * @param wanted  the id of the estate that was active last; empty for none
	 * @param memory  keeps the id of the active estate for the next start
	 */
	Estates(Display display, Opener opener, String wanted, Consumer<String> memory) {
		this.display = display;
		this.wanted = wanted;
		this.memory = memory;
		Job job = new Job("Starting the engine") {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				start(opener);
				return Status.OK_STATUS;
			}
		};
		job.schedule();
	}

	private void start(Opener opener) {
		try {
			Backend opened = opener.open();
			follow(opened);
			onUi(() -> {
				if (closed || backend.isPresent()) {
					shut(opened);
				} else {
					backend = Optional.of(opened);
					refresh();
				}
			});
		} catch (PluginException | RuntimeException | LinkageError e) {
			LOG.log(System.Logger.Level.ERROR, "The engine could not be started.", e);
			onUi(() -> {
				if (backend.isPresent()) {
					return;
				}
				why = "The engine could not be started: " + e.getMessage();
				listeners.fire();
			});
		}
	}

	private void follow(Backend opened) {
		opened.onEstatesChanged(() -> onUi(() -> {
			if (backend.filter(opened::equals).isPresent()) {
				refresh();
			}
		}));
	}

	/** Shows the estates of another engine from now on, such as one that runs elsewhere; the present one is stopped. UI thread. */
	public void attach(Backend other) {
		Optional<Backend> before = backend;
		backend = Optional.of(other);
		follow(other);
		refresh();
		before.filter(old -> old != other).ifPresent(old -> later("Stopping the engine", () -> shut(old)));
	}

	private void onUi(Runnable work) {
		if (!display.isDisposed()) {
			display.asyncExec(work);
		}
	}

	private void refresh() {
		all = backend.map(Backend::estates).map(List::copyOf).orElse(List.of());
		all.stream().filter(one -> one.attachment().filter(where -> where.id().equals(wantedServer)).isPresent()).findFirst().ifPresent(one -> {
			wantedServer = "";
			remember(one.id());
		});
		active = find(wanted).or(() -> active.flatMap(now -> find(now.id()))).or(() -> all.stream().findFirst());
		if (wanted.isEmpty() && active.isPresent()) {
			remember(active.get().id());
		}
		why = all.isEmpty() ? backend.map(Estates::whyNone).orElse(why) : "";
		listeners.fire();
	}

	private static String whyNone(Backend backend) {
		return backend.problems().isEmpty() ? "There is no estate yet. Make one with File > New connection."
				: "No estate could be opened: " + backend.problems().getFirst().sentence();
	}

	private Optional<EstateHandle> find(String id) {
		return all.stream().filter(estate -> estate.id().equals(id)).findFirst();
	}

	/** The engine; empty while it starts, or where it could not. */
	public Optional<Backend> backend() {
		return backend;
	}

	/** All estates. */
	public List<EstateHandle> all() {
		return all;
	}

	/** The one that the windows show. */
	public Optional<EstateHandle> active() {
		return active;
	}

	/** Why there is no active estate, in a sentence; empty where there is one. */
	public String why() {
		return why;
	}

	/** Shows another estate; it is remembered, and shown as soon as it exists. UI thread. */
	public void activate(String id) {
		remember(id);
		refresh();
	}

	/** Shows an estate of a server as soon as there is one. UI thread. */
	public void activateServer(String server) {
		wantedServer = server;
		refresh();
	}

	private void remember(String id) {
		wanted = id;
		memory.accept(id);
	}

	/** Whose name is written beside a command. */
	public String person() {
		return System.getProperty("user.name", "operator");
	}

	/**
	 * Does something to an estate off the UI thread, as a Job whose failure is shown to the operator.
	 *
	 * @param what what is done, for the progress view
	 * @param work does it
	 */
	public static void later(String what, Runnable work) {
		later(what, () -> {
			work.run();
			return Status.OK_STATUS;
		});
	}

	/** The same, with a result that is shown where it is no success. */
	public static void later(String what, Supplier<IStatus> work) {
		Job job = new Job(what) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				try {
					return work.get();
				} catch (RuntimeException e) {
					return new Status(IStatus.ERROR, Palettes.NODE, what + ": " + e.getMessage(), e);
				}
			}
		};
		job.setUser(false);
		job.schedule();
	}

	/**
	 * Calls back on the UI thread when the list or the active one has changed.
	 *
	 * @return ends it
	 */
	public Runnable listen(Runnable listener) {
		return listeners.add(listener);
	}

	/** Stops the engine; at the end of the workbench. */
	void close() {
		closed = true;
		backend.ifPresent(this::shut);
		backend = Optional.empty();
	}

	private void shut(Backend opened) {
		try {
			opened.close();
		} catch (RuntimeException e) {
			LOG.log(System.Logger.Level.ERROR, "The engine did not stop cleanly.", e);
		}
	}
}
