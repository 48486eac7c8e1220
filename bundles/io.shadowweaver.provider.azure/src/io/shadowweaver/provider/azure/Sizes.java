// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** The sizes of machines in the location: asked for what is offered, remembered for what runs, since a size never changes. */
final class Sizes {
	private static final double GIBIBYTE = 1024.0 * 1024 * 1024;
	private static final String MACHINES = "virtualMachines";

	/**
	 * @param name   such as Standard_D2s_v5
	 * @param family whose quota it takes from
	 * @param cores  that count against the quota, positive
	 * @param usable cores that the machine sees, positive
	 * @param memory in bytes
	 * @param zones  where it can be had now, such as {@code westeurope-1}, sorted; empty in a location without zones
	 */
	record Size(String name, String family, int cores, int usable, double memory, List<String> zones) {
		/** What 'full' is, by metric. */
		Map<String, Double> capacity() {
			return Map.of("cpu", (double) usable, "memory", memory);
		}

		/** For the operator. */
		String label() {
			double gibibytes = memory / GIBIBYTE;
			return name + ", " + usable + " vCPUs, " + (gibibytes == Math.rint(gibibytes) ? Long.toString((long) gibibytes)
					: String.format(Locale.ROOT, "%.1f", gibibytes)) + " GiB";
		}
	}

	/** What is left of the location's quotas, by name; {@code cores} and {@code virtualMachines} are those of all families. */
	record Quota(Map<String, Long> left) {
		/** How many more of a size fit; a family that Azure does not tell does not limit them here. */
		int left(Size size) {
			long cores = Math.min(of("cores"), of(size.family())) / size.cores();
			return Math.clamp(Math.min(cores, of(MACHINES)), 0, Integer.MAX_VALUE);
		}

		private long of(String name) {
			return left.getOrDefault(name.toLowerCase(Locale.ROOT), Long.MAX_VALUE);
		}
	}

	private final Arm arm;
	private final AzureSettings settings;
	private final Map<String, Map<String, Double>> known = new HashMap<>();

	Sizes(Arm arm, AzureSettings settings) {
		this.arm = arm;
		this.settings = settings;
	}

	/** What may be made now, by name; what the subscription may not have is left out. */
	List<Size> offered() throws IOException {
		Map<String, Size> sizes = new TreeMap<>();
		for (JsonNode sku : skus()) {
			if (settings.offers(sku.path("name").asText()) && !isRestricted(sku)) {
				Size size = size(sku);
				// in a location with zones, one that is closed in each of them cannot be had
				if (!size.zones().isEmpty() || zones(sku).isEmpty()) {
					sizes.put(size.name(), size);
				}
			}
		}
		return List.copyOf(sizes.values());
	}

	/** What is left of the quotas. */
	Quota quota() throws IOException {
		Map<String, Long> left = new HashMap<>();
		for (JsonNode usage : arm.list(arm.inSubscription("Microsoft.Compute/locations/" + settings.scope().location() + "/usages"), Arm.COMPUTE)) {
			left.put(usage.path("name").path("value").asText().toLowerCase(Locale.ROOT), usage.path("limit").asLong() - usage.path("currentValue").asLong());
		}
		return new Quota(left);
	}

	/** What 'full' is for a size that runs; empty where Azure does not know it any more. */
	Map<String, Double> capacity(String name) throws IOException {
		if (!known.containsKey(name)) {
			skus();
			known.putIfAbsent(name, Map.of());
		}
		return known.get(name);
	}

	private List<JsonNode> skus() throws IOException {
		List<JsonNode> machines = new ArrayList<>();
		for (JsonNode sku : arm.list(arm.inSubscription("Microsoft.Compute/skus"), Arm.SKUS, "$filter", "location eq '" + settings.scope().location() + "'")) {
			if (sku.path("resourceType").asText().equals(MACHINES)) {
				machines.add(sku);
				known.put(sku.path("name").asText(), size(sku).capacity());
			}
		}
		return machines;
	}

	private Size size(JsonNode sku) {
		Map<String, String> capabilities = new HashMap<>();
		sku.path("capabilities").forEach(one -> capabilities.put(one.path("name").asText(), one.path("value").asText()));
		int cores = Math.max(1, (int) number(capabilities, "vCPUs"));
		int usable = (int) number(capabilities, "vCPUsAvailable");
		TreeSet<String> zones = zones(sku);
		for (JsonNode restriction : sku.path("restrictions")) {
			if (restriction.path("type").asText().equals("Zone")) {
				restriction.path("restrictionInfo").path("zones").forEach(zone -> zones.remove(zone(zone.asText())));
			}
		}
		return new Size(sku.path("name").asText(), sku.path("family").asText(), cores, usable > 0 ? usable : cores, number(capabilities, "MemoryGB") * GIBIBYTE,
				List.copyOf(zones));
	}

	private TreeSet<String> zones(JsonNode sku) {
		TreeSet<String> zones = new TreeSet<>();
		for (JsonNode info : sku.path("locationInfo")) {
			if (info.path("location").asText().equalsIgnoreCase(settings.scope().location())) {
				info.path("zones").forEach(zone -> zones.add(zone(zone.asText())));
			}
		}
		return zones;
	}

	private String zone(String number) {
		return settings.scope().location() + "-" + number;
	}

	private static boolean isRestricted(JsonNode sku) {
		for (JsonNode restriction : sku.path("restrictions")) {
			if (restriction.path("type").asText().equals("Location")) {
				return true;
			}
		}
		return false;
	}

	private static double number(Map<String, String> capabilities, String name) {
		try {
			return Double.parseDouble(capabilities.getOrDefault(name, "0"));
		} catch (NumberFormatException e) {
			return 0;
		}
	}
}
