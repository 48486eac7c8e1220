// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.store;

import java.util.OptionalLong;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginException;

/** Says which one of several engines may act. */
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

	@Override
	void close();
}
