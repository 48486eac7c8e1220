// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.channel.alertmanager;

import io.shadowweaver.api.plugin.PluginException;

/** The Alertmanager refuses: the same request will be refused again. */
final class RefusedException extends PluginException {
	private static final long serialVersionUID = 1L;

	RefusedException(String sentence) {
		super(sentence);
	}

	@Override
	public boolean isPermanent() {
		return true;
	}
}
