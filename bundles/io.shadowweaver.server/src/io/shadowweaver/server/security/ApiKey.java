// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A key of the API as it is kept: the key itself is not.
 *
 * @param name    unique; stands as person in journal and audit
 * @param hash    SHA-256 of the key, hexadecimal
 * @param scopes  what it may do
 * @param created when it was made
 * @param expires when it ends; empty for never
 */
public record ApiKey(String name, String hash, Set<Scope> scopes, Instant created, Optional<Instant> expires) {
	/** Checks and copies. */
	public ApiKey {
		if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}") || name.equals(Caller.LOCAL)) {
			throw new IllegalArgumentException("the name of a key is up to 64 letters, digits, dots, hyphens, underscores and @, and not '" + Caller.LOCAL + "': '" + name + "'");
		}
		Objects.requireNonNull(hash, "hash");
		Objects.requireNonNull(created, "created");
		scopes = Set.copyOf(scopes);
		expires = expires == null ? Optional.empty() : expires;
		if (scopes.isEmpty()) {
			throw new IllegalArgumentException("the key " + name + " has no scope");
		}
	}

	/** Whether it holds at a moment. */
	public boolean isValid(Instant now) {
		return expires.isEmpty() || now.isBefore(expires.get());
	}
}
