// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.store;

import java.util.OptionalLong;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginException;

/**
 * Says which one of several engines may act. Thread-safe.
 * <p>
 * Each new holder has a larger fencing number than all before it. What was decided under one number may be done only while {@link #hold()} still
 * answers with that number: an engine that slept while another one took over is told nothing, or a larger one.
 */
@ConsumerType
public interface Lease extends AutoCloseable {
	/**
	 * Takes or renews the lease.
	 *
	 * @return a fencing number that grows with each new holder, or empty while somebody else holds it
	 * @throws PluginException when that cannot be known, which means: do not act
	 */
	OptionalLong hold() throws PluginException;

	/** Who holds it, for the operator; empty when nobody does. */
	String holder() throws PluginException;

	/** Gives it up, so that another one need not wait; never fails. A lease that was closed is held no more. */
	@Override
	void close();
}
