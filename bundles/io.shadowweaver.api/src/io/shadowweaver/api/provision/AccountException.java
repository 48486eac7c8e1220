// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.util.Objects;

import io.shadowweaver.api.plugin.PluginException;

/** An account could not be asked, or the outcome of what it was asked is not known; with the kind of its trouble. */
public class AccountException extends PluginException {
	private static final long serialVersionUID = 1L;

	private final AccountFault fault;

	/**
	 * @param fault    what kind of trouble
	 * @param sentence what failed and where
	 * @param cause    the technical reason; may be {@code null}
	 */
	public AccountException(AccountFault fault, String sentence, Throwable cause) {
		super(sentence, cause);
		this.fault = Objects.requireNonNull(fault, "fault");
	}

	/** What kind of trouble. */
	public AccountFault fault() {
		return fault;
	}

	@Override
	public boolean isPermanent() {
		return fault == AccountFault.ACCESS;
	}
}
