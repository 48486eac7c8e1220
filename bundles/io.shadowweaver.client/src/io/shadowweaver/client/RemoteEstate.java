// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.kit.state.StateJson;
import io.shadowweaver.kit.state.StateReader;

/**
 * An estate of a server, followed by one thread of its own: each state as it comes, and the last one with a status that says so while the server cannot be reached.
 * A broken connection is opened again after a pause that grows to {@value #LONGEST_PAUSE_MILLIS} ms, and goes on behind the last event.
 */
public final class RemoteEstate implements AutoCloseable {
	private static final System.Logger LOG = System.getLogger(RemoteEstate.class.getName());
	private static final long FIRST_PAUSE_MILLIS = 500;
	private static final long LONGEST_PAUSE_MILLIS = 30_000;
	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

	private final String id;
	private final ServerAddress address;
	private final ApiCalls calls;
	private final EstateCalls commands;
	private final InstantSource clock;
	private final Runnable changed;
	private final List<Consumer<WeaverState>> subscribers = new CopyOnWriteArrayList<>();
	private final Thread thread;
	private volatile boolean closed;
	private volatile EventStream stream;
	private volatile WeaverState served;
	private volatile WeaverState shown;
	private volatile Link link;
	private volatile Decisions decisions;
	/** The id of the last event that was read; for its thread. */
	private String seen = "";

	/**
	 * Does nothing before {@link #start()}.
	 *
	 * @param changed called when there is a first state, and when the connection has changed
	 */
	RemoteEstate(String id, ServerAddress address, ApiCalls calls, InstantSource clock, Runnable changed) {
		this.id = id;
		this.address = address;
		this.calls = calls;
		this.clock = clock;
		this.changed = changed;
		commands = new EstateCalls(calls, id);
		link = new Link(false, clock.instant(), "Connecting to " + address.name() + ".");
		thread = Thread.ofPlatform().daemon().name("attached " + address.name() + " " + id).unstarted(this::run);
	}

	void start() {
		thread.start();
	}

	/** Its id at the server. */
	public String id() {
		return id;
	}

	/** Where it is. */
	public ServerAddress address() {
		return address;
	}

	/** Whether there is a state to show yet. */
	boolean isThere() {
		return shown != null;
	}

	/** The newest state, with a status that tells of the connection. */
	public WeaverState state() {
		return shown;
	}

	/** The newest state as the server has it. */
	public WeaverState served() {
		return served;
	}

	/** How the connection is. */
	public Link link() {
		return link;
	}

	/** What was decided, as last read. */
	public Decisions decisions() {
		return decisions;
	}

	/** What can be asked and commanded; blocks. */
	public EstateCalls calls() {
		return commands;
	}

	/** The name of the status that tells of the connection. */
	public String statusName() {
		return WeaverState.SERVER + address.name();
	}

	/**
	 * Calls back after each tick and each change of the connection, on the thread of this estate.
	 *
	 * @return closes the subscription
	 */
	public AutoCloseable subscribe(Consumer<WeaverState> subscriber) {
		subscribers.add(subscriber);
		return () -> subscribers.remove(subscriber);
	}

	private void run() {
		long pause = FIRST_PAUSE_MILLIS;
		try {
			while (!closed) {
				String before = seen;
				try {
					refresh();
					follow();
					lost("The server has ended the stream.");
				} catch (ApiException e) {
					lost(e.getMessage());
				} catch (IOException e) {
					lost(calls.sentence(e));
				}
				pause = seen.equals(before) ? pause : FIRST_PAUSE_MILLIS;
				Thread.sleep(pause);
				pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
			}
		} catch (InterruptedException e) {
			// closed
		} catch (RuntimeException e) {
			LOG.log(System.Logger.Level.ERROR, "The estate " + id + " of " + address.name() + " is not followed any more.", e);
			lost("It is not followed any more: " + e);
		}
	}

	/** Reads what was decided anew. Blocks. */
	public void refresh() throws ApiException, InterruptedException {
		decisions = commands.decisions();
	}

	/** Returns when the stream has ended. */
	private void follow() throws IOException, InterruptedException {
		try (EventStream events = new EventStream(calls.stream(commands.path() + "events?detail=whole", seen))) {
			stream = events;
			if (!seen.isEmpty()) {
				connected(served);
			}
			for (EventStream.Event event = events.next(); event != null && !closed; event = events.next()) {
				connected(read(event));
				seen = event.id();
			}
		} finally {
			stream = null;
		}
	}

	private WeaverState read(EventStream.Event event) throws ApiException {
		try {
			JsonNode data = StateJson.mapper().readTree(event.data());
			return event.type().equals("state") ? StateReader.full(data) : StateReader.apply(served, data);
		} catch (IOException e) {
			// leaves nothing to go on from
			seen = "";
			throw new ApiException("What " + address.name() + " tells of " + id + " cannot be read, since it is of another version perhaps: " + e.getMessage(), e);
		}
	}

	private void connected(WeaverState state) {
		boolean isNew = !link.connected();
		if (isNew) {
			link = new Link(true, clock.instant(), "Attached to " + address.name() + ".");
		}
		served = state;
		show(Status.State.OK);
		if (isNew) {
			changed.run();
		}
	}

	private void lost(String why) {
		if (closed) {
			return;
		}
		Instant since = link.connected() || served == null ? clock.instant() : link.since();
		String shownTime = served == null ? "" : " Shown is the state of " + CLOCK.format(served.time()) + ".";
		link = new Link(false, since, "Not connected to " + address.name() + " since " + CLOCK.format(since) + ". " + why + shownTime);
		if (served != null) {
			show(Status.State.FAILED);
		}
		changed.run();
	}

	private void show(Status.State state) {
		Map<String, Status> statuses = new HashMap<>(served.statuses());
		statuses.put(statusName(), new Status(state, address.uri().toString(), link.sentence(), link.since()));
		WeaverState all = served;
		shown = new WeaverState(all.estate(), all.name(), all.version(), all.time(), all.step(), all.topology(), all.metrics(), all.series(), all.unattended(), all.planned(), all.thresholds(),
				all.alerts(), all.plans(), all.queue(), all.verdicts(), all.events(), all.anomalies(), all.modes(), all.killSwitch(), all.report(), statuses);
		for (Consumer<WeaverState> subscriber : subscribers) {
			try {
				subscriber.accept(shown);
			} catch (RuntimeException e) {
				LOG.log(System.Logger.Level.ERROR, "Somebody who follows " + id + " failed.", e);
			}
		}
	}

	/** Breaks a connection off that is silent for too long. */
	void look() {
		EventStream open = stream;
		if (open != null && open.isSilent()) {
			open.close();
		}
	}

	/** Ends it; its last state stays. */
	@Override
	public void close() {
		closed = true;
		thread.interrupt();
		EventStream open = stream;
		if (open != null) {
			open.close();
		}
	}
}
