// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.topology.TopologyChange;

/** Asks accounts every few minutes what they have, and soon after something was made there. */
final class Discovery {
	private static final Duration EVERY = Duration.ofMinutes(5);

	private final List<AccountProvider> providers;
	private final List<String> ids;
	private Instant last = Instant.MIN;
	private int made;

	/**
	 * @param providers the accounts
	 * @param ids       of their connections, in the same order
	 */
	Discovery(List<AccountProvider> providers, List<String> ids) {
		this.providers = providers;
		this.ids = ids;
	}

	/**
	 * Asks where it is time to.
	 *
	 * @param ready how many machines of ours have become ready: when that changes, it is time
	 * @param calls runs what may block
	 * @param found takes the id of a connection and the whole of what it has, on the thread of the call
	 */
	void run(Instant now, int ready, Executor calls, BiConsumer<String, List<TopologyChange>> found) {
		if (ready == made && last.isAfter(Instant.EPOCH) && last.plus(EVERY).isAfter(now)) {
			return;
		}
		last = now;
		made = ready;
		for (int i = 0; i < providers.size(); i++) {
			AccountProvider provider = providers.get(i);
			String id = ids.get(i);
			calls.execute(() -> {
				try {
					found.accept(id, provider.discover());
				} catch (PluginException e) {
					// the account's status says it already; what it said before stays
				}
			});
		}
	}
}
