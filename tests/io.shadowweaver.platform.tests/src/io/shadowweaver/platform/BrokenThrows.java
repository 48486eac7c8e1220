// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

/** Cannot be made. */
public final class BrokenThrows {
	/** Throws. */
	public BrokenThrows() {
		throw new IllegalStateException("the licence server does not answer");
	}
}
