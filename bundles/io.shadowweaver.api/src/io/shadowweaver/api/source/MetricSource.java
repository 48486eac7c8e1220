// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.source;

import java.time.Duration;
import java.time.Instant;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Progress;

/**
 * An open connection to where metrics come from. All calls come from one named thread of the source, with a deadline, so a
 * source may block and needs no lock; a source that is pushed to buffers and hands over in {@link #poll(Instant)}.
 */
@ConsumerType
public interface MetricSource extends AutoCloseable {
	/**
	 * What the source has.
	 *
	 * @return its step and span; called once, before anything else
	 * @throws PluginException when it cannot be reached or read
	 */
	SourceInfo info() throws PluginException;

	/**
	 * Delivers history, oldest first, in pieces of at most some hundred thousand samples.
	 *
	 * @param from     inclusive
	 * @param to       exclusive
	 * @param sink     takes the pieces
	 * @param progress reports and may cancel
	 * @throws PluginException when it fails; what was delivered stays
	 */
	void backfill(Instant from, Instant to, BatchSink sink, Progress progress) throws PluginException;

	/**
	 * Delivers what is new since the last call, up to now. Never waits for samples to come.
	 *
	 * @param now the estate's time
	 * @return what is new; {@link Batch#EMPTY} for nothing
	 * @throws PluginException when it fails; it is called again after a back-off
	 */
	Batch poll(Instant now) throws PluginException;

	/** How often {@link #poll(Instant)} is of use. */
	default Duration pollInterval() throws PluginException {
		return info().step();
	}

	@Override
	void close();
}
