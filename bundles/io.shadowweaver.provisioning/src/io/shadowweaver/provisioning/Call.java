// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;

/**
 * One call of a provider that changes something.
 *
 * @param token   of which intent
 * @param name    for failpoints and sentences, such as {@code create}
 * @param fencing the number of the lease under which it was decided; 0 without a lease
 * @param action  makes the call
 */
record Call(String token, String name, long fencing, Action action) {
	/** Makes a call. */
	@FunctionalInterface
	interface Action {
		/**
		 * @return {@link Outcome.Named} or {@link Outcome.Done}
		 * @throws PluginException as the provider does
		 */
		Outcome run(CloudProvider provider) throws PluginException;
	}
}
