// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jclouds.openstack.nova.v2_0.domain.Server;

import io.shadowweaver.api.plugin.PluginException;

/** Under which ids sources report servers. */
enum ResourceIds {
	/** The name, where no other server has it. */
	NAME(Machines::name),
	/** The address; empty while there is none. */
	ADDRESS(Machines::address),
	/** Nova's id. */
	ID(Server::getId);

	private final Function<Server, String> of;

	ResourceIds(Function<Server, String> of) {
		this.of = of;
	}

	static ResourceIds parse(String text) throws PluginException {
		for (ResourceIds one : values()) {
			if (one.name().equalsIgnoreCase(text)) {
				return one;
			}
		}
		throw new PluginException("Id of the resource (resource-id) must be name, address or id, not '" + text + "'.");
	}

	/** Ids of resources by the ids of servers; where two would agree, those are Nova's own. */
	Map<String, String> of(Collection<Server> servers) {
		Map<String, Long> counts = servers.stream().collect(Collectors.groupingBy(of, Collectors.counting()));
		return servers.stream().collect(Collectors.toMap(Server::getId, server -> {
			String id = of.apply(server);
			return counts.get(id) > 1 && !id.isEmpty() ? server.getId() : id;
		}));
	}

	/** The id of the resource of a server that was just asked for; empty where it is not known yet. */
	String ofNew(String name, String server) {
		return switch (this) {
		case NAME -> name;
		case ADDRESS -> "";
		case ID -> server;
		};
	}
}
