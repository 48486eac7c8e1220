// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.io.IOException;

/** What kind of trouble an account has: by it automation decides what stops and what goes on. */
public enum AccountFault {
	/** The credentials or their permissions: it helps nobody to ask again until a person has looked after it. */
	ACCESS,
	/** A quota, a limit or a lack of room: nothing more can be made for now, all else works. */
	LIMIT,
	/** The clocks of the account and of this machine do not agree: nothing is made until they do, all else works. */
	CLOCK,
	/** What the wish names is not there, such as an image, a type or a network: this wish cannot be fulfilled, others can. */
	MISSING,
	/** The answer is not such as the interface promises, for example no JSON: it may pass by itself. */
	ANSWER,
	/** It cannot be reached, does not answer in time, takes no more calls for now or has a fault inside: it passes by itself. */
	DOWN,
	/** None of these, or not known. */
	OTHER;

	/**
	 * Of what a provider threw.
	 *
	 * @param e what was thrown
	 * @return what it says itself; else {@link #DOWN} where an {@link IOException} is behind it, and {@link #OTHER}
	 */
	public static AccountFault of(Throwable e) {
		if (e instanceof RefusedException refused) {
			return refused.fault();
		}
		if (e instanceof AccountException told) {
			return told.fault();
		}
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException) {
				return DOWN;
			}
		}
		return OTHER;
	}
}
