// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.gcp;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The region now.
 *
 * @param zones  those that are up, sorted
 * @param quotas what is left, by metric of the region, and of the project for {@value #ALL_REGIONS}
 */
record Region(List<String> zones, Map<String, Double> quotas) {
	private static final String ALL_REGIONS = "CPUS_ALL_REGIONS";
	/** The families that share the quota that has no name of a family. */
	private static final Set<String> SHARED = Set.of("E2", "N1", "F1", "G1", "CUSTOM");
	private static final Set<String> SOLID = Set.of("pd-ssd", "pd-balanced");

	static Region read(Compute compute, String name) throws IOException {
		JsonNode region = compute.get("regions/" + name);
		if (!region.path("status").asText().equals("UP")) {
			throw new IOException("the region " + name + " is " + region.path("status").asText("in an unknown state"));
		}
		List<String> zones = compute.list("zones", "name eq \"" + name + "-.*\"").stream().filter(zone -> zone.path("status").asText().equals("UP"))
				.map(zone -> zone.path("name").asText()).filter(zone -> zone.startsWith(name + "-")).sorted().toList();
		Map<String, Double> quotas = new HashMap<>();
		region.path("quotas").forEach(quota -> quotas.put(quota.path("metric").asText(), left(quota)));
		for (JsonNode quota : compute.get("").path("quotas")) {
			if (quota.path("metric").asText().equals(ALL_REGIONS)) {
				quotas.put(ALL_REGIONS, left(quota));
			}
		}
		return new Region(zones, Map.copyOf(quotas));
	}

	private static double left(JsonNode quota) {
		return Math.max(0, quota.path("limit").asDouble() - quota.path("usage").asDouble());
	}

	/** How many more instances of a type the quotas leave; a quota that Compute Engine does not tell here does not count. */
	int left(MachineTypes.Type type, GcpSettings.Template template) {
		String family = type.name().replaceAll("-.*", "").toUpperCase(Locale.ROOT);
		double left = Math.min(each("INSTANCES", 1), each(ALL_REGIONS, type.cores()));
		if (quotas.containsKey(family + "_CPUS")) {
			left = Math.min(left, each(family + "_CPUS", type.cores()));
		} else if (SHARED.contains(family)) {
			left = Math.min(left, each("CPUS", type.cores()));
		}
		if (template.externalAddress()) {
			left = Math.min(left, each("IN_USE_ADDRESSES", 1));
		}
		if (template.diskSize() > 0) {
			left = Math.min(left, each(SOLID.contains(template.diskType()) ? "SSD_TOTAL_GB" : "DISKS_TOTAL_GB", template.diskSize()));
		}
		return (int) Math.min(Integer.MAX_VALUE, left);
	}

	private double each(String metric, double needed) {
		return Math.floor(quotas.getOrDefault(metric, Double.POSITIVE_INFINITY) / needed);
	}
}
