// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.alert;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginException;

/**
 * Tells the world about alerts. Calls come one after the other from one named thread of the channel, with a deadline; a
 * failed call is repeated with back-off, so the same {@link AlertNotice} may come twice.
 */
@ConsumerType
public interface AlertChannel extends AutoCloseable {
	/**
	 * Delivers one notice.
	 *
	 * @param notice what happened
	 * @throws PluginException when it could not be delivered; it is tried again
	 */
	void deliver(AlertNotice notice) throws PluginException;

	@Override
	void close();
}
