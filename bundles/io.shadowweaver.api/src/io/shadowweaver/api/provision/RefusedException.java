// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import io.shadowweaver.api.plugin.PluginException;

/** The provider has certainly not done what it was asked, and says why. */
public class RefusedException extends PluginException {
	private static final long serialVersionUID = 1L;

	/**
	 * @param sentence why
	 */
	public RefusedException(String sentence) {
		super(sentence);
	}
}
