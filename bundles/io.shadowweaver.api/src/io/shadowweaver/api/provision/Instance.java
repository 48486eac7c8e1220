// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A machine as the provider lists it.
 *
 * @param id        the provider's id
 * @param name      its name
 * @param token     the token that it was created with; empty when it is not ours
 * @param resource  the id of the resource under which sources report it
 * @param offer     the id of its offer; empty when not known
 * @param region    where its zone lies; empty for none
 * @param zone      where it stands
 * @param address   under which others reach it; empty while it has none
 * @param state     what the provider says of it
 * @param createdAt when it was created
 * @param tags      its metadata
 * @param detail    a sentence of the provider's, such as the reason of a failure; empty for none
 */
public record Instance(String id, String name, String token, String resource, String offer, String region,
		String zone, String address, State state, Instant createdAt, Map<String, String> tags, String detail) {
	/** What a provider says of a machine. */
	public enum State {
		/** Being made. */
		PENDING,
		/** Runs; says nothing about traffic. */
		RUNNING,
		/** Being removed. */
		DELETING,
		/** Could not be made, or broke. */
		FAILED
	}

	/** Checks and copies. */
	public Instance {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(token, "token");
		Objects.requireNonNull(region, "region");
		Objects.requireNonNull(address, "address");
		Objects.requireNonNull(state, "state");
		tags = Map.copyOf(tags);
	}

	/** Without region and address. */
	public Instance(String id, String name, String token, String resource, String offer, String zone, State state, Instant createdAt,
			Map<String, String> tags, String detail) {
		this(id, name, token, resource, offer, "", zone, "", state, createdAt, tags, detail);
	}
}
