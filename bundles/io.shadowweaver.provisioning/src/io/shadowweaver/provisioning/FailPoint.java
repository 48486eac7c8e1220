// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

/**
 * Called at named points before and after each write of the journal ({@code called.before}, {@code called.after} and so on, by
 * the kind of record) and each call of a provider ({@code create.before}, {@code create.after}, …), so that a test can end the
 * life of a provisioner at each of them. In the product it does nothing.
 */
@FunctionalInterface
interface FailPoint {
	FailPoint NONE = point -> {
	};

	/**
	 * @param point the name; what it throws is not caught
	 */
	void reached(String point);
}
