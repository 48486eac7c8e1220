// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.source.BatchSink;
import io.shadowweaver.api.source.MetricSource;
import io.shadowweaver.api.source.MetricSourceFactory;
import io.shadowweaver.api.source.SourceInfo;

/**
 * Keeps one source going: opens it, back-fills, polls, and after a failure tries again with a growing pause. What it says
 * becomes its status. The methods are called from the source's own thread, or in turn from one thread in a test.
 */
final class SourceRunner {
	private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private final EstateParts.Part<MetricSourceFactory> part;
	private final PluginContext context;
	private final Statuses statuses;
	private MetricSource source;
	private SourceInfo info;
	private Duration pause = FIRST_PAUSE;
	private long samples;
	private long problems;
	private volatile boolean closed;

	SourceRunner(EstateParts.Part<MetricSourceFactory> part, PluginContext context, Statuses statuses) {
		this.part = part;
		this.context = context;
		this.statuses = statuses;
		status(State.IDLE, "", "Not started.");
	}

	String id() {
		return part.connection().id();
	}

	String statusName() {
		return "source:" + id();
	}

	/** Opens the source, once. */
	SourceInfo open() throws PluginException {
		if (source == null) {
			status(State.STARTING, "OPENING", "Connecting.");
			MetricSource opened = part.factory().get().open(part.settings(), context);
			try {
				info = opened.info();
				source = opened;
			} finally {
				if (source == null) {
					opened.close();
				}
			}
		}
		return info;
	}

	/** Delivers history up to now; an interruption or a failure keeps what was delivered. */
	void backfill(Instant from, Instant to, BatchSink sink) throws PluginException {
		Optional<Instant> earliest = info.earliest();
		if (earliest.isEmpty() || !earliest.get().isBefore(to)) {
			return;
		}
		Instant start = earliest.get().isAfter(from) ? earliest.get() : from;
		status(State.STARTING, "BACKFILL", "Loading history since " + start + ".");
		source.backfill(start, to, sink, new Progress() {
			@Override
			public void report(double fraction, String what) {
				status(State.STARTING, "BACKFILL", String.format("Loading history: %.0f %%.", fraction * 100));
			}

			@Override
			public boolean isCancelled() {
				return closed;
			}
		});
	}

	/** Asks for what is new. */
	Batch poll(Instant now) throws PluginException {
		Batch batch = source.poll(now);
		if (batch == null) {
			throw new PluginException(part.connection().name() + " returned nothing at all instead of a batch.");
		}
		pause = FIRST_PAUSE;
		batch.ticks().forEach(tick -> samples += tick.values().length);
		if (!batch.problems().isEmpty()) {
			problems += batch.problems().size();
			status(State.DEGRADED, "PROBLEMS", problems + " refused, last: " + batch.problems().getLast());
		} else if (info.latest().isPresent() && !now.isBefore(info.latest().get())) {
			status(State.ENDED, "END", "The data end at " + info.latest().get() + ".");
		} else if (problems == 0) {
			status(State.OK, "", "Delivers every " + info.step().toSeconds() + " s.");
		}
		return batch;
	}

	Duration pollInterval() throws PluginException {
		return source.pollInterval();
	}

	/** Says what failed, gives the source up so that it is opened anew, and returns the pause before that. */
	Duration failed(PluginException e) {
		status(State.FAILED, e.getCause() instanceof java.util.concurrent.TimeoutException ? "TIMEOUT" : "ERROR",
				e.getMessage() + " Tried again in " + pause.toSeconds() + " s.");
		Duration wait = pause;
		pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
		return wait;
	}

	void status(State state, String detail, String sentence) {
		statuses.set(statusName(), state, detail, sentence);
	}

	boolean isOpen() {
		return source != null;
	}

	/** From any thread: lets a back-fill end early. */
	void cancel() {
		closed = true;
	}

	void close() {
		closed = true;
		if (source != null) {
			source.close();
			source = null;
		}
	}
}
