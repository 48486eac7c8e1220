// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.util.Objects;
import java.util.Set;

/**
 * Who sent a request.
 *
 * @param name   of the key, the person of the token, or the subject of the certificate; stands as person in journal and audit
 * @param means  by which it was found out
 * @param scopes what it may do
 */
public record Caller(String name, Means means, Set<Scope> scopes) {
	/** The attribute of a request that holds its caller; absent on public paths. */
	public static final String ATTRIBUTE = Caller.class.getName();
	/** How somebody on this machine without a key is called. */
	public static final String LOCAL = "local";

	/** How a caller shows who it is. */
	public enum Means {
		/** A key of this server. */
		KEY,
		/** A token of an OpenID provider. */
		TOKEN,
		/** A client's certificate. */
		CERTIFICATE,
		/** Nothing, from this machine. */
		NONE
	}

	/** Copies. */
	public Caller {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(means, "means");
		scopes = Set.copyOf(scopes);
	}

	/** Whether it may do that. */
	public boolean may(Scope scope) {
		return scopes.contains(scope);
	}
}
