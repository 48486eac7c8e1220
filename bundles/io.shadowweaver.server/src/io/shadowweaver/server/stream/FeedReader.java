// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * One who reads a feed: an event is written when the one before has gone out, so that nothing waits for a slow reader but its place. Who
 * takes longer than {@value #LONGEST_SECONDS} s over one event, or falls out of the ring, is cut off.
 */
abstract class FeedReader extends IteratingCallback {
	private static final int LONGEST_SECONDS = 30;

	private final StateFeed feed;
	private final Runnable ended;
	private volatile long next;
	private final AtomicBoolean over = new AtomicBoolean();
	private Frame first;
	private volatile boolean beat;
	private volatile long writingSince;

	/**
	 * Starts nothing yet.
	 *
	 * @param seen  the id of the last event that was seen; {@code null} for none
	 * @param ended called once at the end
	 */
	FeedReader(StateFeed feed, String seen, Runnable ended) {
		this.feed = feed;
		this.ended = ended;
		next = feed.after(seen);
		if (next < 0) {
			first = feed.full();
			next = first.number() + 1;
		}
	}

	/** Writes an event; the callback is called when it has gone out. */
	abstract void write(Frame frame, Callback done);

	/** Writes that the stream lives. */
	abstract void writeBeat(Callback done);

	/** Ends the connection. */
	abstract void disconnect(Throwable cause);

	/** From now on it reads. */
	void begin() {
		feed.add(this);
		// who goes on behind an event hears at once that the stream lives, and not with the next one
		beat = true;
		iterate();
	}

	/**
	 * There is something to write.
	 *
	 * @param oldest the event that is kept longest: who waits for an older one has lost it
	 */
	void wake(long oldest) {
		if (next < oldest) {
			abort(new StateFeed.TooSlowException());
		} else {
			iterate();
		}
	}

	/** From time to time: says that the stream lives, and ends it when the last event does not go out. */
	void beat(long now) {
		long since = writingSince;
		if (since != 0 && now - since > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
			abort(new StateFeed.TooSlowException());
			return;
		}
		beat = true;
		iterate();
	}

	/** Ends it. */
	void end(String why) {
		abort(new IllegalStateException(why));
	}

	/** The other side has gone. */
	void gone() {
		abort(new ClosedChannelException());
	}

	@Override
	protected Action process() throws StateFeed.TooSlowException {
		Frame frame = first;
		first = null;
		if (frame == null) {
			frame = feed.get(next);
			if (frame != null) {
				next = frame.number() + 1;
			}
		}
		if (frame == null && !beat) {
			return Action.IDLE;
		}
		beat = false;
		writingSince = System.nanoTime() | 1;
		if (frame == null) {
			writeBeat(this);
		} else {
			write(frame, this);
		}
		return Action.SCHEDULED;
	}

	@Override
	protected void onSuccess() {
		writingSince = 0;
	}

	@Override
	protected void onAborted(Throwable cause) {
		// at once: what is being written may never go out
		finish(cause);
	}

	@Override
	protected void onFailure(Throwable cause) {
		finish(cause);
	}

	private void finish(Throwable cause) {
		if (!over.getAndSet(true)) {
			feed.remove(this);
			ended.run();
			disconnect(cause);
		}
	}
}
