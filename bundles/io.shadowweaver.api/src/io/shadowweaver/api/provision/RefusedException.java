// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.util.Objects;

import io.shadowweaver.api.plugin.PluginException;

/** The provider has certainly not done what it was asked, and says why. */
public class RefusedException extends PluginException {
	private static final long serialVersionUID = 1L;

	private final AccountFault fault;

	/**
	 * For a reason of no known kind.
	 *
	 * @param sentence why
	 */
	public RefusedException(String sentence) {
		this(AccountFault.OTHER, sentence);
	}

	/**
	 * @param fault    what kind of reason
	 * @param sentence why
	 */
	public RefusedException(AccountFault fault, String sentence) {
		super(sentence);
		this.fault = Objects.requireNonNull(fault, "fault");
	}

	/** What kind of reason. */
	public AccountFault fault() {
		return fault;
	}
}
