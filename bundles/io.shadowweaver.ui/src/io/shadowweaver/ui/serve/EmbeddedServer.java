// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.Plugin;
import io.shadowweaver.server.ServerSection;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.ApiKeys;
import io.shadowweaver.ui.core.Backend;
import io.shadowweaver.ui.core.Estates;
import io.shadowweaver.ui.core.Palettes;

/**
 * The API server of the workbench: off until it is switched on, then over the estates of the embedded engine. Its settings are kept as the
 * section {@code server} of {@code weave.yaml} would say them, its keys where {@code weave key} finds them. Any thread.
 */
public final class EmbeddedServer {
	private static final System.Logger LOG = System.getLogger(EmbeddedServer.class.getName());
	private static final String ENABLED = "enabled";
	private static final String SETTINGS = "settings";

	private final Preferences kept;
	private final Optional<Path> directory;
	private final Supplier<Optional<Backend>> engine;
	private final InstantSource clock;
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private volatile Condition condition = new Condition(State.OFF, "The API is off.");
	/** Guarded by this. */
	private Optional<ApiServer> running = Optional.empty();
	/** Guarded by this. */
	private boolean closed;

	/** Whether it listens. */
	public enum State {
		/** It is not to. */
		OFF,
		/** Not yet. */
		STARTING,
		/** It does. */
		LISTENING,
		/** It should, and cannot. */
		FAILED
	}

	/**
	 * How it is.
	 *
	 * @param state    whether it listens
	 * @param sentence where, or why not
	 */
	public record Condition(State state, String sentence) {
	}

	/**
	 * @param kept      where its settings are kept
	 * @param directory where its keys and the trail of changes are; empty for neither
	 * @param engine    the engine, as soon as there is one; asked at each request
	 * @param clock     the real time
	 */
	EmbeddedServer(Preferences kept, Optional<Path> directory, Supplier<Optional<Backend>> engine, InstantSource clock) {
		this.kept = kept;
		this.directory = directory;
		this.engine = engine;
		this.clock = clock;
	}

	/** Whether it is switched on. */
	public boolean isOn() {
		return kept.getBoolean(ENABLED, false);
	}

	/** As they are kept; the usual ones where nothing is, or what cannot be read. */
	public ServerSettings settings() {
		try {
			return read();
		} catch (IllegalArgumentException e) {
			LOG.log(System.Logger.Level.WARNING, "The kept settings of the API cannot be read.", e);
			return ServerSettings.LOOPBACK;
		}
	}

	private ServerSettings read() {
		String text = kept.get(SETTINGS, "");
		// files are kept with their whole paths
		return text.isEmpty() ? ServerSettings.LOOPBACK : ServerSection.parse(text).settings(Path.of(""));
	}

	/** How it is now. */
	public Condition condition() {
		return condition;
	}

	/** Who may ask; empty where nothing is kept. */
	public Optional<ApiKeys> keys() {
		return directory.map(folder -> new ApiKeys(folder, clock));
	}

	/** The time by which keys end. */
	public InstantSource clock() {
		return clock;
	}

	/**
	 * Calls back, on any thread, when {@link #condition()} has changed. Who listens shows what fails; with nobody there the operator is shown it.
	 *
	 * @return ends it
	 */
	public Runnable listen(Runnable listener) {
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}

	/** Keeps what is wanted, and starts anew with it in a Job: who was connected is cut off. */
	public void apply(boolean on, ServerSettings wanted) {
		kept.putBoolean(ENABLED, on);
		kept.put(SETTINGS, ServerSection.of(wanted).text());
		start();
	}

	/** Listens, where it is switched on, or stops; in a Job. */
	void start() {
		if (isOn()) {
			tell(State.STARTING, "The API is starting.");
		}
		Estates.later(isOn() ? "Starting the API" : "Stopping the API", this::restart);
	}

	private synchronized IStatus restart() {
		try {
			kept.flush();
		} catch (BackingStoreException e) {
			LOG.log(System.Logger.Level.WARNING, "The settings of the API could not be kept.", e);
		}
		stop();
		if (closed || !isOn()) {
			tell(State.OFF, "The API is off.");
			return Status.OK_STATUS;
		}
		try {
			ApiServer next = new ApiServer(read(), this::estates, this::plugins, directory, clock);
			next.start();
			running = Optional.of(next);
			tell(State.LISTENING, "The API answers at " + next.uri() + ", its page is " + next.uri() + "docs.");
			return Status.OK_STATUS;
		} catch (IOException | IllegalArgumentException e) {
			LOG.log(System.Logger.Level.WARNING, e.getMessage());
			String sentence = e.getMessage().endsWith(".") ? e.getMessage() : e.getMessage() + ".";
			tell(State.FAILED, sentence);
			return listeners.isEmpty() ? new Status(IStatus.ERROR, Palettes.NODE, sentence, e) : Status.OK_STATUS;
		}
	}

	private List<Weaver> estates() {
		return engine.get().map(Backend::embedded).orElse(List.of());
	}

	private List<Plugin> plugins() {
		return engine.get().map(Backend::contributions).orElse(List.of()).stream()
				.map(info -> new Plugin(info.point(), info.id(), info.name(), info.description(), info.bundle(), info.status())).toList();
	}

	private void tell(State state, String sentence) {
		condition = new Condition(state, sentence);
		listeners.forEach(Runnable::run);
	}

	private void stop() {
		running.ifPresent(ApiServer::close);
		running = Optional.empty();
	}

	/** Ends it; what is switched on stays so for the next start. */
	synchronized void close() {
		closed = true;
		stop();
	}
}
