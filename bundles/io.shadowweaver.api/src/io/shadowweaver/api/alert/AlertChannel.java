// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.alert;

import java.util.List;

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

	/**
	 * Which alerts the receiver keeps silent now. Asked every half minute or so, from the same thread; what is said replaces what was
	 * said before.
	 *
	 * @return one an alert and silence; empty where the receiver knows no silences
	 * @throws PluginException when the receiver cannot be asked; what was said last stays
	 */
	default List<Silence> silences() throws PluginException {
		return List.of();
	}

	@Override
	void close();
}
