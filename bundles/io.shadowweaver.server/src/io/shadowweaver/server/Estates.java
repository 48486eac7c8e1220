// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;

/** The open estates, as resources find them. Thread-safe. */
public final class Estates {
	private final Supplier<List<Weaver>> open;

	/**
	 * @param open asked at each request
	 */
	Estates(Supplier<List<Weaver>> open) {
		this.open = open;
	}

	/** The newest states of all. */
	public List<WeaverState> states() {
		return open.get().stream().map(Weaver::state).toList();
	}

	/**
	 * An estate by its id.
	 *
	 * @throws jakarta.ws.rs.WebApplicationException 404 when it is not open
	 */
	public Weaver get(String id) {
		List<Weaver> all = open.get();
		return all.stream().filter(weaver -> weaver.config().id().equals(id)).findFirst().orElseThrow(() -> Problem.exception(404,
				"There is no estate '" + id + "'; open are " + all.stream().map(weaver -> weaver.config().id()).collect(Collectors.joining(", ")) + "."));
	}
}
