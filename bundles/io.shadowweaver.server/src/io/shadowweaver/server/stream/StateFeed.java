// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;

/**
 * The events of one estate: the newest stay in a ring that is bounded in number and bytes, and readers stand at a place in it, so that a
 * reader costs nothing but its place. Who falls out of the ring is too slow and cut off. When states come faster than differences are
 * made, they are taken together. Thread-safe.
 */
final class StateFeed {
	private static final int MOST_EVENTS = 512;
	private static final long MOST_BYTES = 64L << 20;

	private final BiFunction<WeaverState, WeaverState, byte[]> differences;
	private final Executor worker;
	private final Executor writers;
	private final String nonce;
	private final String estate;
	private final AutoCloseable subscription;
	private final AtomicReference<WeaverState> newest = new AtomicReference<>();
	private final Set<FeedReader> readers = ConcurrentHashMap.newKeySet();
	private final ArrayDeque<Frame> ring = new ArrayDeque<>();
	private WeaverState last;
	private Frame full;
	private long number;
	private long bytes;
	private int lonely;

	/**
	 * Begins with the present state.
	 *
	 * @param differences writes what is different between an older state and a newer one, as JSON on one line in UTF-8
	 * @param worker      makes differences, one task after the other
	 * @param writers     hands an event to readers, many at once
	 * @param nonce       tells the events of this feed from those of an earlier one
	 */
	StateFeed(Weaver weaver, BiFunction<WeaverState, WeaverState, byte[]> differences, Executor worker, Executor writers, String nonce) {
		this.differences = differences;
		this.worker = worker;
		this.writers = writers;
		this.nonce = nonce;
		last = weaver.state();
		estate = URLEncoder.encode(last.estate(), StandardCharsets.UTF_8).replace("+", "%20");
		subscription = weaver.subscribe(this::changed);
	}

	/** On the weave thread: only takes it. */
	private void changed(WeaverState state) {
		if (newest.getAndSet(state) == null) {
			worker.execute(this::publish);
		}
	}

	private void publish() {
		WeaverState state = newest.getAndSet(null);
		WeaverState before;
		long next;
		synchronized (this) {
			before = last;
			next = number + 1;
		}
		long oldest;
		Frame frame = new Frame(next, id(next), "change", estate, state.time().toString(), differences.apply(before, state));
		synchronized (this) {
			last = state;
			full = null;
			number = next;
			ring.add(frame);
			bytes += frame.size();
			// the newest always stays
			while (ring.size() > MOST_EVENTS || bytes > MOST_BYTES && ring.size() > 1) {
				bytes -= ring.remove().size();
			}
			oldest = ring.peek().number();
		}
		readers.forEach(reader -> writers.execute(() -> reader.wake(oldest)));
	}

	private String id(long event) {
		return nonce + "-" + event;
	}

	/**
	 * Where a reader goes on that has seen an event.
	 *
	 * @param id of the event, as it was sent
	 * @return the number of the next; -1 when that is not here any more, or the id is none of ours
	 */
	synchronized long after(String id) {
		if (id == null || !id.matches("[0-9a-f]{8}-[0-9]{1,18}") || !id.startsWith(nonce + "-")) {
			return -1;
		}
		long next = Long.parseLong(id.substring(nonce.length() + 1)) + 1;
		long oldest = ring.isEmpty() ? number + 1 : ring.peek().number();
		return next >= oldest && next <= number + 1 ? next : -1;
	}

	/** The present state as one event, made once for all who begin at it. */
	synchronized Frame full() {
		if (full == null) {
			WeaverState empty = WeaverState.initial(last.estate(), last.name(), last.time(), last.step());
			full = new Frame(number, id(number), "state", estate, last.time().toString(), differences.apply(empty, last));
		}
		return full;
	}

	/**
	 * An event by its number.
	 *
	 * @return {@code null} when it is not there yet
	 * @throws TooSlowException when it is not there any more
	 */
	synchronized Frame get(long event) throws TooSlowException {
		if (event > number) {
			return null;
		}
		if (event == number && !ring.isEmpty()) {
			return ring.peekLast();
		}
		long oldest = ring.isEmpty() ? number + 1 : ring.peek().number();
		if (event < oldest) {
			throw new TooSlowException();
		}
		// the ring has no gaps
		long skip = event - oldest;
		for (Frame frame : ring) {
			if (skip-- == 0) {
				return frame;
			}
		}
		throw new IllegalStateException("event " + event + " of " + number + " is not in a ring from " + oldest);
	}

	/** Who reads is not reading fast enough. */
	static final class TooSlowException extends Exception {
		private static final long serialVersionUID = 1L;

		TooSlowException() {
			super("the reader is too slow", null, false, false);
		}
	}

	/** Somebody is about to read. */
	void touch() {
		lonely = 0;
	}

	/** Counts how often in a row nobody was reading, which the caller guards by the lock of {@link #touch()}. */
	int lonely() {
		lonely = readers.isEmpty() ? lonely + 1 : 0;
		return lonely;
	}

	void add(FeedReader reader) {
		readers.add(reader);
	}

	void remove(FeedReader reader) {
		readers.remove(reader);
	}

	/** Those who read now. */
	List<FeedReader> readers() {
		return List.copyOf(readers);
	}

	/** Ends it and all who read. */
	void end() throws Exception {
		subscription.close();
		readers().forEach(reader -> reader.end("The estate was closed."));
	}
}
