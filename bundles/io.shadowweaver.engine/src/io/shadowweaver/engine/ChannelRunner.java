// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingDeque;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertChannelFactory;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status.State;

/** Delivers notices to one channel from a thread of its own, again and again with a growing pause until one is through. */
final class ChannelRunner implements AutoCloseable {
	private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
	private static final int WAITING = 1000;

	private final EstateParts.Part<AlertChannelFactory> part;
	private final PluginContext context;
	private final Statuses statuses;
	private final LinkedBlockingDeque<AlertNotice> waiting = new LinkedBlockingDeque<>();
	private final Thread thread;

	ChannelRunner(EstateParts.Part<AlertChannelFactory> part, PluginContext context, Statuses statuses) {
		this.part = part;
		this.context = context;
		this.statuses = statuses;
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
						notice = notice == null ? waiting.take() : notice;
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

	private void status(State state, String detail, String sentence) {
		statuses.set("channel:" + part.connection().id(), state, detail, sentence);
	}

	@Override
	public void close() {
		thread.interrupt();
	}
}
