// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.topology;

/** What a source or provider reports about the topology. The engine alone merges reports into a {@link Topology}. */
public sealed interface TopologyChange {
	/**
	 * A resource is there, as described; replaces what the same reporter said of it before.
	 *
	 * @param resource the resource
	 */
	record ResourceSeen(Resource resource) implements TopologyChange {
	}

	/**
	 * A resource is gone.
	 *
	 * @param id its id
	 */
	record ResourceGone(String id) implements TopologyChange {
	}

	/**
	 * A link is there.
	 *
	 * @param link the link
	 */
	record LinkSeen(Link link) implements TopologyChange {
	}

	/**
	 * A link is gone.
	 *
	 * @param link the link
	 */
	record LinkGone(Link link) implements TopologyChange {
	}

	/**
	 * A scaling group is there, as described.
	 *
	 * @param group the group
	 */
	record GroupSeen(ScalingGroup group) implements TopologyChange {
	}

	/**
	 * A scaling group is gone.
	 *
	 * @param id its id
	 */
	record GroupGone(String id) implements TopologyChange {
	}
}
