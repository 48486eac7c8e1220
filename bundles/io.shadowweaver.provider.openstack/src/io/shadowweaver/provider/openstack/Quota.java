// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.openstack;

import org.jclouds.openstack.nova.v2_0.domain.Flavor;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What is left of a project's quota.
 *
 * @param instances servers
 * @param cores     virtual processors
 * @param memory    MiB
 */
record Quota(long instances, long cores, long memory) {
	/**
	 * Reads the absolute limits of Nova, where a limit of -1 means none.
	 *
	 * @param limits the answer to {@code GET /limits}
	 */
	static Quota of(JsonNode limits) {
		JsonNode absolute = limits.path("limits").path("absolute");
		return new Quota(left(absolute, "maxTotalInstances", "totalInstancesUsed"), left(absolute, "maxTotalCores", "totalCoresUsed"),
				left(absolute, "maxTotalRAMSize", "totalRAMUsed"));
	}

	private static long left(JsonNode limits, String limit, String used) {
		long most = limits.path(limit).asLong(-1);
		return most < 0 ? Integer.MAX_VALUE : Math.max(0, most - limits.path(used).asLong());
	}

	/** How many more servers of a flavour fit. */
	int fits(Flavor flavour) {
		long byCores = cores / Math.max(1, flavour.getVcpus());
		long byMemory = memory / Math.max(1, flavour.getRam());
		return (int) Math.min(Integer.MAX_VALUE, Math.min(instances, Math.min(byCores, byMemory)));
	}
}
