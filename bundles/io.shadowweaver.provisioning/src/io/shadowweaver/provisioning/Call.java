// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.List;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;

/**
 * One call of a provider that changes something.
 *
 * @param token   of which intent
 * @param name    for failpoints and sentences, one of {@link #NAMES}
 * @param fencing the number of the lease under which it was decided; 0 without a lease
 * @param action  makes the call
 */
record Call(String token, String name, long fencing, Action action) {
	/** What calls are called. */
	static final List<String> NAMES = List.of("create", "delete", "drain", "setSize");

	Call {
		if (!NAMES.contains(name)) {
			throw new IllegalArgumentException("a call of another name: " + name);
		}
	}

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
