// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.kit.state.StateJson;
import io.shadowweaver.kit.state.StateReader;

/**
 * A server that somebody is attached to: its estates, followed for as long as it is open. A thread of its own looks for estates that came or went, and for what was
 * decided. Thread-safe.
 */
public final class RemoteServer implements AutoCloseable {
	private static final String ESTATES = "api/v1/estates";
	private static final long LOOK_MILLIS = 5_000;
	private static final int LOOKS_A_LIST = 6;

	private final ServerAddress address;
	private final ApiCalls calls;
	private final InstantSource clock;
	private final Map<String, RemoteEstate> estates = new TreeMap<>();
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private final Thread thread;
	private volatile boolean closed;
	private volatile Link link;

	/**
	 * Attaches; returns at once.
	 *
	 * @param key   empty where the server lets somebody on this machine in without
	 * @param clock the real time
	 * @throws ApiException where what is trusted cannot be read
	 */
	public RemoteServer(ServerAddress address, Optional<String> key, InstantSource clock) throws ApiException {
		this.address = address;
		this.clock = clock;
		calls = new ApiCalls(address, key);
		link = new Link(false, clock.instant(), "Connecting to " + address.name() + ".");
		thread = Thread.ofPlatform().daemon().name("attached " + address.name()).start(this::run);
	}

	/**
	 * Tries an address and a key. Blocks; nothing is kept.
	 *
	 * @return what is there, in a sentence
	 * @throws ApiException with a sentence, where somebody with this key could not attach
	 */
	public static String test(ServerAddress address, Optional<String> key) throws ApiException, InterruptedException {
		try (ApiCalls calls = new ApiCalls(address, key)) {
			JsonNode found = calls.get(ESTATES);
			if (!found.isArray()) {
				throw new ApiException(address.name() + " is no Shadow Weaver: it does not list estates.", null);
			}
			StringBuilder names = new StringBuilder();
			for (JsonNode one : found) {
				// an older server has estates, and cannot be attached to
				new EstateCalls(calls, one.path("id").asText()).decisions();
				names.append(names.isEmpty() ? "" : ", ").append(one.path("name").asText());
			}
			return names.isEmpty() ? address.name() + " answers; it has no estate yet." : address.name() + " answers. It has: " + names + ".";
		}
	}

	/**
	 * Reads the newest state of an estate, once. Blocks; nothing is kept.
	 *
	 * @param estate its id
	 * @return all of it, both shadows included
	 * @throws ApiException with a sentence, where it cannot be reached or read, or there is no such estate
	 */
	public static WeaverState state(ServerAddress address, Optional<String> key, String estate) throws ApiException, InterruptedException {
		try (ApiCalls calls = new ApiCalls(address, key); EventStream events = new EventStream(calls.stream(new EstateCalls(calls, estate).path() + "events?detail=whole", ""))) {
			closeWhenSilent(events);
			EventStream.Event first = events.next();
			if (first == null) {
				throw new ApiException(address.name() + " has ended the stream of " + estate + " before a state.", null);
			}
			return StateReader.full(StateJson.mapper().readTree(first.data()));
		} catch (ApiException e) {
			throw e;
		} catch (IOException e) {
			throw new ApiException("The state of " + estate + " cannot be read from " + address.name() + ": " + e.getMessage(), e);
		}
	}

	/** Ends by itself: a stream that was read or closed is silent, too. */
	private static void closeWhenSilent(EventStream events) {
		CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS).execute(() -> {
			if (events.isSilent()) {
				events.close();
			} else {
				closeWhenSilent(events);
			}
		});
	}

	private void run() {
		try {
			for (int looks = 0; !closed; looks++) {
				if (looks % LOOKS_A_LIST == 0 || !link.connected()) {
					list();
				}
				snapshot().forEach(RemoteEstate::look);
				Thread.sleep(LOOK_MILLIS);
			}
		} catch (InterruptedException e) {
			// closed
		}
	}

	private void list() throws InterruptedException {
		try {
			Set<String> there = new HashSet<>();
			for (JsonNode one : calls.get(ESTATES)) {
				there.add(one.path("id").asText());
			}
			link(true, "Attached to " + address.name() + ".");
			if (follow(there)) {
				changed();
			}
			for (RemoteEstate estate : snapshot()) {
				estate.refresh();
			}
		} catch (ApiException e) {
			link(false, e.getMessage());
		}
	}

	/** Follows those that are there, and no others. */
	private synchronized boolean follow(Set<String> there) {
		boolean fewer = false;
		for (String id : List.copyOf(estates.keySet())) {
			if (!there.contains(id)) {
				estates.remove(id).close();
				fewer = true;
			}
		}
		for (String id : there) {
			if (!estates.containsKey(id) && !closed) {
				RemoteEstate estate = new RemoteEstate(id, address, calls, clock, this::changed);
				estates.put(id, estate);
				estate.start();
			}
		}
		return fewer;
	}

	private void link(boolean connected, String sentence) {
		Link before = link;
		if (before.connected() != connected || !before.sentence().equals(sentence)) {
			link = new Link(connected, before.connected() == connected ? before.since() : clock.instant(), sentence);
			changed();
		}
	}

	private void changed() {
		listeners.forEach(Runnable::run);
	}

	private synchronized List<RemoteEstate> snapshot() {
		return List.copyOf(estates.values());
	}

	/** Where it is. */
	public ServerAddress address() {
		return address;
	}

	/** How the connection is: good where it is that for all estates. */
	public Link link() {
		return estates().stream().map(RemoteEstate::link).filter(one -> !one.connected()).findFirst().orElse(link);
	}

	/** Those of its estates of which there is a state, by id. */
	public List<RemoteEstate> estates() {
		return snapshot().stream().filter(RemoteEstate::isThere).toList();
	}

	/**
	 * Calls back, on any thread, when {@link #estates()} or {@link #link()} has changed.
	 *
	 * @return closes the subscription
	 */
	public AutoCloseable onChanged(Runnable callback) {
		listeners.add(callback);
		return () -> listeners.remove(callback);
	}

	/** Detaches: nothing is followed any more. */
	@Override
	public void close() {
		closed = true;
		thread.interrupt();
		snapshot().forEach(RemoteEstate::close);
		calls.close();
	}
}
