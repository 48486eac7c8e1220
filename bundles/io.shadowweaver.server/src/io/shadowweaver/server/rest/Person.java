// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import io.shadowweaver.server.security.Caller;
import jakarta.ws.rs.container.ContainerRequestContext;

/** Who stands behind a request. */
final class Person {
	private Person() {
	}

	/** The name of its caller, as journals and trails have it. */
	static String of(ContainerRequestContext request) {
		return caller(request).name();
	}

	/**
	 * The caller.
	 *
	 * @throws IllegalStateException on a public path, where nobody is asked
	 */
	static Caller caller(ContainerRequestContext request) {
		if (request.getProperty(Caller.ATTRIBUTE) instanceof Caller caller) {
			return caller;
		}
		throw new IllegalStateException("nobody was let in by the gate");
	}
}
