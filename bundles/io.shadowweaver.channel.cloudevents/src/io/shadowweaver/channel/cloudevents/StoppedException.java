// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.cloudevents;

import io.shadowweaver.api.plugin.PluginException;

/** The receiver does not take this event, however often it is sent. */
final class StoppedException extends PluginException {
	private static final long serialVersionUID = 1L;

	StoppedException(String sentence) {
		super(sentence);
	}

	@Override
	public boolean isPermanent() {
		return true;
	}
}
