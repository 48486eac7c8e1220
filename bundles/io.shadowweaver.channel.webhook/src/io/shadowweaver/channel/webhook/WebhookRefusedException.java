// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.webhook;

import io.shadowweaver.api.plugin.PluginException;

/** The receiver refuses: the same request will be refused again. */
final class WebhookRefusedException extends PluginException {
	private static final long serialVersionUID = 1L;
	private final int status;

	WebhookRefusedException(String sentence, int status) {
		super(sentence);
		this.status = status;
	}

	@Override
	public boolean isPermanent() {
		return true;
	}

	/** The status of HTTP that it answered. */
	int status() {
		return status;
	}
}
