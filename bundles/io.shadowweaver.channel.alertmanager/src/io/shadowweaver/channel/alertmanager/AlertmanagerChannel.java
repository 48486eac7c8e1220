// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.shadowweaver.api.alert.AlertChannel;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Silence;
import io.shadowweaver.api.plugin.PluginException;

/** Raises alerts as Prometheus would: each is posted again while it holds, and ends four pauses after the last time. */
final class AlertmanagerChannel implements AlertChannel {
	private static final Logger LOG = System.getLogger(AlertmanagerChannel.class.getName());
	private static final int PAUSES = 4;

	private final Alertmanager manager;
	private final Wording wording;
	private final Duration resend;
	private final String estate;
	private final Firing firing;
	private final ScheduledExecutorService again;
	/** Held from reading what fires until it is posted: what was read before an alert ended must not be posted after its end. */
	private final Object posting = new Object();

	AlertmanagerChannel(Alertmanager manager, Wording wording, Duration resend, String estate, Path directory) throws PluginException {
		this.manager = manager;
		this.wording = wording;
		this.resend = resend;
		this.estate = estate;
		firing = new Firing(directory.resolve("firing.json"));
		again = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("alertmanager-" + estate).factory());
		again.scheduleWithFixedDelay(this::tellAgain, 0, resend.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void deliver(AlertNotice notice) throws PluginException {
		SortedMap<String, String> labels = wording.labels(notice);
		synchronized (posting) {
			Instant now = manager.now();
			synchronized (this) {
				Instant start = firing.startOf(labels).orElse(now);
				firing.set(new Posting(notice.alert().id(), labels, wording.annotations(notice), wording.link(notice), start,
						notice.alert().isActive() ? Optional.empty() : Optional.of(now)));
				firing.save();
			}
			tell();
		}
	}

	private void tell() throws PluginException {
		synchronized (posting) {
			Instant now = manager.now();
			List<Posting> due;
			synchronized (this) {
				due = List.copyOf(firing.due(now));
			}
			manager.post(due, now.plus(resend.multipliedBy(PAUSES)));
		}
	}

	private void tellAgain() {
		try {
			tell();
		} catch (PluginException e) {
			// it is told again after the next pause; what is delivered meanwhile tells the operator
			LOG.log(Level.DEBUG, "alerts of " + estate + " were not told again: {0}", e.getMessage());
		} catch (RuntimeException e) {
			LOG.log(Level.WARNING, "alerts of " + estate + " were not told again", e);
		}
	}

	@Override
	public List<Silence> silences() throws PluginException {
		Map<Map<String, String>, String> ids;
		synchronized (this) {
			ids = firing.ids();
		}
		return ids.isEmpty() ? List.of() : manager.silences(estate, ids);
	}

	@Override
	public void close() {
		again.shutdownNow();
		manager.close();
	}
}
