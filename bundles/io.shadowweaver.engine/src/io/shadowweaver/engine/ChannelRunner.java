// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Silence;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status.State;

/** Delivers notices to one channel from a thread of its own, again and again with a growing pause until one is through. */
final class ChannelRunner implements AutoCloseable {
	private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
	private static final int WAITING = 1000;
	private static final Duration ASK = Duration.ofSeconds(30);

	private final EstateParts.Part<AlertChannelFactory> part;
	private final PluginContext context;
	private final Statuses statuses;
	private final LinkedBlockingDeque<AlertNotice> waiting = new LinkedBlockingDeque<>();
	private final Consumer<List<Silence>> silenced;
	private final Thread thread;
	/** As told last; empty before the first answer, since alerts of an earlier run may stand there as silenced. */
	private Optional<List<Silence>> silences = Optional.empty();
	private boolean deaf;
	private long asked;

	/**
	 * A channel that does not run yet.
	 *
	 * @param silenced told of the silences of its receiver when they change, from its thread
	 */
	ChannelRunner(EstateParts.Part<AlertChannelFactory> part, PluginContext context, Statuses statuses, Consumer<List<Silence>> silenced) {
		this.silenced = silenced;
		this.part = part;
		this.context = context;
		this.statuses = statuses;
		asked = System.nanoTime();
		thread = Thread.ofPlatform().daemon().name("channel-" + part.connection().id()).unstarted(this::run);
	}

	void start() {
		status(State.STARTING, "", "Starting.");
		thread.start();
	}

	/** From the weave thread: never waits. Of a thousand waiting notices the oldest is given up. */
	void deliver(AlertNotice notice) {
		waiting.add(notice);
		if (waiting.size() > WAITING && waiting.poll() != null) {
			status(State.DEGRADED, "OVERFLOW", "More than " + WAITING + " notices wait; the oldest are given up.");
		}
	}

	private void run() {
		AlertChannel channel = null;
		try {
			while (!Thread.currentThread().isInterrupted()) {
				Duration pause = FIRST_PAUSE;
				AlertNotice notice = null;
				while (true) {
					try {
						if (channel == null) {
							channel = part.factory().get().open(part.settings(), context);
							status(State.OK, "", "Ready.");
						}
						notice = notice == null ? next(channel) : notice;
						channel.deliver(notice);
						status(State.OK, "", "Delivered, last " + notice.change() + " of " + notice.alert().id() + ".");
						break;
					} catch (PluginException | RuntimeException e) {
						PluginException said = Guarded.asPluginException(part.connection().name(), "delivery", e);
						if (said.isPermanent()) {
							status(State.DEGRADED, "REFUSED", said.getMessage() + " Not tried again.");
							notice = null;
							continue;
						}
						status(State.FAILED, "ERROR", said.getMessage() + " Tried again in " + pause.toSeconds() + " s.");
						Thread.sleep(pause);
						pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
					}
				}
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			if (channel != null) {
				channel.close();
			}
		}
	}

	/** Waits for the next notice, and asks for silences meanwhile. */
	private AlertNotice next(AlertChannel channel) throws InterruptedException {
		while (true) {
			long wait = ASK.toNanos() - (System.nanoTime() - asked);
			AlertNotice notice = waiting.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
			if (notice != null) {
				return notice;
			}
			askForSilences(channel);
			asked = System.nanoTime();
		}
	}

	private void askForSilences(AlertChannel channel) {
		try {
			List<Silence> found = List.copyOf(channel.silences());
			if (!silences.equals(Optional.of(found))) {
				silences = Optional.of(found);
				silenced.accept(found);
			}
			if (deaf) {
				deaf = false;
				status(State.OK, "", "Ready.");
			}
		} catch (PluginException | RuntimeException e) {
			deaf = true;
			status(State.DEGRADED, "SILENCES", "Its silences cannot be read: " + Guarded.asPluginException(part.connection().name(), "silences", e).getMessage());
		}
	}

	private void status(State state, String detail, String sentence) {
		statuses.set("channel:" + part.connection().id(), state, detail, sentence);
	}

	@Override
	public void close() {
		thread.interrupt();
	}
}
